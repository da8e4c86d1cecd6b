import type { ContenderSummary } from '../../../analysis/contender/contender-summary.ts';
import { type Health, healthOf, isLopsided } from '../../../analysis/contender/health.ts';
import { percent, percentRange, unknown } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { sanitiseLine } from '../../sanitise.ts';
import { type HtmlNode, h } from '../node.ts';
import { contenderName } from './part/phrases.ts';
import { tableView } from './part/table.ts';

type Checked = { readonly summary: ContenderSummary; readonly health: Health };

const rows: readonly (readonly [label: string, value: (checked: Checked) => string])[] = [
  ['Trials counted', ({ summary }) => String(summary.nTrials)],
  [
    'Pass rate, no verdict excluded',
    ({ summary: { treatments } }) => (treatments?.excluded === undefined ? unknown : percent(treatments.excluded)),
  ],
  [
    'Pass rate, no verdict as failure',
    ({ summary: { treatments } }) => (treatments === undefined ? unknown : percent(treatments.asFailure)),
  ],
  [
    'Bounds, whatever the missing verdicts are',
    ({ summary: { treatments } }) => (treatments === undefined ? unknown : percentRange(treatments.bounds)),
  ],
  ['Without a verdict', ({ summary }) => String(summary.withoutVerdict)],
  ['… infra errors', ({ health }) => String(health.infraErrors)],
  ['… verifier could not judge (invalid)', ({ health }) => String(health.invalid)],
  ['… submission worked on the judge (tampered)', ({ health }) => String(health.tampered)],
  ['Stopped by the time limit', ({ summary }) => String(summary.timeLimits)],
  ['Disturbed by an infra error, repeated or not', ({ health }) => String(health.disturbed)],
  ['With retried model calls', ({ health }) => String(health.retriedCalls)],
  ['Clock not to be trusted (degraded)', ({ health }) => String(health.degraded)],
  ['Segments that miss the wall-clock by more than 1%', ({ health }) => String(health.leaking)],
];

const problems = (model: ReportModel): HtmlNode | undefined =>
  model.quality.infraErrors.length === 0
    ? undefined
    : tableView({
        caption: 'Infra errors of all attempts: ours, the engine’s or the endpoint’s, never a score',
        head: ['Error', 'Contender', 'Phase', 'Attempts'],
        rows: model.quality.infraErrors.map(({ contender, phase, code, count }) => [
          sanitiseLine(code),
          contenderName(model, contender),
          sanitiseLine(phase),
          String(count),
        ]),
      });

const warnings = (model: ReportModel, checked: readonly Checked[]): readonly HtmlNode[] => {
  const lopsided = checked.flatMap((one, place) =>
    checked.slice(place + 1).flatMap((other) => (isLopsided(one.health, other.health) ? [[one, other] as const] : [])),
  );
  return [
    ...lopsided.map(([one, other]) =>
      h(
        'p',
        { class: 'note' },
        'Infra errors fell unevenly on ',
        contenderName(model, one.summary.contender),
        ` (${one.health.disturbed} of ${one.health.trials} trials) and `,
        contenderName(model, other.summary.contender),
        ` (${other.health.disturbed} of ${other.health.trials}): repeated trials are another draw, which may tilt the comparison.`,
      ),
    ),
  ];
};

/** What went wrong on our side, so that a reader can tell a result from an accident. */
export const qualityView = (model: ReportModel): readonly HtmlNode[] => {
  const groups = Map.groupBy(model.selection.trials, ({ contender }) => contender);
  const checked = model.summary.contenders.map(
    (summary): Checked => ({ summary, health: healthOf(groups.get(summary.contender) ?? []) }),
  );
  const table = tableView({
    caption: 'Data quality by contender',
    head: ['', ...checked.map(({ summary }) => contenderName(model, summary.contender))],
    rows: rows.map(([label, value]) => [label, ...checked.map(value)]),
  });
  return [...warnings(model, checked), table, problems(model)].filter((node) => node !== undefined);
};
