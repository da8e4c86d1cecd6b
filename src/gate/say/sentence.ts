import { isCostAxis } from '../../analysis/estimate.ts';
import type { Measurable } from '../../analysis/evidence/measurable.ts';
import { axisNames } from '../../report/chart/frontier/frontier-axis.ts';
import { listText, metricText } from '../../report/comparison/words.ts';
import { duration } from '../../report/format.ts';
import { baselineWord, type ComparisonGate, type Gate, type GateFile, type SolvedGate } from '../gate.ts';
import { axisOf } from '../judge/frontier-evidence.ts';
import { metricOf } from '../judge/subject.ts';
import { whereText } from '../judge/tasks.ts';

const verbs = { must: 'must', should: 'should', info: 'should' } as const;

const whoseText = ({ contenders }: Gate): string =>
  contenders === undefined ? 'Each contender’s' : listText(contenders.map((name) => `${name}’s`));

const onTasks = ({ where }: Gate): string => {
  const text = whereText(where);
  return text === '' ? '' : ` on tasks with ${text}`;
};

const statisticText = (gate: Exclude<Gate, SolvedGate>, metric: Measurable): string => {
  const within = gate.withinMs === undefined ? '' : ` ${duration(gate.withinMs)}`;
  const text = `${metricText(metric)}${within}`;
  if (metric.kind === 'frontier') {
    const axis = axisOf(gate);
    return `${text} over ${isCostAxis(axis) ? axisNames[axis].title.toLowerCase() : `${axis} agent time`}`;
  }
  if (metric.kind !== 'sample' && metric.kind !== 'probe') return text;
  const word = gate.statisticWord ?? (metric.kind === 'probe' ? 'median' : 'mean');
  return /^p\d/.test(word) ? `${word} of ${text}` : `${word} ${text}`;
};

const howText = ({ evidence, upToAttempts }: Exclude<Gate, SolvedGate>, { confidence }: GateFile): string =>
  evidence === 'observed'
    ? ', as observed'
    : `, proven with ${Math.round(confidence * 1000) / 10}% confidence${upToAttempts === undefined ? '' : ` over two looks, the last at ${upToAttempts} attempts`}`;

/** `not be more than 5 points below codex’s`, `be at least 5x faster than codex’s`. */
const claimText = ({ claim, marginText, against }: ComparisonGate, lowerIsBetter: boolean): string => {
  const isBaseline = against === baselineWord;
  const [worse, better] = lowerIsBetter ? ['above', 'below'] : ['below', 'above'];
  if (claim === 'not-worse')
    return `not be more than ${marginText ?? ''} ${worse} ${isBaseline ? 'that in the baseline run' : `${against}’s`}`;
  const amount = marginText === undefined ? '' : `at least ${marginText} `;
  const how = claim === 'faster' ? 'faster' : `better (${better})`;
  return `be ${amount}${how} than ${isBaseline ? 'in the baseline run' : `${against}’s`}`;
};

const solvedText = (gate: SolvedGate): string => {
  const who = gate.contenders === undefined ? 'Each contender' : listText(gate.contenders);
  const what = gate.solved === 'every_attempt' ? 'every attempt at each task' : 'each task at least once';
  const text = whereText(gate.where);
  return `${who} ${verbs[gate.level]} solve ${what}${text === '' ? '' : ` with ${text}`}`;
};

/** A gate as one English sentence. */
export const sentenceOf = (gate: Gate, file: GateFile): string => {
  if (gate.kind === 'solved') return `${solvedText(gate)}.`;
  const metric = metricOf(gate);
  const subject = `${whoseText(gate)} ${statisticText(gate, metric)} ${verbs[gate.level]}`;
  const how = metric.kind === 'frontier' ? '' : howText(gate, file);
  if (gate.kind === 'value') {
    const limit = `be ${gate.direction === 'at-least' ? 'at least' : 'at most'} ${gate.limitText}`;
    return `${subject} ${limit}${onTasks(gate)}${how}.`;
  }
  const both =
    metric.kind === 'probe'
      ? ' on paired calls of a probe'
      : onTasks(gate) === ''
        ? ' on the tasks of both'
        : `${onTasks(gate)} of both`;
  return `${subject} ${claimText(gate, metric.better === 'lower')}${both}${how}.`;
};
