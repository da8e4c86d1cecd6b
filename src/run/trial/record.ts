import type { Usage } from '../../domain/model/stream.ts';
import type { Turn } from '../../domain/model/turn.ts';
import { editSizeOf } from '../../domain/patch.ts';
import type { Span, TrialRecord } from '../../domain/trial.ts';
import { timingDoubts } from '../../measure/self-check.ts';
import type { Artifact } from '../../verifier/verifier.ts';
import { segmentsOf } from '../metering/timeline.ts';
import { trajectoryOf } from './atif.ts';
import type { Notes, TrialJob, TrialResult } from './job.ts';

const usageKeys = ['input', 'cachedInput', 'cacheWrite', 'output', 'reasoning'] as const;

/** Sums token counts; a count that one turn did not state is unknown for the whole. */
export const totalUsage = (turns: readonly Turn[]): Usage =>
  Object.fromEntries(
    usageKeys.map((key) => {
      const counts = turns.map((turn) => turn.usage[key]);
      const total = counts.reduce(
        (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
        0,
      );
      return [key, turns.length === 0 ? undefined : total];
    }),
  );

const lines = (items: readonly unknown[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join('');

const filesOf = (job: TrialJob, notes: Notes, spans: readonly Span[]): readonly Artifact[] => {
  const { agent, model } = job.contender;
  const trajectory = trajectoryOf(job.task, notes.steps, { sessionId: job.spec.trialId, agent, model });
  return [
    { path: 'trajectory.json', content: `${JSON.stringify(trajectory, null, 1)}\n` },
    { path: 'turns.jsonl', content: lines(notes.turns.map(({ turn, timeline }) => ({ ...turn, timeline }))) },
    { path: 'spans.jsonl', content: lines(spans) },
    ...(notes.submission === undefined ? [] : [{ path: 'submission.diff', content: notes.submission }]),
    ...notes.artifacts,
  ];
};

/** The immutable record of an attempt, and the files kept beside it. */
export const recordOf = (
  job: TrialJob,
  notes: Notes,
  { runId, spans, wallMs }: { readonly runId: string; readonly spans: readonly Span[]; readonly wallMs: number },
): TrialResult => {
  const { spec, task, contender } = job;
  const turns = notes.turns.map(({ turn }) => turn);
  const record: TrialRecord = {
    schema: 1,
    runId,
    ...spec,
    attemptId: notes.attemptId,
    attempt: job.attempt,
    agent: { name: contender.agent.name, version: contender.agent.version },
    endpoints: contender.endpoints,
    difficulty: task.difficulty,
    category: task.category,
    tags: task.tags,
    language: task.language,
    startedAt: notes.startedAt,
    wallMs,
    agentMs: notes.agentMs,
    segments: segmentsOf(spans),
    stop: notes.stop ?? 'infra-error',
    verdict: notes.verdict,
    infraError: notes.infraError,
    steps: notes.steps.length,
    toolCalls: notes.steps.reduce((sum, step) => sum + step.toolCalls.length, 0),
    usage: totalUsage(turns),
    turns,
    edit: notes.submission === undefined ? undefined : editSizeOf(notes.submission),
    environment: {
      imageId: 'imageId' in job.image ? job.image.imageId : undefined,
      limits: task.environment.limits,
      network: task.environment.network,
    },
    loopDelay: notes.loop && { lateShare: notes.loop.lateShare, longestPauseMs: notes.loop.longestPauseMs },
    degraded: [...(notes.loop?.doubts ?? []), ...timingDoubts(turns)],
  };
  return { record, artifacts: filesOf(job, notes, spans) };
};
