import type { Chart } from '../../chart/chart.ts';
import { acceptabilityChart } from '../../chart/choice/acceptability-chart.ts';
import { forestChart } from '../../chart/choice/forest-chart.ts';
import { reliabilityChart } from '../../chart/choice/reliability-chart.ts';
import { frontierChart } from '../../chart/frontier/frontier-chart.ts';
import { anatomyChart } from '../../chart/time/anatomy-chart.ts';
import { modelledChart } from '../../chart/time/modelled-chart.ts';
import { solvedChart } from '../../chart/time/solved-chart.ts';
import { decodeChart, ttftChart } from '../../chart/time/spread-chart.ts';
import type { ReportModel } from '../../model.ts';
import { carriesTrials } from '../island.ts';
import { type HtmlNode, h } from '../node.ts';
import { controlsView } from './controls-view.ts';
import { definitionsView } from './definitions-view.ts';
import { livingParts, type PartId, type Shown } from './living-parts.ts';
import { chartSlot, section } from './part/figure.ts';
import { reproductionView } from './reproduction-view.ts';

type Drawing = (id: string) => HtmlNode | undefined;

/** A figure of the page: its chart, and the parts above and below it. */
type Figure = {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly above?: PartId;
  readonly charts: readonly (readonly [Chart, PartId])[];
};

const figures: readonly Figure[] = [
  {
    id: 'frontier',
    title: 'Fast and right',
    lead: 'Up is more often right, left is faster or, over cost, cheaper. Bars are 95% intervals. The dotted staircase is what is attainable within a time or a cost; who stands under it is beaten on both. Over means a dashed line shows what splitting traffic would reach; over mean times hollow points show what-if combinations. A click on a mark fades the other contenders in all figures.',
    charts: [[{ ...frontierChart('median'), id: 'frontier' }, 'frontier-twin']],
  },
  {
    id: 'solved',
    title: 'Solved by time',
    lead: 'The share of trials solved within a time, wrong answers counted as final. Where the curves cross, the lead passes; the shaded strip is the 95% interval of that moment.',
    charts: [[solvedChart, 'solved-twin']],
  },
];

const laterFigures: readonly Figure[] = [
  {
    id: 'anatomy',
    title: 'Where the time goes',
    lead: 'Measured wall-clock of a mean trial, in parts that exclude each other and add up.',
    charts: [[anatomyChart, 'anatomy-twin']],
  },
  {
    id: 'speed',
    title: 'How fast the model is',
    lead: 'Half of the values lie in the broad bar, nine tenths between the ends of the line; the tick is the median.',
    above: 'speed-up',
    charts: [
      [ttftChart, 'ttft-twin'],
      [decodeChart, 'decode-twin'],
    ],
  },
  {
    id: 'modelled',
    title: 'Modelled duration',
    lead: 'Announcements often state a modelled duration: output ÷ decode speed, plus prefill, network and tools. Here it is beside what was measured; the gap is what the model leaves out.',
    charts: [[modelledChart, 'modelled-twin']],
  },
  {
    id: 'differences',
    title: 'Where they differ',
    lead: 'Differences of pass rate, paired by task, with 95% intervals. Coloured where the interval excludes zero. Many slices find differences by chance: they say where to look, not what is proven.',
    charts: [[forestChart, 'forest-twin']],
  },
  {
    id: 'reliability',
    title: 'How steady',
    lead: 'From the share of tasks solved in every trial, over the mean, to the share solved at least once.',
    charts: [[reliabilityChart, 'reliability-twin']],
  },
  {
    id: 'acceptability',
    title: 'Worth the wait',
    lead: 'If one more solved task were worth so much waiting to you, which contender would be best? From mean times and pass rates of the same resampled tasks.',
    above: 'preferences',
    charts: [[acceptabilityChart, 'acceptability-twin']],
  },
];

const part = (id: PartId, shown: Shown): HtmlNode => h('div', { id: `part-${id}` }, ...livingParts[id](shown));

const figureView = (
  { id, title, lead, above, charts }: Figure,
  { shown, drawing }: { shown: Shown; drawing: Drawing },
): HtmlNode =>
  section(
    { id, title, lead },
    above !== undefined && part(above, shown),
    ...charts.flatMap(([chart, twin]) => [
      charts.length > 1 && h('h3', {}, chart.title),
      chartSlot(chart, drawing(chart.id)),
      part(twin, shown),
    ]),
    id === 'modelled' && part('what-if', shown),
  );

/** The charts of the page, in reading order. */
export const pageCharts: readonly Chart[] = [...figures, ...laterFigures].flatMap(({ charts }) =>
  charts.map(([chart]) => chart),
);

/** What stands in the page's main column, in reading order; `drawing` gives a chart's SVG by its id. */
export const pageView = (model: ReportModel, drawing: Drawing): readonly HtmlNode[] => {
  const shown: Shown = { model, axis: 'median' };
  const view = (figure: Figure): HtmlNode => figureView(figure, { shown, drawing });
  return [
    h('header', { id: 'part-header' }, ...livingParts.header(shown)),
    controlsView(model),
    ...figures.map(view),
    section(
      {
        id: 'contenders',
        title: 'Side by side',
        lead: 'Over trials with a verdict; the better value of a row is bold. Point at a metric to see its formula.',
      },
      part('table', shown),
      part('cost', shown),
    ),
    ...laterFigures.map(view),
    section(
      {
        id: 'tasks',
        title: 'Task by task',
        lead: `Each mark is a trial: ● resolved, ○ unresolved, × no verdict.${carriesTrials(model) ? ' Open one to read what happened.' : ''}`,
      },
      part('grid', shown),
    ),
    section(
      {
        id: 'quality',
        title: 'Data quality',
        lead: 'Infra errors are never a score. Rates with and without the trials that nobody could judge:',
      },
      part('quality', shown),
    ),
    section({ id: 'reproduction', title: 'Run it again' }, ...reproductionView(model)),
    section({ id: 'definitions', title: 'Definitions' }, definitionsView()),
  ];
};
