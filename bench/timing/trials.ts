import { join } from 'node:path';
import type { Turn } from '../../src/domain/model/turn.ts';
import type { TrialRecord } from '../../src/domain/trial.ts';
import { decodeTokensPerSecond } from '../../src/measure/turn-timing.ts';
import { configSchema } from '../../src/run/config/schema.ts';
import type { Emit } from '../../src/run/events.ts';
import { startRun } from '../../src/run/session.ts';
import { readRun } from '../../src/store/jsonl.ts';
import { openSession } from '../../src/wiring.ts';
import { trueRate, worstAt } from './load.ts';
import type { Truth } from './protocol.ts';
import { exactProfile, startServer } from './server.ts';

const project = join(import.meta.dirname, '..', '..');
const model = 'sim-1000';

/** What the records of a run say of each trial's clock, held against the simulator's own stamps. */
export type JudgedTrial = {
  readonly name: string;
  readonly turns: number;
  /** The first content's stamp − its write, the worst of the trial's turns, in milliseconds. */
  readonly ttftErrorMs: number;
  /** The trial's decode rate, as reports state it, against the simulator's; as a share. */
  readonly decodeError: number;
  /** How long it decoded in all, by the simulator's stamps. */
  readonly decodeMs: number;
  readonly degraded: readonly string[];
};

export type Trials = {
  /** Begins no more trials, ends those under way, and judges the clocks of the finished ones. */
  readonly stop: () => Promise<readonly JudgedTrial[]>;
};

/** Starts real trials of the built-in suite, so many at a time, against a simulator in a process of its own. */
export const startTrials = async (concurrency: number, resultsFolder: string): Promise<Trials> => {
  const folder = join(project, 'fixtures', 'attempts', 'terminal');
  const server = await startServer({ profiles: [exactProfile(model, 1000)], script: { folder } });
  const stop = new AbortController();
  const config = configSchema.parse({
    name: 'beside',
    endpoints: { wafer: { url: server.address, model } },
    contenders: [{ name: 'wafer', agent: 'shell', endpoint: 'wafer' }],
    suites: [join(project, 'suites', 'terminal')],
    attempts: 100,
    concurrency,
    results: resultsFolder,
    images: { trust_ca: true },
  });
  const begun = Promise.withResolvers<void>();
  const run = carryOut(config, { resultsFolder, signal: stop.signal, onTrial: () => begun.resolve() });
  await Promise.race([begun.promise, run]);
  return {
    stop: async () => {
      stop.abort(new Error('the measurement is over'));
      const records = await run;
      const { truths } = await server.truths();
      await server[Symbol.asyncDispose]();
      const of = new Map(truths.map((truth) => [truth.requestId, truth]));
      return records.map((record) => judge(record, of));
    },
  };
};

type Order = { readonly resultsFolder: string; readonly signal: AbortSignal; readonly onTrial: () => void };

const carryOut = async (
  config: ReturnType<typeof configSchema.parse>,
  { resultsFolder, signal, onTrial }: Order,
): Promise<readonly TrialRecord[]> => {
  await using wired = await openSession(config, {
    version: 'bench',
    fixtures: join(project, 'fixtures'),
    variables: {},
    signal,
  });
  let folder: string | undefined;
  const emit: Emit = ({ type }) => {
    if (type === 'trial-step') onTrial();
  };
  await startRun({ ...wired.session, emit }, resultsFolder, (path) => {
    folder = path;
  }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  if (folder === undefined) throw new Error('the run never began');
  return await Array.fromAsync((await readRun(folder)).records());
};

const judge = (record: TrialRecord, truths: ReadonlyMap<string, Truth>): JudgedTrial => {
  const pairs = record.turns.map((turn) => ({ turn, truth: truthOf(turn, truths) }));
  const errorsMs = pairs.map(
    ({ turn, truth }) => ((turn.stamps.firstContent ?? Number.NaN) - truth.firstWritten) / 1e6,
  );
  const written = pairs.map(({ truth }) => truth);
  const read = decodeTokensPerSecond(record.turns) ?? Number.NaN;
  return {
    name: `${record.task} ${record.index}`,
    turns: pairs.length,
    ttftErrorMs: worstAt(errorsMs, 1),
    decodeError: Math.abs(read / trueRate(written) - 1),
    decodeMs: written.reduce((sum, { firstWritten, lastWritten }) => sum + (lastWritten - firstWritten) / 1e6, 0),
    degraded: record.degraded,
  };
};

const truthOf = ({ served }: Turn, truths: ReadonlyMap<string, Truth>): Truth => {
  const truth = truths.get((served?.responseId ?? '').replace('chatcmpl-', ''));
  if (truth === undefined) throw new Error(`the simulator knows nothing of answer ${served?.responseId}`);
  return truth;
};
