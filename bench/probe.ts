import { join } from 'node:path';
import { carryOutLatency } from '../src/probe/latency/carry-out.ts';
import { cellsOf, planProbe } from '../src/probe/latency/plan.ts';
import type { Reduction } from '../src/probe/latency/reduction.ts';
import { summariseLatency } from '../src/probe/latency/summary.ts';
import { configSchema } from '../src/run/config/schema.ts';
import { systemClock } from '../src/run/metering/clock.ts';
import { openArms } from '../src/wiring/arms.ts';
import { prepareEndpoints } from '../src/wiring/endpoints.ts';
import { atMost, figure, type Measure, printMeasures } from './measures.ts';

const rounds = 16;
const seed = 1;
const pointsAllowed = 5;

/** The published overheads that the profile sim-transport-ab is set to. */
const published = { roundTrip: 0.8, ttft: 0.5, overheadPerToken: 0.3 } as const;

const probe = async () => {
  const { signal } = new AbortController();
  const declared = configSchema.shape.endpoints.parse({
    spark: { simulate: 'sim-transport-ab', protocol: 'responses' },
  });
  const fixtures = join(import.meta.dirname, '..');
  await using endpoints = await prepareEndpoints(declared, { fixtures, variables: {}, clock: systemClock });
  const transports = ['sse', 'websocket'] as const;
  const choices = transports.map((transport) => ({ endpoint: 'spark', transport }));
  const clients = openArms(choices, { endpoints, settings: {}, clock: systemClock, signal });
  const cells = cellsOf({ promptTokens: [100, 1000], outputTokens: [512], streams: [4] });
  const plan = planProbe(cells, { arms: clients.map(({ id }) => id), rounds, seed });
  const calls = await carryOutLatency(plan, clients, { salt: 'bench', seed, signal, onCalls: () => undefined });
  return summariseLatency(clients, calls);
};

const rows = (metric: keyof typeof published, found: Reduction | undefined): readonly Measure[] => {
  const { reduction = Number.NaN, low = Number.NaN, high = Number.NaN } = found ?? {};
  const off = Math.abs(reduction - published[metric]) * 100;
  return [
    figure(`${metric} reduction`, reduction * 100, '%'),
    figure(`${metric} interval-low`, low * 100, '%'),
    figure(`${metric} interval-high`, high * 100, '%'),
    atMost(`${metric} off-the-published`, off, { unit: 'points', bound: pointsAllowed }),
  ];
};

const { arms, comparisons } = await probe();
const reductions = comparisons[0]?.reductions;
printMeasures(
  [
    ...(Object.keys(published) as (keyof typeof published)[]).flatMap((metric) => rows(metric, reductions?.[metric])),
    ...arms.map(({ arm, failures }) => atMost(`${arm} failed-calls`, failures, { unit: 'calls', bound: 0 })),
  ],
  `WebSocket against SSE at the simulator with the published overheads, one interleaved run of ${rounds} rounds`,
);
