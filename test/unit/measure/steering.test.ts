import { expect, test } from 'vitest';
import type { Interruption } from '../../../src/domain/model/turn.ts';
import { steeringMetrics } from '../../../src/measure/catalogue/steering-metrics.ts';
import { turnMetrics } from '../../../src/measure/catalogue/turn-metrics.ts';
import { redirectTtftMs, timeToStopMs } from '../../../src/measure/steering.ts';
import { type TrialFacts, trialFacts } from '../../../src/measure/trial-facts.ts';
import { aRecord } from '../../support/records.ts';
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

const aFacts = (part: Partial<TrialFacts>): TrialFacts => ({ ...trialFacts(aRecord(), new Map()), ...part });

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

test('a contender is told by its stopped answers, resolved or not, and says nothing where there are none', () => {
  const stopped = [
    { stopMs: 4, redirectMs: 80, wastedTokens: 82 },
    { stopMs: 8, redirectMs: undefined, wastedTokens: 60 },
    { stopMs: 6, redirectMs: 100, wastedTokens: 80 },
  ];
  const values = (trials: readonly TrialFacts[]) => steeringMetrics.map(({ compute }) => compute(trials));
  const facts = aFacts({ stopped: stopped.slice(0, 1) });
  expect(values([facts, aFacts({ outcome: 'no-verdict', stopped: stopped.slice(1) })])).toEqual([0.006, 0.09, 74]);
  expect(values([aFacts({ stopped: [] })])).toEqual([undefined, undefined, undefined]);
});
