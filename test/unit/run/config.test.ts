import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.ts';
import { checkReferences } from '../../../src/run/config/check-references.ts';
import { configSchema } from '../../../src/run/config/schema.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';

const good = `name: mine
endpoints:
  spark:
    url: https://api.example.com/v1
    model: spark-1
    key_env: SPARK_KEY
    tier: wafer-scale
contenders:
  - name: spark
    endpoint: spark
suites: [suites/terminal]
budgets: { time: 10m }
`;

const read = (text: string) => {
  const parsed = parseYaml(text, 'tacho.yaml', configSchema);
  checkReferences(parsed.value, {
    agents: ['shell', 'oracle', 'nop'],
    needsEndpoint: (agent) => agent === 'shell',
    needsPartner: () => false,
    variables: { SPARK_KEY: 'k' },
    place: parsed.place,
  });
  return parsed.value;
};

const mistake = (text: string): UserError => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('no mistake was found');
};

describe('tacho.yaml', () => {
  it('reads quantities with units and fills in defaults', () => {
    const config = read(good);
    expect(config.budgets.time).toBe(600_000);
    expect(config.attempts).toBe(1);
    expect(config.suites[0]?.path).toBe('suites/terminal');
  });

  const cases: readonly (readonly [string, (text: string) => string, string, RegExp])[] = [
    ['an unknown key', (text) => text.replace('tier:', 'teir:'), 'tacho.yaml:7:5', /did you mean `tier`/],
    ['an unknown top-level key', (text) => `${text}atempts: 3\n`, 'tacho.yaml:13:1', /did you mean `attempts`/],
    [
      'an unknown value',
      (text) => text.replace('wafer-scale', 'waferscale'),
      'tacho.yaml:7:11',
      /did you mean wafer-scale/,
    ],
    ['a duration without a unit', (text) => text.replace('10m', '10'), 'tacho.yaml:12:18', /budgets.time/],
    ['broken YAML', (text) => text.replace('suites: [', 'suites: [['), 'tacho.yaml', /correct the syntax/],
    [
      'an unknown endpoint',
      (text) => text.replace('endpoint: spark', 'endpoint: sprak'),
      'tacho.yaml:10:15',
      /did you mean `spark`/,
    ],
    [
      'an unknown agent',
      (text) => text.replace('endpoint: spark', 'endpoint: spark\n    agent: shel'),
      'tacho.yaml:11:12',
      /did you mean `shell`/,
    ],
    ['a missing key', (text) => text.replace('SPARK_KEY', 'OTHER_KEY'), 'tacho.yaml:6:14', /export OTHER_KEY/],
    [
      'no contender',
      (text) => text.replace(/contenders:[\s\S]*?suites/, 'contenders: []\nsuites'),
      'tacho.yaml:8:13',
      /contenders/,
    ],
    [
      'two contenders of one name',
      (text) => text.replace('suites:', '  - name: spark\n    endpoint: spark\nsuites:'),
      'tacho.yaml:11:11',
      /name of its own/,
    ],
    [
      'neither url nor simulate',
      (text) => text.replace('    url: https://api.example.com/v1\n', ''),
      'tacho.yaml:4:5',
      /url/,
    ],
    [
      'an address that is none',
      (text) => text.replace('https://api.example.com/v1', 'api.example.com'),
      'tacho.yaml:4:10',
      /url/,
    ],
    [
      'a key in the query of an address',
      (text) => text.replace('example.com/v1', 'example.com/v1?api_key=sk-1'),
      'tacho.yaml:4:10',
      /name that in `key_env`/,
    ],
    [
      'a password in an address',
      (text) => text.replace('api.example', 'me:secret@api.example'),
      'tacho.yaml:4:10',
      /name that in `key_env`/,
    ],
  ];
  it.each(cases)('says where %s is and how to mend it', (_, break_, where, fix) => {
    const error = mistake(break_(good));
    expect(`${error.where} ${error.fix} ${error.message}`).toMatch(fix);
    expect(error.where).toContain(where);
  });

  it('exits with 21 for a missing key, 2 for the rest', () => {
    expect(mistake(good.replace('SPARK_KEY', 'OTHER_KEY')).exitCode).toBe(21);
    expect(mistake(good.replace('tier', 'teir')).exitCode).toBe(2);
  });
});

describe('a replayed endpoint', () => {
  const replaying = (endpoint: string) =>
    good.replace(/ {4}url: [^\n]*\n {4}model: [^\n]*\n {4}key_env: [^\n]*\n/, `${endpoint}\n`);

  it('needs a recording and nothing else; its speed is original unless said', () => {
    const { spark } = read(replaying('    replay: results/run-1')).endpoints;
    expect(spark).toMatchObject({ replay: 'results/run-1' });
    expect(spark?.speed).toBeUndefined();
    expect(read(replaying('    replay: r\n    speed: 2.5x')).endpoints.spark?.speed).toBe('2.5x');
    expect(read(replaying('    replay: r\n    speed: instant')).endpoints.spark?.speed).toBe('instant');
  });

  it('is either replayed, simulated or real', () => {
    expect(mistake(replaying('    replay: r\n    simulate: sim-gpu')).message).toMatch(
      /one of `url`.*`simulate`.*`replay`/,
    );
    expect(mistake(replaying('    replay: r\n    speed: fast')).message).toMatch(
      /expected original, instant or a factor/,
    );
    expect(mistake(replaying('    simulate: sim-gpu\n    speed: 2x')).message).toMatch(/belong to `replay`/);
  });
});
