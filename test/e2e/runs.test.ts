import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostileRun } from '../support/hostile-run.ts';
import { aRun, resolved, unresolved } from '../support/measured-run.ts';
import { readCsv } from '../support/parse-csv.ts';
import { writeRun } from '../support/stored-run.ts';
import { tacho } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = (runId: string, solved: number, tasks = 30) =>
  aRun({
    runId,
    tasks,
    trial: ({ task }) => ({ verdict: task < solved ? resolved : unresolved, agentMs: 1000 + task }),
  });

describe('tacho report', () => {
  it('defuses texts that a spreadsheet would take for a formula, unless raw CSV is asked for; no text makes a log unreadable', async () => {
    await using scratch = await temporaryFolder();
    const at = { cwd: scratch.path };
    const { manifest, records } = hostileRun();
    const runId = 'hostile';
    const stored = { manifest: { ...manifest, runId }, records: records.map((record) => ({ ...record, runId })) };
    await writeRun(scratch.path, stored);
    const tasks = async (...options: readonly string[]) => {
      const { exitCode, stderr } = await tacho(['report', runId, ...options], at);
      expect(exitCode, stderr).toBe(0);
      const rows = readCsv(await readFile(join(scratch.path, runId, 'report/tables/trials.csv'), 'utf8'));
      return rows.map(({ task = '' }) => task).filter((task) => task.includes('=cmd|'));
    };
    const [defused, raw] = [await tasks(), await tasks('--raw-csv')];
    expect(defused.length).toBeGreaterThan(0);
    for (const task of defused) expect(task.startsWith("'=cmd|")).toBe(true);
    for (const task of raw) expect(task.startsWith('=cmd|')).toBe(true);
  });
});

describe('tacho compare', () => {
  it('shows every contender of both runs, and one against another within a run', async () => {
    await using scratch = await temporaryFolder();
    const at = { cwd: scratch.path };
    await writeRun(scratch.path, run('a', 10));
    await writeRun(scratch.path, run('b', 25));
    const both = await tacho(['compare', 'a', 'b'], at);
    expect(both.exitCode).toBe(0);
    expect(both.stdout).toMatch(/spark\n +30 tasks in both \(100%\)[\s\S]*codex\n +30 tasks in both/);
    expect(both.stdout).toMatch(/Pass rate +33\.3% +83\.3% +50 points better/);
    const within = await tacho(['compare', 'a', 'a', '--left', 'spark', '--right', 'codex', '--json'], at);
    expect(JSON.parse(within.stdout).pairs).toMatchObject([{ first: 'spark', second: 'codex', tasks: { common: 30 } }]);
  });

  it('refuses runs that have too few tasks in common, unless allowed', async () => {
    await using scratch = await temporaryFolder();
    const at = { cwd: scratch.path };
    await writeRun(scratch.path, run('a', 10, 20));
    await writeRun(scratch.path, run('b', 10, 30));
    const refused = await tacho(['compare', 'a', 'b'], at);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/only 20 tasks are the same .*10 only in B.*\n.*--allow-partial/);
    const allowed = await tacho(['compare', 'a', 'b', '--allow-partial'], at);
    expect(allowed.stdout).toMatch(/20 tasks in both \(66%\), 0 only in A, 10 only in B/);
    const unknown = await tacho(['compare', 'a', 'b', '--left', 'sprak'], at);
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('did you mean spark?')]);
  });
});

describe('tacho merge', () => {
  it('makes one run of two shards, which report and gate then read', async () => {
    await using scratch = await temporaryFolder();
    const at = { cwd: scratch.path, env: { CI: '' } };
    const whole = run('whole', 20);
    for (const [runId, even] of [
      ['a', true],
      ['b', false],
    ] as const) {
      const records = whole.records.filter((_, place) => (place % 2 === 0) === even);
      await writeRun(scratch.path, { manifest: { ...whole.manifest, runId }, records });
    }
    const merged = await tacho(['merge', 'out', 'a', 'b'], at);
    expect([merged.exitCode, merged.stdout.trim()]).toEqual([0, join(scratch.path, 'out')]);
    await writeFile(
      join(scratch.path, 'gates.yaml'),
      'version: 1\ngates: [{ name: g, metric: pass_rate, at_least: 40% }]\n',
    );
    expect((await tacho(['gate', 'gates.yaml', '-r', 'a'], at)).exitCode).toBe(12);
    expect((await tacho(['gate', 'gates.yaml', '-r', 'out'], at)).exitCode).toBe(0);
    const again = await tacho(['merge', 'out', 'a'], at);
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('is there already')]);
    expect((await tacho(['merge', 'double', 'a', 'out', 'b'], at)).stderr).toContain('that several held kept once');
  });
});

describe('tacho plan', () => {
  const config = [
    'endpoints: { e: { url: "https://api.example.com/v1", model: m, key_env: NO_SUCH_KEY } }',
    'contenders: [{ name: spark, endpoint: e }, { name: codex, endpoint: e }]',
    'suites: [terminal]',
    'attempts: 3',
    '',
  ].join('\n');

  it('needs no key and no engine; says what is assumed; a pilot replaces it', async () => {
    await using scratch = await temporaryFolder();
    const at = { cwd: scratch.path, env: { DOCKER_HOST: 'unix:///nowhere' } };
    await writeFile(join(scratch.path, 'tacho.yaml'), config);
    await writeFile(
      join(scratch.path, 'gates.yaml'),
      'version: 1\ngates: [{ name: keeps up, contender: spark, metric: pass_rate, not_worse_than: codex, by_more_than: 5 points }]\n',
    );
    await writeRun(scratch.path, run('pilot', 20));
    const bare = await tacho(['plan', '--gates', 'gates.yaml'], at);
    expect(bare.exitCode).toBe(0);
    expect(bare.stdout).toMatch(/\d+ tasks \(terminal \d+\) × 2 contenders × 3 attempts = \d+ trials/);
    expect(bare.stdout).toMatch(/keeps up: spark +\d+ +\d+% .*an equally good model/);
    expect(bare.stdout).toMatch(/Assumed where it says so/);
    expect(bare.stdout).toContain('cost unknown: no prices of endpoint `e`: declare `prices` there in tacho.yaml');
    const { stdout } = await tacho(['plan', '-p', 'pilot', '--json'], at);
    expect(JSON.parse(stdout).plan.contenders).toMatchObject([{ origin: 'pilot' }, { origin: 'pilot' }]);
    const prices = 'prices: { input_usd_per_million_tokens: 1, output_usd_per_million_tokens: 10 }';
    await writeFile(join(scratch.path, 'tacho.yaml'), config.replace('key_env', `${prices}, key_env`));
    const priced = await tacho(['plan', '-p', 'pilot', '--json'], at);
    const { plan } = JSON.parse(priced.stdout);
    // Every trial of the pilot took 1,000 tokens in and 101 out.
    expect(plan.costUsd.expected).toBeCloseTo(plan.trials * 0.00201, 9);
    expect((await tacho(['plan'], at)).stdout).toMatch(
      /about \$\d+(\.\d+)? \(\$\d+(\.\d+)?–\d+(\.\d+)?\) for the model calls/,
    );
  });
});
