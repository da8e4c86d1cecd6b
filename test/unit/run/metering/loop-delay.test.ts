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

test('doubts a token that was stamped as a pause ended, however short the pause beside the whole', () => {
  const loopDelay = watchLoop(clock);
  for (let tick = 0; tick < 2000; tick += 1) pass(5);
  pass(40);
  const stamp = nowMs * 1e6 + 1000;
  for (let tick = 0; tick < 2000; tick += 1) pass(5);
  expect(loopDelay([stamp - 1e9, stamp, stamp + 1e9]).doubts).toEqual([
    '1 of 3 first and last tokens may have been stamped over 10 ms late',
  ]);
});

test('trusts tokens that came well before or after a pause', () => {
  const loopDelay = watchLoop(clock);
  for (let tick = 0; tick < 2000; tick += 1) pass(5);
  const before = nowMs * 1e6 - 1000;
  pass(40);
  const after = (nowMs + 6) * 1e6;
  for (let tick = 0; tick < 2000; tick += 1) pass(5);
  expect(loopDelay([before, after]).doubts).toEqual([]);
});
