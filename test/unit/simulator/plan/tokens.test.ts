import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countTokens, splitTokens } from '../../../../src/simulator/plan/tokens.ts';

test('the tokens of any text, joined, are that text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
      expect(splitTokens(text).join('')).toBe(text);
      expect(splitTokens(text).every((token) => token.length > 0)).toBe(true);
    }),
    { examples: [['a  b\n\n\tc\ud800'], ['']] },
  );
});

test('words keep the blank before them, long words are cut, line ends stand alone', () => {
  expect(splitTokens('const answer = compute();\n')).toEqual([
    'const',
    ' answer',
    ' ',
    '=',
    ' comput',
    'e',
    '();',
    '\n',
  ]);
});

test('a token of prose is about four characters', () => {
  const prose = 'The command reads every record of the log and prints the number of requests for each address. '.repeat(
    20,
  );
  const mean = prose.length / countTokens(prose);
  expect(mean).toBeGreaterThan(3.5);
  expect(mean).toBeLessThan(6);
});
