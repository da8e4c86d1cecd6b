import { describe, expect, it } from 'vitest';
import { summariseReplay } from '../../../../src/probe/replay/summary.ts';
import { aJobRun, aTurnOf } from '../../../support/jobs.ts';

const alone = [
  aJobRun({ trialId: 'a', startMs: 0, jobMs: 1000 }),
  aJobRun({ trialId: 'b', startMs: 1000, jobMs: 2000 }),
  aJobRun({ trialId: 'c', startMs: 3000, jobMs: 3000 }),
];
const together = alone.map(({ trialId }, index) =>
  aJobRun({ trialId, agents: 3, startMs: 10_000, jobMs: 1500 * (index + 1) }),
);

describe('the figures of a replay', () => {
  it('are completion times, throughput and the slow-down of the same jobs', () => {
    const [one, three] = summariseReplay(['spark'], [...together, ...alone]);
    expect(one).toMatchObject({ agents: 1, jobs: 3, failedJobs: 0, slowDown: undefined });
    expect(one?.jobMs).toMatchObject({ median: 2000, max: 3000, p95: undefined });
    // Three jobs in six seconds; three in four and a half.
    expect(one?.jobsPerMinute).toBeCloseTo(30, 9);
    expect(three?.jobsPerMinute).toBeCloseTo(40, 9);
    expect(three?.slowDown?.ratio).toBeCloseTo(1.5, 9);
    expect(three?.slowDown?.low).toBeCloseTo(1.5, 9);
  });

  it('leave failed jobs out of times and slow-down, and count them', () => {
    const failed = together.map((run) => (run.trialId === 'c' ? { ...run, failed: true } : run));
    const [, three] = summariseReplay(['spark'], [...alone, ...failed]);
    expect(three).toMatchObject({ jobs: 3, failedJobs: 1, jobMs: { n: 2, max: 3000 }, slowDown: { nTasks: 2 } });
    // The failed job took until 4.5 s: two completed in that time.
    expect(three?.jobsPerMinute).toBeCloseTo(2 / (4.5 / 60), 9);
  });

  it('have TTFT by context length, cached and output shares from the tokens that are stated', () => {
    const call = (input: number, ttftMs: number, cachedInput: number) => ({
      arm: 'spark',
      agents: 1,
      trialId: 'a',
      turnIndex: 0,
      recordedOutputTokens: 80,
      turn: aTurnOf(input, { ttftMs, cachedInput }),
    });
    const calls = [call(500, 20, 0), call(1999, 30, 500), call(2000, 40, 1500), call(200_000, 90, 100_000)];
    const [figures] = summariseReplay(['spark'], [aJobRun({ startMs: 0, jobMs: 1, calls })]);
    expect(figures?.contexts.map(({ from, to, ttftMs }) => [from, to, ttftMs.median])).toEqual([
      [0, 2000, 25],
      [2000, 8000, 40],
      [128_000, undefined, 90],
    ]);
    expect(figures?.cachedShare).toBeCloseTo(102_000 / 204_499, 12);
    expect(figures?.outputShare).toBe(0.5);
  });

  it('do not know shares that no endpoint states', () => {
    const [calls] = [
      aJobRun({ startMs: 0, jobMs: 1 }).calls.map((call) => ({ ...call, turn: { ...aTurnOf(1), usage: {} } })),
    ];
    const [figures] = summariseReplay(['spark'], [aJobRun({ startMs: 0, jobMs: 1, calls })]);
    expect(figures).toMatchObject({ cachedShare: undefined, outputShare: undefined, contexts: [] });
  });
});
