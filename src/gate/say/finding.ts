import type { Measurable } from '../../analysis/evidence/measurable.ts';
import { advantageText, valueText } from '../../report/comparison/words.ts';
import type { Requirement } from '../judge/proof/requirement.ts';
import type { Weighed } from '../judge/proof/weigh.ts';

type Unit = Measurable['unit'];
type Numbers = Pick<Weighed, 'verdict' | 'observed' | 'lowerBound' | 'upperBound'>;

/** What is proven: the side of the limit that the verdict rests on. */
const provenText = (
  { verdict, lowerBound, upperBound }: Numbers,
  { direction, text }: { readonly direction: Requirement['direction']; readonly text: (value: number) => string },
): string => {
  const towards = (direction === 'at-least') === (verdict === 'fail') ? 'at most' : 'at least';
  const bound = towards === 'at most' ? upperBound : lowerBound;
  return bound === undefined ? 'too little to prove a bound' : `proven ${towards} ${text(bound)}`;
};

/** A value of one contender, as found. */
export const valueFinding = (
  numbers: Numbers,
  {
    unit,
    direction,
    isProven,
  }: { readonly unit: Unit; readonly direction: Requirement['direction']; readonly isProven: boolean },
): string => {
  const text = (value: number) => valueText(value, unit);
  const observed = `observed ${text(numbers.observed)}`;
  return isProven ? `${observed}, ${provenText(numbers, { direction, text })}` : observed;
};

/** A comparison of two, as found: both values, how much better the first is, and what of it is proven. */
export const comparisonFinding = (
  numbers: Numbers,
  {
    unit,
    scale,
    values,
    isProven,
  }: {
    readonly unit: Unit;
    readonly scale: 'difference' | 'ratio' | 'beyond-factor';
    readonly values: { readonly first: number; readonly second: number };
    readonly isProven: boolean;
  },
): string => {
  const text = (value: number) => advantageText(value, { scale, unit });
  const observed = `observed ${valueText(values.first, unit)} against ${valueText(values.second, unit)}: ${text(numbers.observed)}`;
  if (!isProven) return observed;
  const bound = numbers.verdict === 'fail' ? numbers.upperBound : numbers.lowerBound;
  if (bound === undefined) return `${observed}, too little to prove a bound`;
  const neutral = scale === 'ratio' ? 1 : 0;
  // "At least 3 points better", but "no more than 3 points worse": both are lower bounds.
  const isLower = numbers.verdict !== 'fail';
  const how = isLower === bound >= neutral ? 'at least' : 'no more than';
  return `${observed}, proven ${how} ${text(bound)}`;
};
