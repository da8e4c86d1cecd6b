import { expect, test } from 'vitest';
import { retryHint, shortDuration } from '../../../../src/simulator/fault/retry-after.ts';

const noon = Date.UTC(2026, 10, 21, 12, 0, 0);

test('durations as OpenAI writes them', () => {
  expect([12, 850, 1200, 59_999, 360_000, 61_500].map(shortDuration)).toEqual([
    '12ms',
    '850ms',
    '1.2s',
    '59.999s',
    '6m0s',
    '1m2s',
  ]);
});

test('whole seconds and dates are never earlier than the wait', () => {
  expect(retryHint('seconds', 1001, noon).headers).toEqual({ 'retry-after': '2' });
  expect(retryHint('date', 1001, noon).headers).toEqual({ 'retry-after': 'Sat, 21 Nov 2026 12:00:02 GMT' });
});

test('the exact forms say the exact wait', () => {
  expect(retryHint('milliseconds', 1234, noon).headers).toEqual({ 'retry-after-ms': '1234' });
  expect(retryHint('reset_minute', 1234, noon).headers).toMatchObject({ 'x-ratelimit-reset-requests-minute': '1.234' });
  expect(retryHint('anthropic_reset', 1234, noon).headers).toMatchObject({
    'anthropic-ratelimit-requests-reset': '2026-11-21T12:00:01.234Z',
  });
  expect(retryHint('message', 1234, noon)).toEqual({ headers: {}, message: ' Please try again in 1.234s.' });
  expect(retryHint('none', 1234, noon)).toEqual({ headers: {}, message: '' });
});
