import { z } from 'zod';
import { UserError } from '../../../domain/errors.ts';
import { count } from '../../../yaml/quantity.ts';

/** The flags of `tacho probe`, as commander hands them over. */
export type ProbeOptions = {
  readonly config: string;
  readonly endpoint?: readonly string[];
  readonly url?: string;
  readonly model?: string;
  readonly protocol?: string;
  readonly keyEnv?: string;
  readonly simulate?: string;
  readonly transports?: string;
  readonly effort?: string;
  readonly promptTokens: string;
  readonly outputTokens: string;
  readonly concurrency: string;
  readonly rounds: string;
  readonly seed?: string;
  readonly engineRate?: string;
  readonly results: string;
  readonly replay?: string;
  readonly contender?: string;
  readonly agents: string;
  readonly pauses: string;
  readonly jobs?: string;
  readonly steer?: boolean;
  readonly steerAfter: string;
  readonly record?: boolean;
  readonly json?: boolean;
  readonly calibrate?: boolean;
};

const read = <Schema extends z.ZodType>(flag: string, text: string, schema: Schema): z.output<Schema> => {
  const checked = schema.safeParse(text);
  if (checked.success) return checked.data;
  throw new UserError(`${flag}: ${checked.error.issues[0]?.message ?? 'not understood'}`, {
    fix: `give ${flag} as docs/probe.md shows`,
  });
};

/** `100,1k,10k` → numbers, each once, in ascending order; empty for `none`. Throws UserError. */
export const countsOf = (flag: string, text: string): readonly number[] =>
  text === 'none'
    ? []
    : [...new Set(text.split(',').map((part) => read(flag, part, count)))].sort((left, right) => left - right);

/** A positive count. Throws UserError. */
export const countOf = (flag: string, text: string): number => read(flag, text, count);

const seed = z
  .string()
  .regex(/^\d{1,15}$/, 'expected a whole number such as 7, of at most 15 digits')
  .transform(Number);

/** The number of `--seed`. Throws UserError. */
export const seedOf = (text: string): number => read('--seed', text, seed);

/** `1 agent`, `8 agents`. */
export const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
