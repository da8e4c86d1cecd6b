import type { KeptProbe } from '../../src/probe/latency/latency.ts';
import { cellsOf } from '../../src/probe/latency/plan.ts';
import { summariseLatency } from '../../src/probe/latency/summary.ts';
import { anArm, type CallTimes, someCalls } from './probe-calls.ts';

/** A probe of arms with these timings, read back; `spoil` changes its calls. */
export const aKeptProbe = (
  times: Readonly<Record<string, CallTimes>>,
  {
    rounds = 8,
    spoil = (calls) => calls,
  }: { readonly rounds?: number; readonly spoil?: (calls: KeptProbe['calls']) => KeptProbe['calls'] } = {},
): KeptProbe => {
  const arms = Object.keys(times).map((id) => anArm(id));
  const calls = spoil(someCalls(times, rounds));
  return {
    calls,
    probe: {
      schema: 1,
      kind: 'latency',
      probeId: 'probe-1',
      createdAt: '2026-03-01T02:00:00.000Z',
      tacho: { version: '0.0.0' },
      host: { platform: 'linux', architecture: 'x64', cpus: 2, node: 'v24.0.0' },
      seed: 1,
      arms,
      degraded: [],
      rounds,
      cells: cellsOf({ promptTokens: [100, 1000], outputTokens: [64], streams: [2] }),
      summary: summariseLatency(arms, calls),
    },
  };
};
