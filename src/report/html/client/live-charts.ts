import embed, { type Result } from 'vega-embed';
import { expressionInterpreter } from 'vega-interpreter';
import type { Chart } from '../../chart/chart.ts';
import { pickedName } from '../../chart/picked.ts';
import { pageTheme } from '../../chart/theme.ts';
import type { ReportModel } from '../../model.ts';
import { exportActions } from './export.ts';
import { showTooltip } from './tooltip.ts';

/** A chart in its place on the page; drawn again when the data or the width change. */
type Live = { readonly slot: HTMLElement; chart: Chart; width: number; result?: Result };

/** Keeps the page's charts interactive: `draw` shows a model, a resize draws the same model again. */
export const liveCharts = (initial: readonly Chart[]) => {
  let model: ReportModel | undefined;
  const live = initial.flatMap((chart): Live[] => {
    const slot = document.querySelector<HTMLElement>(`[data-chart="${chart.id}"]`);
    return slot === null ? [] : [{ slot, chart, width: 0 }];
  });
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const found = live.find(({ slot }) => slot === target);
      if (found !== undefined && model !== undefined && Math.abs(found.slot.clientWidth - found.width) > 4)
        void drawOne(found, model, live);
    }
  });
  for (const { slot } of live) observer.observe(slot);
  return {
    async draw(shown: ReportModel, chosen: (chart: Chart) => Chart = (chart) => chart): Promise<void> {
      model = shown;
      for (const one of live) one.chart = chosen(one.chart);
      await Promise.all(live.map((one) => drawOne(one, shown, live)));
    },
  };
};

/** The views in which a contender can be picked. */
const pickable = (live: readonly Live[]): readonly Result['view'][] =>
  live.flatMap(({ result }) =>
    result?.view.getState({ signals: (name) => name === pickedName, data: () => false }).signals?.[pickedName] ===
    undefined
      ? []
      : [result.view],
  );

/** What is picked in one chart is picked in all: their views keep it in a data set of their own. */
const sharePicked = (view: Result['view'], live: readonly Live[]): void => {
  if (!pickable(live).includes(view)) return;
  view.addSignalListener(`${pickedName}_tuple`, (_name, tuple: object | null) => {
    for (const other of pickable(live))
      if (other !== view) void other.data(`${pickedName}_store`, tuple === null ? [] : [tuple]).runAsync();
  });
};

const drawOne = async (live: Live, model: ReportModel, all: readonly Live[]): Promise<void> => {
  const { slot, chart } = live;
  live.width = slot.clientWidth;
  const specification = chart.specification(model, { theme: pageTheme, width: live.width });
  live.result?.finalize();
  if (specification === undefined) {
    slot.textContent = 'Nothing to draw for this choice.';
    slot.dataset.drawn = 'empty';
    return;
  }
  const place = document.createElement('div');
  // The interpreter evaluates expressions without `eval`, which the page's policy forbids.
  live.result = await embed(place, specification, {
    mode: 'vega-lite',
    renderer: 'svg',
    actions: false,
    ast: true,
    expr: expressionInterpreter,
    defaultStyle: false,
    tooltip: showTooltip,
  });
  sharePicked(live.result.view, all);
  slot.replaceChildren(place, exportActions(chart, model));
  slot.dataset.drawn = 'true';
};
