import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/analysis/collect.ts';
import { attainableWithin } from '../../../src/analysis/frontier/attainable.ts';
import { narrow, type Selection } from '../../../src/analysis/selection.ts';
import { summarise } from '../../../src/analysis/summary.ts';
import type { TrialRecord } from '../../../src/domain/trial.ts';
import { segmentNames } from '../../../src/domain/trial.ts';
import { aManifest, aRecord, aTurn } from '../../support/records.ts';
import { sparkAndCodex, syntheticRun } from '../../support/synthetic-run.ts';

const quick = { seed: 1, effort: 20_000 };

const selectionOf = async (records: readonly TrialRecord[]): Promise<Selection> => {
  const { tasks, trials } = await collect(aManifest(), records);
  return { contenders: [...new Set(trials.map(({ contender }) => contender))], tasks, trials };
};

/** One trial; outcome `none` is an infra error. */
const trial = (
  contender: string,
  task: string,
  outcome: 'resolved' | 'unresolved' | 'none',
  seconds: number,
): TrialRecord => {
  const { verdict: _verdict, ...bare } = aRecord({
    trialId: `${contender}/${task}`,
    attemptId: `${contender}/${task}/0`,
    contender,
    task,
    agentMs: seconds * 1000,
  });
  return outcome === 'none'
    ? { ...bare, stop: 'infra-error', infraError: { phase: 'sandbox', code: 'engine-unreachable', message: 'gone' } }
    : { ...bare, verdict: { outcome, mode: 'live', reason: '' } };
};

describe('a contender', () => {
  it('has a pass rate over judged trials, and says what the others could make of it', async () => {
    const selection = await selectionOf([
      trial('a', '1', 'resolved', 10),
      trial('a', '2', 'unresolved', 20),
      trial('a', '3', 'none', 1),
      trial('a', '4', 'resolved', 60),
    ]);
    const [summary] = summarise(selection, quick).contenders;
    expect(summary?.passRate?.rate).toBeCloseTo(2 / 3, 12);
    expect(summary?.treatments).toEqual({ asFailure: 0.5, excluded: 2 / 3, bounds: { low: 0.5, high: 0.75 } });
    expect(summary?.spent.median?.value).toBe(20_000);
    expect(summary?.spent.mean?.value).toBe(30_000);
    expect(summary?.spent['per-solved']?.value).toBe(45_000);
    expect(summary?.metrics.infra_error_rate).toBe(0.25);
  });

  it('has no time per solved task when it solved none, rather than 0', async () => {
    const [summary] = summarise(await selectionOf([trial('a', '1', 'unresolved', 10)]), quick).contenders;
    expect(summary?.spent['per-solved']).toBeUndefined();
    expect(summary?.metrics.time_per_solved_s).toBeUndefined();
    expect(summary?.passRate?.rate).toBe(0);
  });

  it('adds tokens and time up before it divides', async () => {
    const slow = aTurn({
      stamps: { dispatch: 0, firstContent: 1e9, lastContent: 2e9, terminal: 2e9 },
      contentChunks: 11,
      contentCharacters: 11,
      firstChunkCharacters: 1,
      usage: { output: 11 },
    });
    const [summary] = summarise(await selectionOf([aRecord({ turns: [aTurn(), slow] })]), quick).contenders;
    // 100 tokens in 0.1 s and 10 tokens in 1 s: 110 tokens in 1.1 s, not the mean of 1000 and 10.
    expect(summary?.metrics.decode_tokens_per_s).toBeCloseTo(100, 9);
    expect(summary?.metrics.end_to_end_tokens_per_s).toBeCloseTo(112 / 2.151, 9);
    expect(summary?.metrics.ttft_p50_s).toBeCloseTo((0.05 + 1) / 2, 12);
  });

  it('has an anatomy that adds up to its mean wall-clock', async () => {
    const { manifest, records } = syntheticRun({ tasks: 5 });
    const { tasks, trials } = await collect(manifest, records);
    const { contenders } = summarise({ contenders: ['Spark', 'Codex'], tasks, trials }, quick);
    for (const { contender, anatomy } of contenders) {
      const judged = trials.filter(
        (candidate) => candidate.contender === contender && candidate.outcome !== 'no-verdict',
      );
      const wall = judged.reduce((sum, { wallMs }) => sum + wallMs, 0) / judged.length;
      const total = segmentNames.reduce((sum, name) => sum + anatomy[name], 0);
      expect(Math.abs(total - wall) / wall).toBeLessThan(0.01);
    }
  });

  it('says how steady it is once every task has two judged attempts', async () => {
    const attempt = (task: string, index: number, outcome: 'resolved' | 'unresolved') => ({
      ...trial('a', task, outcome, 1),
      index,
      trialId: `${task}-${index}`,
    });
    const [summary] = summarise(
      await selectionOf([
        attempt('1', 0, 'resolved'),
        attempt('1', 1, 'resolved'),
        attempt('2', 0, 'resolved'),
        attempt('2', 1, 'unresolved'),
      ]),
      quick,
    ).contenders;
    expect(summary?.reliability).toEqual({ k: 2, always: 0.5, mean: 0.75, ever: 1 });
  });
});

