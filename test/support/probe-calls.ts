import type { Turn } from '../../src/domain/model/turn.ts';
import type { EndpointDescription } from '../../src/domain/run.ts';
import type { ProbeCall } from '../../src/probe/latency/carry-out.ts';
import { type Cell, cellsOf } from '../../src/probe/latency/plan.ts';
import type { Arm } from '../../src/probe/probe.ts';

/** An arm of a probe at a simulated Responses endpoint. */
export const anArm = (id: string, endpoint: Partial<EndpointDescription> = {}): Arm => ({
  id,
  endpoint: {
    id: 'spark',
    model: 'spark-sim',
    protocol: 'responses',
    transport: id.endsWith('websocket') ? 'websocket' : 'sse',
    address: 'http://127.0.0.1:1/v1',
    tier: 'wafer-scale',
    simulated: true,
    ...endpoint,
  },
});

/** Timings of a call, in milliseconds after its dispatch and in microseconds a token. */
export type CallTimes = { readonly signMs: number; readonly ttftMs: number; readonly perTokenUs: number };

/** A turn with these timings: a content chunk of four characters a token, the engine's own rate 1,000 tokens/s. */
export const turnWith = ({ signMs, ttftMs, perTokenUs }: CallTimes, tokens: number, dispatch = 0): Turn => {
  const at = (ms: number): number => dispatch + ms * 1e6;
  const last = ttftMs + ((tokens - 1) * perTokenUs) / 1e3;
  return {
    endpoint: 'spark',
    stamps: {
      dispatch,
      headers: at(signMs),
      firstEvent: at(signMs),
      firstContent: at(ttftMs),
      firstText: at(ttftMs),
      lastContent: at(last),
      terminal: at(last),
    },
    contentChunks: tokens,
    contentCharacters: tokens * 4,
    firstChunkCharacters: 4,
    usage: { input: 100, output: tokens },
    serverTiming: { source: 'cerebras.time_info', decodeMs: tokens },
    connection: { reused: true },
    failedTries: [],
  };
};

/** A probe's calls: every cell, every round, each arm with its own timings. */
export const someCalls = (times: Readonly<Record<string, CallTimes>>, rounds = 8): readonly ProbeCall[] => {
  const cells: readonly Cell[] = cellsOf({ promptTokens: [100, 1000], outputTokens: [64], streams: [2] });
  return Array.from({ length: rounds }, (_, round) =>
    cells.flatMap((cell) =>
      Object.entries(times).flatMap(([arm, own]) =>
        Array.from({ length: cell.streams }, (_unused, stream) => ({
          arm,
          cell,
          round,
          stream,
          turn: turnWith(own, cell.outputTokens),
        })),
      ),
    ),
  ).flat();
};
