import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import {
  type ComparedMetric,
  comparedTurnMetrics,
  compareRuns,
  sameNames,
} from '../../../../src/analysis/runs/compare-runs.ts';
import { comparisonText } from '../../../../src/report/comparison/text.ts';
import { aMeasuredRun, type RunShape, resolved, unresolved } from '../../../support/measured-run.ts';
import { aManifest } from '../../../support/records.ts';

const run = (runId: string, trial: RunShape['trial'], more: Partial<RunShape> = {}) =>
  aMeasuredRun({ runId, trial, tasks: 30, contenders: ['spark'], ...more }, comparedTurnMetrics);

const upTo =
  (solved: number, factor = 1): RunShape['trial'] =>
  ({ task }) => ({
    verdict: task < solved ? resolved : unresolved,
    agentMs: factor * (1000 + 50 * task),
  });

const metricIn = (metrics: readonly ComparedMetric[], name: string) => {
  const found = metrics.find((metric) => metric.name === name);
  if (found === undefined || 'absent' in found) throw new Error(`${name} is absent`);
  return found;
};

describe('two runs side by side', () => {
  it('says how much better the second is: points of a share, times of a time', async () => {
    const [a, b] = [await run('a', upTo(10)), await run('b', upTo(25, 0.5))];
    const [pair] = compareRuns(a, b, { pairs: sameNames(a, b) }).pairs;
    const rate = metricIn(pair?.metrics ?? [], 'pass_rate');
    expect(rate.advantage).toBeCloseTo(0.5, 12);
    expect(rate.values).toEqual({ first: 10 / 30, second: 25 / 30 });
    expect(rate.low).toBeGreaterThan(0);
    const time = metricIn(pair?.metrics ?? [], 'agent_time');
    expect(time.advantage).toBeCloseTo(2, 9);
    expect([time.low, time.high].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([2, 2]);
  });

  it('says how much cheaper it is, each run by its own prices, and tells that these differ', async () => {
    const priced = (usd: number): Partial<RunShape> => ({
      manifest: {
        endpoints: aManifest().endpoints.map((endpoint) => ({
          ...endpoint,
          prices: { inputUsdPerMillionTokens: usd, outputUsdPerMillionTokens: 10 * usd },
        })),
      },
    });
    const [a, b] = [await run('a', upTo(20), priced(1)), await run('b', upTo(10), priced(0.5))];
    const comparison = compareRuns(a, b, { pairs: sameNames(a, b) });
    const metrics = comparison.pairs[0]?.metrics ?? [];
    // 1,000 tokens in and 101 out; half the price, but half as many solved.
    expect(metricIn(metrics, 'cost').values).toEqual({
      first: expect.closeTo(0.00201, 12),
      second: expect.closeTo(0.001005, 12),
    });
    expect(metricIn(metrics, 'cost').advantage).toBeCloseTo(2, 9);
    expect(metricIn(metrics, 'cost_per_solved').advantage).toBeCloseTo(1, 9);
    const text = comparisonText(comparison, { colour: new Chalk({ level: 0 }) });
    expect(text).toMatch(/Cost +0\.00201 USD +0\.001(01|00) USD +2x cheaper/);
    expect(text).toContain('also differs: prices of wafer: input 1, output 10 USD per million tokens in A, input 0.5');
  });

  it('the other way round it says the opposite', async () => {
    const [a, b] = [await run('a', upTo(10)), await run('b', upTo(25, 0.5))];
    const there = compareRuns(a, b, { pairs: sameNames(a, b) }).pairs[0]?.metrics ?? [];
    const back = compareRuns(b, a, { pairs: sameNames(b, a) }).pairs[0]?.metrics ?? [];
    expect(metricIn(back, 'pass_rate').low).toBeCloseTo(-metricIn(there, 'pass_rate').high, 9);
    expect(metricIn(back, 'agent_time').advantage).toBeCloseTo(1 / metricIn(there, 'agent_time').advantage, 9);
  });

  it('pairs by the tasks of both; a task that changed in between is not the same task', async () => {
    const a = await run('a', upTo(30), { tasks: 30 });
    const b = await run(
      'b',
      ({ task }) => ({
        ...upTo(30)({ contender: 'spark', task, index: 0 }),
        ...(task < 2 ? { taskDigest: 'sha256:new' } : {}),
      }),
      { tasks: 33 },
    );
    const comparison = compareRuns(a, b, { pairs: sameNames(a, b) });
    expect(comparison.pairs[0]?.tasks).toEqual({
      common: 28,
      onlyFirst: 0,
      onlySecond: 3,
      changed: 2,
      overlap: 28 / 33,
    });
    expect(metricIn(comparison.pairs[0]?.metrics ?? [], 'pass_rate').nTasks).toBe(28);
    expect(comparison.compatibility.incompatible).toEqual([]);
  });

  it('tells what else differs, and what the log does not hold', async () => {
    const a = await run('a', upTo(10));
    const b = await run('b', (place) => ({ ...upTo(10)(place), agent: { name: 'shell', version: '2' }, turns: [] }));
    const comparison = compareRuns(a, b, { pairs: sameNames(a, b) });
    expect(comparison.compatibility.incompatible).toEqual([
      { key: 'agent of spark', first: 'shell 1', second: 'shell 2' },
    ]);
    const text = comparisonText(comparison, { colour: new Chalk({ level: 0 }) });
    expect(text).toMatch(/not the same experiment.*\n {2}agent of spark: shell 1 in A, shell 2 in B/);
    expect(text).toMatch(/TTFT +– +– +– +– +the two have no task in common on which both state it/);
    expect(text).toMatch(/Pass rate +33\.3% +33\.3% +no difference/);
  });

  it('keeps hostile names inert', async () => {
    const name = '\u001b[31m::error::x\n##[group]\u202e';
    const [a, b] = await Promise.all(['a', 'b'].map((id) => run(`${id}${name}`, upTo(5), { contenders: [name] })));
    if (a === undefined || b === undefined) throw new Error('no run');
    const text = comparisonText(compareRuns(a, b, { pairs: sameNames(a, b) }), { colour: new Chalk({ level: 0 }) });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|^\s*::|##\[/m);
  });
});
