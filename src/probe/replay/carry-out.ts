import { createHash } from 'node:crypto';
import type { Turn } from '../../domain/model/turn.ts';
import { type Clock, type MonotonicNs, millisecondsBetween } from '../../domain/time.ts';
import type { ArmClient, Failure } from '../probe.ts';
import { type Job, type PauseScale, requestOf } from './job.ts';
import type { Block } from './plan.ts';

/** One call of a job: a line of calls.jsonl. */
export type JobCall = {
  readonly arm: string;
  readonly agents: number;
  readonly trialId: string;
  /** From 0. */
  readonly turnIndex: number;
  readonly recordedOutputTokens: number | undefined;
  readonly turn?: Turn | undefined;
  readonly failure?: Failure | undefined;
};

/** One job as it was done by one of so many agents. */
export type JobRun = {
  readonly arm: string;
  readonly agents: number;
  readonly agent: number;
  readonly trialId: string;
  readonly task: string;
  readonly startedAt: MonotonicNs;
  readonly endedAt: MonotonicNs;
  /** Of it waiting for the recorded tools, in milliseconds. */
  readonly pauseMs: number;
  readonly calls: readonly JobCall[];
  /** The job ended with the call that failed: it has no completion time. */
  readonly failed: boolean;
};

export type ReplayTools = {
  readonly clients: readonly ArmClient[];
  /** Makes this probe's conversations unlike those of any other. */
  readonly salt: string;
  readonly pauses: PauseScale;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Waits, in milliseconds; resolves early when the signal fires. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly onJob: (run: JobRun) => void;
};

type Seat = { readonly client: ArmClient; readonly agents: number; readonly agent: number; readonly place: number };

const doJob = async (job: Job, { client, agents, agent, place }: Seat, tools: ReplayTools): Promise<JobRun> => {
  const { clock, signal, pauses, wait } = tools;
  const name = { arm: client.id, agents, trialId: job.trialId };
  // Every conversation has a salt of its own: else one agent's jobs would share a cache where many agents' do not.
  const salt = `${tools.salt} ${client.id} ${agents} agents, agent ${agent}, job ${place}`;
  const sessionId = `${job.trialId}~${createHash('sha256').update(salt).digest('hex').slice(0, 16)}`;
  const startedAt = clock.now();
  const calls: JobCall[] = [];
  let pauseMs = 0;
  for (const [turnIndex, { outputTokens, pauseMs: recorded }] of job.turns.entries()) {
    const { turn, failure } = await client.call(requestOf(job, turnIndex, { salt, sessionId }));
    calls.push({ ...name, turnIndex, recordedOutputTokens: outputTokens, turn, failure });
    if (failure !== undefined || signal.aborted) break;
    const from = clock.now();
    if (recorded * pauses > 0) await wait(recorded * pauses);
    pauseMs += millisecondsBetween(from, clock.now());
  }
  const failed = calls.length < job.turns.length || calls.some(({ failure }) => failure !== undefined);
  return { ...name, agent, task: job.task, startedAt, endedAt: clock.now(), pauseMs, calls, failed };
};

const doBlock = async ({ arm, agents, jobs }: Block, tools: ReplayTools): Promise<readonly JobRun[]> => {
  const client = tools.clients.find(({ id }) => id === arm);
  if (client === undefined) throw new Error(`no arm ${arm}`);
  const runs: JobRun[] = [];
  const queue = jobs.entries();
  const work = async (agent: number): Promise<void> => {
    for (const [place, job] of queue) {
      if (tools.signal.aborted) return;
      const run = await doJob(job, { client, agents, agent, place }, tools);
      // What the signal cut short is no fault of the endpoint.
      if (tools.signal.aborted) return;
      runs.push(run);
      tools.onJob(run);
    }
  };
  await Promise.all(Array.from({ length: agents }, (_, agent) => work(agent)));
  return runs;
};

/** Carries the blocks out one after the other; agents of a block take jobs from one queue. Ends early when the signal fires. */
export const carryOutReplay = async (blocks: readonly Block[], tools: ReplayTools): Promise<readonly JobRun[]> => {
  const all: JobRun[] = [];
  for (const block of blocks) {
    if (tools.signal.aborted) break;
    all.push(...(await doBlock(block, tools)));
  }
  return all;
};
