import type { TopLevelSpec } from 'vega-lite';
import type { ChartOptions } from './chart.ts';
import { chartConfig } from './theme.ts';

/** What differs from figure to figure. */
export type FigureParts = {
  /** The figure in words, for readers who cannot see it. */
  readonly description: string;
  /** In pixels: of the whole figure for `fit`, of the plot for `fit-x`. */
  readonly height: number;
  readonly fit: 'fit' | 'fit-x';
  readonly values?: readonly object[];
  readonly layer: readonly object[];
  /** Pixels kept free above the plot, default 4. */
  readonly above?: number;
};

/** A layered figure in the report's style. Vega-Lite checks the layers when it compiles them. */
export const figure = (
  { theme, width }: ChartOptions,
  { description, height, fit, values = [], layer, above = 4 }: FigureParts,
): TopLevelSpec =>
  ({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    width,
    height,
    autosize: { type: fit, contains: 'padding' },
    padding: { top: above, left: 4, right: 4, bottom: 4 },
    config: chartConfig(theme),
    data: { values },
    layer,
  }) as unknown as TopLevelSpec;

/** Colours of named parts with a legend of squares below the plot. */
export const partColours = (
  field: string,
  {
    parts,
    columns,
  }: { readonly parts: readonly { readonly label: string; readonly colour: string }[]; readonly columns: number },
) =>
  ({
    field,
    type: 'nominal',
    scale: { domain: parts.map(({ label }) => label), range: parts.map(({ colour }) => colour) },
    legend: {
      title: null,
      orient: 'bottom',
      columns,
      symbolType: 'square',
      symbolSize: 110,
      symbolOpacity: 1,
      labelLimit: 260,
    },
  }) as const;
