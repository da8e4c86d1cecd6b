import type { TopLevelSpec } from 'vega-lite';
import type { ChartOptions } from '../../report/chart/chart.ts';

/** A table as people read it: cells are text, the first column names the row. */
export type ViewTable = {
  readonly id: string;
  readonly title: string;
  /** How to read it, in one line. */
  readonly lead?: string | undefined;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** A figure; drawn when the page is made. */
export type ViewChart = {
  readonly id: string;
  readonly title: string;
  /** How to read it, in one line. */
  readonly lead: string;
  readonly specification: (options: ChartOptions) => TopLevelSpec;
};

/** What any probe has to say: the console and the page are made of it alone. */
export type ProbeView = {
  readonly title: string;
  /** The answer, a sentence each. */
  readonly headline: readonly string[];
  /** What limits the answer: simulated endpoints, failures, a late clock. */
  readonly notes: readonly string[];
  readonly byline: readonly string[];
  readonly charts: readonly ViewChart[];
  readonly tables: readonly ViewTable[];
  readonly definitions: readonly (readonly [term: string, meaning: string])[];
  readonly version: string;
};
