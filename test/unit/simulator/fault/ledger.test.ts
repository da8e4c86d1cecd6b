import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../../src/simulator/fault/fault.ts';
import { FaultLedger } from '../../../../src/simulator/fault/ledger.ts';

const strikes = (fault: Fault, sessions: readonly string[], seed = 1) => {
  const ledger = new FaultLedger();
  return sessions.map((sessionId) => ledger.strike([fault], { profile: 'p', seed, sessionId }).length === 1);
};
const hang: Fault = { kind: 'hang' };

describe('FaultLedger', () => {
  test('a fault without a condition always strikes', () => {
    expect(strikes(hang, ['a', 'a', 'b'])).toEqual([true, true, true]);
  });

  test('only the n-th request, whatever its session', () => {
    expect(strikes({ ...hang, on_request: 2 }, ['a', 'b', 'a'])).toEqual([false, true, false]);
  });

  test('so many times in each session', () => {
    expect(strikes({ ...hang, times: 1 }, ['a', 'a', 'b', 'a'])).toEqual([true, false, true, false]);
  });

  test('a request that a fault spares does not use up its times', () => {
    expect(strikes({ ...hang, on_request: 3, times: 1 }, ['a', 'a', 'a'])).toEqual([false, false, true]);
  });

  test('a probability strikes that share of requests, the same ones for a seed', () => {
    const sessions = Array.from({ length: 500 }, (_, index) => `s${index}`);
    const fault: Fault = { ...hang, probability: 0.2 };
    const share = strikes(fault, sessions).filter(Boolean).length / sessions.length;
    expect(share).toBeGreaterThan(0.14);
    expect(share).toBeLessThan(0.26);
    expect(strikes(fault, sessions)).toEqual(strikes(fault, sessions));
    expect(strikes(fault, sessions)).not.toEqual(strikes(fault, sessions, 2));
  });
});
