import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planTrials } from '../../../src/run/plan.ts';
import { aSuite } from '../../support/tasks.ts';

describe('planTrials', () => {
  it('holds every task x contender x index exactly once, whatever the seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (tasks, contenders, attempts, seed) => {
          const names = Array.from({ length: contenders }, (_, index) => `contender-${index}`);
          const plan = planTrials([aSuite('s', tasks)], { contenders: names, attempts, seed });
          const keys = plan.map(({ task, contender, index }) => `${task}/${contender}/${index}`);
          expect(new Set(keys).size).toBe(tasks * contenders * attempts);
          expect(new Set(plan.map(({ trialId }) => trialId)).size).toBe(plan.length);
        },
      ),
    );
  });

  it('orders by the seed, not the ids: another seed, same trials', () => {
    const options = { contenders: ['a', 'b'], attempts: 2 };
    const one = planTrials([aSuite('s', 9)], { ...options, seed: 1 });
    const two = planTrials([aSuite('s', 9)], { ...options, seed: 2 });
    expect(planTrials([aSuite('s', 9)], { ...options, seed: 1 })).toEqual(one);
    expect(two).not.toEqual(one);
    expect(two.map(({ trialId }) => trialId).sort()).toEqual(one.map(({ trialId }) => trialId).sort());
  });

  it('puts the contenders of a task side by side', () => {
    const plan = planTrials([aSuite('s', 5)], { contenders: ['a', 'b', 'c'], attempts: 1, seed: 3 });
    for (let start = 0; start < plan.length; start += 3) {
      expect(new Set(plan.slice(start, start + 3).map(({ task }) => task)).size).toBe(1);
    }
  });
});
