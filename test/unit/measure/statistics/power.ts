import { test } from 'vitest';
import { nonInferiorityTasksNeeded } from '../../../../src/measure/power/non-inferiority.ts';
import { minimumDetectableDifference, tasksNeeded } from '../../../../src/measure/power/paired-means.ts';
import { mcNemarPairsNeeded, unpairedTrialsNeeded } from '../../../../src/measure/power/proportions.ts';
import type { ExpectedValues } from '../../../support/expected-values.ts';
import { numbersIn, parametersIn } from './parse.ts';

export function powerChecks(expected: ExpectedValues): void {
  test('tasks needed for non-inferiority', () => {
    const part = expected.part('non_inferiority_n_tasks');
    for (const key of part.keys().filter((name) => name !== 'formula')) {
      const { psi = 0, margin = 0 } = parametersIn(key);
      part.same(key, nonInferiorityTasksNeeded({ discordance: psi, margin }));
    }
  });

  test('tasks needed and minimum detectable difference of paired means', () => {
    const part = expected.part('power_miller');
    for (const key of part.keys()) {
      const { n, delta = 0, K = 1 } = parametersIn(key.replace('n:', ''));
      const within = key.includes('sigma2=1/6') ? 1 / 6 : 0;
      const variances = {
        betweenTasks: 1 / 9,
        withinFirst: within,
        withinSecond: within,
        attemptsFirst: K,
        attemptsSecond: K,
      };
      part.agree(key, n === undefined ? tasksNeeded(variances, delta) : minimumDetectableDifference(variances, n));
    }
  });

  test('pairs needed by McNemar’s test', () => {
    const part = expected.part('power_mcnemar_connor');
    for (const key of part.keys()) {
      const { psi = 0, delta = 0 } = parametersIn(key);
      part.same(key, mcNemarPairsNeeded(psi, delta));
    }
  });

  test('trials needed without pairing', () => {
    const part = expected.part('power_unpaired_two_proportions');
    for (const key of part.keys()) {
      const [first = 0, second = 0] = numbersIn(key);
      part.same(key, unpairedTrialsNeeded(first, second));
    }
  });
}
