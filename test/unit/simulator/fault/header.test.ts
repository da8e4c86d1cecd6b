import { describe, expect, test } from 'vitest';
import { readFaultHeader } from '../../../../src/simulator/fault/header.ts';

describe('readFaultHeader', () => {
  test('reads kinds with their values, several after commas', () => {
    expect(
      readFaultHeader('http_error; status=429; retry_after=date; retry_after_ms=1500, slow_headers;ms=20'),
    ).toEqual([
      { kind: 'http_error', status: 429, retry_after: 'date', retry_after_ms: 1500 },
      { kind: 'slow_headers', ms: 20 },
    ]);
    expect(readFaultHeader('truncate')).toEqual([{ kind: 'truncate' }]);
    expect(readFaultHeader(undefined)).toEqual([]);
  });

  test.each(['explode', 'http_error; status=200', 'stall; ms=soon', 'truncate; after=3'])('refuses %s', (header) => {
    expect(() => readFaultHeader(header)).toThrow(/x-simulate-fault/);
  });
});
