import { millisecondsBetween } from '../../domain/time.ts';
import { type SpeedUp, speedUp } from '../../measure/ratio/speed-up.ts';
import { decodeTokensPerSecond, ttftMs } from '../../measure/turn-timing.ts';
import { type Spread, spreadOf } from '../spread.ts';
import type { JobCall, JobRun } from './carry-out.ts';

/** TTFT of calls whose context had from `from` to below `to` input tokens. */
export type ContextBin = { readonly from: number; readonly to: number | undefined; readonly ttftMs: Spread };

/** What is published of one arm under one number of agents. */
export type LoadFigures = {
  readonly arm: string;
  readonly agents: number;
  readonly jobs: number;
  readonly failedJobs: number;
  /** Completion time of the jobs that were completed. */
  readonly jobMs: Spread;
  /** Of it waiting for the recorded tools. */
  readonly pauseMs: Spread;
  readonly jobsPerMinute: number | undefined;
  /** The same jobs against one agent: how many times as long, geometric mean over jobs. */
  readonly slowDown: SpeedUp | undefined;
  readonly ttftMs: Spread;
  readonly contexts: readonly ContextBin[];
  readonly decodeTokensPerSecond: number | undefined;
  /** Cached ÷ all input tokens; undefined where the endpoint does not state them. */
  readonly cachedShare: number | undefined;
  /** Output tokens ÷ those that were recorded: below 1, the answers were shorter than the recorded ones. */
  readonly outputShare: number | undefined;
};

const contextEdges = [0, 2000, 8000, 32_000, 128_000] as const;

const jobMs = ({ startedAt, endedAt }: JobRun): number => millisecondsBetween(startedAt, endedAt);

/** Numerator ÷ denominator over the calls that state both; undefined where none does. */
const shareOf = (parts: readonly (readonly [number | undefined, number | undefined])[]): number | undefined => {
  const known = parts.flatMap(([part, whole]) => (part === undefined || whole === undefined ? [] : [{ part, whole }]));
  const total = known.reduce((sum, { whole }) => sum + whole, 0);
  return total === 0 ? undefined : known.reduce((sum, { part }) => sum + part, 0) / total;
};

const contextsOf = (calls: readonly JobCall[]): readonly ContextBin[] =>
  contextEdges.flatMap((from, index) => {
    const to = contextEdges[index + 1];
    const inside = calls.filter(({ turn, failure }) => {
      const input = turn?.usage.input;
      return failure === undefined && input !== undefined && input >= from && (to === undefined || input < to);
    });
    const ttft = spreadOf(inside.map(({ turn }) => (turn === undefined ? undefined : ttftMs(turn))));
    return ttft.n === 0 ? [] : [{ from, to, ttftMs: ttft }];
  });

/** All completed jobs ÷ the time from the first start to the last end: the tail, in which agents have run out of jobs, is inside. */
const jobsPerMinute = (runs: readonly JobRun[]): number | undefined => {
  const completed = runs.filter(({ failed }) => !failed).length;
  if (completed === 0) return undefined;
  const start = Math.min(...runs.map(({ startedAt }) => startedAt));
  const end = Math.max(...runs.map(({ endedAt }) => endedAt));
  return completed / (millisecondsBetween(start, end) / 60_000);
};

const slowDownOf = (runs: readonly JobRun[], alone: readonly JobRun[]): SpeedUp | undefined => {
  const byJob = new Map(alone.filter(({ failed }) => !failed).map((run) => [run.trialId, jobMs(run)]));
  const pairs = runs.flatMap((run) => {
    const before = byJob.get(run.trialId);
    return run.failed || before === undefined ? [] : [{ now: jobMs(run), before }];
  });
  return speedUp(
    pairs.map(({ now }) => now),
    pairs.map(({ before }) => before),
  );
};

const figuresOf = (runs: readonly JobRun[], alone: readonly JobRun[]): Omit<LoadFigures, 'arm' | 'agents'> => {
  const completed = runs.filter(({ failed }) => !failed);
  const calls = runs.flatMap((run) => run.calls);
  const turns = calls.flatMap(({ turn, failure }) => (turn === undefined || failure !== undefined ? [] : [turn]));
  return {
    jobs: runs.length,
    failedJobs: runs.length - completed.length,
    jobMs: spreadOf(completed.map(jobMs)),
    pauseMs: spreadOf(completed.map(({ pauseMs }) => pauseMs)),
    jobsPerMinute: jobsPerMinute(runs),
    slowDown: runs === alone ? undefined : slowDownOf(runs, alone),
    ttftMs: spreadOf(turns.map(ttftMs)),
    contexts: contextsOf(calls),
    decodeTokensPerSecond: decodeTokensPerSecond(turns),
    cachedShare: shareOf(turns.map(({ usage }) => [usage.cachedInput, usage.input])),
    outputShare: shareOf(calls.map(({ turn, recordedOutputTokens }) => [turn?.usage.output, recordedOutputTokens])),
  };
};

/** Everything published of an agent replay, from its jobs alone; arm by arm, by rising numbers of agents. */
export const summariseReplay = (arms: readonly string[], runs: readonly JobRun[]): readonly LoadFigures[] =>
  arms.flatMap((arm) => {
    const own = runs.filter((run) => run.arm === arm);
    const byAgents = Map.groupBy(own, ({ agents }) => agents);
    const alone = byAgents.get(1) ?? [];
    return [...byAgents]
      .sort(([left], [right]) => left - right)
      .map(([agents, block]) => ({ arm, agents, ...figuresOf(block, alone) }));
  });
