import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { schemaFiles } from '../../../scripts/make-schemas.ts';
import { UserError } from '../../../src/domain/errors.ts';
import { readGates } from '../../../src/gate/file/read-gates.ts';
import { configSchema } from '../../../src/run/config/schema.ts';
import { profileSchema } from '../../../src/simulator/profile.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const validator = (name: string) =>
  new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(read(join('schemas', name))));
const isConfig = validator('tacho.schema.json');
const isGates = validator('gates.schema.json');
const isProfile = validator('profile.schema.json');

type Kind = 'gates' | 'config' | 'profile' | 'other';

const kindOf = (text: string): Kind => {
  if (/^gates:/m.test(text)) return 'gates';
  if (/^contenders:/m.test(text)) return 'config';
  return /^ttft:/m.test(text) ? 'profile' : 'other';
};

/** The fenced YAML blocks of a document, by whether they are gates, a run's configuration, a profile or something else. */
const blocks = (path: string): readonly { readonly text: string; readonly kind: Kind }[] =>
  [...read(path).matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => ({
    text,
    kind: kindOf(text),
  }));

const documents = globSync('{README.md,docs/**/*.md}', { cwd: root }).sort();
const examples = (kind: Kind) =>
  documents.flatMap((path) =>
    blocks(path).flatMap((block, i) => (block.kind === kind ? [[`${path} #${i}`, block.text] as const] : [])),
  );
const files = (pattern: string) => globSync(pattern, { cwd: root }).map((path) => [path, read(path)] as const);

const configs = [
  ...examples('config'),
  ...files('fixtures/demo/tacho.yaml'),
  ...files('suites/claims/**/{tacho,*.run}.yaml'),
];
const gateFiles = [...examples('gates'), ...files('suites/claims/codex-spark.yaml')];

const profiles = [
  ...examples('profile'),
  ...files('fixtures/profiles/*.yaml'),
  ...files('suites/claims/rehearsal/*-sim.yaml'),
];

describe('the JSON Schemas for editors', () => {
  it('are what `npm run schemas` makes', () => {
    for (const [name, content] of schemaFiles()) expect(read(join('schemas', name)), name).toBe(content);
  });

  it('there are examples', () => {
    expect([configs, gateFiles, profiles].map(({ length }) => length > 2)).toEqual([true, true, true]);
  });

  it.each(configs)('accept the configuration %s, as Tacho does', (path, text) => {
    expect(isConfig(parse(text)), JSON.stringify(isConfig.errors)).toBe(true);
    expect(() => parseYaml(text, path, configSchema)).not.toThrow();
  });

  it.each(profiles)('accept the profile %s, as the simulator does', (path, text) => {
    expect(isProfile(parse(text)), JSON.stringify(isProfile.errors)).toBe(true);
    expect(() => parseYaml(text, path, profileSchema)).not.toThrow();
  });

  it.each(gateFiles)('accept the gates %s, as Tacho does', (path, text) => {
    expect(isGates(parse(text)), JSON.stringify(isGates.errors)).toBe(true);
    expect(readGates(text, path).gates.length).toBeGreaterThan(0);
  });
});

/** The rows of the table of mistakes: the gate, what is told of it, whether an editor sees it. */
const mistakes = [...read('docs/gates.md').matchAll(/^\| `(\{.*?\})`\s+\| (.*?)\s+\| (✓|–)\s+\|$/gm)].map(
  ([, gate = '', told = '', editor = '']) => ({ gate, told, inEditor: editor === '✓' }),
);

const saidOf = (text: string): string => {
  try {
    readGates(text, 'gates.yaml');
  } catch (error) {
    if (error instanceof UserError) return `${error.where} ${error.message}; ${error.fix}`;
    throw error;
  }
  return '';
};

describe('the documented mistakes of gates', () => {
  it('are there', () => expect(mistakes.length).toBeGreaterThan(15));

  it.each(mistakes)('$gate is told, with its place', ({ gate, told, inEditor }) => {
    const text = `version: 1\ngates:\n  - ${gate}\n`;
    const said = saidOf(text);
    for (const part of told.split('; ')) expect(said).toContain(part);
    expect(said).toMatch(/gates\.yaml:3:\d+/);
    expect(isGates(parse(text))).toBe(!inEditor);
  });
});

const config = (endpoint: string, rest = '') =>
  `endpoints: { e: { ${endpoint} } }\ncontenders: [{ name: a, endpoint: e }]\nsuites: [terminal]\n${rest}`;
const good = 'url: https://api.example.com/v1, model: m';

describe('mistakes of tacho.yaml that an editor sees', () => {
  it.each([
    ['an unknown key', config(good, 'atempts: 3\n')],
    ['an unknown tier', config(`${good}, tier: waferscale`)],
    ['a duration without its unit', config(good, 'budgets: { time: 10 }\n')],
    ['a duration with a strange unit', config(good, 'budgets: { time: 10 minutes }\n')],
    ['a count that is none', config(good, 'budgets: { output_tokens: many }\n')],
    ['no model', config('url: https://api.example.com/v1')],
    ['both real and simulated', config(`${good}, simulate: sim-gpu`)],
    ['neither', config('tier: gpu')],
    ['a WebSocket for another protocol', config(`${good}, transport: websocket`)],
    ['no contender', 'contenders: []\nsuites: [terminal]\n'],
    ['no suites', 'contenders: [{ name: a }]\n'],
  ])('%s', (_, text) => {
    expect(isConfig(parse(text))).toBe(false);
    expect(() => parseYaml(text, 'tacho.yaml', configSchema)).toThrow(UserError);
  });

  it('and the correct one is correct', () => {
    expect(isConfig(parse(config(`${good}, transport: websocket, protocol: responses`)))).toBe(true);
  });
});
