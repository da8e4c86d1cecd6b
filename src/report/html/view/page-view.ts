import { anatomyChart } from '../../chart/anatomy-chart.ts';
import { frontierChart } from '../../chart/frontier-chart.ts';
import { solvedChart } from '../../chart/solved-chart.ts';
import type { ReportModel } from '../../model.ts';
import { type HtmlNode, h } from '../node.ts';
import { contenderTable } from './contender-table.ts';
import { controlsView } from './controls-view.ts';
import { definitionsView } from './definitions-view.ts';
import { chartSlot, section } from './figure.ts';
import { gridView } from './grid-view.ts';
import { headerView } from './header-view.ts';
import { qualityView } from './quality-view.ts';
import { reproductionView } from './reproduction-view.ts';
import { anatomyTwin, frontierTwin, solvedTwin } from './twins.ts';

/** The parts that are made again when a filter changes, by the id of the element that holds them. */
export const livingParts: Readonly<Record<string, (model: ReportModel) => readonly HtmlNode[]>> = {
  'part-table': (model) => [contenderTable(model)],
  'part-solved-twin': (model) => [solvedTwin(model)],
  'part-anatomy-twin': (model) => [anatomyTwin(model)],
  'part-grid': (model) => [gridView(model)],
  'part-quality': qualityView,
};

const living = (id: keyof typeof livingParts, model: ReportModel): HtmlNode =>
  h('div', { id }, ...(livingParts[id]?.(model) ?? []));

/** What stands in the page's main column, in reading order; `drawing` gives a chart's SVG by its id. */
export const pageView = (model: ReportModel, drawing: (id: string) => HtmlNode | undefined): readonly HtmlNode[] => [
  h('header', { id: 'part-header' }, ...headerView(model)),
  controlsView(model),
  section(
    {
      id: 'frontier',
      title: 'Fast and right',
      lead: 'Up is more often right, left is faster. Bars are 95% intervals. The dotted staircase is what is attainable within a time; who stands under it is beaten on both.',
    },
    chartSlot({ ...frontierChart('median'), id: 'frontier' }, drawing('frontier')),
    h('div', { id: 'part-frontier-twin' }, frontierTwin(model, 'median')),
  ),
  section(
    {
      id: 'solved',
      title: 'Solved by time',
      lead: 'The share of trials solved within a time, wrong answers counted as final. Where the curves cross, the lead passes.',
    },
    chartSlot(solvedChart, drawing(solvedChart.id)),
    living('part-solved-twin', model),
  ),
  section(
    {
      id: 'contenders',
      title: 'Side by side',
      lead: 'Means are over trials with a verdict; the better value of a row is bold. Point at a metric to see its formula.',
    },
    living('part-table', model),
  ),
  section(
    {
      id: 'anatomy',
      title: 'Where the time goes',
      lead: 'Measured wall-clock of a mean trial, in parts that exclude each other and add up.',
    },
    chartSlot(anatomyChart, drawing(anatomyChart.id)),
    living('part-anatomy-twin', model),
  ),
  section(
    {
      id: 'tasks',
      title: 'Task by task',
      lead: 'Each mark is a trial: ● resolved, ○ unresolved, × no verdict. Open one to read what happened.',
    },
    living('part-grid', model),
  ),
  section(
    {
      id: 'quality',
      title: 'Data quality',
      lead: 'Infra errors are never a score. Rates with and without the trials that nobody could judge:',
    },
    living('part-quality', model),
  ),
  section({ id: 'reproduction', title: 'Run it again' }, ...reproductionView(model)),
  section({ id: 'definitions', title: 'Definitions' }, definitionsView()),
];
