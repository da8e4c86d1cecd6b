import type { Turn } from '../../src/domain/model/turn.ts';
import type { ArmClient, CallResult } from '../../src/probe/probe.ts';
import type { JobCall, JobRun } from '../../src/probe/replay/carry-out.ts';
import type { Job } from '../../src/probe/replay/job.ts';
import { anArm, turnWith } from './probe-calls.ts';

/** A recorded conversation of so many turns, each a command with its result. */
export const aJob = (trialId: string, turns = 2, changes: Partial<Job> = {}): Job => ({
  trialId,
  suite: 'terminal',
  task: `task of ${trialId}`,
  contender: 'spark',
  opening: `Do ${trialId}.`,
  turns: Array.from({ length: turns }, (_, index) => ({
    answer: {
      role: 'assistant' as const,
      text: `Step ${index}.`,
      reasoning: '',
      toolCalls: [{ id: `call-${index}`, name: 'bash', argumentsText: '{"command":"ls"}' }],
    },
    results: [{ role: 'tool' as const, toolCallId: `call-${index}`, name: 'bash', text: `result ${index}` }],
    pauseMs: 100 * (index + 1),
    outputTokens: 40,
  })),
  ...changes,
});

/** An arm that answers at once with what it is told to. */
export const aClient = (
  id: string,
  answer: (request: Parameters<ArmClient['call']>[0]) => Promise<CallResult> | CallResult,
): ArmClient => ({
  ...anArm(id),
  ways: ['abort'],
  warmUp: async () => {},
  call: async (request) => answer(request),
  steer: async (request) => answer(request),
});

/** A turn with these input tokens. */
export const aTurnOf = (input: number, { cachedInput = 0, output = 40, ttftMs = 50 } = {}): Turn => ({
  ...turnWith({ signMs: 10, ttftMs, perTokenUs: 1000 }, output),
  usage: { input, cachedInput, output },
});

/** A job as one of so many agents did it; times in milliseconds. */
export const aJobRun = (changes: Partial<JobRun> & { readonly startMs: number; readonly jobMs: number }): JobRun => {
  const { startMs, jobMs, ...rest } = changes;
  const base = { arm: 'spark', agents: 1, trialId: 'a' };
  const call: JobCall = { ...base, turnIndex: 0, recordedOutputTokens: 40, turn: aTurnOf(1000) };
  return {
    ...base,
    agent: 0,
    task: 'task',
    startedAt: startMs * 1e6,
    endedAt: (startMs + jobMs) * 1e6,
    pauseMs: 0,
    calls: [call],
    failed: false,
    ...rest,
  };
};
