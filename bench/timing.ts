import { atLeast, atMost, figure, type Measure, printMeasures } from './measures.ts';
import { type OpenClient, openOpenAi, openTacho } from './timing/clients.ts';
import { measureFloor } from './timing/floor.ts';
import { type Comparison, type Load, runLoad, worstAt } from './timing/load.ts';

/** Bounds of the clock's error: TTFT in milliseconds, decode rate in per cent of the true one (worst call). */
type Bounds = { readonly ttftP50?: number; readonly ttftP99: number; readonly decode: number };

const single = { ttftP50: 0.3, ttftP99: 2, decode: 0.5 };
const crowd = { ttftP99: 10, decode: 1 };

const cases: readonly { readonly load: Load; readonly bounds: Bounds }[] = [
  { load: { tokensPerSecond: 70, streams: 1, tokensPerCall: 70, callsPerStream: 30 }, bounds: single },
  { load: { tokensPerSecond: 1000, streams: 1, tokensPerCall: 400, callsPerStream: 60 }, bounds: single },
  { load: { tokensPerSecond: 3000, streams: 1, tokensPerCall: 1500, callsPerStream: 50 }, bounds: single },
  { load: { tokensPerSecond: 1000, streams: 64, tokensPerCall: 3000, callsPerStream: 4 }, bounds: crowd },
];

const rows = (name: string, load: Load, { found, bounds }: { found: Comparison; bounds: Bounds | undefined }) => {
  const wanted = load.tokensPerSecond * load.streams;
  const bounded = (id: string, value: number, limit: { unit: string; bound: number | undefined }): Measure =>
    limit.bound === undefined
      ? figure(`${name} ${id}`, value, limit.unit)
      : atMost(`${name} ${id}`, value, { unit: limit.unit, bound: limit.bound });
  return [
    bounded('ttft-error-p50', worstAt(found.ttftErrorsMs, 0.5), { unit: 'ms', bound: bounds?.ttftP50 }),
    bounded('ttft-error-p99', worstAt(found.ttftErrorsMs, 0.99), { unit: 'ms', bound: bounds?.ttftP99 }),
    figure(`${name} ttft-with-way-there-p50`, worstAt(found.roundTripsMs, 0.5), 'ms'),
    figure(`${name} ttft-with-way-there-p99`, worstAt(found.roundTripsMs, 0.99), 'ms'),
    bounded('decode-error-worst', 100 * worstAt(found.decodeErrors, 1), { unit: '%', bound: bounds?.decode }),
    bounds === undefined
      ? figure(`${name} consumed`, found.consumedTokensPerSecond, 'tokens/s')
      : atLeast(`${name} consumed`, found.consumedTokensPerSecond, {
          unit: 'tokens/s',
          bound: wanted * (1 - bounds.decode / 100),
        }),
    figure(`${name} cpu-per-token`, found.clientCpuUsPerToken, 'us'),
    figure(`${name} simulator-cpu-per-token`, found.serverCpuUsPerToken, 'us'),
  ];
};

const measure = async (client: string, open: OpenClient, isBounded: boolean): Promise<readonly Measure[]> => {
  const measures: Measure[] = [];
  for (const { load, bounds } of cases) {
    const found = await runLoad(load, open);
    measures.push(
      ...rows(`${client} ${load.streams}x${load.tokensPerSecond}`, load, {
        found,
        bounds: isBounded ? bounds : undefined,
      }),
    );
  }
  return measures;
};

/** Bare sockets on this machine, now: no client can be better, and a busy machine shows here. */
const floor = async (): Promise<readonly Measure[]> => {
  const { thereMs, backMs } = await measureFloor(40);
  return [
    figure('bare-sockets there-p50', worstAt(thereMs, 0.5), 'ms'),
    figure('bare-sockets back-p50', worstAt(backMs, 0.5), 'ms'),
    figure('bare-sockets back-p99', worstAt(backMs, 0.99), 'ms'),
  ];
};

printMeasures(
  [
    ...(await floor()),
    ...(await measure('tacho', openTacho, true)),
    ...(await measure('openai-sdk', openOpenAi, false)),
  ],
  "What a client read against the simulator's own stamps",
);
