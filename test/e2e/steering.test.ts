import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TrialRecord } from '../../src/domain/trial.ts';
import { readRun } from '../../src/store/jsonl.ts';
import { parseCsv } from '../support/parse-csv.ts';
import { tacho } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { describeWithEngine } from '../support/with-engine.ts';

const config = `name: steer
endpoints:
  chat: { simulate: sim-wafer }
  closing: { simulate: sim-wafer, protocol: responses, transport: websocket }
  telling: { simulate: sim-wafer, protocol: responses, transport: websocket, steering: event }
contenders:
  - { name: sse-abort, endpoint: chat }
  - { name: websocket-close, endpoint: closing }
  - { name: steer-event, endpoint: telling }
suites: [steering]
attempts: 4
seed: 3
`;

describeWithEngine('a task whose instruction changes', () => {
  it('passes its controls', async () => {
    await using folder = await temporaryFolder();
    const { stdout, exitCode } = await tacho(['check', 'steering', '--json', '--results', folder.path]);
    const { tasks } = JSON.parse(String(stdout));
    expect(tasks.map(({ oracle, nop }: { oracle: string; nop: string }) => [oracle, nop])).toEqual([
      ['resolved', 'unresolved'],
    ]);
    expect(exitCode).toBe(0);
  });

  it('interrupts every trial, in each way, and judges what the changed instruction asked for', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'tacho.yaml'), config);
    const { exitCode, stderr } = await tacho(['run'], { cwd: folder.path });
    expect(exitCode, String(stderr)).toBe(0);
    const [name = ''] = await readdir(join(folder.path, 'results'));
    const run = join(folder.path, 'results', name);
    const records: TrialRecord[] = [];
    for await (const record of (await readRun(run)).records()) records.push(record);
    expect(records).toHaveLength(12);
    for (const { contender, turns, stop, segments, wallMs } of records) {
      expect(stop).toBe('submitted');
      // Each contender is named by how its answers are stopped; only the first answer is.
      expect(turns.map(({ interruption }) => interruption?.how)).toEqual([
        contender,
        ...turns.slice(1).map(() => undefined),
      ]);
      const { decided = 0, stopped = 0, redirected = 0, wastedTokens = 0 } = turns[0]?.interruption ?? {};
      expect(decided).toBeLessThanOrEqual(stopped);
      expect(stopped).toBeLessThanOrEqual(redirected);
      expect(wastedTokens).toBeGreaterThanOrEqual(70);
      expect(Object.values(segments).reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(wallMs, 3);
    }
    // Right and wrong attempts at the changed instruction were drawn, and told apart by its tests.
    expect(new Set(records.map(({ verdict }) => verdict?.outcome))).toEqual(new Set(['resolved', 'unresolved']));
    const [head = [], ...rows] = parseCsv(await readFile(join(run, 'report', 'tables', 'contenders.csv'), 'utf8'));
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      const value = (name: string): number => Number(row[head.indexOf(name)] || Number.NaN);
      expect(value('time_to_stop_median_s')).toBeLessThan(value('redirect_ttft_median_s'));
      expect(value('wasted_tokens_mean')).toBeGreaterThanOrEqual(60);
    }
    expect(await readFile(join(run, 'report', 'index.html'), 'utf8')).toContain(
      'When the instruction changed in the midst of an answer',
    );
    const { trialId, attemptId } = records[0] ?? { trialId: '', attemptId: '' };
    const trajectory = JSON.parse(await readFile(join(run, 'trials', trialId, attemptId, 'trajectory.json'), 'utf8'));
    const steps: readonly { source: string; step_id: number; message: string }[] = trajectory.steps;
    expect(steps.slice(0, 3).map(({ source }) => source)).toEqual(['user', 'agent', 'user']);
    expect(steps[2]?.message).toMatch(/^Stop: nobody needs the regions any more/);
    expect(steps.map(({ step_id }) => step_id)).toEqual(steps.map((_, index) => index + 1));
    expect(trajectory.final_metrics.total_steps).toBe(steps.length);
  });
});
