import type { Cell, Column } from '../../report/table/column.ts';

type Value<Row> = (row: Row) => Cell;

const column =
  (type: Column<never>['type']) =>
  <Row>(name: string, description: string, value: Value<Row>): Column<Row> => ({ name, type, description, value });

/** A column of words. */
export const text = column('string');

/** A column of counts. */
export const whole = column('integer');

/** A column of measured values; the name says the unit. */
export const measured = column('number');

/** A column of yes and no. */
export const boolean = column('boolean');
