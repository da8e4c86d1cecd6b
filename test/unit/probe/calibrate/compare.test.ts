import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareToTruth } from '../../../../src/probe/calibrate/compare.ts';
import { calibrationCases, planCalibration } from '../../../../src/probe/calibrate/plan.ts';
import { turnWith } from '../../../support/probe-calls.ts';

const [one] = calibrationCases;
if (one === undefined) throw new Error('no cases');

/** Written 100 ms after the request came, then 1,000 tokens/s; the request came 1 ms after its dispatch. */
const truth = { received: 1e6, firstWritten: 101e6, lastWritten: 200e6, tokens: 100, firstTokens: 1 };
const read = (ttftMs: number, perTokenUs: number) => ({
  case: one.id,
  turn: turnWith({ signMs: 1, ttftMs, perTokenUs }, 100),
  truth,
});

describe('what the client adds', () => {
  it('is nothing where it reads what was written', () => {
    const [figures] = compareToTruth([one], [{ ...read(101, 1000), truth: { ...truth, received: 0 } }]);
    expect(figures).toMatchObject({ ttftErrorMs: { p50: 0 }, arrivalMs: { p50: 0 }, calls: 1 });
    expect(figures?.decodeError.worst).toBeCloseTo(0, 9);
  });

  it('takes the way there apart from the clock', () => {
    const [figures] = compareToTruth([one], [read(101.5, 1000)]);
    expect(figures?.ttftErrorMs.p50).toBeCloseTo(1.5, 9);
    expect(figures?.arrivalMs.p50).toBeCloseTo(0.5, 9);
  });

  it('sees a rate that is misread, in either direction, and the worst of all', () => {
    const readings = [read(101, 1000), read(101, 1010), read(101, 990)];
    const [figures] = compareToTruth([one], readings);
    expect(figures?.decodeError.worst).toBeCloseTo(1 / 0.99 - 1, 9);
    expect(figures?.decodeError.p50).toBeCloseTo(1 - 1 / 1.01, 9);
  });

  it('knows nothing of a case that was never called', () => {
    expect(compareToTruth([one], [])).toEqual([
      {
        case: one,
        calls: 0,
        ttftErrorMs: { p50: undefined, p99: undefined },
        arrivalMs: { p50: undefined, p99: undefined },
        decodeError: { p50: undefined, worst: undefined },
      },
    ]);
  });
});

describe('the plan of a calibration', () => {
  it('has 70, 1,000 and 3,000 tokens/s over both transports, every one once a round', () => {
    expect(new Set(calibrationCases.map(({ tokensPerSecond }) => tokensPerSecond))).toEqual(new Set([70, 1000, 3000]));
    expect(new Set(calibrationCases.map(({ transport }) => transport))).toEqual(new Set(['sse', 'websocket']));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(), (rounds, seed) => {
        const plan = planCalibration(rounds, seed);
        for (let round = 0; round < rounds; round++) {
          const visited = plan.slice(round * calibrationCases.length, (round + 1) * calibrationCases.length);
          expect(new Set(visited)).toEqual(new Set(calibrationCases));
        }
      }),
    );
  });
});
