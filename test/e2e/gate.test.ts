import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aRun, resolved, unresolved } from '../support/measured-run.ts';
import { aManifest } from '../support/records.ts';
import { writeRun } from '../support/stored-run.ts';
import { tacho } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { elementsNamed, parseXml } from '../support/xml.ts';

/** Spark solves 36 of 40 tasks in a fifth of Codex's time. */
const measured = (runId = 'run-1') =>
  aRun({
    runId,
    contenders: ['spark', 'codex'],
    tasks: 40,
    trial: ({ contender, task }) => ({
      verdict: task < (contender === 'spark' ? 36 : 38) ? resolved : unresolved,
      agentMs: (contender === 'spark' ? 1 : 5) * (1000 + 10 * task),
    }),
  });

const gate = (name: string, text: string) => `  - { name: ${name}, contender: spark, ${text} }\n`;
const gates = {
  pass: gate('right', 'metric: pass_rate, at_least: 75%'),
  fail: gate('perfect', 'metric: pass_rate, at_least: 99%'),
  unsure: gate('close', 'metric: pass_rate, not_worse_than: codex, by_more_than: 5 points'),
  absent: gate('elsewhere', 'metric: probe_round_trip, at_most: 10 ms'),
} as const;

const quiet = { CI: '', GITHUB_ACTIONS: '' };

/** Writes a run and a gate file and judges it. */
const judge = async (
  folder: string,
  body: string,
  {
    args = [],
    env = {},
    header = '',
  }: { args?: readonly string[]; env?: Record<string, string>; header?: string } = {},
) => {
  await writeFile(join(folder, 'gates.yaml'), `version: 1\n${header}gates:\n${body}`);
  return tacho(['gate', 'gates.yaml', '--run', 'run-1', ...args], { cwd: folder, env: { ...quiet, ...env } });
};

describe('tacho gate on costs', () => {
  const prices = (endpoint: string) =>
    `prices:\n  ${endpoint}: { input_usd_per_million_tokens: 1, output_usd_per_million_tokens: 10 }\n`;
  const body = (limit: string) => gate('affordable', `metric: cost_per_solved, at_most: ${limit}`);
  // One call of 1,000 tokens in and 101 out, 36 of 40 solved: 40 × 0.00201 ÷ 36 = 0.002233 USD.
  const priced = {
    endpoints: aManifest().endpoints.map((endpoint) => ({
      ...endpoint,
      prices: { inputUsdPerMillionTokens: 1, outputUsdPerMillionTokens: 10 },
    })),
  };

  it('passes and fails by the prices in the manifest; those of the gate file go before them', async () => {
    await using scratch = await temporaryFolder();
    const { manifest, records } = measured();
    await writeRun(scratch.path, { manifest: { ...manifest, ...priced }, records });
    const passed = await judge(scratch.path, body('0.003 USD'), { args: ['--json'] });
    expect(passed.exitCode).toBe(0);
    expect(JSON.parse(passed.stdout).gates[0].checks[0].observed).toBeCloseTo((40 * 0.00201) / 36, 12);
    expect((await judge(scratch.path, body('0.001 USD'))).exitCode).toBe(10);
    const dearer = prices('wafer').replace(': 1,', ': 100,');
    expect((await judge(scratch.path, body('0.003 USD'), { header: dearer })).exitCode).toBe(10);
  });

  it('without prices is not evaluated and says where to declare them; those of the gate file will do', async () => {
    await using scratch = await temporaryFolder();
    await writeRun(scratch.path, measured());
    const bare = await judge(scratch.path, body('0.003 USD'));
    expect(bare.exitCode).toBe(12);
    expect(bare.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'no prices of endpoint `wafer`: declare `prices` there in tacho.yaml before the run, or by endpoint under `prices` in the gate file',
    );
    expect((await judge(scratch.path, body('0.003 USD'), { header: prices('wafer') })).exitCode).toBe(0);
    const slip = await judge(scratch.path, body('0.003 USD'), { header: prices('waffer') });
    expect([slip.exitCode, slip.stderr]).toEqual([2, expect.stringContaining('did you mean `wafer`?')]);
  });
});

