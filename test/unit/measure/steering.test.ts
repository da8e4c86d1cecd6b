import { expect, test } from 'vitest';
import type { Interruption } from '../../../src/domain/model/turn.ts';
import { turnMetrics } from '../../../src/measure/catalogue/turn-metrics.ts';
import { redirectTtftMs, timeToStopMs } from '../../../src/measure/steering.ts';
import { aTurn } from '../../support/turns.ts';

const interruption: Interruption = {
  how: 'steer-event',
  decided: 10e6,
  stopped: 14e6,
  redirected: 90e6,
  wastedTokens: 82,
  wastedIsEstimate: false,
  lateTokens: 6,
};
const metricOf = (id: string, turn: ReturnType<typeof aTurn>) =>
  turnMetrics.find((metric) => metric.id === id)?.compute(turn);

test('an interruption says how long stopping took and how soon the new answer came', () => {
  const turn = aTurn({}, { interruption });
  expect([timeToStopMs(turn), redirectTtftMs(turn)]).toEqual([4, 80]);
  expect(['time_to_stop_s', 'redirect_ttft_s', 'wasted_tokens'].map((id) => metricOf(id, turn))).toEqual([
    0.004, 0.08, 82,
  ]);
});

test('a turn that nobody interrupted, or whose new answer never came, says nothing of it', () => {
  const turn = aTurn({});
  expect([timeToStopMs(turn), redirectTtftMs(turn)]).toEqual([undefined, undefined]);
  const silent = aTurn({}, { interruption: { ...interruption, redirected: undefined } });
  expect([timeToStopMs(silent), redirectTtftMs(silent)]).toEqual([4, undefined]);
});