describe('the frontier', () => {
  const four = async () =>
    summarise(
      await selectionOf([
        ...['1', '2', '3', '4'].flatMap((task, place) => [
          trial('fast', task, place < 2 ? 'resolved' : 'unresolved', 10),
          trial('right', task, place < 3 ? 'resolved' : 'unresolved', 60),
          trial('twin', task, place < 2 ? 'resolved' : 'unresolved', 10),
          trial('beaten', task, place < 2 ? 'resolved' : 'unresolved', 90),
        ]),
      ]),
      quick,
    );

  it('keeps who is beaten by nobody, identical ones both, and says by how much the others are beaten', async () => {
    const { placed } = (await four()).frontiers.median;
    expect(placed.map(({ contender, onFrontier }) => [contender, onFrontier])).toEqual([
      ['fast', true],
      ['twin', true],
      ['right', true],
      ['beaten', false],
    ]);
    expect(placed.at(-1)?.gap).toEqual({ value: 0.25, costRatio: 9 });
    expect(placed.at(-1)?.frontierProbability).toBe(0);
  });

  it('says how much of the time up to a limit it covers, and what each contender adds', async () => {
    const attainable = attainableWithin((await four()).frontiers.median, 100_000);
    // 50% from 10 s to 60 s, then 75%; either twin does for the other, nobody needs the beaten one.
    expect(attainable?.share).toBeCloseTo(0.5 * 0.5 + 0.75 * 0.4, 12);
    expect(attainable?.added.map(({ contender, share }) => [contender, Number(share.toFixed(6))])).toEqual([
      ['fast', 0],
      ['twin', 0],
      ['right', 0.1],
      ['beaten', 0],
    ]);
  });

  it('says how surely one beats the other, from the same draws of tasks', async () => {
    const { dominance } = (await four()).frontiers.median;
    expect(dominance).toContainEqual({ winner: 'fast', loser: 'beaten', probability: 1 });
    expect(dominance.some(({ winner }) => winner === 'beaten')).toBe(false);
  });
});