describe('tacho gate', () => {
  it.each([
    ['pass', gates.pass, 0],
    ['fail', gates.pass + gates.fail, 10],
    ['inconclusive', gates.unsure, 11],
    ['not_evaluated', gates.pass + gates.absent, 12],
  ])('%s: text, JSON, JUnit, verdict.json and the exit code agree', async (verdict, body, code) => {
    await using scratch = await temporaryFolder();
    await writeRun(scratch.path, measured());
    const { exitCode, stdout, stderr } = await judge(scratch.path, body, {
      args: ['--json', '--junit', 'out/gates.xml'],
      env: { CI: 'true' },
    });
    expect(exitCode).toBe(code);
    const report = JSON.parse(stdout);
    expect([report.kind, report.schema, report.verdict, report.exitCode]).toEqual([
      'tacho-gate-verdict',
      1,
      verdict,
      code,
    ]);
    expect(stderr).toContain(`(exit code ${code})`);
    expect(JSON.parse(await readFile(join(scratch.path, 'run-1/report/verdict.json'), 'utf8'))).toEqual(report);
    const junit = parseXml(await readFile(join(scratch.path, 'out/gates.xml'), 'utf8'));
    expect(elementsNamed(junit, 'testcase')).toHaveLength(report.gates.length);
    expect(elementsNamed(junit, 'failure').length + elementsNamed(junit, 'error').length).toBe(report.counts.blocking);
  });

  it('an inconclusive gate fails in CI and warns elsewhere', async () => {
    await using scratch = await temporaryFolder();
    await writeRun(scratch.path, measured());
    expect((await judge(scratch.path, gates.unsure)).exitCode).toBe(0);
    expect((await judge(scratch.path, gates.unsure, { env: { CI: '1' } })).exitCode).toBe(11);
  });

  it('--explain says what was found, from how much, and what it would take', async () => {
    await using scratch = await temporaryFolder();
    await writeRun(scratch.path, measured());
    const { stdout } = await judge(scratch.path, gates.pass + gates.unsure, { args: ['--explain'] });
    expect(stdout).toMatch(
      /spark’s pass rate must be at least 75%, proven with 95% confidence\.\n +spark: observed 90%, proven at least 79\.2%\n +40 tasks, 40 trials; Wilson/,
    );
    expect(stdout).toMatch(/spark against codex: observed 90% against 95%: 5 points worse, proven no more than/);
  });

  it('--check reads the file alone; every mistake at once, exit code 2', async () => {
    await using scratch = await temporaryFolder();
    await writeFile(join(scratch.path, 'good.yaml'), `version: 1\ngates:\n${gates.pass}`);
    const good = await tacho(['gate', 'good.yaml', '--check'], { cwd: scratch.path });
    expect([good.exitCode, good.stdout]).toEqual([
      0,
      expect.stringContaining('spark’s pass rate must be at least 75%'),
    ]);
    await writeFile(
      join(scratch.path, 'bad.yaml'),
      `version: 1\ngates:\n${gates.pass.replace('75%', '75')}${gates.unsure.replace('pass_rate', 'pas_rate')}`,
    );
    const bad = await tacho(['gate', 'bad.yaml', '--check'], { cwd: scratch.path });
    expect(bad.exitCode).toBe(2);
    expect(bad.stderr).toMatch(
      /2 mistakes\n +bad\.yaml:3:\d+: .*75 has no unit.*`60%`\n +bad\.yaml:4:\d+: .*did you mean pass_rate/,
    );
  });

  it('explains files and folders that are not what they were taken for', async () => {
    await using scratch = await temporaryFolder();
    await writeRun(scratch.path, measured());
    await mkdir(join(scratch.path, 'probe-1'));
    await writeFile(join(scratch.path, 'probe-1', 'probe.json'), '{}');
    await writeFile(join(scratch.path, 'gates.yaml'), `version: 1\ngates:\n${gates.pass}`);
    for (const [args, says] of [
      [['probe-1', '--run', 'run-1'], /probe-1 is a folder, not a gate file/],
      [['gates.yaml', '--run', 'probe-1'], /is a probe, not a run\n.*\n.*--probe/],
      [['gates.yaml', '--run', 'run-1', '--junit', 'probe-1'], /cannot write .*probe-1/],
      [['gates.yaml', '--probe', 'probe-1'], /gates cannot read the probe/],
    ] as const) {
      const { exitCode, stderr } = await tacho(['gate', ...args], { cwd: scratch.path, env: quiet });
      expect([exitCode, stderr], args.join(' ')).toEqual([2, expect.stringMatching(says)]);
    }
  });

  it('a baseline is another run; an incompatible one is refused with the key that differs', async () => {
    await using scratch = await temporaryFolder();
    await writeRun(scratch.path, measured());
    await writeRun(scratch.path, measured('main'));
    const against = gate('steady', 'metric: pass_rate, not_worse_than: baseline, by_more_than: 15 points');
    expect((await judge(scratch.path, against, { args: ['--baseline', 'main'] })).exitCode).toBe(0);
    expect((await judge(scratch.path, against)).exitCode).toBe(12);
    const { manifest, records } = measured('other');
    await writeRun(scratch.path, {
      manifest,
      records: records.map((record) => ({ ...record, taskDigest: 'sha256:new' })),
    });
    const refused = await judge(scratch.path, against, { args: ['--baseline', 'other'] });
    expect(refused.exitCode).toBe(12);
    expect(refused.stdout).toMatch(/the baseline other is not comparable: task digest of/);
  });

  it('--name judges a run whose contenders have other names', async () => {
    await using scratch = await temporaryFolder();
    await writeRun(scratch.path, measured());
    const body = gates.pass.replace('spark', 'fast');
    expect((await judge(scratch.path, body)).exitCode).toBe(12);
    expect((await judge(scratch.path, body, { args: ['--name', 'fast=spark'] })).exitCode).toBe(0);
  });

  it('in GitHub Actions: annotations at the gate’s line, a job summary, two outputs', async () => {
    await using scratch = await temporaryFolder();
    await writeRun(scratch.path, measured());
    const [summary, outputs] = ['summary.md', 'outputs.txt'].map((name) => join(scratch.path, name));
    if (summary === undefined || outputs === undefined) throw new Error('no path');
    const hostile = gates.fail.replace('perfect', '"x\\n::set-output name=y::z | </testcase> \\u202e"');
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: outputs,
      GITHUB_WORKSPACE: scratch.path,
      CI: 'true',
    };
    const { exitCode, stdout } = await judge(scratch.path, gates.pass + hostile, { env });
    expect(exitCode).toBe(10);
    const commands = stdout.split('\n').filter((line) => line.startsWith('::'));
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(/^::error file=gates\.yaml,line=4,col=5,title=FAIL%3A x\\n%3A%3Aset-output/);
    expect(await readFile(outputs, 'utf8')).toBe('verdict=fail\nexit-code=10\n');
    const markdown = await readFile(summary, 'utf8');
    expect(markdown).toContain('| ❌ FAIL | must |');
    expect(markdown).not.toMatch(/<\/testcase|\u202e|^::/m);
    const off = await judge(scratch.path, hostile, { env, args: ['--no-github'] });
    expect(off.stdout).not.toMatch(/^::/m);
  });

  it.each([
    [['gate'], /no gate file to judge by/],
    [['gate', 'gates.yaml'], /there is no gate file/],
    [['gate', 'empty.yaml'], /`gates` is missing/],
    [['gate', 'good.yaml'], /--run/],
    [['gate', 'good.yaml', '--run', 'nowhere'], /is not a run/],
    [['gate', 'good.yaml', '--run', 'x', '--name', 'spark'], /NAME=CONTENDER/],
  ])('%j is a mistake of usage', async (args, says) => {
    await using scratch = await temporaryFolder();
    await writeFile(join(scratch.path, 'empty.yaml'), 'version: 1\n');
    await writeFile(join(scratch.path, 'good.yaml'), `version: 1\ngates:\n${gates.pass}`);
    const { exitCode, stderr } = await tacho(args, { cwd: scratch.path });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(says);
  });
});
