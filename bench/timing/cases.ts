import { atLeast, atMost, figure, type Measure } from '../measures.ts';
import { type Comparison, type Load, worstAt } from './load.ts';

/** Bounds of the clock's error: TTFT in milliseconds, decode rate in per cent of the true one (worst call). */
export type Bounds = { readonly ttftP50?: number; readonly ttftP99: number; readonly decode: number };

export const single = { ttftP50: 0.3, ttftP99: 2, decode: 0.5 };
export const crowd = { ttftP99: 10, decode: 1 };

export const cases: readonly { readonly load: Load; readonly bounds: Bounds }[] = [
  { load: { tokensPerSecond: 70, streams: 1, tokensPerCall: 70, callsPerStream: 30 }, bounds: single },
  { load: { tokensPerSecond: 1000, streams: 1, tokensPerCall: 400, callsPerStream: 60 }, bounds: single },
  { load: { tokensPerSecond: 3000, streams: 1, tokensPerCall: 1500, callsPerStream: 50 }, bounds: single },
  { load: { tokensPerSecond: 1000, streams: 64, tokensPerCall: 3000, callsPerStream: 4 }, bounds: crowd },
];

export const rows = (
  name: string,
  load: Load,
  { found, bounds }: { found: Comparison; bounds: Bounds | undefined },
) => {
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
