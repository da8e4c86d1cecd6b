import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchLoop } from '../../../../src/run/metering/loop-delay.ts';

// The loop is made late by hand: time goes by between two ticks of a timer that should come every 5 ms.
let nowMs = 0;
const clock = { now: () => nowMs * 1e6, wall: () => new Date(0) };

beforeEach(() => {
  nowMs = 0;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const pass = (ms: number): void => {
  nowMs += ms;
  vi.advanceTimersToNextTimer();
};

test('trusts a loop that is never over 10 ms late', () => {
  const loopDelay = watchLoop(clock);
  for (let tick = 0; tick < 200; tick += 1) pass(15);
  expect(loopDelay().doubts).toEqual([]);
});

test('forgives what would hit a token in less than one of a hundred cases', () => {
  const loopDelay = watchLoop(clock);
  for (let tick = 0; tick < 2000; tick += 1) pass(5);
  pass(100);
  expect(loopDelay().doubts).toEqual([]);
});

test('counts one long pause by its length, not as one sample of many', () => {
  const loopDelay = watchLoop(clock);
  for (let tick = 0; tick < 2000; tick += 1) pass(5);
  pass(1015);
  expect(loopDelay().doubts).toEqual([
    'a token would have been stamped over 10 ms late in 9.1% of the time, by 1010 ms at worst',
  ]);
});

test('sees a pause that lasts until the end', () => {
  const loopDelay = watchLoop(clock);
  nowMs += 500;
  expect(loopDelay().doubts).toHaveLength(1);
});
