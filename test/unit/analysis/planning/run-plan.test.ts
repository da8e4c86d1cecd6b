import { describe, expect, it } from 'vitest';
import { assumeContender, assumePair, defaults } from '../../../../src/analysis/planning/assumptions.ts';
import { type Design, planRun } from '../../../../src/analysis/planning/run-plan.ts';
import type { TaskFacts } from '../../../../src/measure/trial-facts.ts';
import { aMeasuredRun, resolved, unresolved } from '../../../support/measured-run.ts';

const flat = { inputUsdPerMillionTokens: 1, cachedInputUsdPerMillionTokens: 0.2, outputUsdPerMillionTokens: 10 };

const tasks = (count: number): readonly TaskFacts[] =>
  Array.from({ length: count }, (_, i) => ({
    suite: i % 2 === 0 ? 'a' : 'b',
    task: `t${i}`,
    difficulty: 'easy',
    category: 'c',
    tags: [],
  }));

const design = (count: number, attempts: number): Design => ({
  tasks: tasks(count),
  contenders: ['spark', 'codex'],
  endpointsOf: (contender) => (contender === 'spark' ? [{ id: 'wafer', prices: flat }] : [{ id: 'gpu' }]),
  attempts,
  concurrency: 4,
});

describe('a plan without a pilot', () => {
  it('counts trials and says that times and tokens are assumed', () => {
    const plan = planRun(design(10, 3));
    expect(plan.trials).toBe(60);
    expect(plan.wallMs).toBe((60 * defaults.wallMs) / 4);
    expect(plan.suites).toEqual([
      { suite: 'a', tasks: 5 },
      { suite: 'b', tasks: 5 },
    ]);
    const [spark, codex] = plan.contenders;
    expect(spark).toMatchObject({ origin: 'assumed', trials: 30, inputTotal: 30 * defaults.inputTokens });
    expect(codex?.costUsd).toEqual({ unknown: expect.stringContaining('no prices of endpoint `gpu`: declare') });
    expect(plan.costUsd).toEqual(codex?.costUsd);
  });

  it('reckons with costs from all input cached to none, on either endpoint of a hybrid', () => {
    // 250,000 tokens in and 10,000 out a trial: 0.05 to 0.25 USD in, 0.1 out.
    const costOf = (endpoints: ReturnType<Design['endpointsOf']>) =>
      planRun({ ...design(10, 3), contenders: ['spark'], endpointsOf: () => endpoints }).costUsd;
    const cost = costOf([{ id: 'wafer', prices: flat }]);
    if ('unknown' in cost) throw new Error(cost.unknown);
    expect(cost.low).toBeCloseTo(30 * 0.15, 9);
    expect(cost.high).toBeCloseTo(30 * 0.35, 9);
    expect(cost.expected).toBeCloseTo(30 * 0.25, 9);
    const dear = { inputUsdPerMillionTokens: 10, outputUsdPerMillionTokens: 100 };
    const hybrid = costOf([
      { id: 'wafer', prices: flat },
      { id: 'gpu', prices: dear },
    ]);
    if ('unknown' in hybrid) throw new Error(hybrid.unknown);
    expect(hybrid.low).toBeCloseTo(30 * 0.15, 9);
    expect(hybrid.high).toBeCloseTo(30 * 3.5, 9);
    expect(costOf([{ id: 'wafer', prices: flat }, { id: 'gpu' }])).toHaveProperty('unknown');
    expect(costOf([])).toEqual({ expected: 0, low: 0, high: 0 });
  });

  it('more attempts cannot replace more tasks', () => {
    const detectable = (count: number, attempts: number) =>
      planRun(design(count, attempts)).pairs[0]?.passRateDifference ?? 0;
    // (1.959964 + 0.841621)·√((1/9 + 2·0.096/5)/89), by hand
    expect(detectable(89, 5)).toBeCloseTo(0.114827, 5);
    expect(detectable(89, 100)).toBeGreaterThan(detectable(178, 5));
  });
});

describe('a pilot', () => {
  it('gives rates, times, tokens and how tasks differ', async () => {
    const pilot = await aMeasuredRun({
      tasks: 20,
      attempts: 4,
      contenders: ['spark'],
      trial: ({ task }) => ({
        verdict: task < 15 ? resolved : unresolved,
        wallMs: 20_000 + 1000 * task,
        usage: { input: 500, output: 100 },
      }),
    });
    const found = assumeContender('spark', pilot);
    expect(found).toMatchObject({ origin: 'pilot', wallMs: 29_500, inputTokens: 500, outputTokens: 100, icc: 1 });
    expect(found.passRate).toBeCloseTo((0.75 * 20 + 0.5) / 21, 12);
    expect(assumeContender('codex', pilot)).toMatchObject({ origin: 'assumed', passRate: defaults.passRate });
    expect(assumePair('spark', 'codex', pilot).origin).toBe('assumed');
  });

  it('gives the cost of a trial by the prices of now, with its interval over tasks', async () => {
    const pilot = await aMeasuredRun({
      tasks: 4,
      contenders: ['spark'],
      trial: ({ task }) => ({ verdict: resolved, usage: { input: 1e6 * (task + 1), cachedInput: 1e6, output: 0 } }),
    });
    const { costUsd } = planRun({ ...design(10, 3), contenders: ['spark'] }, { pilot });
    if ('unknown' in costUsd) throw new Error(costUsd.unknown);
    // 0.2, 1.2, 2.2 and 3.2 USD; t(3) = 3.182446, standard error √(5/3)/2.
    expect(costUsd.expected).toBeCloseTo(30 * 1.7, 9);
    expect(costUsd.high).toBeCloseTo(30 * (1.7 + 3.182446 * (Math.sqrt(5 / 3) / 2)), 4);
    expect(costUsd.low).toBe(0);
    const silent = await aMeasuredRun({ tasks: 4, trial: () => ({ verdict: resolved, usage: { input: 5 } }) });
    expect(planRun({ ...design(10, 3), contenders: ['spark'] }, { pilot: silent }).costUsd).toEqual({
      unknown: 'no trial of the pilot states all of its tokens',
    });
  });

  it('takes from the spread of task differences what single attempts add by chance', async () => {
    // Each contender solves each task or not, always: all variance is between tasks, none is chance.
    const pilot = await aMeasuredRun({
      tasks: 20,
      attempts: 2,
      trial: ({ contender, task }) => ({
        verdict: (contender === 'spark') === task < 10 ? resolved : unresolved,
        agentMs: contender === 'spark' ? 1000 : 2000 * 2 ** (task % 2),
      }),
    });
    const pair = assumePair('spark', 'codex', pilot);
    // d is +1 ten times and −1 ten times: variance 20/19; the logarithm of the ratio is ln 2 or ln 4.
    expect(pair.differenceVariance).toBeCloseTo(20 / 19, 2);
    expect(pair.logTimeDeviation).toBeCloseTo((Math.LN2 / 2) * Math.sqrt(20 / 19), 9);
  });
});
