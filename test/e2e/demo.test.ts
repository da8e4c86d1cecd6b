import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Manifest } from '../../src/domain/run.ts';
import type { TrialRecord } from '../../src/domain/trial.ts';
import { decodeTokensPerSecond } from '../../src/measure/turn-timing.ts';
import { readRun } from '../../src/store/jsonl.ts';
import { tacho } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { describeWithEngine } from '../support/with-engine.ts';

const passRateOf = (records: readonly TrialRecord[]): number =>
  records.filter(({ verdict }) => verdict?.outcome === 'resolved').length / records.length;

/** What every demo run must hold; the figures themselves are measured, not expected. */
const expectSoundRun = (manifest: Manifest, records: readonly TrialRecord[]): void => {
  expect(records.map(({ trialId }) => trialId).sort()).toEqual(manifest.plan.map(({ trialId }) => trialId).sort());
  expect(records.filter(({ infraError }) => infraError !== undefined)).toEqual([]);
  for (const { segments, wallMs } of records) {
    const sum = Object.values(segments).reduce((total, ms) => total + ms, 0);
    expect(Math.abs(sum - wallMs)).toBeLessThanOrEqual(0.01 * wallMs);
  }
};

describeWithEngine('tacho demo', () => {
  it('runs both suites against both simulated endpoints and reports them apart in speed and in pass rate', async () => {
    await using scratch = await temporaryFolder();
    const { exitCode, stdout, stderr } = await tacho(['demo', '--results', scratch.path]);
    expect(exitCode, String(stderr)).toBe(0);
    const folder = join(scratch.path, (await readdir(scratch.path))[0] ?? '');
    const { manifest, records } = await readRun(folder);
    const all = await Array.fromAsync(records());
    expectSoundRun(manifest, all);
    const [wafer, gpu] = ['wafer', 'gpu'].map((name) => all.filter(({ contender }) => contender === name));
    const ratio =
      (decodeTokensPerSecond(wafer?.flatMap(({ turns }) => turns) ?? []) ?? 0) /
      (decodeTokensPerSecond(gpu?.flatMap(({ turns }) => turns) ?? []) ?? 1);
    expect(ratio).toBeGreaterThan(13);
    expect(ratio).toBeLessThan(17);
    expect(passRateOf(wafer ?? [])).toBeLessThan(passRateOf(gpu ?? []));
    expect(stdout).toContain('simulated');
    expect(stdout).toContain(join(folder, 'report', 'index.html'));
    for (const file of ['index.html', 'summary.md', 'tables/trials.csv', 'tables/turns.csv', 'tables/contenders.csv']) {
      expect(existsSync(join(folder, 'report', file)), file).toBe(true);
    }
    const html = await readFile(join(folder, 'report', 'index.html'), 'utf8');
    expect(html).toContain('(simulated)');
  });
});
