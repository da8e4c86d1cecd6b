import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../../../src/report/table/column.ts';
import { csvHead, csvRows } from '../../../../../src/report/table/format/csv.ts';
import { cellsOf } from '../../../../../src/report/table/rows.ts';
import { parseCsv } from '../../../../support/parse-csv.ts';

type Row = { readonly text?: string; readonly amount?: number; readonly flag?: boolean };

const columns: readonly Column<Row>[] = [
  { name: 'text', type: 'string', description: '', value: ({ text }) => text },
  { name: 'amount_s', type: 'number', description: '', value: ({ amount }) => amount },
  { name: 'flag', type: 'boolean', description: '', value: ({ flag }) => flag },
];

const write = (rows: readonly Row[], raw = false): string =>
  csvHead(columns) + csvRows(cellsOf(rows, columns), { columns, raw });

describe('CSV', () => {
  it('leaves unknown cells empty, writes booleans as words and numbers in full', async () => {
    expect(await write([{ text: 'a', amount: 0.1 + 0.2, flag: false }, {}])).toBe(
      'text,amount_s,flag\na,0.30000000000000004,false\n,,\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1'])('defuses the text %j', async (text) => {
    const [, line] = (await write([{ text }])).split('\n');
    expect(line?.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it('goes by the column and not by the character: a negative number stays a number', async () => {
    expect(await write([{ amount: -1.5 }])).toBe('text,amount_s,flag\n,-1.5,\n');
  });

  it('leaves texts alone when asked for raw ones', async () => {
    expect(await write([{ text: '=1+1' }], true)).toBe('text,amount_s,flag\n=1+1,,\n');
  });

  it('quotes what would break a row, and shows control characters instead of sending them', async () => {
    expect(await write([{ text: 'a,"b"\nc\u001b[0m' }])).toBe('text,amount_s,flag\n"a,""b""\nc\\x1b[0m",,\n');
  });

  it('quotes a carriage return, which some readers take for the end of a row', () => {
    expect(write([{ text: 'a\rb' }], true)).toBe('text,amount_s,flag\n"a\rb",,\n');
  });

  it('is read back as it was, whatever the texts', () => {
    const texts = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'a",\r\n =') })),
    );
    fc.assert(
      fc.property(texts, (written) => {
        const [, ...rows] = parseCsv(
          write(
            written.map((text) => ({ text })),
            true,
          ),
        );
        expect(rows.map(([text]) => text)).toEqual(written);
      }),
    );
  });
});
