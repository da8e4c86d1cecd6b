import type { Interval } from '../../../measure/interval/interval.ts';
import { percent, percentRange, unknown } from '../../../report/format.ts';
import type { Reduction } from '../reduction.ts';

const signed = (change: number): string => {
  const whole = Math.round(change * 100);
  return `${whole < 0 ? '−' : whole > 0 ? '+' : '±'}${Math.abs(whole)}%`;
};

/** A reduction in a table: `−80% (−81% to −79%)`. */
export const reductionText = (reduction: Reduction | undefined): string => {
  if (reduction === undefined) return unknown;
  const { low, high } = reduction;
  const range = low === undefined || high === undefined ? '' : ` (${signed(-high)} to ${signed(-low)})`;
  return `${signed(-reduction.reduction)}${range}`;
};

/** A range of shares; one that leaves the side of its centre says so with a sign. */
const rangeText = ({ low, high }: Interval): string =>
  low >= 0 ? percentRange({ low, high }) : `−${percent(-low)} to ${percent(high)}`;

type Phrase = { readonly verb: 'takes' | 'adds'; readonly rest: string };

const phraseOf = (reduction: Reduction, what: string): Phrase => {
  const { reduction: share, low, high } = reduction;
  const isLess = share >= 0;
  const ends =
    low === undefined || high === undefined ? undefined : isLess ? { low, high } : { low: -high, high: -low };
  const range = ends === undefined ? '' : ` (${rangeText(ends)})`;
  const rest = `${percent(Math.abs(share))}${range} ${isLess ? 'off' : 'to'} ${what}`;
  return { verb: isLess ? 'takes' : 'adds', rest };
};

/** Reductions in a sentence: `takes 80% (79–81) off the round trip, 50% off TTFT`; undefined where none is known. */
export const reductionsText = (
  reductions: readonly (readonly [what: string, reduction: Reduction | undefined])[],
): string | undefined => {
  const phrases = reductions.flatMap(([what, reduction]) =>
    reduction === undefined ? [] : [phraseOf(reduction, what)],
  );
  const parts = phrases.map(({ verb, rest }, place) => (verb === phrases[place - 1]?.verb ? rest : `${verb} ${rest}`));
  return parts.length === 0 ? undefined : parts.join(', ');
};
