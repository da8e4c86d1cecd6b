import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryOutReplay, type ReplayTools } from '../../../../src/probe/replay/carry-out.ts';
import { planBlocks } from '../../../../src/probe/replay/plan.ts';
import { manualClock } from '../../../support/clock.ts';
import { aClient, aJob, aTurnOf } from '../../../support/jobs.ts';

const jobs = ['a', 'b', 'c', 'd', 'e'].map((trialId) => aJob(trialId));
const turn = () => ({ turn: aTurnOf(100), text: '' });

const toolsWith = (changes: Partial<ReplayTools> & Pick<ReplayTools, 'clients'>): ReplayTools => ({
  salt: 'probe-1',
  pauses: 0,
  clock: manualClock(),
  signal: new AbortController().signal,
  wait: async () => {},
  onJob: () => {},
  ...changes,
});

describe('the plan of a replay', () => {
  it('gives every arm and number of agents the same jobs in the same order', () => {
    const blocks = planBlocks(jobs, { arms: ['x', 'y'], agents: [1, 2, 4], seed: 5, limit: 3 });
    expect(blocks).toHaveLength(6);
    expect(new Set(blocks.map(({ arm, agents }) => `${arm} ${agents}`)).size).toBe(6);
    for (const block of blocks) expect(block.jobs).toEqual(blocks[0]?.jobs);
    expect(blocks[0]?.jobs).toHaveLength(3);
  });
});

describe('a replay', () => {
  it('does every job once a block, with never more agents at once than asked for, and all of them at work', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 }), async (agents, count) => {
        let running = 0;
        let most = 0;
        const client = aClient('x', async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
          return turn();
        });
        const blocks = planBlocks(jobs.slice(0, count), { arms: ['x'], agents: [agents], seed: 1 });
        const runs = await carryOutReplay(blocks, toolsWith({ clients: [client] }));
        expect(runs.map(({ trialId }) => trialId).sort()).toEqual(['a', 'b', 'c', 'd', 'e'].slice(0, count));
        expect(most).toBe(Math.min(agents, count));
      }),
      { numRuns: 30 },
    );
  });

  it('begins no two conversations alike, in no block', async () => {
    const openings: string[] = [];
    const sessions = new Set<string>();
    const client = aClient('x', ({ messages, sessionId }) => {
      sessions.add(sessionId);
      if (messages.length === 1) openings.push(messages[0]?.text.split('\n')[0] ?? '');
      return turn();
    });
    const twice = [...jobs, aJob('a')];
    const blocks = planBlocks(twice, { arms: ['x'], agents: [1, 3], seed: 1 });
    await carryOutReplay(blocks, toolsWith({ clients: [client] }));
    expect(new Set(openings).size).toBe(12);
    expect(sessions.size).toBe(12);
  });

  it('waits for the recorded tools, scaled, and says how long', async () => {
    const clock = manualClock();
    const waited: number[] = [];
    const wait = async (milliseconds: number) => {
      waited.push(milliseconds);
      clock.advance(milliseconds * 1e6);
    };
    const client = aClient('x', () => {
      clock.advance(1000e6);
      return turn();
    });
    const blocks = planBlocks([aJob('a', 2)], { arms: ['x'], agents: [1], seed: 1 });
    const [run] = await carryOutReplay(blocks, toolsWith({ clients: [client], clock, wait, pauses: 0.5 }));
    expect(waited).toEqual([50, 100]);
    expect(run).toMatchObject({ pauseMs: 150, failed: false });
    expect((run?.endedAt ?? 0) - (run?.startedAt ?? 0)).toBe(2150e6);
  });

  it('ends a job with the call that failed, and goes on with the next', async () => {
    const failure = { fault: 'timeout', message: 'too late' };
    const client = aClient('x', ({ messages }) =>
      messages[0]?.text.endsWith('Do b.') && messages.length > 1 ? { text: '', failure } : turn(),
    );
    const blocks = planBlocks(jobs, { arms: ['x'], agents: [2], seed: 1 });
    const runs = await carryOutReplay(blocks, toolsWith({ clients: [client] }));
    expect(runs.filter(({ failed }) => failed).map(({ trialId }) => trialId)).toEqual(['b']);
    expect(runs.find(({ trialId }) => trialId === 'b')?.calls.map((call) => call.failure)).toEqual([
      undefined,
      failure,
    ]);
    expect(runs).toHaveLength(5);
  });

  it('keeps nothing of what was cut short by the user', async () => {
    const controller = new AbortController();
    let calls = 0;
    const client = aClient('x', () => {
      calls += 1;
      if (calls === 3) controller.abort();
      return turn();
    });
    const blocks = planBlocks(jobs, { arms: ['x'], agents: [1], seed: 1 });
    const runs = await carryOutReplay(blocks, toolsWith({ clients: [client], signal: controller.signal }));
    expect(runs).toHaveLength(1);
    expect(calls).toBe(3);
  });
});
