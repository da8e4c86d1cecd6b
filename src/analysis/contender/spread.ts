import { quantileOfSorted } from '../../measure/sample/quantile.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';
import { tokensPerSecond } from '../../measure/turn-timing.ts';
import { judgedOf } from '../trials.ts';

/** How a quantity is spread: five quantiles (type 7) and how many values they stand for. */
export type Spread = {
  readonly count: number;
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
};

const spreadOf = (values: readonly number[]): Spread | undefined => {
  const sorted = Float64Array.from(values).sort();
  const [p5, p25, p50, p75, p95] = [0.05, 0.25, 0.5, 0.75, 0.95].map((q) => quantileOfSorted(sorted, q));
  if (p5 === undefined || p25 === undefined || p50 === undefined || p75 === undefined || p95 === undefined)
    return undefined;
  return { count: sorted.length, p5, p25, p50, p75, p95 };
};

/** Spreads of the model's speed over the judged trials of one contender. */
export type SpeedSpread = {
  /** Over turns, in milliseconds. */
  readonly ttftMs?: Spread | undefined;
  /** Over trials, each Σ tokens ÷ Σ time of its turns. */
  readonly decodeTokensPerSecond?: Spread | undefined;
};

/** How TTFT and decode speed are spread in the judged trials among those given. */
export const speedSpread = (trials: readonly TrialFacts[]): SpeedSpread => {
  const judged = judgedOf(trials);
  return {
    ttftMs: spreadOf(judged.flatMap(({ ttftMs }) => ttftMs)),
    decodeTokensPerSecond: spreadOf(judged.flatMap(({ decode }) => tokensPerSecond([decode]) ?? [])),
  };
};
