import { expect, test } from 'vitest';
import { attemptScriptSchema } from '../../../src/simulator/attempts.ts';
import { profileSchema } from '../../../src/simulator/profile.ts';
import { parseYaml } from '../../../src/simulator/yaml-source.ts';

const mistakesIn = (text: string, schema = attemptScriptSchema as Parameters<typeof parseYaml>[2]) => {
  try {
    parseYaml(text, 'a.yaml', schema);
  } catch (error) {
    return String((error as Error).message);
  }
  return 'none';
};

test('a mistake is told with file, line and column', () => {
  const text = [
    'task: t',
    'instruction: Do this thing.',
    'attempts:',
    '  - name: a',
    '    style: sloppy',
    '    turns: [{}]',
  ];
  const told = mistakesIn(text.join('\n'));
  expect(told).toContain('a.yaml:5:12: attempts.0.style:');
  expect(told).toContain('a.yaml:6:13: attempts.0.turns.0: a turn needs at least one of');
});

test('an unknown key is told where it stands, broken YAML where it breaks', () => {
  const unknown =
    'name: x\ndescription: x\ntier: gpu\nttft: { distribution: constant, ms: 1 }\nrate:\n  tokens_per_second: 70\n  burst: 3\n';
  expect(mistakesIn(unknown, profileSchema)).toMatch(/^a\.yaml:7:\d+: rate: .*burst/);
  expect(mistakesIn('task: [1, 2\nattempts: {')).toMatch(/^a\.yaml:\d+:\d+: /);
});
