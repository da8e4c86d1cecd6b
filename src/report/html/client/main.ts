import { frontierChart } from '../../chart/frontier/frontier-chart.ts';
import type { ReportModel } from '../../model.ts';
import { fromIsland, type Island } from '../island.ts';
import { gridView } from '../view/grid-view.ts';
import { livingParts } from '../view/living-parts.ts';
import { pageCharts } from '../view/page-view.ts';
import { byId, fill } from './dom.ts';
import { openTrial } from './drill-down.ts';
import { applyChoice, readChoice } from './filters.ts';
import { liveCharts } from './live-charts.ts';
import { startSlider } from './what-if.ts';

const readModel = (): ReportModel => fromIsland(JSON.parse(byId('model').textContent ?? '') as Island);

const selectionText = (shown: ReportModel, { summary }: ReportModel): string => {
  const { nTasks, nTrials } = shown.summary;
  return nTasks === summary.nTasks ? '' : `${nTasks} of ${summary.nTasks} tasks, ${nTrials} trials`;
};

const start = (): void => {
  const model = readModel();
  let shown = model;
  const charts = liveCharts(pageCharts);

  const show = async (): Promise<void> => {
    const choice = readChoice();
    shown = applyChoice(model, choice);
    for (const [name, part] of Object.entries(livingParts))
      fill(`part-${name}`, ...part({ model: shown, axis: choice.axis }));
    startSlider(() => shown);
    byId('filter-result').textContent = selectionText(shown, model);
    await charts.draw(shown, (chart) =>
      chart.id === 'frontier' ? { ...frontierChart(choice.axis), id: 'frontier' } : chart,
    );
  };

  const controls = document.getElementById('controls');
  if (controls !== null) controls.hidden = model.selection.trials.length === 0;
  controls?.addEventListener('change', () => void show());
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const { trial, action } = target.dataset;
    if (trial !== undefined) void openTrial(model, trial);
    if (action === 'all-rows') fill('part-grid', gridView(shown, Number.POSITIVE_INFINITY));
  });
  startSlider(() => shown);
  void charts.draw(model);
};

start();
