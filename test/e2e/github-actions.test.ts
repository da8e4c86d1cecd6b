import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { describeWithEngine } from '../support/with-engine.ts';
import { runWorkflow, type StepOutcome } from '../support/workflow.ts';
import { elementsNamed, parseXml } from '../support/xml.ts';

const example = await readFile(join(projectRoot, 'docs', 'examples', 'github-actions.yml'), 'utf8');

const config = `name: nightly
endpoints: { fast: { simulate: sim-wafer } }
contenders: [{ name: fast, endpoint: fast }]
suites: [{ path: terminal, tasks: [fix-syntax-error] }]
images: { trust_ca: true }
`;

const gates = `version: 1
gates:
  - { name: healthy, metric: infra_error_rate, at_most: 0%, evidence: observed }
  - { name: no regression, metric: agent_time, not_worse_than: baseline, by_more_than: 20x, evidence: observed }
`;

const impossible = (count: number): string =>
  `version: 1\ngates:\n${Array.from({ length: count }, (_, i) => `  - { name: g${i}, metric: agent_time, at_most: 1 ms, evidence: observed }\n`).join('')}`;

/** A user's repository: its package, which has Tacho among its dependencies, its configuration and its gates. */
const aRepository = async (folder: string): Promise<void> => {
  const vendored = join(folder, 'vendor', 'tacho');
  await mkdir(vendored, { recursive: true });
  const bin = { tacho: 'tacho.js' };
  const own = { name: 'nightly', version: '1.0.0', devDependencies: { tacho: 'file:vendor/tacho' } };
  const packages = {
    '': own,
    'node_modules/tacho': { resolved: 'vendor/tacho', link: true },
    'vendor/tacho': { version: '0.0.0', dev: true, bin },
  };
  const files = {
    'vendor/tacho/package.json': JSON.stringify({ name: 'tacho', version: '0.0.0', type: 'module', bin }),
    'vendor/tacho/tacho.js': `#!/usr/bin/env node\nimport ${JSON.stringify(join(projectRoot, 'bin', 'tacho.js'))};\n`,
    'package.json': JSON.stringify({ ...own, private: true }),
    'package-lock.json': JSON.stringify({ ...own, lockfileVersion: 3, requires: true, packages }),
    'tacho.yaml': config,
    'gates.yaml': gates,
  };
  for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
  await chmod(join(vendored, 'tacho.js'), 0o755);
};

const scriptsOf = (steps: readonly StepOutcome[]) =>
  Object.fromEntries(steps.flatMap(({ step, kind, exitCode }) => (kind === 'script' ? [[step, exitCode]] : [])));

const gateOf = (steps: readonly StepOutcome[]): StepOutcome => {
  const gate = steps.find(({ step }) => step === 'Gate');
  if (gate === undefined) throw new Error('the workflow has no step called Gate');
  return gate;
};

const annotationsOf = ({ stdout }: StepOutcome): readonly string[] =>
  stdout.split('\n').filter((line) => line.startsWith('::'));

const junitOf = async (folder: string) => parseXml(await readFile(join(folder, 'gates.xml'), 'utf8'));

const done = { 'npm ci': 0, 'The gates read well': 0, Run: 0 };

describeWithEngine('the example workflow for GitHub Actions', () => {
  it('red on the night without a baseline, green on the next, red again with what failed', async () => {
    await using scratch = await temporaryFolder();
    const folder = scratch.path;
    await aRepository(folder);

    const first = await runWorkflow(example, { folder });
    expect(scriptsOf(first)).toEqual({ ...done, Gate: 12, 'This run is the next baseline': 0 });
    // These bring and take files; the baseline stays in this folder as it would in the cache.
    expect(first.filter(({ kind }) => kind === 'action').map(({ step }) => step)).toEqual([
      'actions/checkout@v5',
      'actions/setup-node@v5',
      'Last good run',
      'Keep it',
      'Report',
    ]);
    expect(gateOf(first).outputs).toMatchObject({ verdict: 'not_evaluated', 'exit-code': '12', baseline: 'none' });
    expect(annotationsOf(gateOf(first))).toEqual([expect.stringMatching(/^::error file=gates\.yaml,line=4,col=5,/)]);
    expect(elementsNamed(await junitOf(folder), 'error')).toHaveLength(1);

    // The second night's checkout has no results of the first.
    const kept = await readdir(join(folder, 'baseline'));
    expect(kept).toContain('trials.jsonl');
    await rm(join(folder, 'results'), { recursive: true });
    const second = await runWorkflow(example, { folder });
    expect(scriptsOf(second)).toEqual({ ...done, Gate: 0, 'This run is the next baseline': 0 });
    expect(gateOf(second).outputs).toMatchObject({ verdict: 'pass', 'exit-code': '0' });
    expect(annotationsOf(gateOf(second))).toEqual([]);
    expect(gateOf(second).summary).toContain('Gates: pass');
    const { folder: judged = '' } = gateOf(second).outputs;
    expect(await readFile(join(folder, 'baseline', 'manifest.json'), 'utf8')).toBe(
      await readFile(join(folder, judged, 'manifest.json'), 'utf8'),
    );

    await writeFile(join(folder, 'gates.yaml'), impossible(25));
    const third = await runWorkflow(example, { folder, without: ['npm ci', 'Run'] });
    expect(scriptsOf(third)).toEqual({ 'The gates read well': 0, Gate: 10 });
    const gate = gateOf(third);
    expect(annotationsOf(gate)).toHaveLength(10);
    expect(Buffer.byteLength(gate.summary)).toBeLessThan(900 * 1024);
    expect(gate.summary).toContain('25 fail');
    expect(elementsNamed(await junitOf(folder), 'failure')).toHaveLength(25);
    expect(third.find(({ step }) => step === 'Report')?.kind).toBe('action');
    expect(existsSync(join(folder, judged, 'report', 'index.html'))).toBe(true);
  });
});
