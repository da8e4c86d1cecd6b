import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../domain/errors.ts';
import { carryOutReplay, type JobRun } from '../../probe/replay/carry-out.ts';
import type { Job } from '../../probe/replay/job.ts';
import { planBlocks } from '../../probe/replay/plan.ts';
import type { AgentReplay } from '../../probe/replay/replay.ts';
import { jobColumns } from '../../probe/replay/show/job-columns.ts';
import { replayView } from '../../probe/replay/show/view.ts';
import { summariseReplay } from '../../probe/replay/summary.ts';
import { jobOf } from '../../probe/replay/trajectory.ts';
import { systemClock } from '../../run/metering/clock.ts';
import { watchLoop } from '../../run/metering/loop-delay.ts';
import { readTrajectories } from '../../store/trajectories.ts';
import type { CommandContext } from '../program.ts';
import { jsonLines, tableFile } from './session/files.ts';
import { headerOf } from './session/header.ts';
import { type OpenProbe, openProbe } from './session/open.ts';
import { counted, countOf, countsOf, type ProbeOptions } from './session/options.ts';

const readJobs = async (
  folder: string,
  contender: string | undefined,
): Promise<{ runId: string; jobs: readonly Job[] }> => {
  const trials = await readTrajectories(folder);
  const wanted = trials.filter(({ record }) => contender === undefined || record.contender === contender);
  const jobs = wanted.flatMap(({ record, trajectory }) => {
    const { trialId, suite, task, contender: name } = record;
    return jobOf({ trialId, suite, task, contender: name }, trajectory) ?? [];
  });
  if (jobs.length > 0) return { runId: trials[0]?.record.runId ?? folder, jobs };
  throw new UserError('this run holds no conversation to be held again', {
    where: folder,
    fix:
      trials.length > wanted.length
        ? `contenders of this run: ${[...new Set(trials.map(({ record }) => record.contender))].join(', ')}`
        : 'give the folder of a run whose trials called a model',
  });
};

/** `recorded`, `none`, or a factor such as 0.5x. Throws UserError. */
const pausesOf = (text: string): number => {
  if (text === 'recorded') return 1;
  if (text === 'none') return 0;
  const factor = /^(\d+(?:\.\d+)?)x$/.exec(text)?.[1];
  if (factor !== undefined) return Number(factor);
  throw new UserError(`--pauses: \`${text}\` is not understood`, {
    fix: 'give recorded, none or a factor such as 0.5x',
  });
};

/** Waits; resolves early when the signal fires. */
const waiting =
  (signal: AbortSignal) =>
  (milliseconds: number): Promise<void> =>
    sleep(milliseconds, undefined, { signal }).catch(() => undefined);

const measure = async (
  open: OpenProbe,
  { options, source }: { options: ProbeOptions; source: { runId: string; jobs: readonly Job[] } },
  { output }: CommandContext,
): Promise<{ readonly probe: AgentReplay; readonly runs: readonly JobRun[] }> => {
  const { clients, seed, scheduling, interrupt } = open;
  const arms = clients.map(({ id }) => id);
  const agents = countsOf('--agents', options.agents);
  const pauses = pausesOf(options.pauses);
  const limit = options.jobs === undefined ? undefined : countOf('--jobs', options.jobs);
  const blocks = planBlocks(source.jobs, { arms, agents, seed, limit });
  const jobs = blocks[0]?.jobs ?? [];
  const turns = jobs.reduce((sum, job) => sum + job.turns.length, 0);
  const total = blocks.length * jobs.length;
  output.err(`${counted(blocks.length, 'block')} of ${counted(jobs.length, 'job')}, ${blocks.length * turns} calls\n`);
  const header = headerOf('replay', { arms: clients, seed, clock: systemClock, scheduling });
  const loopDelay = watchLoop();
  let done = 0;
  const runs = await carryOutReplay(blocks, {
    clients,
    salt: header.probeId,
    pauses,
    clock: systemClock,
    signal: interrupt.signal,
    wait: waiting(interrupt.signal),
    onJob: (run) => {
      done += 1;
      const seconds = ((run.endedAt - run.startedAt) / 1e9).toFixed(1);
      output.err(
        `${done}/${total} ${run.arm} ${counted(run.agents, 'agent')}, ${run.task}: ${run.failed ? 'failed' : `${seconds} s`}\n`,
      );
    },
  });
  const figures = summariseReplay(arms, runs);
  const about = { runId: source.runId, jobs: jobs.length, turns };
  const probe = {
    ...header,
    kind: 'agent-replay',
    degraded: loopDelay().doubts,
    source: about,
    agents,
    pauses,
    figures,
  } as const;
  return { probe, runs };
};

/** `tacho probe --replay`: the conversations of a recorded run, held again by so many agents at once. */
export const probeReplay = async (options: ProbeOptions, context: CommandContext): Promise<void> => {
  const source = await readJobs(resolve(context.workingFolder, options.replay ?? '.'), options.contender);
  await using open = await openProbe(options, context);
  const { probe, runs } = await measure(open, { options, source }, context);
  const calls = runs.flatMap((run) => run.calls);
  const files = [{ path: 'calls.jsonl', content: jsonLines(calls) }, tableFile('jobs.csv', runs, jobColumns)];
  await open.finish({ model: probe, view: replayView(probe), files });
};
