import type { Usage } from '../../../domain/model/stream.ts';
import { asCount, asRecord } from '../json.ts';

/**
 * Usage of a message. Anthropic's `input_tokens` excludes what was read from and written to the cache, ours includes
 * it. Later statements are cumulative and may leave fields out: they are read together with the earlier ones.
 */
export const createUsageReader = (): ((value: unknown) => Usage | undefined) => {
  let known: Readonly<Record<string, unknown>> = {};
  return (value) => {
    const stated = asRecord(value);
    if (stated === undefined) return undefined;
    known = { ...known, ...Object.fromEntries(Object.entries(stated).filter(([, count]) => count !== null)) };
    const plain = asCount(known.input_tokens);
    const cachedInput = asCount(known.cache_read_input_tokens);
    const cacheWrite = asCount(known.cache_creation_input_tokens);
    return {
      input: plain === undefined ? undefined : plain + (cachedInput ?? 0) + (cacheWrite ?? 0),
      cachedInput,
      cacheWrite,
      output: asCount(known.output_tokens),
    };
  };
};
