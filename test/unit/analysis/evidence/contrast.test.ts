import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast } from '../../../../src/analysis/evidence/contrast.ts';
import type { ContrastForm } from '../../../../src/analysis/evidence/contrast-form.ts';
import { isAbsent } from '../../../../src/analysis/evidence/evidence.ts';
import { measurables } from '../../../../src/analysis/evidence/measurables.ts';
import { excludeAll, type Population } from '../../../../src/analysis/evidence/population.ts';
import { aMeasuredRun, resolved, unresolved } from '../../../support/measured-run.ts';

type Trial = { readonly solved: boolean; readonly agentMs: number };
const aTrial = fc.record({ solved: fc.boolean(), agentMs: fc.integer({ min: 500, max: 60_000 }) });
const sides = fc.array(
  fc.record({
    spark: fc.array(aTrial, { minLength: 3, maxLength: 3 }),
    codex: fc.array(aTrial, { minLength: 3, maxLength: 3 }),
  }),
  {
    minLength: 4,
    maxLength: 12,
  },
);

const populations = async (tasks: readonly Readonly<Record<'spark' | 'codex', readonly Trial[]>>[]) => {
  const run = await aMeasuredRun({
    tasks: tasks.length,
    attempts: 3,
    trial: ({ contender, task, index }) => {
      const trial = tasks[task]?.[contender === 'spark' ? 'spark' : 'codex'][index];
      return { verdict: trial?.solved ? resolved : unresolved, agentMs: trial?.agentMs ?? 1 };
    },
  });
  const of = (name: string): Population => ({
    trials: run.trials.filter(({ contender }) => contender === name),
    pending: [],
    policy: excludeAll,
  });
  return { first: of('spark'), second: of('codex') };
};

const metric = (name: string) => {
  const found = measurables().find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

const found = (
  name: string,
  sidesOf: { readonly first: Population; readonly second: Population },
  form: ContrastForm,
) => {
  const result = contrast(metric(name), sidesOf, { form });
  if (isAbsent(result)) throw new Error(result.absent);
  const { lower = Number.NaN, upper = Number.NaN } = result.bounds?.(0.95) ?? {};
  return { ...result, lower, upper };
};

const difference: ContrastForm = { kind: 'difference', margin: 0 };
const ratio: ContrastForm = { kind: 'factor', factor: 1 };

describe('a comparison', () => {
  it('the other way round says the opposite, of shares and of times', async () => {
    await fc.assert(
      fc.asyncProperty(sides, async (tasks) => {
        const there = await populations(tasks);
        const back = { first: there.second, second: there.first };
        for (const name of ['pass_rate', 'agent_time']) {
          const [a, b] = [found(name, there, difference), found(name, back, difference)];
          expect(a.observed).toBeCloseTo(-b.observed, 9);
          expect(a.lower).toBeCloseTo(-b.upper, 6);
        }
        const [a, b] = [found('agent_time', there, ratio), found('agent_time', back, ratio)];
        expect(a.observed * b.observed).toBeCloseTo(1, 9);
        expect(a.lower * b.upper).toBeCloseTo(1, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('bounds enclose what was observed, and more confidence encloses more', async () => {
    await fc.assert(
      fc.asyncProperty(sides, async (tasks) => {
        const pair = await populations(tasks);
        for (const form of [difference, ratio]) {
          const { observed, bounds } = found('agent_time', pair, form);
          const [loose, strict] = [bounds?.(0.9), bounds?.(0.99)];
          expect(loose?.lower).toBeLessThanOrEqual(observed + 1e-9 * Math.abs(observed));
          expect(loose?.upper).toBeGreaterThanOrEqual(observed - 1e-9 * Math.abs(observed));
          expect(strict?.lower).toBeLessThanOrEqual(loose?.lower ?? Number.NaN);
          expect(strict?.upper).toBeGreaterThanOrEqual(loose?.upper ?? Number.NaN);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('of a share, a factor asks how far it is beyond so many times the other', async () => {
    const tasks = Array.from({ length: 10 }, (_, task) => ({
      spark: Array<Trial>(3).fill({ solved: task < 8, agentMs: 1000 }),
      codex: Array<Trial>(3).fill({ solved: task < 5, agentMs: 1000 }),
    }));
    const result = found('pass_rate', await populations(tasks), { kind: 'factor', factor: 1.2 });
    expect(result.scale).toBe('beyond-factor');
    expect(result.observed).toBeCloseTo(0.8 - 1.2 * 0.5, 12);
  });
});
