import { randomUUID } from 'node:crypto';
import type { Model } from '../../agent/agent.ts';
import { InfraError } from '../../domain/errors.ts';
import { isContextOverflow } from '../../domain/model/endpoint-error.ts';
import type { TurnStamps } from '../../domain/model/turn.ts';
import type { Task } from '../../domain/task.ts';
import { type MonotonicNs, millisecondsBetween } from '../../domain/time.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { encodeStreams, streamsName } from '../../store/streams.ts';
import { watchLoop } from '../metering/loop-delay.ts';
import { type CallModel, meterModel, meterShell, type RecordedTurn } from '../metering/metered-tools.ts';
import { startTimeline, type Timeline } from '../metering/timeline.ts';
import { estimateOutput } from '../tokens/estimate-output.ts';
import { driveAgent } from './budget.ts';
import type { Notes, TrialJob, TrialResult, TrialTools } from './job.ts';
import { recordOf } from './record.ts';
import { readSubmission } from './submission.ts';

const noModel: CallModel = () =>
  Promise.reject(new InfraError('agent', 'no-endpoint', 'this agent was given no endpoint'));

const unlimitedIsFinite = 1024;

const openSandbox = (job: TrialJob, tools: TrialTools, network: Task['environment']['network']): Promise<Sandbox> => {
  if (job.image instanceof InfraError) throw job.image;
  const { workdir, user, variables, limits } = job.task.environment;
  const spec = { image: job.image, workdir, user, variables, limits: { pids: unlimitedIsFinite, ...limits }, network };
  return tools.provider.open(spec, { labels: { run: tools.runId, trial: job.spec.trialId }, signal: tools.signal });
};

/** The stamps that a reader of its timing goes by. */
const edgesOf = ({ firstContent, lastContent }: TurnStamps): readonly MonotonicNs[] =>
  [firstContent, lastContent].filter((stamp) => stamp !== undefined);

const solve = async (
  job: TrialJob,
  tools: TrialTools,
  { sandbox, timeline, notes }: { sandbox: Sandbox; timeline: Timeline; notes: Notes },
): Promise<void> => {
  const { clock } = tools;
  timeline.enter('harness');
  const from = clock.now();
  const loopDelay = watchLoop(clock);
  const timeMs = tools.budget.timeMs ?? job.task.budget.agentMs;
  const onTurn = (turn: RecordedTurn): void => void notes.turns.push(turn);
  const metered = (call: CallModel, signal: AbortSignal): Model =>
    meterModel(call, { sessionId: job.spec.trialId, timeline, clock, signal, onTurn });
  try {
    notes.stop = await driveAgent(
      (signal) =>
        job.contender.agent.solve(job.task, {
          shell: meterShell(sandbox.shell, timeline),
          model: metered(job.contender.call ?? noModel, signal),
          partner: job.contender.partnerCall === undefined ? undefined : metered(job.contender.partnerCall, signal),
          clock,
          signal,
          budget: { ...tools.budget, timeMs },
        }),
      { timeMs, signal: tools.signal, onStep: (step) => tools.onStep(job.spec, notes.steps.push(step)) },
    );
  } catch (error) {
    if (!isContextOverflow(error)) throw error;
    notes.stop = 'context-limit';
  } finally {
    notes.agentMs = millisecondsBetween(from, clock.now());
    notes.loop = loopDelay(notes.turns.flatMap(({ turn: { stamps } }) => edgesOf(stamps)));
  }
};

const judge = async (
  job: TrialJob,
  tools: TrialTools,
  { sandbox, notes }: { sandbox: Sandbox; notes: Notes },
): Promise<void> => {
  const { check, environment } = job.task;
  if (check.kind === 'named-tests') {
    notes.submission = await readSubmission(sandbox.shell, {
      workdir: environment.workdir ?? '/',
      baseCommit: check.baseCommit,
    });
  }
  const verification = await tools.verifierOf(job.task).verify(job.task, {
    sandbox,
    openFresh: () => openSandbox(job, tools, 'none'),
    submission: notes.submission ?? '',
    signal: tools.signal,
  });
  notes.verdict = verification.verdict;
  notes.artifacts.push(...verification.artifacts.map(({ path, content }) => ({ path: `verifier/${path}`, content })));
};

const noteError = (error: unknown, notes: Notes): void => {
  const known =
    error instanceof InfraError
      ? error
      : new InfraError('agent', 'unexpected', error instanceof Error ? (error.stack ?? error.message) : String(error), {
          cause: error,
        });
  notes.infraError = { phase: known.phase, code: known.code, message: known.message.slice(0, 2000) };
  notes.stop ??= 'infra-error';
};

/**
 * One attempt of one trial, from an empty sandbox to a record: set up, solve, judge, tear down. The only place where an
 * exception becomes a record; whatever happened before it is kept. Undefined when the run was cancelled meanwhile.
 */
export const runTrial = async (job: TrialJob, tools: TrialTools): Promise<TrialResult | undefined> => {
  const timeline = startTimeline(tools.clock);
  const notes: Notes = {
    attemptId: randomUUID(),
    startedAt: tools.clock.wall().toISOString(),
    steps: [],
    turns: [],
    artifacts: [],
  };
  try {
    timeline.enter('sandbox-set-up');
    await using sandbox = await openSandbox(job, tools, job.task.environment.network);
    try {
      await solve(job, tools, { sandbox, timeline, notes });
      timeline.enter('verify');
      tools.onVerify(job.spec);
      if (notes.stop !== 'cancelled') await judge(job, tools, { sandbox, notes });
    } finally {
      timeline.enter('teardown');
    }
  } catch (error) {
    noteError(error, notes);
  }
  const time = timeline.close();
  const streams = tools.takeStreams?.(job.spec.trialId) ?? [];
  if (streams.length > 0) notes.artifacts.push({ path: streamsName, content: encodeStreams(streams) });
  if (tools.signal.aborted) return undefined;
  const answers = await estimateOutput(notes, tools.countTokens);
  return recordOf(job, { ...notes, ...answers }, { ...time, runId: tools.runId });
};
