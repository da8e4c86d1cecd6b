import type { ContenderSummary } from '../../../analysis/contender/contender-summary.ts';
import { percent, percentRange, unknown } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { sanitiseLine } from '../../sanitise.ts';
import { type HtmlNode, h } from '../node.ts';
import { contenderName } from './part/phrases.ts';
import { tableView } from './part/table.ts';

type Trials = ReportModel['selection']['trials'];

const countOf = (
  model: ReportModel,
  { contender }: ContenderSummary,
  test: (trial: Trials[number]) => boolean,
): number => model.selection.trials.filter((trial) => trial.contender === contender && test(trial)).length;

const rowsOf = (model: ReportModel): readonly (readonly [string, (summary: ContenderSummary) => string])[] => [
  ['Trials counted', ({ nTrials }) => String(nTrials)],
  [
    'Pass rate, no verdict excluded',
    ({ treatments }) => (treatments?.excluded === undefined ? unknown : percent(treatments.excluded)),
  ],
  [
    'Pass rate, no verdict as failure',
    ({ treatments }) => (treatments === undefined ? unknown : percent(treatments.asFailure)),
  ],
  [
    'Bounds, whatever the missing verdicts are',
    ({ treatments }) => (treatments === undefined ? unknown : percentRange(treatments.bounds)),
  ],
  ['Without a verdict', ({ withoutVerdict }) => String(withoutVerdict)],
  [
    '… infra errors',
    (summary) => String(countOf(model, summary, ({ noVerdictReason }) => noVerdictReason === 'infra-error')),
  ],
  [
    '… verifier could not judge (invalid)',
    (summary) => String(countOf(model, summary, ({ noVerdictReason }) => noVerdictReason === 'invalid')),
  ],
  [
    '… submission worked on the judge (tampered)',
    (summary) => String(countOf(model, summary, ({ noVerdictReason }) => noVerdictReason === 'tampered')),
  ],
  ['Stopped by the time limit', ({ timeLimits }) => String(timeLimits)],
  ['Trials that needed another attempt', (summary) => String(countOf(model, summary, ({ attempt }) => attempt > 0))],
  [
    'Trials with retried model calls',
    (summary) => String(countOf(model, summary, ({ failedTries }) => failedTries > 0)),
  ],
  [
    'Trials whose clock should not be trusted (degraded)',
    (summary) => String(countOf(model, summary, ({ degraded }) => degraded)),
  ],
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

/** What went wrong on our side, so that a reader can tell a result from an accident. */
export const qualityView = (model: ReportModel): readonly HtmlNode[] => {
  const { contenders } = model.summary;
  const { planned, pending } = model.quality;
  return [
    pending > 0 &&
      h(
        'p',
        { class: 'note' },
        `This run is not complete: ${pending} of ${planned} planned trials have no record yet.`,
      ),
    tableView({
      caption: 'Data quality by contender',
      head: ['', ...contenders.map(({ contender }) => contenderName(model, contender))],
      rows: rowsOf(model).map(([label, value]) => [label, ...contenders.map(value)]),
    }),
    problems(model),
  ].filter((node) => node !== false && node !== undefined);
};
