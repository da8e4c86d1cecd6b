import { quantile } from '../measure/sample/quantile.ts';
import { quantileInterval } from '../measure/sample/quantile-interval.ts';

/** A sample in figures; the interval is the median's, distribution-free, at 95%. Undefined where the sample is too small. */
export type Spread = {
  readonly n: number;
  readonly median: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly p95: number | undefined;
  readonly max: number | undefined;
};

/** Fewer observations say nothing of a 95th percentile. */
const enoughForP95 = 20;

/** Describes what is known of a sample. */
export const spreadOf = (values: readonly (number | undefined)[]): Spread => {
  const known = values.filter((value) => value !== undefined);
  const interval = known.length === 0 ? undefined : quantileInterval(known, 0.5);
  return {
    n: known.length,
    median: quantile(known, 0.5),
    low: interval?.low,
    high: interval?.high,
    p95: known.length < enoughForP95 ? undefined : quantile(known, 0.95),
    max: quantile(known, 1),
  };
};
