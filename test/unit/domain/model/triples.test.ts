import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Triple, Triples } from '../../../../src/domain/model/triples.ts';

const anyNumber = fc.double({ noNaN: true });
const rows = fc.array(fc.tuple(anyNumber, anyNumber, anyNumber), { maxLength: 300 });

const filled = (from: readonly Triple[]): Triples => {
  const triples = new Triples();
  for (const row of from) triples.push(...row);
  return triples;
};

test('lists what was pushed, in order', () => {
  fc.assert(
    fc.property(rows, (pushed) => {
      expect(filled(pushed).list()).toEqual(pushed);
    }),
  );
});

test('reads a row as an array does, from either end', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: -5, max: 305 }), (pushed, row) => {
      expect(filled(pushed).at(row)).toEqual(pushed.at(row));
    }),
  );
});
