import type { TopLevelSpec } from 'vega-lite';
import type { Slice } from '../../../analysis/compare/slices.ts';
import { points } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { sanitiseLine } from '../../sanitise.ts';
import { said } from '../axes.ts';
import { type Chart, type ChartOptions, isNarrow } from '../chart.ts';
import { figure } from '../figure.ts';
import { labelOf } from '../label.ts';
import { contenderColour } from '../theme.ts';

const rowHeight = 26;

const kindNames: Readonly<Record<Slice['kind'], string>> = {
  all: '',
  suite: 'suite ',
  difficulty: 'difficulty ',
  category: 'category ',
  language: 'language ',
  tag: 'tag ',
};

const rowOf = ({ kind, label, comparison }: Slice, { isShort }: { readonly isShort: boolean }) => {
  const { difference = 0, low = 0, high = 0, nTasks = 0 } = comparison.passRate ?? {};
  const name = sanitiseLine(`${kindNames[kind]}${label}`);
  return {
    name: isShort ? sanitiseLine(label) : `${name} (${nTasks})`,
    isAll: kind === 'all',
    difference,
    low,
    high,
    summary: `${name}, ${nTasks} tasks: ${points(difference)} points (${points(low)} to ${points(high)})`,
  };
};

/** Where there is little room, labels go without their kind, unless two kinds have the same. */
const rowsOf = (slices: readonly Slice[], options: ChartOptions) =>
  slices.map((slice) => {
    const namesakes = slices.filter(({ label }) => label === slice.label).length;
    return rowOf(slice, { isShort: isNarrow(options) && slice.kind !== 'all' && namesakes === 1 });
  });

type Side = {
  readonly text: string;
  readonly x: object;
  readonly align: 'left' | 'right';
  readonly color: string;
  readonly y: number;
};

/** Who is better on which side of zero, written above the plot. */
const sideLayer = ({ text, x, align, color, y }: Side) => ({
  data: { values: [{ text }] },
  mark: { type: 'text', align, baseline: 'bottom', y, fontWeight: 600, color },
  encoding: { x, text: { field: 'text' } },
});

const rowLayers = (
  rows: readonly ReturnType<typeof rowOf>[],
  { options, colours }: { options: ChartOptions; colours: readonly [string, string] },
) => {
  const { theme, width } = options;
  const reach = Math.min(1, Math.max(0.1, ...rows.flatMap(({ low, high }) => [-low, high])) * 1.08);
  const axis = {
    title: 'Difference of pass rates in points',
    format: '+.0%',
    labelExpr: "replace(datum.label, '%', '')",
    tickCount: 5,
  };
  const x = { type: 'quantitative', scale: { domain: [-reach, reach], nice: false }, axis };
  const labels = { title: null, grid: false, labelLimit: width * 0.36, labelColor: theme.ink };
  const y = { field: 'name', type: 'nominal', sort: rows.map(({ name }) => name), axis: labels };
  const condition = [
    { test: 'datum.low > 0', value: colours[0] },
    { test: 'datum.high < 0', value: colours[1] },
  ];
  const shared = { y, color: { condition, value: theme.muted }, ...said };
  return [
    { mark: { type: 'rule', aria: false, color: theme.muted, strokeWidth: 1 }, encoding: { x: { datum: 0, ...x } } },
    {
      mark: { type: 'rule', strokeWidth: 2.5, strokeCap: 'round' },
      encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, ...shared },
    },
    {
      mark: { type: 'point', filled: true, stroke: theme.surface, strokeWidth: 1, opacity: 1 },
      encoding: {
        x: { ...x, field: 'difference' },
        size: { condition: { test: 'datum.isAll', value: 150 }, value: 80 },
        ...shared,
      },
    },
  ];
};

const specification = (model: ReportModel, options: ChartOptions): TopLevelSpec | undefined => {
  const { choice } = model.summary;
  if (choice === undefined || choice.slices.length === 0) return undefined;
  const narrow = isNarrow(options);
  const rows = rowsOf(choice.slices, options);
  const [fast, right] = [labelOf(model, choice.fast), labelOf(model, choice.right)];
  const colours = [contenderColour(options.theme, fast.index), contenderColour(options.theme, right.index)] as const;
  return figure(options, {
    description: `Pass rate of ${fast.text} minus that of ${right.text}: ${rows.map(({ summary }) => summary).join('; ')}`,
    height: rows.length * rowHeight,
    fit: 'fit-x',
    above: narrow ? 38 : 24,
    values: rows,
    layer: [
      ...rowLayers(rows, { options, colours }),
      sideLayer({
        text: `← ${right.text} better`,
        x: { value: 0 },
        align: 'left',
        color: colours[1],
        y: narrow ? -20 : -6,
      }),
      sideLayer({
        text: `${fast.text} better →`,
        x: { value: { expr: 'width' } },
        align: 'right',
        color: colours[0],
        y: -6,
      }),
    ],
  });
};

/** Paired differences of pass rate between the two contenders to choose from, overall and by slice. */
export const forestChart: Chart = { id: 'differences', title: 'Where they differ', specification };
