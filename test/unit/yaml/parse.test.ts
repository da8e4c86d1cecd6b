import { expect, test } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../../src/domain/errors.ts';
import { attemptScriptSchema } from '../../../src/simulator/attempts.ts';
import { profileSchema } from '../../../src/simulator/profile.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';

const errorIn = (text: string, schema: z.ZodType): UserError => {
  try {
    parseYaml(text, 'a.yaml', schema);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('no mistake was found');
};

test('every mistake is told with file, line, column and a mend', () => {
  const text = [
    'task: t',
    'instruction: Do this thing.',
    'attempts:',
    '  - name: a',
    '    style: sloppy',
    '    turns: [{}]',
  ];
  const { message } = errorIn(text.join('\n'), attemptScriptSchema);
  expect(message).toMatch(/^2 mistakes$/m);
  expect(message).toMatch(/a\.yaml:5:12: `attempts\.0\.style` has an unknown value; one of: careful, hasty/);
  expect(message).toMatch(/a\.yaml:6:13: `attempts\.0\.turns\.0`: a turn needs at least one of/);
});

test('an unknown key is told where it stands, broken YAML where it breaks', () => {
  const unknown =
    'name: x\ndescription: x\ntier: gpu\nttft: { distribution: constant, ms: 1 }\nrate:\n  tokens_per_second: 70\n  jiter: 3\n';
  const { where, message, fix } = errorIn(unknown, profileSchema);
  expect([where, message, fix]).toEqual(['a.yaml:7:3', 'unknown key `jiter` in rate', 'did you mean `jitter`?']);
  expect(errorIn('task: [1, 2', attemptScriptSchema)).toMatchObject({
    where: 'a.yaml:1:12',
    fix: 'correct the syntax at this place',
  });
});

test('a word that chooses the form of an object is told like any other, and no key is suggested for itself', () => {
  const profile = (ttft: string, fault: string) =>
    `name: x\ndescription: x\ntier: gpu\nrate: { tokens_per_second: 70 }\nttft: ${ttft}\nfaults: [${fault}]\n`;
  const constant = '{ distribution: constant, ms: 1 }';
  expect(errorIn(profile(constant, '{ kind: htp_error }'), profileSchema)).toMatchObject({
    where: 'a.yaml:6:18',
    message: '`faults.0.kind` has an unknown value',
    fix: expect.stringMatching(/^did you mean http_error\? one of: http_error, context_overflow, /),
  });
  expect(errorIn(profile('{ distribution: gamma, ms: 1 }', ''), profileSchema)).toMatchObject({
    where: 'a.yaml:5:23',
    fix: 'one of: constant, normal, lognormal',
  });
  const { message, fix } = errorIn(profile('{ distribution: constant, ms: 1, sigma: 2 }', ''), profileSchema);
  expect(message).toBe('unknown key `sigma` in ttft');
  expect(fix).toBe('known keys here: distribution, ms, prefill_ms_per_1k_tokens, standard_deviation_ms');
});

test('several unknown keys are several mistakes, and a missing one is placed at what should hold it', () => {
  const { message } = errorIn('x: 1\ny: 2\n', z.strictObject({ name: z.string() }));
  expect(message).toContain('a.yaml:1:1: `name` is missing; add `name:`');
  expect(message).toContain('a.yaml:1:1: unknown key `x`');
  expect(message).toContain('a.yaml:2:1: unknown key `y`');
});

test('words of the file stay on the line of the message', () => {
  const { message } = errorIn('"a\\n::error::b": 1\n', z.strictObject({ name: z.string().optional() }));
  expect(message).toBe('unknown key `a\\n::error::b` in the file');
});

test('aliases that unfold without end are refused, not followed', () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefgh']
    .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`)
    .join('\n')}\n`;
  expect(errorIn(bomb, z.unknown()).message).toMatch(/not readable: Excessive alias count/);
});
