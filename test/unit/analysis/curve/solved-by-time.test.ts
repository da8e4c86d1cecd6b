import { describe, expect, it } from 'vitest';
import { collect } from '../../../../src/analysis/collect.ts';
import { solvedByTime } from '../../../../src/analysis/curve/solved-by-time.ts';
import { resampleContenders } from '../../../../src/analysis/resample/resampling.ts';
import type { TrialRecord } from '../../../../src/domain/trial.ts';
import { valueAt } from '../../../../src/measure/survival/step-curve.ts';
import { aManifest, aRecord } from '../../../support/records.ts';

type Ending = 'solved' | 'failed' | 'time-limit' | 'aborted';

const ending = (contender: string, number: number, [how, seconds]: readonly [Ending, number]): TrialRecord => {
  const { verdict: _verdict, ...bare } = aRecord({
    contender,
    task: `task-${number}`,
    trialId: `${contender}-${number}`,
    attemptId: `${contender}-${number}-0`,
    agentMs: seconds * 1000,
  });
  if (how === 'aborted')
    return { ...bare, stop: 'infra-error', infraError: { phase: 'endpoint', code: 'endpoint-truncated', message: '' } };
  return {
    ...bare,
    stop: how === 'time-limit' ? 'time-limit' : 'submitted',
    verdict: { outcome: how === 'solved' ? 'resolved' : 'unresolved', mode: 'live', reason: '' },
  };
};

const curvesOf = async (endings: Readonly<Record<string, readonly (readonly [Ending, number])[]>>) => {
  const records = Object.entries(endings).flatMap(([contender, list]) =>
    list.map((one, number) => ending(contender, number, one)),
  );
  const { tasks, trials } = await collect(aManifest(), records);
  return solvedByTime(
    resampleContenders({ contenders: Object.keys(endings), tasks, trials }, { seed: 3, effort: 40_000 }),
  );
};

describe('solved by time', () => {
  it('takes wrong answers as final and aborted trials as unknown (the fixture of the statistics reference)', async () => {
    const { curves } = await curvesOf({
      a: [
        ['solved', 40],
        ['failed', 60],
        ['solved', 90],
        ['failed', 120],
        ['solved', 150],
        ['aborted', 200],
        ['solved', 300],
        ['failed', 350],
        ['time-limit', 600],
        ['time-limit', 600],
      ],
    });
    const at = (seconds: number) => (curves[0] === undefined ? Number.NaN : valueAt(curves[0].curve, seconds * 1000));
    expect([at(39), at(40), at(90), at(150)]).toEqual([0, 0.1, 0.2, expect.closeTo(0.3, 12)]);
    expect(at(300)).toBeCloseTo(0.425, 12);
    expect(at(600)).toBeCloseTo(0.425, 12);
  });

  it('finds when the lead passes, and who leads before', async () => {
    const quickHalf = Array.from({ length: 10 }, (_, place) => [place < 5 ? 'solved' : 'failed', 10 + place] as const);
    const slowMost = Array.from({ length: 10 }, (_, place) => [place < 8 ? 'solved' : 'failed', 100 + place] as const);
    const { crossings } = await curvesOf({ right: slowMost, fast: quickHalf });
    expect(crossings).toMatchObject([{ earlier: 'fast', later: 'right', time: 105_000 }]);
    const [crossing] = crossings;
    expect(crossing?.interval?.low).toBeGreaterThanOrEqual(100_000);
    expect(crossing?.interval?.high).toBeLessThanOrEqual(107_000);
  });

  it('has no crossing where one leads throughout', async () => {
    const { crossings } = await curvesOf({
      fast: [
        ['solved', 1],
        ['solved', 2],
      ],
      slow: [
        ['solved', 5],
        ['failed', 6],
      ],
    });
    expect(crossings).toEqual([]);
  });
});
