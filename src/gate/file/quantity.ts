import { z } from 'zod';

/** Units that a quantity of a gate can have. `points` are absolute: from 60% to 65% is 5 points, or 8.3% more. */
const units = [
  'points',
  '%',
  'x',
  'ms',
  's',
  'min',
  'h',
  'tokens/s',
  'tokens',
  'USD',
  'steps',
  'calls',
  'tries',
  'chunks',
  'lines',
  'files',
] as const;
export type QuantityUnit = (typeof units)[number];

/** A number with its unit, and the words of the file. */
export type Quantity = { readonly amount: number; readonly unit: QuantityUnit; readonly text: string };

const multiples: Readonly<Record<string, number>> = { k: 1000, M: 1_000_000 };
const words = units.map((unit) => unit.replace('/', '\\/')).join('|');
const pattern = new RegExp(`^(\\d+(?:\\.\\d+)?)\\s*(k|M)?\\s*(point|${words})$`);

/** The quantity that a text states; undefined without a unit or with one that nobody knows. */
export const quantityOf = (text: string): Quantity | undefined => {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const [, number = '', multiple = '', word = ''] = match;
  const unit = units.find((known) => known === word) ?? 'points';
  return { amount: Number(number) * (multiples[multiple] ?? 1), unit, text: text.trim() };
};

/** `5 points`, `5%`, `800 ms`, `5x`, `1000 tokens/s`, `0.45 USD`. A bare number says nothing: it is refused. */
export const quantity = z
  .string({
    error: ({ input }) => (typeof input === 'number' ? `${input} has no unit` : 'expected a quantity with its unit'),
  })
  .meta({ pattern: pattern.source, examples: ['5 points', '5%', '800 ms', '5x', '1000 tokens/s'] })
  .transform((text, context) => {
    const found = quantityOf(text);
    if (found !== undefined) return found;
    const what = /^\d+(\.\d+)?$/.test(text.trim()) ? 'has no unit' : 'is no quantity with a known unit';
    context.addIssue({ code: 'custom', message: `${JSON.stringify(text)} ${what}` });
    return z.NEVER;
  });

const attemptsPattern = /^([1-9]\d*) attempts?$/;

/** A number of attempts at each task, such as `10 attempts`. */
export const attemptCount = z
  .string({ error: 'expected a number of attempts with its unit, such as 10 attempts' })
  .meta({ pattern: attemptsPattern.source, examples: ['10 attempts'] })
  .transform((text, context) => {
    const match = attemptsPattern.exec(text.trim());
    if (match !== null) return Number(match[1]);
    context.addIssue({
      code: 'custom',
      message: `expected a number of attempts such as 10 attempts, got ${JSON.stringify(text)}`,
    });
    return z.NEVER;
  });

const percentPattern = /^(\d+(?:\.\d+)?)\s*%$/;

/** A confidence such as `95%`, as a ratio; more than a coin toss, less than certainty. */
export const confidence = z
  .string({ error: 'expected a confidence with its sign, such as 95%' })
  .meta({ pattern: percentPattern.source, examples: ['95%'] })
  .transform((text, context) => {
    const ratio = Number(percentPattern.exec(text.trim())?.[1]) / 100;
    if (ratio > 0.5 && ratio < 1) return ratio;
    context.addIssue({
      code: 'custom',
      message: `expected a confidence above 50% and below 100%, got ${JSON.stringify(text)}`,
    });
    return z.NEVER;
  });
