import { elementAt } from '../../measure/sample/element-at.ts';
import { cellOf } from './cell.ts';
import type { Cell, Column } from './column.ts';

/** The cells of a fixed number of rows, held by column: numbers as doubles (NaN: unknown), texts once each. */
export type ColumnStore<Row> = {
  set(place: number, row: Row): void;
  get(place: number): readonly Cell[];
};

type Held = { readonly set: (place: number, cell: Cell) => void; readonly get: (place: number) => Cell };

/** A column that nobody states takes no room. */
const numbers = (size: number): Held => {
  let values: Float64Array | undefined;
  return {
    set: (place, cell) => {
      if (typeof cell !== 'number') return;
      values ??= new Float64Array(size).fill(Number.NaN);
      values[place] = cell;
    },
    get: (place) => {
      const value = values === undefined ? Number.NaN : elementAt(values, place);
      return Number.isNaN(value) ? undefined : value;
    },
  };
};

/** Words repeat (endpoints, reasons): each is kept once, a row keeps its number; 0 is unknown. */
const words = (size: number): Held => {
  const known: Cell[] = [undefined];
  const codes = new Map<Cell, number>();
  const places = new Uint32Array(size);
  return {
    set: (place, cell) => {
      if (cell === undefined) return;
      const code = codes.get(cell) ?? known.push(cell) - 1;
      codes.set(cell, code);
      places[place] = code;
    },
    get: (place) => known[elementAt(places, place)],
  };
};

/** Room for `size` rows of these columns. */
export const columnStore = <Row>(columns: readonly Column<Row>[], size: number): ColumnStore<Row> => {
  const held = columns.map(({ type }) => (type === 'number' || type === 'integer' ? numbers(size) : words(size)));
  return {
    set: (place, row) => {
      for (const [index, column] of columns.entries()) held[index]?.set(place, cellOf(column, row));
    },
    get: (place) => held.map(({ get }) => get(place)),
  };
};
