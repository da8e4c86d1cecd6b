import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLine, encodeLine } from '../../../src/store/log-line.ts';

const records = fc
  .dictionary(
    fc.string().filter((key) => key !== 'checksum' && key !== '__proto__'),
    fc.jsonValue(),
    { minKeys: 1 },
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as object);

describe('a log line', () => {
  it('reads back what was written, on one line', () => {
    fc.assert(
      fc.property(records, (record) => {
        const line = encodeLine(record);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(decodeLine(line.trimEnd())).toEqual(record);
      }),
    );
  });

  it('is refused when any part of it is missing or altered', () => {
    fc.assert(
      fc.property(records, fc.nat(), (record, cut) => {
        const line = encodeLine(record).trimEnd();
        expect(decodeLine(line.slice(0, cut % line.length))).toBeUndefined();
      }),
    );
    const line = encodeLine({ verdict: 'unresolved' }).trimEnd();
    expect(decodeLine(line.replace('unresolved', 'resolved'))).toBeUndefined();
  });
});
