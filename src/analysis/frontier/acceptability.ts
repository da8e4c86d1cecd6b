import { acceptability, preferences } from '../../measure/frontier/acceptability.ts';
import type { ContenderSummary } from '../contender/contender-summary.ts';
import type { ContenderPoint } from '../estimate.ts';

/** Which contender is best for somebody who would wait so long for one more solved task. Times in milliseconds. */
export type Acceptability = {
  /** The best contender from a willingness on, up to the next entry's. */
  readonly preferences: readonly { readonly contender: string; readonly fromMs: number }[];
  /** For each willingness, in how many replicates each contender (in the summaries' order) is the best. */
  readonly curve: readonly { readonly willingnessMs: number; readonly shares: readonly number[] }[];
};

const steps = 60;

/** From a tenth of the fastest mean time to well beyond the last switch and the slowest mean time, evenly on a log axis. */
const willingnessOf = (times: readonly number[], switches: readonly number[]): readonly number[] => {
  if (times.length === 0) return [];
  const low = Math.log(Math.min(...times) / 10);
  const high = Math.log(Math.max(...times, ...switches) * 10);
  return Array.from({ length: steps }, (_, place) => Math.exp(low + ((high - low) * place) / (steps - 1)));
};

/**
 * Net benefit λ·pass rate − mean agent time of each contender over the range of λ ("seconds I would wait for one more solved task"), with the
 * bootstrap's doubt. Both axes are means, so that net benefits may be compared.
 */
export const acceptabilityOf = (
  summaries: readonly ContenderSummary[],
  replicates: readonly (readonly ContenderPoint[])[],
): Acceptability => {
  const points = summaries.flatMap(({ contender, spent, passRate }) =>
    spent.mean === undefined || passRate === undefined
      ? []
      : [{ contender, cost: spent.mean.value, value: passRate.rate }],
  );
  const preferred = preferences(points);
  const willingness = willingnessOf(
    points.map(({ cost }) => cost),
    preferred.map(({ from }) => from),
  );
  const shares = acceptability(
    replicates.map((row) =>
      row.map(({ mean, passRate }) =>
        mean === undefined || passRate === undefined ? undefined : { cost: mean, value: passRate },
      ),
    ),
    willingness,
  );
  return {
    preferences: preferred.map(({ best, from }) => ({ contender: best.contender, fromMs: from })),
    curve: willingness.map((willingnessMs, place) => ({ willingnessMs, shares: shares[place] ?? [] })),
  };
};
