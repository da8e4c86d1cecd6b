import { describe, expect, it } from 'vitest';
import { assumeContender, assumePair, defaults } from '../../../../src/analysis/planning/assumptions.ts';
import { type Design, planRun } from '../../../../src/analysis/planning/run-plan.ts';
import type { TaskFacts } from '../../../../src/measure/trial-facts.ts';
import { aMeasuredRun, resolved, unresolved } from '../../../support/measured-run.ts';

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
  attempts,
  concurrency: 4,
});

describe('a plan without a pilot', () => {
  it('counts trials and says that times and tokens are assumed', () => {
    const plan = planRun(design(10, 3), { prices: { spark: { input: 1e-6, output: 1e-5 } } });
    expect(plan.trials).toBe(60);
    expect(plan.wallMs).toBe((60 * defaults.wallMs) / 4);
    expect(plan.suites).toEqual([
      { suite: 'a', tasks: 5 },
      { suite: 'b', tasks: 5 },
    ]);
    const [spark, codex] = plan.contenders;
    expect(spark).toMatchObject({ origin: 'assumed', trials: 30, inputTotal: 30 * defaults.inputTokens });
    expect(spark?.costUsd).toBeCloseTo(30 * (0.25 + 0.1), 12);
    expect(codex?.costUsd).toBeUndefined();
  });

  it('more attempts cannot replace more tasks', () => {
    const detectable = (count: number, attempts: number) =>
      planRun(design(count, attempts), {}).pairs[0]?.passRateDifference ?? 0;
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
