import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { TrialRecord } from '../../src/domain/trial.ts';
import { readRun } from '../../src/store/jsonl.ts';
import { tacho } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { containersOfRun, describeWithEngine } from '../support/with-engine.ts';

const config = `name: crash
endpoints:
  fast: { simulate: sim-wafer }
contenders:
  - { name: fast, endpoint: fast }
  - { name: oracle, agent: oracle }
suites:
  - { path: terminal, tags: [micro] }
attempts: 2
concurrency: 3
images: { trust_ca: true }
`;

const linesIn = async (folder: string): Promise<number> => {
  const path = join(folder, 'trials.jsonl');
  return existsSync(path) ? (await readFile(path, 'utf8')).split('\n').length - 1 : 0;
};

const onlyRun = async (results: string): Promise<string> => join(results, (await readdir(results))[0] ?? 'none');

/** Waits until the condition holds; a run that ends by itself before is an error of the test. */
const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await condition()) return;
    await sleep(100);
  }
  throw new Error('the run never came to the point at which it was to be killed');
};

const recordsOf = async (folder: string): Promise<readonly TrialRecord[]> =>
  Array.fromAsync((await readRun(folder)).records());

describeWithEngine('tacho resume', () => {
  it.each([0, 1, 5, 9])(
    'after kill -9 with %i trials in the log: every trial of the plan once, no container left',
    async (killAt) => {
      await using scratch = await temporaryFolder();
      await writeFile(join(scratch.path, 'tacho.yaml'), config);
      const results = join(scratch.path, 'results');
      const run = tacho(['run'], { cwd: scratch.path });
      await until(async () => existsSync(results) && existsSync(join(await onlyRun(results), 'manifest.json')));
      const folder = await onlyRun(results);
      // At 0, in the middle of the first trials: containers are up, nothing is in the log.
      await until(async () =>
        killAt === 0 ? (await containersOfRun(folder)).length > 0 : (await linesIn(folder)) >= killAt,
      );
      run.kill('SIGKILL');
      await run;
      const before = await linesIn(folder);
      const { exitCode, stderr } = await tacho(['resume', folder], { cwd: scratch.path });
      expect(exitCode, stderr).toBe(0);
      const { manifest } = await readRun(folder);
      const records = await recordsOf(folder);
      expect(before).toBeLessThan(manifest.plan.length);
      expect(records.map(({ trialId }) => trialId).sort()).toEqual(manifest.plan.map(({ trialId }) => trialId).sort());
      expect(records.filter(({ infraError }) => infraError !== undefined)).toEqual([]);
      expect(await containersOfRun(folder)).toEqual([]);
    },
  );

  it('after Ctrl-C: exits 130, leaves no container, and goes on', async () => {
    await using scratch = await temporaryFolder();
    await writeFile(join(scratch.path, 'tacho.yaml'), config);
    const results = join(scratch.path, 'results');
    const run = tacho(['run'], { cwd: scratch.path });
    await until(async () => existsSync(results) && (await linesIn(await onlyRun(results))) >= 2);
    const folder = await onlyRun(results);
    run.kill('SIGINT');
    const stopped = await run;
    expect(stopped.exitCode).toBe(130);
    expect(stopped.stderr).toContain(`tacho resume ${folder}`);
    expect(await containersOfRun(folder)).toEqual([]);
    const resumed = await tacho(['resume', folder], { cwd: scratch.path });
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    const { manifest } = await readRun(folder);
    expect((await recordsOf(folder)).map(({ trialId }) => trialId).sort()).toEqual(
      manifest.plan.map(({ trialId }) => trialId).sort(),
    );
  });
});

describe('tacho resume on what is no run', () => {
  it('says so', async () => {
    await using scratch = await temporaryFolder();
    const { exitCode, stderr } = await tacho(['resume', scratch.path]);
    expect(stderr).toMatch(/is not a run/);
    expect(exitCode).toBe(2);
  });
});
