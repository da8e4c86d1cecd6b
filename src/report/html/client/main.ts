import { anatomyChart } from '../../chart/anatomy-chart.ts';
import { frontierChart } from '../../chart/frontier-chart.ts';
import { solvedChart } from '../../chart/solved-chart.ts';
import type { ReportModel } from '../../model.ts';
import { fromIsland, type Island } from '../island.ts';
import { gridView } from '../view/grid-view.ts';
import { headerView } from '../view/header-view.ts';
import { livingParts } from '../view/page-view.ts';
import { frontierTwin } from '../view/twins.ts';
import { byId, fill } from './dom.ts';
import { openTrial } from './drill-down.ts';
import { applyChoice, readChoice } from './filters.ts';
import { liveCharts } from './live-charts.ts';

const readModel = (): ReportModel => fromIsland(JSON.parse(byId('model').textContent ?? '') as Island);

const plural = (count: number, one: string): string =>
  `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`;

const start = (): void => {
  const model = readModel();
  let shown = model;
  const charts = liveCharts([frontierChart('median'), solvedChart, anatomyChart]);

  const show = async (): Promise<void> => {
    const choice = readChoice();
    shown = applyChoice(model, choice);
    fill('part-header', ...headerView(shown));
    for (const [id, view] of Object.entries(livingParts)) fill(id, ...view(shown));
    fill('part-frontier-twin', frontierTwin(shown, choice.statistic));
    byId('filter-result').textContent =
      `${plural(shown.summary.nTasks, 'task')}, ${plural(shown.summary.nTrials, 'trial')}`;
    await charts.draw(shown, (chart) =>
      chart.title === 'Frontier' ? { ...frontierChart(choice.statistic), id: 'frontier' } : chart,
    );
  };

  byId('controls').hidden = false;
  byId('controls').addEventListener('change', () => void show());
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const { trial, action } = target.dataset;
    if (trial !== undefined) void openTrial(model, trial);
    if (action === 'all-rows') fill('part-grid', gridView(shown, Number.POSITIVE_INFINITY));
  });
  void charts.draw(model);
};

start();
