import { join } from 'node:path';
import { UserError } from '../domain/errors.ts';
import type { RecordedStream } from '../domain/model/recorded-stream.ts';
import type { ContenderDescription, EndpointDescription, Manifest, Scheduling } from '../domain/run.ts';
import type { Suite, Task } from '../domain/task.ts';
import type { Clock } from '../domain/time.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { createStore, openStore } from '../store/jsonl.ts';
import type { Redact } from '../store/redact.ts';
import type { RunStore } from '../store/store.ts';
import type { Verifier } from '../verifier/verifier.ts';
import type { Config } from './config/schema.ts';
import type { Emit } from './events.ts';
import { executePlan } from './execute.ts';
import { prepareImages } from './images.ts';
import { manifestOf } from './manifest.ts';
import type { CountTokens } from './tokens/count-tokens.ts';
import type { Contender } from './trial/job.ts';
import { runTrial } from './trial/trial.ts';

/** Everything a run needs, wired: adapters in, no adapter known. */
export type Session = {
  readonly config: Config;
  readonly version: string;
  readonly scheduling: Scheduling;
  readonly suites: readonly (Suite & { readonly source: string })[];
  readonly endpoints: readonly EndpointDescription[];
  readonly contenders: readonly { readonly description: ContenderDescription; readonly contender: Contender }[];
  readonly provider: (runId: string) => SandboxProvider;
  readonly verifierOf: (task: Task) => Verifier;
  readonly clock: Clock;
  readonly redact: Redact;
  /** The streams of a trial, where they are recorded; they are handed out once. */
  readonly takeStreams?: ((trialId: string) => readonly RecordedStream[]) | undefined;
  /** For answers whose server counts no tokens. */
  readonly countTokens: CountTokens;
  readonly signal: AbortSignal;
  readonly emit: Emit;
};

/** Faults that no retry mends and that every trial of the endpoint would meet. */
const hopelessCodes: readonly string[] = ['endpoint-authentication', 'endpoint-not-found'];

const taskKey = (entry: { readonly suite: string; readonly task: string }): string => `${entry.suite}/${entry.task}`;

const requireSameTasks = (manifest: Manifest, tasks: ReadonlyMap<string, Task>): void => {
  for (const entry of manifest.plan) {
    const task = tasks.get(taskKey(entry));
    const where = `${taskKey(entry)}`;
    if (task === undefined)
      throw new UserError('a task of the plan is no longer in its suite', {
        where,
        fix: 'restore the suite as it was, or start a new run',
      });
    if (task.digest !== entry.taskDigest)
      throw new UserError('a task changed since the run was planned', {
        where,
        fix: 'restore the task as it was, or start a new run: results of two versions do not mix',
      });
  }
};

const carryOut = async (session: Session, store: RunStore): Promise<void> => {
  const { config, signal, emit, clock } = session;
  const { runId, plan } = store.manifest;
  await using provider = session.provider(runId);
  await provider.sweep({ run: runId });
  await provider.sweep();
  const tasks = new Map(
    session.suites.flatMap((suite) => suite.tasks).map((task) => [taskKey({ suite: task.suite, task: task.id }), task]),
  );
  requireSameTasks(store.manifest, tasks);
  const contenders = new Map(session.contenders.map(({ contender }) => [contender.name, contender]));
  const imageOf = await prepareImages([...tasks.values()], { provider, signal, emit });
  const { steps, output_tokens: outputTokens, time: timeMs, command: commandTimeoutMs } = config.budgets;
  const tools = {
    runId,
    provider,
    verifierOf: session.verifierOf,
    takeStreams: session.takeStreams,
    countTokens: session.countTokens,
    budget: { steps, outputTokens, timeMs, commandTimeoutMs },
    clock,
    signal,
    onStep: (spec: Manifest['plan'][number], step: number) => emit({ type: 'trial-step', spec, step }),
    onVerify: (spec: Manifest['plan'][number]) => emit({ type: 'trial-verify', spec }),
  };
  await executePlan(plan, store, {
    concurrency: config.concurrency,
    infraRetries: config.retries.infra,
    signal,
    emit,
    isHopeless: ({ infraError }) => infraError !== undefined && hopelessCodes.includes(infraError.code),
    run: async (spec, attempt) => {
      const task = tasks.get(taskKey(spec));
      const contender = contenders.get(spec.contender);
      if (task === undefined || contender === undefined)
        throw new UserError(
          `the plan names ${spec.contender} on ${taskKey(spec)}, which this configuration does not have`,
        );
      return runTrial({ spec, task, contender, attempt, image: imageOf(task) }, tools);
    },
  });
};

/** Plans and carries out a new run below `resultsFolder`; returns its folder. The folder is told before the first trial. */
export const startRun = async (
  session: Session,
  resultsFolder: string,
  onFolder: (folder: string) => void,
): Promise<string> => {
  const engine = await session.provider('probe').info();
  const descriptions = session.contenders.map(({ description }) => description);
  const manifest = manifestOf({ ...session, contenders: descriptions, engine });
  const folder = join(resultsFolder, manifest.runId);
  await using store = await createStore(folder, { manifest, redact: session.redact });
  onFolder(folder);
  await carryOut(session, store);
  return folder;
};

/** Carries out what a run's log does not hold yet. */
export const resumeRun = async (session: Session, folder: string): Promise<void> => {
  await session.provider('probe').info();
  await using store = await openStore(folder, { redact: session.redact });
  await carryOut(session, store);
};
