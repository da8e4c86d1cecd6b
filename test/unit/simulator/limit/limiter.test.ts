import { describe, expect, test } from 'vitest';
import { limitHeaders } from '../../../../src/simulator/limit/headers.ts';
import { Limiter } from '../../../../src/simulator/limit/limiter.ts';
import { aProfile } from '../../../support/simulator.ts';

const aLimiter = (limits: object) => {
  const profile = aProfile({ rate_limits: limits });
  if (profile.rate_limits === undefined) throw new Error('no limits');
  return new Limiter(profile.rate_limits);
};
const seconds = (count: number) => count * 1e9;

describe('Limiter', () => {
  test('a minute’s worth at once, then as it refills', () => {
    const limiter = aLimiter({ requests_per_minute: 3 });
    for (let count = 0; count < 3; count += 1) {
      expect(limiter.waitMs(1, seconds(100))).toBe(0);
      limiter.take(1, seconds(100));
    }
    expect(limiter.waitMs(1, seconds(100))).toBeCloseTo(20_000, 6);
    expect(limiter.waitMs(1, seconds(115))).toBeCloseTo(5000, 6);
    expect(limiter.waitMs(1, seconds(120))).toBe(0);
  });

  test('asking costs nothing', () => {
    const limiter = aLimiter({ requests_per_minute: 1 });
    expect([limiter.waitMs(1, 0), limiter.waitMs(1, 0)]).toEqual([0, 0]);
  });

  test('tokens count too; the longer wait rules', () => {
    const limiter = aLimiter({ requests_per_minute: 60, tokens_per_minute: 6000 });
    limiter.take(6000, 0);
    expect(limiter.waitMs(100, 0)).toBeCloseTo(1000, 6);
    expect(limiter.waitMs(6000, seconds(60))).toBe(0);
  });

  test('what queues waits its turn: each further request waits longer', () => {
    const limiter = aLimiter({ requests_per_minute: 1 });
    const waits = [0, 0, 0].map(() => {
      const wait = limiter.waitMs(1, 0);
      limiter.take(1, 0);
      return wait;
    });
    expect(waits).toEqual([0, 60_000, 120_000]);
  });
});

describe('limitHeaders', () => {
  const limiter = aLimiter({ requests_per_minute: 4 });
  limiter.take(1, 0);
  const state = limiter.state(0);

  test.each([
    [
      'openai',
      { 'x-ratelimit-limit-requests': '4', 'x-ratelimit-remaining-requests': '3', 'x-ratelimit-reset-requests': '15s' },
    ],
    [
      'cerebras',
      {
        'x-ratelimit-limit-requests-minute': '4',
        'x-ratelimit-remaining-requests-minute': '3',
        'x-ratelimit-reset-requests-minute': '15',
      },
    ],
    [
      'anthropic',
      {
        'anthropic-ratelimit-requests-limit': '4',
        'anthropic-ratelimit-requests-remaining': '3',
        'anthropic-ratelimit-requests-reset': '1970-01-01T00:00:15.000Z',
      },
    ],
    ['none', {}],
  ] as const)('%s', (style, expected) => {
    expect(limitHeaders(style, state, 0)).toEqual(expected);
  });
});
