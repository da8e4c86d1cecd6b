import type { Turn } from '../../domain/model/turn.ts';
import { millisecondsBetween } from '../../domain/time.ts';
import { quantile } from '../../measure/sample/quantile.ts';
import { decodeOf, tokensPerSecond, ttftMs } from '../../measure/turn-timing.ts';
import type { CalibrationCase } from './plan.ts';

/** The simulator's own stamps of one answer, monotonic nanoseconds on the clock that the client reads. */
export type Truth = {
  readonly received: number;
  readonly firstWritten: number;
  readonly lastWritten: number;
  readonly tokens: number;
  /** Tokens in the first write. */
  readonly firstTokens: number;
};

/** One answer as the client read it and as it was written. */
export type Reading = { readonly case: string; readonly turn: Turn; readonly truth: Truth };

/** How far the client was from the truth; times in milliseconds, the rate as a share of the true one. */
export type CalibrationFigures = {
  readonly case: CalibrationCase;
  readonly calls: number;
  /** TTFT − (first write − request received): all that is ours, the way there included. */
  readonly ttftErrorMs: { readonly p50: number | undefined; readonly p99: number | undefined };
  /** Stamp of the first token − the write of it: the clock alone. */
  readonly arrivalMs: { readonly p50: number | undefined; readonly p99: number | undefined };
  /** |decode tokens/s read ÷ written − 1|. */
  readonly decodeError: { readonly p50: number | undefined; readonly worst: number | undefined };
};

const ttftErrorMs = ({ turn, truth }: Reading): readonly number[] => {
  const read = ttftMs(turn);
  return read === undefined ? [] : [read - millisecondsBetween(truth.received, truth.firstWritten)];
};

const arrivalMs = ({ turn, truth }: Reading): readonly number[] =>
  turn.stamps.firstContent === undefined ? [] : [millisecondsBetween(truth.firstWritten, turn.stamps.firstContent)];

const decodeError = ({ turn, truth }: Reading): readonly number[] => {
  const read = tokensPerSecond([decodeOf(turn)]);
  const ms = millisecondsBetween(truth.firstWritten, truth.lastWritten);
  const written = tokensPerSecond([{ tokens: truth.tokens - truth.firstTokens, ms }]);
  return read === undefined || written === undefined ? [] : [Math.abs(read / written - 1)];
};

const sizes = (errors: readonly number[]): readonly number[] => errors.map((error) => Math.abs(error));

/** Holds what the client read against what was written, case by case. */
export const compareToTruth = (
  cases: readonly CalibrationCase[],
  readings: readonly Reading[],
): readonly CalibrationFigures[] =>
  cases.map((one) => {
    const own = readings.filter((reading) => reading.case === one.id);
    const ttft = sizes(own.flatMap(ttftErrorMs));
    const arrival = sizes(own.flatMap(arrivalMs));
    const decode = own.flatMap(decodeError);
    return {
      case: one,
      calls: own.length,
      ttftErrorMs: { p50: quantile(ttft, 0.5), p99: quantile(ttft, 0.99) },
      arrivalMs: { p50: quantile(arrival, 0.5), p99: quantile(arrival, 0.99) },
      decodeError: { p50: quantile(decode, 0.5), worst: quantile(decode, 1) },
    };
  });
