import type { TopLevelSpec } from 'vega-lite';
import type { ReportModel } from '../model.ts';
import type { ChartTheme } from './theme.ts';

/** How a chart is to be drawn: its colours and the width in pixels that it may take. */
export type ChartOptions = { readonly theme: ChartTheme; readonly width: number };

/** A figure as data: the id names its files, the specification is pure Vega-Lite. Undefined where there is nothing to draw. */
export type Chart = {
  readonly id: string;
  readonly title: string;
  readonly specification: (model: ReportModel, options: ChartOptions) => TopLevelSpec | undefined;
};

/** Below this width labels get shorter and ticks fewer. */
export const isNarrow = ({ width }: ChartOptions): boolean => width < 560;
