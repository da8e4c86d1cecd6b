import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.ts';
import { readGates } from '../../../src/gate/file/read-gates.ts';

const good = `version: 1
confidence: 95%
gates:
  - name: quality
    contender: spark
    metric: pass_rate
    not_worse_than: codex
    by_more_than: 5 points
  - name: first token
    metric: ttft
    statistic: p95
    at_most: 800 ms
    where: { suite: terminal, tag: [micro] }
`;

const mistakesOf = (text: string): string => {
  try {
    readGates(text, 'gates.yaml');
  } catch (error) {
    if (error instanceof UserError) return `${error.where} ${error.message} ${error.fix ?? ''}`;
    throw error;
  }
  return 'none';
};

describe('gates.yaml', () => {
  it('reads quantities in the unit of their metric', () => {
    const [quality, token] = readGates(good, 'gates.yaml').gates;
    expect(quality).toMatchObject({
      kind: 'comparison',
      form: { kind: 'difference', margin: -0.05 },
      against: 'codex',
    });
    expect(token).toMatchObject({ kind: 'value', direction: 'at-most', limit: 0.8, statistic: { quantile: 0.95 } });
    expect(token?.place).toEqual({ file: 'gates.yaml', line: 9, column: 5 });
  });

  it('takes points as absolute and per cent as relative', () => {
    const formOf = (text: string) => {
      const [gate] = readGates(good.replace('5 points', text), 'gates.yaml').gates;
      return gate?.kind === 'comparison' ? gate.form : undefined;
    };
    expect(formOf('5%')).toEqual({ kind: 'factor', factor: 0.95 });
    expect(formOf('2x')).toEqual({ kind: 'factor', factor: 0.5 });
    expect(formOf('1 point')).toEqual({ kind: 'difference', margin: -0.01 });
  });

  it.each([
    ['agent_time', 'better_than', 'by_at_least', '20%', 0.8],
    ['agent_time', 'faster_than', 'by_at_least', '5x', 0.2],
    ['agent_time', 'not_worse_than', 'by_more_than', '20%', 1.2],
    ['decode_tokens_per_s', 'faster_than', 'by_at_least', '15x', 15],
    ['decode_tokens_per_s', 'not_worse_than', 'by_more_than', '20%', 0.8],
    ['pass_rate', 'better_than', 'by_at_least', '10%', 1.1],
    ['infra_error_rate', 'not_worse_than', 'by_more_than', '2x', 2],
  ])('%s %s … %s %s asks for a factor of %d', (metric, key, margin, text, factor) => {
    const yaml = `version: 1\ngates:\n  - { name: n, contender: a, metric: ${metric}, ${key}: b, ${margin}: ${text} }\n`;
    const [gate] = readGates(yaml, 'gates.yaml').gates;
    expect(gate?.kind === 'comparison' && gate.form.kind === 'factor' ? gate.form.factor : undefined).toBeCloseTo(
      factor,
      12,
    );
  });

  const cases: readonly (readonly [string, (text: string) => string, string, RegExp])[] = [
    [
      'a bare number',
      (t) => t.replace('5 points', '5'),
      'gates.yaml:8:19',
      /5 has no unit.*`5 points` \(absolute\), `5%`/,
    ],
    ['a bare number as text', (t) => t.replace('5 points', '"5"'), 'gates.yaml:8:19', /has no unit.*5 points/],
    ['an unknown unit', (t) => t.replace('800 ms', '800 msec'), 'gates.yaml:12:14', /no quantity.*800 ms/],
    ['a unit of another kind', (t) => t.replace('800 ms', '80%'), 'gates.yaml:12:14', /does not fit `ttft`.*800 ms/],
    [
      'a percentage where points are meant',
      (t) => t.replace('5 points', '5 ms'),
      'gates.yaml:8:19',
      /does not fit `pass_rate`.*5 points/,
    ],
    ['an unknown metric', (t) => t.replace('pass_rate', 'pas_rate'), 'gates.yaml:6:13', /did you mean pass_rate/],
    ['an unknown key', (t) => t.replace('statistic:', 'statistics:'), 'gates.yaml:11:5', /did you mean `statistic`/],
    ['a word of other tools', (t) => t.replace('contender:', 'model:'), 'gates.yaml:5:5', /did you mean `contender`/],
    [
      'a mistyped comparison',
      (t) => t.replace('at_most', 'at_mots'),
      'gates.yaml:9:5',
      /says nothing.*did you mean `at_most`/,
    ],
    [
      'no comparison',
      (t) => t.replace('    at_most: 800 ms\n', ''),
      'gates.yaml:9:5',
      /add one of `at_least`, `at_most`/,
    ],
    [
      'two comparisons',
      (t) => t.replace('    at_most', '    at_least: 1 ms\n    at_most'),
      'gates.yaml:13:5',
      /write two gates/,
    ],
    [
      'a missing margin',
      (t) => t.replace('    by_more_than: 5 points\n', ''),
      'gates.yaml:4:5',
      /by_more_than` is missing add `by_more_than:`/,
    ],
    ['an unknown statistic', (t) => t.replace('p95', 'average'), 'gates.yaml:11:16', /mean, median, min, max or p95/],
    ['a maximum that cannot be proven', (t) => t.replace('p95', 'max'), 'gates.yaml:11:16', /evidence: observed/],
    [
      'a p95 in a comparison',
      (t) => t.replace('metric: pass_rate', 'metric: ttft\n    statistic: p95').replace('5 points', '20%'),
      'gates.yaml:7:16',
      /mean or the median/,
    ],
    [
      'a statistic of a share',
      (t) => t.replace('metric: pass_rate', 'metric: pass_rate\n    statistic: p95'),
      'gates.yaml:7:16',
      /leave `statistic` out/,
    ],
    ['an unknown level', (t) => `${t}    level: most\n`, 'gates.yaml:14:12', /did you mean must/],
    ['an unknown filter', (t) => t.replace('tag:', 'tags:'), 'gates.yaml:13:31', /did you mean `tag`/],
    ['two gates of one name', (t) => t.replace('first token', 'quality'), 'gates.yaml:9:11', /name of its own/],
    ['itself as the other', (t) => t.replace('codex', 'spark'), 'gates.yaml:7:21', /compared with itself/],
    [
      'faster in something that is no time',
      (t) => t.replace('not_worse_than', 'faster_than').replace('by_more_than', 'by_at_least'),
      'gates.yaml:7:18',
      /time or a rate/,
    ],
    [
      'better in what is neither',
      (t) => t.replace('pass_rate', 'edit_lines'),
      'gates.yaml:7:21',
      /neither better nor worse/,
    ],
    ['a confidence without its sign', (t) => t.replace('95%', '0.95'), 'gates.yaml:2:13', /such as 95%/],
    ['a confidence of certainty', (t) => t.replace('95%', '100%'), 'gates.yaml:2:13', /below 100%/],
    [
      'another version',
      (t) => t.replace('version: 1', 'version: 2'),
      'gates.yaml:1:10',
      /unknown value write `version: 1`/,
    ],
    ['no gates', (t) => t.replace(/gates:[\s\S]*/, 'gates: []\n'), 'gates.yaml:3:8', /at least one gate/],
    [
      'run_more without its end',
      (t) => `${t}    if_inconclusive: run_more\n`,
      'gates.yaml:14:22',
      /how many attempts.*add `up_to: 10 attempts`/,
    ],
    [
      'run_more for the whole file',
      (t) => t.replace('version: 1', 'version: 1\nif_inconclusive: run_more'),
      'gates.yaml:2:18',
      /say `run_more` of a gate, with `up_to: 10 attempts`/,
    ],
    [
      'run_more of what is observed',
      (t) => `${t}    evidence: observed\n    if_inconclusive: run_more\n    up_to: 10 attempts\n`,
      'gates.yaml:15:22',
      /never inconclusive/,
    ],
    [
      'run_more of a probe',
      (t) =>
        `${t.replace('metric: ttft', 'metric: probe_ttft').replace(/ +where.*\n/, '')}    if_inconclusive: run_more\n    up_to: 10 attempts\n`,
      'gates.yaml:13:22',
      /has no attempts.*--rounds/,
    ],
    [
      'up_to alone',
      (t) => `${t}    up_to: 10 attempts\n`,
      'gates.yaml:14:12',
      /belongs to `if_inconclusive: run_more`/,
    ],
    [
      'a number of attempts without its unit',
      (t) => `${t}    if_inconclusive: run_more\n    up_to: 10\n`,
      'gates.yaml:15:12',
      /such as 10 attempts/,
    ],
    ['a time for a metric that has none', (t) => `${t}    within: 5m\n`, 'gates.yaml:14:13', /leave `within` out/],
    [
      'solved_within without its time',
      (t) => t.replace('pass_rate', 'solved_within'),
      'gates.yaml:6:13',
      /add `within: 5m`/,
    ],
    [
      'a price without its unit',
      (t) => t.replace('gates:', 'prices: { spark: { input: 1, output_usd_per_million_tokens: 2 } }\ngates:'),
      'gates.yaml:3:20',
      /unknown key `input`.*known keys here: input_usd_per_million_tokens/,
    ],
    [
      'a filter of tasks for a probe',
      (t) => t.replace('metric: ttft', 'metric: probe_ttft'),
      'gates.yaml:13:12',
      /`where` chooses tasks.*leave `where` out/,
    ],
    [
      'a mean of a probe',
      (t) =>
        t
          .replace('metric: ttft', 'metric: probe_ttft')
          .replace('p95', 'mean')
          .replace(/ +where.*\n/, ''),
      'gates.yaml:11:16',
      /median \(default\) or a quantile.*`p95`/,
    ],
    [
      'a quantile in a comparison of a probe',
      (t) => t.replace('metric: pass_rate', 'metric: probe_ttft\n    statistic: p95').replace('5 points', '20%'),
      'gates.yaml:7:16',
      /median of their pairs.*leave `statistic` out/,
    ],
    [
      'a baseline of a probe',
      (t) => t.replace('pass_rate', 'probe_ttft').replace('5 points', '20%').replace('codex', 'baseline'),
      'gates.yaml:7:21',
      /has no baseline.*another endpoint/,
    ],
    [
      'a metric as others call it',
      (t) => t.replace('pass_rate', 'accuracy'),
      'gates.yaml:6:13',
      /did you mean pass_rate\?/,
    ],
    [
      'a quantile in the name of a metric',
      (t) => t.replace('metric: ttft', 'metric: p95-ttft_ms'),
      'gates.yaml:10:13',
      /did you mean ttft with `statistic: p95`\?/,
    ],
    [
      'a metric that resembles none',
      (t) => t.replace('pass_rate', 'happiness'),
      'gates.yaml:6:13',
      /one of: pass_rate, infra_error_rate/,
    ],
    ['a level of other tools', (t) => `${t}    level: error\n`, 'gates.yaml:14:12', /did you mean must/],
    [
      'the margin of another shape',
      (t) => t.replace('by_more_than', 'by_at_least'),
      'gates.yaml:8:5',
      /did you mean `by_more_than`/,
    ],
    [
      'the filter of another shape',
      () => 'version: 1\ngates:\n  - { name: s, solved: every_attempt, where: { tag: smoke } }\n',
      'gates.yaml:3:39',
      /did you mean `tasks`/,
    ],
    ['minutes as m', (t) => t.replace('800 ms', '5 m'), 'gates.yaml:12:14', /minutes are `min`: `5 min`/],
    [
      'a share of more than all',
      (t) => t.replace(/not_worse.*\n.*points/, 'at_least: 160%'),
      'gates.yaml:7:15',
      /at most `100%`/,
    ],
    [
      'so much faster that nothing is left',
      (t) =>
        t
          .replace('pass_rate', 'agent_time')
          .replace('not_worse_than', 'faster_than')
          .replace('by_more_than: 5 points', 'by_at_least: 120%'),
      'gates.yaml:8:18',
      /leaves nothing.*`2\.2x`/,
    ],
    [
      'a contender without a name',
      (t) => t.replace('contender: spark', 'contender:'),
      'gates.yaml:5:15',
      /without the key every one/,
    ],
    [
      'gates that are no list',
      (t) => t.replace(/gates:[\s\S]*/, 'gates:\n  name: a\n'),
      'gates.yaml:4:3',
      /entry of the list: `- \{/,
    ],
    [
      'a gate that is a word',
      (t) => t.replace(/gates:[\s\S]*/, 'gates:\n  - quality\n'),
      'gates.yaml:4:5',
      /expected a gate.*entry of the list/,
    ],
    ['no version', (t) => t.replace('version: 1\n', ''), 'gates.yaml:1:1', /`version` is missing write `version: 1`/],
    ['a file that is a list', () => '[]\n', 'gates.yaml:1:1', /begin with `version: 1`, then `gates:`/],
    ['broken YAML', (t) => t.replace('[micro]', '[micro'), 'gates.yaml:13:43', /not valid YAML/],
  ];
  it.each(cases)('says where %s is and how to mend it', (_, break_, where, fix) => {
    const said = mistakesOf(break_(good));
    expect(said).toContain(where);
    expect(said).toMatch(fix);
  });

  it('tells all mistakes at once, in the order of the file', () => {
    const said = mistakesOf(
      good
        .replace('95%', '95')
        .replace('5 points', '5')
        .replace('pass_rate', 'pas_rate')
        .replace('800 ms', '800')
        .replace('tag:', 'tags:'),
    );
    expect(said).toMatch(
      /5 mistakes\n.*gates\.yaml:2:13.*\n.*gates\.yaml:6:13.*\n.*gates\.yaml:8:19.*\n.*gates\.yaml:12:14.*\n.*gates\.yaml:13:31/,
    );
  });
});
