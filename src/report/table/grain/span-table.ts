import type { Span } from '../../../domain/trial.ts';
import type { Column, Table } from '../column.ts';
import { type KeyedRow, keyColumns } from '../key-columns.ts';

/** One exclusive stretch of an attempt's wall-clock. */
export type SpanRow = KeyedRow & { readonly span: Span; readonly spanIndex: number };

/** Its columns after the key columns. */
export const spanColumns: readonly Column<SpanRow>[] = [
  {
    name: 'span_index',
    type: 'integer',
    description: '0 for the first span of the attempt',
    value: ({ spanIndex }) => spanIndex,
  },
  { name: 'segment', type: 'string', description: 'what the time was spent on', value: ({ span }) => span.name },
  {
    name: 'start_s',
    type: 'number',
    unit: 's',
    description: "since the attempt's start",
    value: ({ span }) => span.startMs / 1000,
  },
  {
    name: 'end_s',
    type: 'number',
    unit: 's',
    description: "since the attempt's start",
    value: ({ span }) => span.endMs / 1000,
  },
  {
    name: 'duration_s',
    type: 'number',
    unit: 's',
    description: 'end − start',
    value: ({ span }) => (span.endMs - span.startMs) / 1000,
  },
  {
    name: 'detail',
    type: 'string',
    description: 'which endpoint or why, where there is more to say',
    value: ({ span }) => span.detail,
  },
];

/** One row a span; the spans of an attempt add up to its wall time. */
export const spanTable: Table<SpanRow> = {
  name: 'spans',
  title: 'One row an exclusive span of wall-clock, of every attempt whose spans.jsonl is there',
  key: ['attempt_id', 'span_index'],
  columns: [...keyColumns, ...spanColumns],
};

const isSpan = (value: unknown): value is Span => {
  const { name, startMs, endMs } = (value ?? {}) as Partial<Record<keyof Span, unknown>>;
  return typeof name === 'string' && typeof startMs === 'number' && typeof endMs === 'number';
};

/** The spans in the text of a spans.jsonl; lines that are none are left out. */
export const spansOf = (text: string): readonly Span[] =>
  text.split('\n').flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isSpan(value) ? [value] : [];
    } catch {
      return [];
    }
  });
