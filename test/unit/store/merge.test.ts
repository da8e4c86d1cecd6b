import { existsSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TrialRecord } from '../../../src/domain/trial.ts';
import { createStore, readRun } from '../../../src/store/jsonl.ts';
import { mergeRuns } from '../../../src/store/merge/merge.ts';
import { aRun, type RunShape, resolved, unresolved } from '../../support/measured-run.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const broken: Partial<TrialRecord> = {
  verdict: undefined,
  stop: 'infra-error',
  infraError: { phase: 'endpoint', code: 'x', message: 'x' },
};

/** Writes a shard with one file beside each attempt. */
const shard = async (
  results: string,
  runId: string,
  shape: Partial<RunShape> & Pick<RunShape, 'trial'>,
): Promise<string> => {
  const { manifest, records } = aRun({ runId, tasks: 6, ...shape });
  const folder = join(results, runId);
  await using store = await createStore(folder, { manifest, redact: (text) => text });
  for (const record of records) {
    await store.writeArtifact(record, 'verifier/output.txt', `by ${runId}`);
    await store.append(record);
  }
  return folder;
};

const half =
  (even: boolean, verdict = resolved): RunShape['trial'] =>
  ({ task }) =>
    (task % 2 === 0) === even ? { verdict } : undefined;

const recordsIn = async (folder: string): Promise<readonly TrialRecord[]> =>
  Array.fromAsync((await readRun(folder)).records());

describe('tacho merge', () => {
  it('puts the shards of one plan together, files and all, and tells which trials are missing', async () => {
    await using scratch = await temporaryFolder();
    const a = await shard(scratch.path, 'a', { trial: half(true) });
    const b = await shard(scratch.path, 'b', { trial: ({ task }) => (task === 1 ? { verdict: resolved } : undefined) });
    const out = join(scratch.path, 'out');
    expect(await mergeRuns(out, [a, b], 'out')).toEqual({ records: 8, doubled: 0, planned: 12, missing: 4 });
    const { manifest } = await readRun(out);
    expect([manifest.runId, manifest.mergedFrom, manifest.plan.length]).toEqual(['out', ['a', 'b'], 12]);
    const merged = await recordsIn(out);
    expect(merged).toEqual([...(await recordsIn(a)), ...(await recordsIn(b))]);
    for (const { trialId, attemptId, runId } of merged)
      expect(await readFile(join(out, 'trials', trialId, attemptId, 'verifier/output.txt'), 'utf8')).toBe(
        `by ${runId}`,
      );
  });

  it('keeps a record that several shards hold once', async () => {
    await using scratch = await temporaryFolder();
    const a = await shard(scratch.path, 'a', { trial: half(true) });
    const b = await shard(scratch.path, 'b', { trial: half(false) });
    const ab = join(scratch.path, 'ab');
    await mergeRuns(ab, [a, b], 'ab');
    const again = join(scratch.path, 'again');
    expect(await mergeRuns(again, [ab, b], 'again')).toMatchObject({ records: 12, doubled: 6, missing: 0 });
  });

  it('lets one shard finish what broke in another', async () => {
    await using scratch = await temporaryFolder();
    const a = await shard(scratch.path, 'a', { trial: () => broken });
    const b = await shard(scratch.path, 'b', { trial: () => ({ verdict: resolved }) });
    const out = join(scratch.path, 'out');
    expect(await mergeRuns(out, [a, b], 'out')).toMatchObject({ records: 24, missing: 0 });
  });

  it.each([
    [
      'results of one trial in two shards',
      { trial: half(true, unresolved) },
      /6 trials have results in more than one shard: spark on terminal\/task-0 #0/,
    ],
    ['another plan', { trial: half(false), tasks: 7 }, /not a shard of the same plan: 2 trials/],
    ['another seed', { trial: half(false), manifest: { seed: 8 } }, /differs from .* in seed/],
    ['another version', { trial: half(false), manifest: { tacho: { version: '9' } } }, /in tacho/],
    [
      'other budgets',
      { trial: half(false), manifest: { config: { budgets: { time: 1 }, results: '/x' } } },
      /in config/,
    ],
  ] as const)('refuses %s, and writes nothing', async (_, other, message) => {
    await using scratch = await temporaryFolder();
    const a = await shard(scratch.path, 'a', {
      trial: half(true),
      manifest: { config: { budgets: { time: 2 }, results: '/y' } },
    });
    const b = await shard(scratch.path, 'b', {
      manifest: { config: { budgets: { time: 2 }, results: '/z' } },
      ...other,
    });
    const out = join(scratch.path, 'out');
    await expect(mergeRuns(out, [a, b], 'out')).rejects.toThrow(message);
    expect(existsSync(out)).toBe(false);
  });

  it('leaves links out, and refuses records that point outside of the run', async () => {
    await using scratch = await temporaryFolder();
    const a = await shard(scratch.path, 'a', { trial: half(true) });
    const [first] = await recordsIn(a);
    if (first === undefined) throw new Error('no record');
    const part = join('trials', first.trialId, first.attemptId);
    await symlink('/etc/hostname', join(a, part, 'stolen'));
    await mergeRuns(join(scratch.path, 'out'), [a], 'out');
    expect(await readdir(join(scratch.path, 'out', part))).toEqual(['verifier']);
    const { manifest, records } = aRun({ runId: 'b', tasks: 1, contenders: ['spark'], trial: () => ({}) });
    const evil = { ...manifest, plan: manifest.plan.map((entry) => ({ ...entry, trialId: '..' })) };
    const folder = join(scratch.path, 'b');
    {
      await using store = await createStore(folder, { manifest: evil, redact: (text) => text });
      for (const record of records) await store.append({ ...record, trialId: '..' });
    }
    await expect(mergeRuns(join(scratch.path, 'c'), [folder], 'c')).rejects.toThrow(/outside of the run/);
  });

  it('never adds to a folder that is there', async () => {
    await using scratch = await temporaryFolder();
    const a = await shard(scratch.path, 'a', { trial: half(true) });
    await expect(mergeRuns(a, [a], 'a')).rejects.toThrow(/is there already/);
  });
});
