import type { EncodeContext } from './protocol.ts';

/**
 * The vendor's own clock as it stands beside the usage, at the end; seconds or milliseconds as each vendor has it. The vendors
 * say it in Chat Completions; the simulator says it in Responses too, so that one engine can be told from two transports.
 */
export const vendorTiming = ({
  profile,
  engine,
  turn,
  requestId,
}: EncodeContext): Readonly<Record<string, unknown>> => {
  const { queueMs, prefillMs, decodeMs } = engine;
  const seconds = {
    queue_time: queueMs / 1e3,
    prompt_time: prefillMs / 1e3,
    completion_time: decodeMs / 1e3,
    total_time: (queueMs + prefillMs + decodeMs) / 1e3,
  };
  const { input, cachedInput, output } = turn.usage;
  switch (profile.server_timing) {
    case 'cerebras':
      return { time_info: seconds };
    case 'groq':
      return { x_groq: { id: requestId, usage: { ...seconds, prompt_tokens: input, completion_tokens: output } } };
    case 'llamacpp':
      return {
        timings: {
          cache_n: cachedInput,
          prompt_n: input - cachedInput,
          prompt_ms: prefillMs,
          prompt_per_second: prefillMs > 0 ? ((input - cachedInput) * 1e3) / prefillMs : 0,
          predicted_n: output,
          predicted_ms: decodeMs,
          predicted_per_second: decodeMs > 0 ? (output * 1e3) / decodeMs : 0,
        },
      };
    case 'openai':
    case 'none':
      return {};
  }
};
