import type { Usage } from '../../../domain/model/stream.ts';
import { asCount, asRecord } from '../json.ts';

/** Usage of a Response: `input_tokens` includes the cached ones, `output_tokens` includes reasoning. */
export const readUsage = (value: unknown): Usage | undefined => {
  const usage = asRecord(value);
  if (usage === undefined) return undefined;
  const inputDetails = asRecord(usage.input_tokens_details);
  return {
    input: asCount(usage.input_tokens),
    cachedInput: asCount(inputDetails?.cached_tokens),
    cacheWrite: asCount(inputDetails?.cache_write_tokens),
    output: asCount(usage.output_tokens),
    reasoning: asCount(asRecord(usage.output_tokens_details)?.reasoning_tokens),
  };
};
