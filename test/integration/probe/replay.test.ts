import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../support/parse-csv.ts';
import { writeRecordedRun } from '../../support/recorded-run.ts';
import { tacho } from '../../support/tacho.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('tacho probe --replay', () => {
  it('holds the conversations of a run again, by one agent and by three, over both transports', async () => {
    await using folder = await temporaryFolder();
    const run = join(folder.path, 'run');
    await writeRecordedRun(run);
    const target = ['--simulate', 'exact', '--protocol', 'responses'];
    const flags = ['--replay', run, '--agents', '1,3', '--pauses', 'none', '--json', '-r', folder.path];
    const { exitCode, stdout, stderr } = await tacho(['probe', ...target, ...flags]);
    expect(exitCode, String(stderr)).toBe(0);
    const replay = JSON.parse(String(stdout));
    expect(replay).toMatchObject({
      kind: 'agent-replay',
      source: { runId: 'run-1', jobs: 3, turns: 2 + 3 + 4 },
      pauses: 0,
    });
    const places = replay.figures.map(({ arm, agents }: { arm: string; agents: number }) => `${arm} ${agents}`);
    expect(places).toEqual(['exact/sse 1', 'exact/sse 3', 'exact/websocket 1', 'exact/websocket 3']);
    for (const figures of replay.figures) {
      expect(figures).toMatchObject({ jobs: 3, failedJobs: 0, pauseMs: { max: expect.any(Number) } });
      expect(figures.ttftMs.n).toBe(9);
      // Contexts grow and the simulator keeps what it has seen of a conversation, but nothing of another's.
      expect(figures.cachedShare).toBeGreaterThan(0.2);
      expect(figures.cachedShare).toBeLessThan(0.9);
      expect(figures.outputShare).toBeGreaterThan(0);
    }
    const kept = join(folder.path, 'probes', (await readdir(join(folder.path, 'probes')))[0] ?? '');
    const rows = readCsv(await readFile(join(kept, 'jobs.csv'), 'utf8'));
    expect(rows).toHaveLength(12);
    expect(new Set(rows.map(({ task }) => task))).toEqual(
      new Set(['fix-syntax-error', 'extract-helper', 'snake-game']),
    );
    const calls = (await readFile(join(kept, 'calls.jsonl'), 'utf8')).trim().split('\n');
    expect(calls).toHaveLength(4 * 9);
    // The first turn of every conversation is new to every cache.
    const first = calls.map((line) => JSON.parse(line)).filter(({ turnIndex }) => turnIndex === 0);
    expect(first.map(({ turn }) => turn.usage.cachedInput)).toEqual(first.map(() => 0));
    expect(await readFile(join(kept, 'index.html'), 'utf8')).toContain('Completion time under load');
  });

  it('keeps the recorded pauses, scaled', async () => {
    await using folder = await temporaryFolder();
    const run = join(folder.path, 'run');
    await writeRecordedRun(run);
    const flags = ['--replay', run, '--agents', '3', '--pauses', '0.5x', '--jobs', '2', '--json', '-r', folder.path];
    const { stdout } = await tacho(['probe', '--simulate', 'exact', ...flags]);
    const { figures, source } = JSON.parse(String(stdout));
    expect(source.jobs).toBe(2);
    // 300 ms a turn were recorded; a timer may be late, never early.
    expect(figures[0].pauseMs.max).toBeGreaterThanOrEqual(150 * 2);
    expect(figures[0].slowDown).toBeUndefined();
  });

  it.each([
    [['--replay', 'nowhere'], /is not a run/],
    [['--replay', 'run', '--pauses', 'some'], /--pauses: `some` is not understood/],
    [['--replay', 'run', '--contender', 'codex'], /contenders of this run: spark/],
    [['--replay', 'run', '--agents', 'all'], /--agents: expected a count/],
  ])('explains %j', async (flags, says) => {
    await using folder = await temporaryFolder();
    await writeRecordedRun(join(folder.path, 'run'));
    const { exitCode, stderr } = await tacho(['probe', '--simulate', 'exact', ...flags], { cwd: folder.path });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(says);
  });
});