describe('the frontier over cost', () => {
  const priced = (contender: string, usd: number) =>
    ['1', '2', '3', '4'].map((task, place) => ({
      contender,
      task,
      usd,
      solved: place < (contender === 'right' ? 3 : 2),
    }));
  const three = async (cost: (row: { readonly contender: string; readonly usd: number }) => number | undefined) => {
    const rows = [...priced('fast', 0.4), ...priced('right', 0.1), ...priced('slow', 0.05)];
    const times: Readonly<Record<string, number>> = { fast: 10, right: 60, slow: 90 };
    const selection = await selectionOf(
      rows.map(({ contender, task, solved }) =>
        trial(contender, task, solved ? 'resolved' : 'unresolved', times[contender] ?? 0),
      ),
    );
    const costs = new Map(rows.map((row) => [row.contender, cost(row)]));
    const trials = selection.trials.map((facts) => ({ ...facts, costUsd: costs.get(facts.contender) }));
    return summarise({ ...selection, trials }, quick);
  };

  it('is another one than over time, with its own probabilities', async () => {
    const { frontiers, contenders } = await three(({ usd }) => usd);
    const front = (axis: 'median' | 'cost-per-trial' | 'cost-per-solved') =>
      frontiers[axis].placed.filter(({ onFrontier }) => onFrontier).map(({ contender }) => contender);
    expect(front('median')).toEqual(['fast', 'right']);
    expect(front('cost-per-trial')).toEqual(['slow', 'right']);
    expect(frontiers['cost-per-solved'].placed.map(({ spent }) => Number(spent.value.toFixed(9)))).toEqual([
      0.1,
      Number((0.4 / 3).toFixed(9)),
      0.8,
    ]);
    // The same cost of every trial: dearer in each resample, and beaten wherever it does not solve more.
    const found = frontiers['cost-per-trial'].dominance.find(
      ({ winner, loser }) => winner === 'slow' && loser === 'fast',
    );
    expect(found?.probability).toBeGreaterThan(0.4);
    expect(contenders[0]?.spent['cost-per-trial']?.value).toBeCloseTo(0.4, 12);
    expect(contenders[0]?.metrics).toMatchObject({ cost_per_solved_usd: 0.8, cost_total_usd: 1.6 });
  });

  it('counts what trials without a verdict cost in the total only', async () => {
    const selection = await selectionOf([
      trial('a', '1', 'resolved', 10),
      trial('a', '2', 'unresolved', 10),
      { ...trial('a', '3', 'unresolved', 10), verdict: { outcome: 'invalid', mode: 'live', reason: 'x' } },
    ]);
    const trials = selection.trials.map((facts) => ({ ...facts, costUsd: 0.5 }));
    const [summary] = summarise({ ...selection, trials }, quick).contenders;
    expect(summary?.metrics).toMatchObject({ cost_per_trial_usd: 0.5, cost_per_solved_usd: 1, cost_total_usd: 1.5 });
    expect(summary?.spent['cost-per-solved']?.value).toBe(1);
  });

  it('leaves out a contender whose cost is not known, and is empty where none is', async () => {
    const some = await three(({ contender, usd }) => (contender === 'slow' ? undefined : usd));
    expect(some.frontiers['cost-per-trial'].placed.map(({ contender }) => contender)).toEqual(['right', 'fast']);
    const none = await three(() => undefined);
    expect(none.frontiers['cost-per-trial'].placed).toEqual([]);
    expect(none.contenders[0]?.spent['cost-per-solved']).toBeUndefined();
    expect(none.contenders[0]?.metrics.cost_total_usd).toBeUndefined();
  });
});

describe('a summary', () => {
  it('is the same for the same seed and another for another', async () => {
    const { manifest, records } = syntheticRun({ tasks: 6, attempts: 2 });
    const { tasks, trials } = await collect(manifest, records);
    const selection = { contenders: sparkAndCodex.map(({ name }) => name), tasks, trials };
    expect(summarise(selection, quick)).toEqual(summarise(selection, quick));
    expect(summarise(selection, { ...quick, seed: 2 }).contenders).not.toEqual(summarise(selection, quick).contenders);
  });

  it('of a filtered run is that of the run without the other tasks', async () => {
    const { manifest, records } = syntheticRun({ tasks: 9 });
    const all = await collect(manifest, records);
    const kept = await collect(
      manifest,
      records.filter(({ suite }) => suite === 'swe'),
    );
    const contenders = ['Spark', 'Codex'];
    const narrowed = narrow({ contenders, tasks: all.tasks, trials: all.trials }, ({ suite }) => suite === 'swe');
    expect(summarise(narrowed, quick)).toEqual(
      summarise({ contenders, tasks: kept.tasks, trials: kept.trials }, quick),
    );
  });

  it('of an empty run has nothing to show and does not fail', () => {
    const summary = summarise({ contenders: ['a'], tasks: [], trials: [] }, quick);
    expect(summary.frontiers.median.placed).toEqual([]);
    expect(summary.contenders[0]?.passRate).toBeUndefined();
    expect(summary.grid).toEqual([]);
  });
});
