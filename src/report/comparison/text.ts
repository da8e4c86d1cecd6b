import type { ChalkInstance } from 'chalk';
import type { ComparedMetric, PairComparison, RunComparison } from '../../analysis/runs/compare-runs.ts';
import type { IdentityDifference } from '../../analysis/runs/compatibility.ts';
import { layOut } from '../console.ts';
import { unknown } from '../format.ts';
import { sanitiseOutput } from '../sanitise.ts';
import { advantageText, valueText } from './words.ts';

/** Whether the interval leaves the neutral value on one side. */
const proofText = ({ scale, low, high }: Extract<ComparedMetric, { readonly scale: string }>): string => {
  const neutral = scale === 'ratio' ? 1 : 0;
  return low > neutral ? 'better' : high < neutral ? 'worse' : 'not proven';
};

const rowOf = (metric: ComparedMetric): readonly string[] => {
  const label = metric.unit === 'tokens/s' ? `${metric.label} tokens/s` : metric.label;
  if ('absent' in metric) return [label, unknown, unknown, unknown, unknown, metric.absent];
  const { values, unit, scale, advantage, low, high } = metric;
  const text = (value: number) =>
    Number.isFinite(value) && !(scale === 'ratio' && value <= 0) ? advantageText(value, { scale, unit }) : 'unbounded';
  return [
    label,
    valueText(values.first, unit),
    valueText(values.second, unit),
    text(advantage),
    `${text(low)} to ${text(high)}`,
    proofText(metric),
  ];
};

const pairLines = (pair: PairComparison, comparison: RunComparison, colour: ChalkInstance): readonly string[] => {
  const { common, onlyFirst, onlySecond, changed, overlap } = pair.tasks;
  const { first, second } = pair.labels;
  const name = first === second ? first : `${first} → ${second}`;
  const percent = Math.round(comparison.confidence * 1000) / 10;
  const [head = '', ...rows] = layOut([
    ['', 'A', 'B', 'B is', `${percent}% interval`, 'proven'],
    ...pair.metrics.map(rowOf),
  ]);
  return [
    '',
    colour.bold(sanitiseOutput(name)),
    `  ${common} tasks in both (${Math.floor(overlap * 100)}%), ${onlyFirst} only in A, ${onlySecond} only in B, ${changed} changed in between and left out`,
    `  ${colour.dim(head)}`,
    ...rows.map((row) => `  ${row}`),
  ];
};

const differenceLine = ({ key, first, second }: IdentityDifference): string =>
  sanitiseOutput(`${key}: ${first} in A, ${second} in B`);

/** Two runs side by side for a terminal; all text from outside is inert. */
export const comparisonText = (comparison: RunComparison, { colour }: { readonly colour: ChalkInstance }): string => {
  const { first, second, compatibility } = comparison;
  const { incompatible, surroundings } = compatibility;
  return [
    `A  ${sanitiseOutput(first.runId)}`,
    `B  ${sanitiseOutput(second.runId)}`,
    incompatible.length === 0
      ? 'Same tasks, agents, budgets and sandbox limits.'
      : colour.red('These are not the same experiment; the numbers below mix its effect with:'),
    ...incompatible.map((difference) => `  ${differenceLine(difference)}`),
    ...surroundings.map((difference) => colour.dim(`  also differs: ${differenceLine(difference)}`)),
    ...comparison.pairs.flatMap((pair) => pairLines(pair, comparison, colour)),
    '',
  ].join('\n');
};
