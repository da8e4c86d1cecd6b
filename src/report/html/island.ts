import { taskGrid } from '../../analysis/grid.ts';
import type { Summary } from '../../analysis/summary.ts';
import { type SegmentName, segmentNames } from '../../domain/trial.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';
import type { ReportModel } from '../model.ts';

/** What the page carries: the model without what can be computed again, trials as compact rows. */
export type Island = Omit<ReportModel, 'selection' | 'summary' | 'attempts'> & {
  readonly tasks: ReportModel['selection']['tasks'];
  readonly trials: readonly PackedTrial[];
  readonly summary: Omit<Summary, 'grid'>;
};

/** A trial as an array: names as indices, times rounded to a tenth of a millisecond. */
type PackedTrial = readonly [
  ids: readonly [trialId: string, contender: number, task: number, index: number, attempt: number],
  outcome: readonly [
    outcome: TrialFacts['outcome'],
    stop: TrialFacts['stop'],
    reason: TrialFacts['noVerdictReason'] | null,
  ],
  times: readonly [agentMs: number | null, wallMs: number, ...segments: number[]],
  tokens: readonly [
    input: number | null,
    output: number | null,
    decode: number,
    decodeMs: number,
    endToEnd: number,
    endToEndMs: number,
    costUsd: number | null,
    leastCostUsd: number | null,
    estimatedCostUsd: number | null,
  ],
  counts: readonly [steps: number, toolCalls: number, failedTries: number, degraded: 0 | 1, tokensEstimated: 0 | 1],
  edit: readonly [files: number, insertions: number, deletions: number] | null,
  ttftMs: readonly number[],
  stopped: readonly (readonly [stopMs: number | null, redirectMs: number | null, wastedTokens: number])[],
];

const round = (value: number): number => Number(value.toFixed(1));
const orNull = (value: number | undefined): number | null => (value === undefined ? null : round(value));

const pack = (trial: TrialFacts, place: { readonly contender: number; readonly task: number }): PackedTrial => [
  [trial.trialId, place.contender, place.task, trial.index, trial.attempt],
  [trial.outcome, trial.stop, trial.noVerdictReason ?? null],
  [orNull(trial.agentMs), round(trial.wallMs), ...segmentNames.map((name) => round(trial.segments[name]))],
  [
    orNull(trial.usage.input),
    orNull(trial.usage.output),
    round(trial.decode.tokens),
    round(trial.decode.ms),
    round(trial.endToEnd.tokens),
    round(trial.endToEnd.ms),
    trial.costUsd ?? null,
    trial.leastCostUsd ?? null,
    trial.estimatedCostUsd ?? null,
  ],
  [trial.steps, trial.toolCalls, trial.failedTries, trial.degraded ? 1 : 0, trial.tokensEstimated ? 1 : 0],
  trial.edit === undefined ? null : [trial.edit.files, trial.edit.insertions, trial.edit.deletions],
  trial.ttftMs.map((ms) => Number(ms.toPrecision(5))),
  trial.stopped.map(({ stopMs, redirectMs, wastedTokens }) => [orNull(stopMs), orNull(redirectMs), wastedTokens]),
];

const unpack = (packed: PackedTrial, { contenders, tasks }: Pick<Island, 'contenders' | 'tasks'>): TrialFacts => {
  const [
    [trialId, contender, task, index, attempt],
    [outcome, stop, reason],
    [agentMs, wallMs, ...segments],
    tokens,
    counts,
    edit,
    ttftMs,
    stopped,
  ] = packed;
  const [input, output, decodeTokens, decodeMs, endToEndTokens, endToEndMs, costUsd, leastCostUsd, estimatedCostUsd] =
    tokens;
  const [steps, toolCalls, failedTries, degraded, tokensEstimated] = counts;
  return {
    trialId,
    attemptId: '',
    attempt,
    contender: contenders[contender]?.name ?? '',
    suite: tasks[task]?.suite ?? '',
    task: tasks[task]?.task ?? '',
    index,
    outcome,
    noVerdictReason: reason ?? undefined,
    stop,
    agentMs: agentMs ?? undefined,
    wallMs,
    segments: Object.fromEntries(segmentNames.map((name, place) => [name, segments[place] ?? 0])) as Record<
      SegmentName,
      number
    >,
    steps,
    toolCalls,
    costUsd: costUsd ?? undefined,
    leastCostUsd: leastCostUsd ?? undefined,
    estimatedCostUsd: estimatedCostUsd ?? undefined,
    usage: { input: input ?? undefined, output: output ?? undefined },
    decode: { tokens: decodeTokens, ms: decodeMs },
    endToEnd: { tokens: endToEndTokens, ms: endToEndMs },
    ttftMs,
    stopped: stopped.map(([stopMs, redirectMs, wastedTokens]) => ({
      stopMs: stopMs ?? undefined,
      redirectMs: redirectMs ?? undefined,
      wastedTokens,
    })),
    edit: edit === null ? undefined : { files: edit[0], insertions: edit[1], deletions: edit[2] },
    failedTries,
    degraded: degraded === 1,
    tokensEstimated: tokensEstimated === 1,
    clockProblems: [],
    missingTests: [],
  };
};

/** Runs of more trials are shown without filters: a page that carried all of them would not open in a useful time. */
export const mostTrials = 25_000;

/** Whether the page can carry the run's trials, which filters need. */
export const carriesTrials = ({ selection }: Pick<ReportModel, 'selection'>): boolean =>
  selection.trials.length <= mostTrials;

/** The model as the page carries it. */
export const toIsland = ({ selection, summary, attempts: _attempts, ...rest }: ReportModel): Island => {
  const { grid: _grid, ...kept } = summary;
  const contenders = new Map(rest.contenders.map(({ name }, index) => [name, index]));
  const tasks = new Map(selection.tasks.map(({ suite, task }, index) => [JSON.stringify([suite, task]), index]));
  const trials = (carriesTrials({ selection }) ? selection.trials : []).map((trial) =>
    pack(trial, {
      contender: contenders.get(trial.contender) ?? -1,
      task: tasks.get(JSON.stringify([trial.suite, trial.task])) ?? -1,
    }),
  );
  return { ...rest, tasks: selection.tasks, trials, summary: kept };
};

/** The model again, in the page. */
export const fromIsland = ({ tasks, trials, summary, ...rest }: Island): ReportModel => {
  const selection = {
    contenders: rest.contenders.map(({ name }) => name),
    tasks,
    trials: trials.map((trial) => unpack(trial, { contenders: rest.contenders, tasks })),
  };
  return { ...rest, selection, attempts: [], summary: { ...summary, grid: taskGrid(tasks, selection) } };
};

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON that cannot end its script element nor be taken for HTML; computed numbers keep nine significant digits. */
export const islandJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'number' && !Number.isInteger(part) ? Number(part.toPrecision(9)) : part,
  ).replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? character);
