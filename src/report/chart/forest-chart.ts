import type { TopLevelSpec } from 'vega-lite';
import type { Slice } from '../../analysis/slices.ts';
import { points } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { sanitiseLine } from '../sanitise.ts';
import { tooltipOf } from './axes.ts';
import { type Chart, type ChartOptions, isNarrow } from './chart.ts';
import { labelOf } from './label.ts';
import { chartConfig, contenderColour } from './theme.ts';

const rowHeight = 26;

const kindNames: Readonly<Record<Slice['kind'], string>> = {
  all: '',
  suite: 'suite ',
  difficulty: 'difficulty ',
  category: 'category ',
  language: 'language ',
  tag: 'tag ',
};

const rowOf = ({ kind, label, comparison }: Slice, narrow: boolean) => {
  const { difference = 0, low = 0, high = 0, nTasks = 0 } = comparison.passRate ?? {};
  const name = sanitiseLine(`${kindNames[kind]}${label}`);
  return {
    name: narrow && kind !== 'all' ? sanitiseLine(label) : `${name} (${nTasks})`,
    isAll: kind === 'all',
    difference,
    low,
    high,
    text: points(difference),
    summary: `${name}, ${nTasks} tasks: ${points(difference)} points (${points(low)} to ${points(high)})`,
  };
};

const specification = (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
  const { theme, width } = options;
  const { choice } = model.summary;
  if (choice === undefined || choice.slices.length === 0) return undefined;
  const rows = choice.slices.map((slice) => rowOf(slice, isNarrow(options)));
  const reach = Math.min(1, Math.max(0.1, ...rows.flatMap(({ low, high }) => [-low, high])) * 1.08);
  const [fast, right] = [labelOf(model, choice.fast), labelOf(model, choice.right)];
  const y = {
    field: 'name',
    type: 'nominal',
    sort: rows.map(({ name }) => name),
    axis: { title: null, grid: false, labelLimit: width * 0.36, labelColor: theme.ink },
  } as const;
  const x = {
    type: 'quantitative',
    scale: { domain: [-reach, reach], nice: false },
    axis: {
      title: 'Difference of pass rates in points',
      format: '+.0%',
      labelExpr: "replace(datum.label, '%', '')",
      tickCount: 5,
    },
  } as const;
  const color = {
    condition: [
      { test: 'datum.low > 0', value: contenderColour(theme, fast.index) },
      { test: 'datum.high < 0', value: contenderColour(theme, right.index) },
    ],
    value: theme.muted,
  };
  const side = (text: string, place: { x: unknown; align: string; color: string; y: number }) => ({
    data: { values: [{ text }] },
    mark: { type: 'text', align: place.align, baseline: 'bottom', y: place.y, fontWeight: 600, color: place.color },
    encoding: { x: place.x, text: { field: 'text' } },
  });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `Pass rate of ${fast.text} minus that of ${right.text}: ${rows.map(({ summary }) => summary).join('; ')}`,
    width,
    height: rows.length * rowHeight,
    autosize: { type: 'fit-x', contains: 'padding' },
    padding: { top: isNarrow(options) ? 38 : 24, left: 4, right: 4, bottom: 4 },
    config: chartConfig(theme),
    data: { values: rows },
    layer: [
      { mark: { type: 'rule', color: theme.muted, strokeWidth: 1 }, encoding: { x: { datum: 0, ...x } } },
      {
        mark: { type: 'rule', strokeWidth: 2.5, strokeCap: 'round' },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, color, tooltip: tooltipOf },
      },
      {
        mark: { type: 'point', filled: true, stroke: theme.surface, strokeWidth: 1, opacity: 1 },
        encoding: {
          x: { ...x, field: 'difference' },
          y,
          color,
          tooltip: tooltipOf,
          size: { condition: { test: 'datum.isAll', value: 150 }, value: 80 },
        },
      },
      side(`← ${right.text} better`, {
        x: { value: 0 },
        align: 'left',
        color: contenderColour(theme, right.index),
        y: isNarrow(options) ? -20 : -6,
      }),
      side(`${fast.text} better →`, {
        x: { value: { expr: 'width' } },
        align: 'right',
        color: contenderColour(theme, fast.index),
        y: -6,
      }),
    ],
  } as TopLevelSpec;
};

/** Paired differences of pass rate between the two contenders to choose from, overall and by slice. */
export const forestChart: Chart = { id: 'differences', title: 'Where they differ', specification };
