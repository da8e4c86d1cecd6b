/** Every figure of a latency probe with its formula. */
export const definitions: readonly (readonly [term: string, meaning: string])[] = [
  [
    'round trip',
    'dispatch → first sign of the answer, on an open connection, with the smallest request: the headers of the response over SSE, the first frame over a WebSocket. Unknown where the endpoint holds that sign back until its first token (within 2% of TTFT)',
  ],
  ['TTFT', 'dispatch → first non-empty fragment of any channel, over all prompt sizes'],
  ['per token', '(last content − first content) ÷ tokens after the first chunk'],
  [
    'of it engine',
    "the engine's own decode time ÷ output tokens, by the endpoint's statement in the answer (time_info, x_groq, timings), or by --engine-rate; unknown without either",
  ],
  ['of it overhead', 'per token − of it engine: what everything between the engine and us adds to each token'],
  [
    'how much less',
    '1 − median of (arm ÷ base) over pairs of calls of the same cell and round; interval by order statistics, at least 95%',
  ],
  ['connect', 'DNS, TCP, TLS and upgrade of the first connection, added up; outside of every other figure'],
  ['tokens/s of all', 'output tokens of a burst ÷ its time from the first dispatch to the last content'],
];
