import type { Measurable } from '../../analysis/evidence/measurable.ts';
import type { ComparisonGate } from '../gate.ts';
import type { Quantity } from './quantity.ts';
import { differenceIn, exampleDifferenceOf } from './units.ts';

/** What a comparison asks, or why it cannot: the message and how to mend it. */
export type Asked =
  | Pick<ComparisonGate, 'form'>
  | { readonly about: 'claim' | 'margin'; readonly message: string; readonly fix: string };

/** Times better or worse that a quantity means: `20%` more is 1.2, `20%` less 0.8, `5x` is 5 or a fifth. */
const factorOf = (
  { amount, unit }: Quantity,
  { allowsWorse, lowerIsBetter }: { readonly allowsWorse: boolean; readonly lowerIsBetter: boolean },
): number | undefined => {
  // Not worse than a lower-is-better metric may be more; better than it must be less; the other way round for higher-is-better.
  const grows = allowsWorse === lowerIsBetter;
  if (unit === 'x') return amount < 1 ? undefined : grows ? amount : 1 / amount;
  if (unit === '%') return grows ? 1 + amount / 100 : amount < 100 ? 1 - amount / 100 : undefined;
  return undefined;
};

const isSpeed = ({ unit }: Measurable): boolean => unit === 's' || unit === 'tokens/s';

/** The form of a comparison by its claim, metric and quantity. */
export const askedOf = (
  metric: Measurable,
  { claim, quantity }: { readonly claim: ComparisonGate['claim']; readonly quantity: Quantity | undefined },
): Asked => {
  const { name, better } = metric;
  if (better === 'neither' || metric.kind === 'frontier')
    return {
      about: 'claim',
      message: `\`${name}\` cannot be compared: ${metric.kind === 'frontier' ? 'it is a comparison already' : 'more of it is neither better nor worse'}`,
      fix: 'use `at_least` or `at_most`',
    };
  if (claim === 'faster' && !isSpeed(metric))
    return {
      about: 'claim',
      message: `\`faster_than\` needs a time or a rate of tokens; \`${name}\` is neither`,
      fix: 'use `better_than`, or a metric such as `agent_time` or `decode_tokens_per_s`',
    };
  if (quantity === undefined)
    return { form: isSpeed(metric) ? { kind: 'factor', factor: 1 } : { kind: 'difference', margin: 0 } };
  const allowsWorse = claim === 'not-worse';
  const factor = factorOf(quantity, { allowsWorse, lowerIsBetter: better === 'lower' });
  if (factor !== undefined) return { form: { kind: 'factor', factor } };
  if (quantity.unit === '%' && quantity.amount >= 100)
    return {
      about: 'margin',
      message: `\`${quantity.text}\` less than \`${name}\` leaves nothing`,
      fix: `write it as times, like \`${1 + quantity.amount / 100}x\``,
    };
  const margin = differenceIn(quantity, metric);
  if (margin !== undefined) return { form: { kind: 'difference', margin: allowsWorse ? -margin : margin } };
  return {
    about: 'margin',
    message: `\`${quantity.text}\` does not fit \`${name}\``,
    fix: marginAdvice(metric),
  };
};

/** How a margin of this metric can be written. */
export const marginAdvice = (metric: Measurable): string =>
  `write \`${exampleDifferenceOf(metric)}\` (absolute), \`5%\` or \`1.5x\` (relative)`;
