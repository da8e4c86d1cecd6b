import { expect, test } from 'vitest';
import { bootstrap } from '../../../../src/measure/bootstrap/bootstrap.ts';
import { percentileInterval } from '../../../../src/measure/bootstrap/percentile-interval.ts';
import { seededResamples } from '../../../../src/measure/bootstrap/resample.ts';
import { dominates } from '../../../../src/measure/frontier/point.ts';
import { frontierProbabilities } from '../../../../src/measure/frontier/probabilities.ts';
import { staircase } from '../../../../src/measure/frontier/staircase.ts';
import { mean, standardDeviation } from '../../../../src/measure/sample/moments.ts';
import type { ExpectedValues } from '../../../support/expected-values.ts';
import { ends } from './parse.ts';

interface Attempt {
  readonly seconds: number;
  readonly score: number;
}

export function resamplingChecks(expected: ExpectedValues): void {
  test('the bootstrap of a mean, by enumeration and by seed', () => {
    const part = expected.part('exact_bootstrap_mean');
    const taskMeans = part.given<number[]>('task_means');
    const sample = [{ contender: 'only', tasks: taskMeans.map((value) => [value]) }];
    const statistic = ([only = []]: readonly (readonly (readonly number[])[])[]) => mean(only.flat()) ?? Number.NaN;
    const exact = bootstrap(sample, statistic, { seed: 1 });
    const spread = populationSpread(exact.values);
    expect(exact.method).toBe('enumerated');
    part.same('resamples', exact.replicates);
    part.agree('mean', mean(exact.values));
    part.agree('sd_population', spread);
    part.agree('theory_sd = pstdev/sqrt(n)', populationSpread(taskMeans) / 2);
    part.same('percentile95', ends(percentileInterval(exact.values)));

    const seeded = Array.from(seededResamples(sample, { seed: 7, replicates: 20_000 }), statistic);
    expect(mean(seeded)).toBeCloseTo(0.5, 2);
    expect(Math.abs(populationSpread(seeded) - spread)).toBeLessThan(0.01);
    expect(ends(percentileInterval(seeded))).toEqual(ends(percentileInterval(exact.values)));
  });

  test('who is on the frontier, by enumeration', () => {
    const part = expected.part('frontier_probability_exact');
    const scores = part.given<Record<string, number[]>>('acc');
    const seconds = part.given<Record<string, number[]>>('seconds');
    const names = Object.keys(scores);
    const samples = names.map((contender) => ({
      contender,
      tasks: (scores[contender] ?? []).map((score, i) => [{ score, seconds: seconds[contender]?.[i] ?? 0 }]),
    }));
    const point = (tasks: readonly (readonly Attempt[])[]) => ({
      cost: mean(tasks.flat().map((attempt) => attempt.seconds)) ?? 0,
      value: mean(tasks.flat().map((attempt) => attempt.score)) ?? 0,
    });

    const observed = samples.map(({ contender, tasks }) => ({ contender, ...point(tasks) }));
    for (const { contender, cost, value } of observed)
      part.part('points (mean s, acc)').agree(contender, [cost, value]);
    part.same(
      'observed_front',
      staircase(observed).map(({ contender }) => contender),
    );

    const replicates = bootstrap(samples, (resample) => resample.map(point), { seed: 1 });
    const probabilities = frontierProbabilities(replicates.values);
    part.same('total', replicates.replicates);
    for (const [i, name] of names.entries()) {
      part.part('P(on frontier)').same(name, probabilities?.onFrontier[i]);
      part.part('counts').same(name, (probabilities?.onFrontier[i] ?? 0) * replicates.replicates);
    }
    const wins = part.part('P(dominates)');
    for (const [i, first] of names.entries()) {
      for (const [j, second] of names.entries()) {
        const key = `${first}>${second}`;
        const share = probabilities?.dominates[i]?.[j];
        if (wins.keys().includes(key)) wins.same(key, share);
        else expect(share, key).toBe(0);
      }
    }
    expect(dominates(observed[2] ?? { cost: 0, value: 0 }, observed[1] ?? { cost: 0, value: 0 })).toBe(true);
  });
}

function populationSpread(values: readonly number[]): number {
  return (standardDeviation(values) ?? 0) * Math.sqrt((values.length - 1) / values.length);
}
