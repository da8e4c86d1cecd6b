import { resolve } from 'node:path';
import {
  type ContenderPair,
  comparedTurnMetrics,
  compareRuns,
  type RunComparison,
  sameNames,
} from '../../../analysis/runs/compare-runs.ts';
import type { MeasuredRun } from '../../../analysis/runs/measured-run.ts';
import { UserError } from '../../../domain/errors.ts';
import { suggest } from '../../../domain/suggest.ts';
import { inertJson } from '../../../gate/output/json.ts';
import { comparisonText } from '../../../report/comparison/text.ts';
import { readMeasured } from '../../judging/read.ts';
import type { CommandContext, RegisterCommand } from '../../program.ts';

type CompareOptions = {
  readonly left?: string;
  readonly right?: string;
  readonly allowPartial?: boolean;
  readonly json?: boolean;
};

/** Below this share of common tasks two runs are not about the same thing. */
const leastOverlap = 0.9;

const requireContender = (run: MeasuredRun, name: string): string => {
  const known = run.contenders.map((contender) => contender.name);
  if (known.includes(name)) return name;
  const meant = suggest(name, known);
  throw new UserError(`run ${run.runId} has no contender ${name}`, {
    fix: meant === undefined ? `it has ${known.join(', ') || 'none'}` : `did you mean ${meant}?`,
  });
};

const pairsOf = (
  first: MeasuredRun,
  second: MeasuredRun,
  { left, right }: CompareOptions,
): readonly ContenderPair[] => {
  if (left !== undefined || right !== undefined) {
    const [ours, theirs] = [left ?? right ?? '', right ?? left ?? ''];
    return [{ first: requireContender(first, ours), second: requireContender(second, theirs) }];
  }
  const pairs = sameNames(first, second);
  if (pairs.length === 0)
    throw new UserError('the two runs have no contender of the same name', {
      fix: `name them with --left (${first.contenders.map(({ name }) => name).join(', ')}) and --right (${second.contenders.map(({ name }) => name).join(', ')})`,
    });
  return pairs;
};

const requireOverlap = ({ pairs }: RunComparison): void => {
  const apart = pairs.find(({ tasks }) => tasks.overlap < leastOverlap);
  if (apart === undefined) return;
  const { common, onlyFirst, onlySecond, changed } = apart.tasks;
  throw new UserError(
    `${apart.first}: only ${common} tasks are the same in both runs (${onlyFirst} only in A, ${onlySecond} only in B, ${changed} changed); ${leastOverlap * 100}% are needed`,
    { fix: 'run the missing tasks, or compare what there is with --allow-partial' },
  );
};

const compare = async (a: string, b: string, options: CompareOptions, context: CommandContext): Promise<void> => {
  const { workingFolder, output } = context;
  const first = await readMeasured(resolve(workingFolder, a), { turnMetrics: comparedTurnMetrics });
  const second = await readMeasured(resolve(workingFolder, b), { turnMetrics: comparedTurnMetrics });
  const comparison = compareRuns(first, second, { pairs: pairsOf(first, second, options) });
  if (!options.allowPartial) requireOverlap(comparison);
  output.out(options.json ? inertJson(comparison) : comparisonText(comparison, { colour: output.colour }));
};

/** `tacho compare`: two runs side by side, paired by task. */
export const registerCompare: RegisterCommand = (program, context) => {
  program
    .command('compare')
    .description('compare two runs, contender by contender, paired by the tasks that both ran')
    .argument('<a>', "the old run's folder")
    .argument('<b>', "the new run's folder; may be the same one with --left and --right")
    .option('--left <contender>', 'contender of A')
    .option('--right <contender>', 'contender of B')
    .option('--allow-partial', 'compare even where less than 90% of the tasks are in both')
    .option('--json', 'print one object')
    .action((a: string, b: string, options: CompareOptions) => compare(a, b, options, context));
};
