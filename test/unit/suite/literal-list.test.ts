import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLiteralList } from '../../../src/suite/format/swe-bench-pro/literal-list.ts';

/** As Python's repr writes a list of strings: single quotes unless the text holds one and no double quote. */
const pythonRepr = (items: readonly string[]): string =>
  `[${items
    .map((item) => {
      const quote = item.includes("'") && !item.includes('"') ? '"' : "'";
      const body = item.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\r/g, '\\r');
      return `${quote}${quote === "'" ? body.replace(/'/g, "\\'") : body}${quote}`;
    })
    .join(', ')}]`;

const printable = fc.array(fc.string({ unit: fc.constantFrom(...'abcé,[]\'"\\ #$\n\t()') }));

describe('parseLiteralList', () => {
  it('reads JSON and Python lists alike', () => {
    fc.assert(
      fc.property(printable, (items) => {
        expect(parseLiteralList(JSON.stringify(items))).toEqual(items);
      }),
    );
    fc.assert(
      fc.property(printable, (items) => {
        expect(parseLiteralList(pythonRepr(items))).toEqual(items);
      }),
    );
  });

  it('evaluates nothing and accepts nothing else', () => {
    for (const text of ["[__import__('os').system('x')]", "['a'", '{"a": 1}', '[1, 2]', "['a' 'b']", 'a, b']) {
      expect(parseLiteralList(text)).toBeUndefined();
    }
  });
});
