import { bootstrap } from '../../measure/bootstrap/bootstrap.ts';
import { percentileInterval } from '../../measure/bootstrap/percentile-interval.ts';
import { elementAt } from '../../measure/sample/element-at.ts';
import { type Arithmetic, betterFirst, type ContrastForm, type Sides } from './contrast-form.ts';
import { type Absent, twoSided, unbounded } from './evidence.ts';

/** A quotient's sums over the trials of one task. */
export type Sums = { readonly numerator: number; readonly denominator: number };

const quotientOf = (parts: readonly Sums[]): number | undefined => {
  const denominator = parts.reduce((sum, part) => sum + part.denominator, 0);
  return denominator === 0 ? undefined : parts.reduce((sum, part) => sum + part.numerator, 0) / denominator;
};

/** Fixed: a verdict must come out the same wherever it is computed. */
const options = { seed: 1, replicates: 4000 };

/**
 * Two quotients of sums compared over the same tasks, where single tasks have none (time per solved task, of a task that nobody solved): percentile
 * bounds of a joint task bootstrap. Where a replicate has no quotient, nothing is bounded.
 */
export const resampledContrast = (
  { first, second }: Sides<readonly Sums[]>,
  { form, lowerIsBetter }: { readonly form: ContrastForm; readonly lowerIsBetter: boolean },
): { readonly arithmetic: Arithmetic; readonly values: Sides<number> } | Absent => {
  const compared = (values: Sides<number>): number => {
    const { first: better, second: worse } = betterFirst(lowerIsBetter, values);
    return form.kind === 'factor' ? better / worse : better - worse;
  };
  const sidesOf = (pairs: readonly Sides<Sums>[]): Sides<number> | undefined => {
    const ours = quotientOf(pairs.map((pair) => pair.first));
    const theirs = quotientOf(pairs.map((pair) => pair.second));
    return ours === undefined || theirs === undefined ? undefined : { first: ours, second: theirs };
  };
  const pairs = first.map((ours, i) => ({ first: ours, second: elementAt(second, i) }));
  const values = sidesOf(pairs);
  if (values === undefined) return { absent: 'one of the two solved nothing' };
  const drawn = bootstrap(
    [{ contender: 'pairs', tasks: pairs.map((pair) => [pair]) }],
    (resample) => sidesOf(resample.flat(2)),
    options,
  );
  const replicates = drawn.values.map((sides) => sides && compared(sides));
  return {
    values,
    arithmetic: {
      observed: compared(values),
      bounds: (confidence) => {
        const interval = percentileInterval(replicates, twoSided(confidence));
        const { low, high, definedShare = 0 } = interval ?? {};
        return low === undefined || high === undefined || definedShare < 1 ? unbounded : { lower: low, upper: high };
      },
      method: `joint task bootstrap, ${drawn.replicates} replicates, seed ${drawn.seed}`,
    },
  };
};
