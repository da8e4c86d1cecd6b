import { describe, expect, it } from 'vitest';
import { parseDurationMs, retryAfterMs } from '../../../../src/endpoint/fault/retry-after.ts';

const now = new Date('2026-11-21T12:00:00.000Z');

describe('parseDurationMs', () => {
  it.each([
    ['12ms', 12],
    ['1.2s', 1200],
    ['6m0s', 360_000],
    ['1h2m3.5s', 3_723_500],
    ['1m30.951s', 90_951],
    ['20 seconds', 20_000],
    ['2 minutes', 120_000],
    ['7', 7000],
    ['0.25', 250],
  ])('reads %s', (text, expected) => expect(parseDurationMs(text)).toBeCloseTo(expected, 6));

  it.each(['', 'soon', '-3', '12 parsecs', '3x'])('does not guess at %j', (text) =>
    expect(parseDurationMs(text)).toBeUndefined(),
  );
});

describe('retryAfterMs', () => {
  it.each<[string, Record<string, string>, string, number | undefined]>([
    ['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '9' }, '', 1500],
    ['seconds', { 'retry-after': '3' }, 'try again in 9s', 3000],
    ['an HTTP date', { 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' }, '', 30_000],
    ['a date that has passed', { 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, '', 0],
    ['an OpenAI reset', { 'x-ratelimit-reset-requests': '6m0s' }, '', 360_000],
    [
      'the exhausted bucket, not the first',
      {
        'x-ratelimit-remaining-requests': '40',
        'x-ratelimit-reset-requests': '6m0s',
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '350ms',
      },
      '',
      350,
    ],
    [
      'the longest of the exhausted buckets of Cerebras',
      {
        'x-ratelimit-remaining-requests-day': '0',
        'x-ratelimit-reset-requests-day': '60',
        'x-ratelimit-remaining-tokens-minute': '0',
        'x-ratelimit-reset-tokens-minute': '12.5',
      },
      '',
      60_000,
    ],
    [
      'an Anthropic reset, in RFC 3339',
      { 'anthropic-ratelimit-tokens-remaining': '0', 'anthropic-ratelimit-tokens-reset': '2026-11-21T12:00:05Z' },
      '',
      5000,
    ],
    ['seconds since 1970', { 'x-ratelimit-reset': String(now.getTime() / 1000 + 7) }, '', 7000],
    ['milliseconds since 1970', { 'x-ratelimit-reset': String(now.getTime() + 70) }, '', 70],
    ['the words of the message', {}, 'Rate limit reached. Please try again in 1.2s. Visit the docs.', 1200],
    ['minutes in the message', {}, 'try again in 6m0s', 360_000],
    ['another wording', {}, 'Please retry after 20 seconds.', 20_000],
    ['nothing', {}, 'Too many requests', undefined],
    ['nonsense', { 'retry-after': 'later' }, '', undefined],
  ])('reads %s', (_name, headers, message, expected) => {
    const actual = retryAfterMs(headers, message, now);
    if (expected === undefined) expect(actual).toBeUndefined();
    else expect(actual).toBeCloseTo(expected, 3);
  });
});
