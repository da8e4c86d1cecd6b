import { segmentNames } from '../../../domain/trial.ts';
import type { TrialFacts } from '../../../measure/trial-facts.ts';
import type { DetailResult, DetailStep, TrialDetail } from '../../detail/trial-detail.ts';
import { duration } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { sanitise, sanitiseLine } from '../../sanitise.ts';
import { segmentLabels } from '../../segment-labels.ts';
import { type HtmlNode, h } from '../node.ts';
import { contenderName } from './part/phrases.ts';

const pre = (text: string, name?: string): HtmlNode | undefined =>
  text === '' ? undefined : h('pre', { class: name, tabindex: 0 }, sanitise(text));

const resultView = ({ text, exitCode, durationMs }: DetailResult): HtmlNode => {
  const notes = [
    exitCode === undefined ? undefined : `exit code ${exitCode}`,
    durationMs === undefined ? undefined : duration(durationMs),
  ].filter((note) => note !== undefined);
  return h('div', { class: 'result' }, notes.length > 0 && h('span', { class: 'timing' }, notes.join(', ')), pre(text));
};

const stepView = (step: DetailStep, index: number): HtmlNode =>
  h(
    'li',
    { class: `step from-${step.source === 'agent' ? 'agent' : 'other'}` },
    h(
      'header',
      {},
      h(
        'strong',
        {},
        step.source === 'agent' ? `Step ${index}` : step.source === 'user' ? 'Instruction' : sanitiseLine(step.source),
      ),
      ...step.timings.map((timing) => h('span', { class: 'timing' }, timing)),
    ),
    step.reasoning !== '' && h('details', {}, h('summary', {}, 'Reasoning'), pre(step.reasoning, 'prose')),
    pre(step.message, 'prose'),
    ...step.calls.map(({ name, argumentsText }) =>
      h('div', { class: 'call' }, h('span', { class: 'tool' }, sanitiseLine(name)), pre(argumentsText, 'command')),
    ),
    ...step.results.map(resultView),
  );

const diffLine = (line: string): HtmlNode => {
  const kind =
    line.startsWith('+') && !line.startsWith('+++')
      ? 'added'
      : line.startsWith('-') && !line.startsWith('---')
        ? 'removed'
        : line.startsWith('@@')
          ? 'hunk'
          : undefined;
  return kind === undefined ? `${sanitise(line)}\n` : h('span', { class: kind }, `${sanitise(line)}\n`);
};

const fileView = ({ path, content }: TrialDetail['files'][number]): HtmlNode =>
  h(
    'details',
    { class: 'file' },
    h('summary', {}, sanitiseLine(path)),
    path.endsWith('.diff')
      ? h('pre', { class: 'diff', tabindex: 0 }, ...content.split('\n').map(diffLine))
      : pre(content),
  );

const timeView = (trial: TrialFacts): HtmlNode =>
  h(
    'ul',
    { class: 'segments' },
    ...segmentNames
      .filter((name) => trial.segments[name] > 0)
      .map((name) =>
        h(
          'li',
          { class: `segment-${name}` },
          h('span', { class: 'segment-name' }, segmentLabels[name].label),
          ' ',
          duration(trial.segments[name]),
        ),
      ),
  );

const outcomeText = ({ outcome, noVerdictReason }: TrialFacts): string =>
  outcome === 'no-verdict' ? `no verdict (${noVerdictReason ?? 'unknown'})` : outcome;

/** A trial as it happened: verdict and times first, then step by step, then the files. */
export const trialView = (
  model: ReportModel,
  { trial, detail }: { readonly trial: TrialFacts; readonly detail: TrialDetail | undefined },
): readonly HtmlNode[] =>
  [
    h(
      'h2',
      { id: 'trial-title' },
      sanitiseLine(trial.task),
      h('span', { class: 'labels' }, ` ${sanitiseLine(trial.suite)}, trial ${trial.index + 1}`),
    ),
    h(
      'p',
      { class: 'trial-head' },
      contenderName(model, trial.contender),
      h('span', { class: `outcome ${trial.outcome}` }, outcomeText(trial)),
      h('span', {}, trial.agentMs === undefined ? 'the agent never started' : `agent time ${duration(trial.agentMs)}`),
      h('span', {}, `wall-clock ${duration(trial.wallMs)}`),
      h('span', {}, `stopped: ${trial.stop}`),
      trial.degraded && h('span', { class: 'outcome no-verdict' }, 'degraded clock'),
    ),
    detail?.reason !== undefined && h('p', { class: 'reason' }, sanitise(detail.reason)),
    detail !== undefined &&
      detail.missingTests.length > 0 &&
      h(
        'details',
        {},
        h('summary', {}, 'Expected tests that were not passed'),
        h('ul', {}, ...detail.missingTests.map((name) => h('li', {}, sanitiseLine(name)))),
      ),
    ...(detail?.clockProblems ?? []).map((problem) =>
      h('p', { class: 'note' }, `Degraded clock: ${sanitiseLine(problem)}`),
    ),
    timeView(trial),
    ...(detail?.cut ?? []).map((cut) =>
      h('p', { class: 'note' }, `To keep this page small, ${cut}. The run's folder holds everything.`),
    ),
    detail === undefined &&
      h(
        'p',
        { class: 'note' },
        `The trajectory is not in this page; the run's folder holds it: trials/${sanitiseLine(trial.trialId)}.`,
      ),
    ...(detail?.files ?? []).map(fileView),
    h('ol', { class: 'steps' }, ...(detail?.steps ?? []).map((step, index) => stepView(step, index))),
  ].filter((node) => node !== false && node !== undefined);
