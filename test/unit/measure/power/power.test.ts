import { expect, test } from 'vitest';
import { binaryVariances } from '../../../../src/measure/cluster/planned-error.ts';
import { nonInferiorityOutlook, nonInferiorityTasksNeeded } from '../../../../src/measure/power/non-inferiority.ts';
import {
  minimumDetectableDifference,
  pairedStandardError,
  powerToDetect,
  tasksNeeded,
} from '../../../../src/measure/power/paired-means.ts';
import { mcNemarPairsNeeded } from '../../../../src/measure/power/proportions.ts';

const variances = { betweenTasks: 1 / 9, withinFirst: 1 / 6, withinSecond: 1 / 8, attemptsFirst: 3, attemptsSecond: 5 };

test('tasks needed, detectable difference and power are one formula, solved three ways', () => {
  const nTasks = tasksNeeded(variances, 0.05, { power: 0.9, alpha: 0.01 });
  expect(minimumDetectableDifference(variances, nTasks, { power: 0.9, alpha: 0.01 })).toBeCloseTo(0.05, 12);
  expect(powerToDetect(variances, { difference: 0.05, nTasks, alpha: 0.01 })).toBeCloseTo(0.9, 12);
  expect(powerToDetect(variances, { difference: -0.05, nTasks, alpha: 0.01 })).toBeCloseTo(0.9, 12);
});

test('more attempts cannot replace more tasks', () => {
  const endless = { ...variances, attemptsFirst: Number.POSITIVE_INFINITY, attemptsSecond: Number.POSITIVE_INFINITY };
  expect(minimumDetectableDifference(endless, 89)).toBeGreaterThan(minimumDetectableDifference(variances, 4 * 89));
});

test('how often a gate passes an equal model: the simulated figures of 89 and 731 tasks, p = 0.6, ICC = 0.6', () => {
  const { varianceWithin } = binaryVariances(0.6, 0.6);
  const standardError = (nTasks: number, k: number) =>
    pairedStandardError(
      {
        betweenTasks: 0,
        withinFirst: varianceWithin,
        withinSecond: varianceWithin,
        attemptsFirst: k,
        attemptsSecond: k,
      },
      nTasks,
    );
  const simulated = [
    [89, 1, 0.02, 0.11],
    [89, 5, 0.02, 0.25],
    [89, 1, 0.05, 0.29],
    [89, 5, 0.05, 0.77],
    [89, 1, 0.1, 0.69],
    [89, 5, 0.1, 0.999],
    [731, 3, 0.02, 0.69],
    [731, 3, 0.05, 1],
  ] as const;
  for (const [nTasks, k, margin, share] of simulated) {
    const outlook = nonInferiorityOutlook({ standardError: standardError(nTasks, k), margin });
    expect(Math.abs(outlook.pass - share), `${nTasks} × ${k}, margin ${margin}`).toBeLessThan(0.015);
    expect(outlook.pass + outlook.fail + outlook.inconclusive).toBeCloseTo(1, 12);
  }
});

test('a model that is worse by the margin passes α of the time and fails α of the time', () => {
  const outlook = nonInferiorityOutlook({ standardError: 0.02, margin: 0.05, trueDifference: -0.05, alpha: 0.05 });
  expect(outlook.pass).toBeCloseTo(0.05, 12);
  expect(outlook.fail).toBeCloseTo(0.05, 12);
});

test('a truly better candidate needs fewer tasks, a smaller difference more pairs', () => {
  const plan = { discordance: 0.2, margin: 0.05 };
  expect(nonInferiorityTasksNeeded({ ...plan, trueDifference: 0.02 })).toBeLessThan(nonInferiorityTasksNeeded(plan));
  expect(mcNemarPairsNeeded(0.2, 0.03)).toBeGreaterThan(mcNemarPairsNeeded(0.2, 0.05));
});
