import { labelOf } from '../../../chart/label.ts';
import { compositeText } from '../../../composite-text.ts';
import { duration, percent, points, unknown } from '../../../format.ts';
import type { ReportModel } from '../../../model.ts';
import { sanitiseLine } from '../../../sanitise.ts';
import { type HtmlNode, h } from '../../node.ts';
import { contenderName } from '../part/phrases.ts';
import { tableTwin } from '../part/table.ts';

/** The what-if points of the frontier over means, said in full. */
export const compositesView = (model: ReportModel): HtmlNode | undefined => {
  const composites = model.summary.choice?.composites ?? [];
  if (composites.length === 0) return undefined;
  return h(
    'ul',
    { class: 'what-if' },
    ...composites.map((composite) =>
      h(
        'li',
        {},
        sanitiseLine(`${compositeText(composite, (contender) => labelOf(model, contender).text)}: `),
        h('strong', {}, `${percent(composite.passRate)} in ${duration(composite.meanMs)} mean`),
        ' (modelled; needs a verifier that knows when an attempt failed; upper bound)',
      ),
    ),
  );
};

/** Tokens so much faster, tasks so much faster, and at matched accuracy: the three that must not be confused. */
export const speedUpView = (model: ReportModel): HtmlNode | undefined => {
  const { choice, comparisons, contenders } = model.summary;
  if (choice === undefined) return undefined;
  const speedOf = (name: string) => contenders.find(({ contender }) => contender === name)?.metrics.decode_tokens_per_s;
  const [fast, slow] = [speedOf(choice.fast), speedOf(choice.right)];
  const pair = comparisons.find(
    ({ first, second }) => [first, second].includes(choice.fast) && [first, second].includes(choice.right),
  );
  const tasks = pair?.speedUp;
  const isFirst = pair?.first === choice.fast;
  const times = (ratio: number) => `${ratio.toFixed(1)}×`;
  const [low, high] = tasks === undefined ? [] : isFirst ? [tasks.low, tasks.high] : [1 / tasks.high, 1 / tasks.low];
  const facts: readonly (readonly [before: string, ratio: string, after: string])[] = [
    ...(fast === undefined || slow === undefined ? [] : [['tokens ', times(fast / slow), ' faster'] as const]),
    ...(tasks === undefined || low === undefined || high === undefined
      ? []
      : [
          [
            'tasks ',
            times(isFirst ? tasks.ratio : 1 / tasks.ratio),
            ` (${low.toFixed(1)} to ${high.toFixed(1)}) faster`,
          ] as const,
        ]),
    ...(choice.matched === undefined
      ? []
      : [
          [
            `the same ${percent(choice.matched.share)} of trials solved `,
            times(choice.matched.ratio),
            ' sooner',
          ] as const,
        ]),
  ];
  return h(
    'p',
    { class: 'ratios' },
    contenderName(model, choice.fast),
    ' against ',
    contenderName(model, choice.right),
    ': ',
    ...facts.flatMap(([before, ratio, after], index) => [
      index === 0 ? '' : ', ',
      before,
      h('strong', {}, ratio),
      after,
    ]),
    '.',
  );
};

/** The forest plot as a table. */
export const forestTwin = (model: ReportModel): HtmlNode | undefined => {
  const { choice } = model.summary;
  if (choice === undefined) return undefined;
  return tableTwin({
    caption: 'Differences of pass rate by slice',
    head: ['Tasks', 'Number', 'Difference in points', '95% interval'],
    rows: choice.slices.map(({ kind, label, comparison: { nTasks, passRate } }) => [
      sanitiseLine(kind === 'all' ? label : `${kind} ${label}`),
      String(nTasks),
      passRate === undefined ? unknown : points(passRate.difference),
      passRate === undefined ? unknown : `${points(passRate.low)} to ${points(passRate.high)}`,
    ]),
  });
};

/** From which willingness to wait each contender is the best choice. */
export const preferencesView = (model: ReportModel): HtmlNode | undefined => {
  const { preferences } = model.summary.acceptability;
  if (preferences.length === 0) return undefined;
  return h(
    'p',
    { class: 'ratios' },
    ...preferences.flatMap(({ contender, fromMs }, index): readonly HtmlNode[] => {
      const next = preferences[index + 1]?.fromMs;
      const range =
        index === 0
          ? next === undefined
            ? 'whatever you would wait'
            : `below ${duration(next)}`
          : `from ${duration(fromMs)}`;
      return [index === 0 ? '' : ', ', contenderName(model, contender), ` ${range}`];
    }),
    '.',
  );
};

/** The acceptability curve as a table. */
export const acceptabilityTwin = (model: ReportModel): HtmlNode => {
  const { curve } = model.summary.acceptability;
  return tableTwin({
    caption: 'Probability of being the best choice by willingness to wait',
    head: ['Would wait', ...model.summary.contenders.map(({ contender }) => contenderName(model, contender))],
    rows: curve
      .filter((_, index) => index % 6 === 0)
      .map(({ willingnessMs, shares }) => [duration(willingnessMs), ...shares.map(percent)]),
  });
};

/** The reliability bars as a table. */
export const reliabilityTwin = (model: ReportModel): HtmlNode =>
  tableTwin({
    caption: 'How steady',
    head: ['Contender', 'Trials a task', 'Always solved (pass^k)', 'Mean', 'Solved at least once (pass@k)'],
    rows: model.summary.contenders.map(({ contender, reliability }) => [
      contenderName(model, contender),
      ...(reliability === undefined
        ? [unknown, unknown, unknown, unknown]
        : [String(reliability.k), percent(reliability.always), percent(reliability.mean), percent(reliability.ever)]),
    ]),
  });
