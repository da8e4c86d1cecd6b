import type { Metric } from '../../measure/catalogue/metric.ts';
import type { Column } from './column.ts';

const wholeUnits: ReadonlySet<string> = new Set(['tokens', 'count', 'lines', 'files']);

/** A metric of the catalogue as a column; `input` takes from a row what it is computed from. */
export const metricColumn = <Input, Row>(metric: Metric<Input>, input: (row: Row) => Input): Column<Row> => ({
  name: metric.id,
  type: wholeUnits.has(metric.unit) && !metric.id.endsWith('_mean') ? 'integer' : 'number',
  description: `${metric.label}: ${metric.formula}`,
  unit: metric.unit,
  value: (row) => metric.compute(input(row)),
});
