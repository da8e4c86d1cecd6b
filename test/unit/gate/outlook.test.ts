import { describe, expect, it } from 'vitest';
import type { Design } from '../../../src/analysis/planning/run-plan.ts';
import type { MeasuredRun } from '../../../src/analysis/runs/measured-run.ts';
import { readGates } from '../../../src/gate/file/read-gates.ts';
import { forecastGates, type GateForecast } from '../../../src/gate/outlook/outlook.ts';
import { aMeasuredRun, resolved, unresolved } from '../../support/measured-run.ts';

const design = (nTasks: number, attempts: number): Design => ({
  tasks: Array.from({ length: nTasks }, (_, i) => ({
    suite: 'a',
    task: `task-${i}`,
    difficulty: 'easy',
    category: 'c',
    tags: ['micro'],
  })),
  contenders: ['spark', 'codex'],
  endpointsOf: () => [],
  attempts,
  concurrency: 4,
});

const forecast = (gate: string, shape: Design, pilot?: MeasuredRun): GateForecast => {
  const file = readGates(`version: 1\ngates:\n  - { name: g, contender: spark, ${gate} }\n`, 'gates.yaml');
  const [found] = forecastGates(file, { design: shape, pilot });
  if (found === undefined) throw new Error('no forecast');
  return found;
};

const notWorse = (margin: number) => `metric: pass_rate, not_worse_than: baseline, by_more_than: ${margin} points`;

describe('how often a gate would pass an equal model', () => {
  // Simulated with beta-distributed task difficulty, ICC 0.6, an identical candidate (statistics reference, section 2.0).
  it.each([
    [89, 1, 2, 0.11],
    [89, 5, 2, 0.25],
    [89, 1, 5, 0.29],
    [89, 5, 5, 0.77],
    [89, 1, 10, 0.69],
    [89, 5, 10, 0.999],
    [731, 3, 2, 0.69],
    [731, 3, 5, 1],
  ])('%d tasks × %d, margin %d points: about %d', (nTasks, attempts, margin, passes) => {
    const { chances, who } = forecast(notWorse(margin), design(nTasks, attempts));
    expect(Math.abs((chances?.pass ?? 0) - passes)).toBeLessThanOrEqual(0.02);
    expect(who).toBe('an unchanged model');
    expect((chances?.pass ?? 0) + (chances?.fail ?? 0) + (chances?.inconclusive ?? 0)).toBeCloseTo(1, 12);
  });

  it('an equally good other model passes less often: it is good at other tasks', () => {
    const unchanged = forecast(notWorse(5), design(89, 5)).chances?.pass ?? 0;
    const other = forecast(notWorse(5).replace('baseline', 'codex'), design(89, 5)).chances?.pass ?? 1;
    expect(other).toBeLessThan(unchanged);
  });

  it('an equal model is seldom proven better or faster', () => {
    expect(forecast('metric: pass_rate, better_than: codex', design(89, 5)).chances?.pass).toBeCloseTo(0.05, 9);
    const faster = forecast('metric: agent_time, faster_than: codex, by_at_least: 5x', design(23, 5));
    expect(faster.chances?.pass).toBeLessThan(0.001);
    // 5·exp((1.6449 + 0.8416)·0.6/√23), by hand
    expect(faster.needed).toBe('6.82x faster');
  });

  it('a value gate is about the assumed or the pilot’s rate, and says from where on it passes', async () => {
    const assumed = forecast('metric: pass_rate, at_least: 50%', design(89, 5));
    expect(assumed.who).toBe('a model as assumed');
    const pilot = await aMeasuredRun({
      tasks: 40,
      contenders: ['spark'],
      trial: ({ task }) => ({ verdict: task < 36 ? resolved : unresolved }),
    });
    const piloted = forecast('metric: pass_rate, at_least: 50%', design(89, 5), pilot);
    expect(piloted.chances?.pass).toBeGreaterThan(assumed.chances?.pass ?? 1);
    expect(
      forecast('metric: pass_rate, at_least: 50%, evidence: observed', design(89, 5)).chances?.inconclusive,
    ).toBeCloseTo(0, 12);
  });

  it('other metrics need a pilot; more tasks make them surer', async () => {
    const time = 'metric: agent_time, at_most: 10 s';
    expect(forecast(time, design(20, 1)).why).toMatch(/give a pilot run/);
    const pilot = await aMeasuredRun({ tasks: 20, trial: ({ task }) => ({ agentMs: 9_000 + 400 * (task % 5) }) });
    const few = forecast(time, design(20, 1), pilot).chances?.pass ?? 0;
    const many = forecast(time, design(80, 1), pilot).chances?.pass ?? 0;
    expect(few).toBeGreaterThan(0.05);
    expect(many).toBeGreaterThan(few);
  });

  it('every attempt of many is a lot to ask of a model that solves 99%', () => {
    const { chances } = forecast('tasks: { tag: micro }, solved: every_attempt', design(20, 5));
    expect(chances?.pass).toBeCloseTo(0.99 ** 100, 12);
    expect(forecast('tasks: {}, solved: at_least_once', design(20, 5)).chances?.pass).toBeCloseTo(1, 6);
  });

  it('of two looks each passes less often than one alone would, as at the confidence that each has', () => {
    const one = forecast(notWorse(5), design(89, 5)).chances?.pass ?? 0;
    const [each] = forecastGates(
      readGates(
        `version: 1\ngates:\n  - { name: g, contender: spark, ${notWorse(5)}, if_inconclusive: run_more, up_to: 10 attempts }\n`,
        'gates.yaml',
      ),
      { design: design(89, 5), pilot: undefined },
    );
    const [stricter] = forecastGates(
      readGates(
        `version: 1\nconfidence: 97.5%\ngates:\n  - { name: g, contender: spark, ${notWorse(5)} }\n`,
        'gates.yaml',
      ),
      { design: design(89, 5), pilot: undefined },
    );
    expect(each?.chances?.pass).toBeLessThan(one - 0.05);
    expect(each?.chances).toEqual(stricter?.chances);
  });

  it('says of a gate on a probe that no plan of trials tells', () => {
    const found = forecast('metric: probe_ttft, at_most: 1 s', design(10, 1));
    expect(found).toMatchObject({ nTasks: 0, why: 'it is judged on a probe, not on trials' });
    expect(found.chances).toBeUndefined();
  });

  it('says what the plan lacks', () => {
    expect(forecast('metric: pass_rate, better_than: cdex', design(5, 1)).why).toMatch(
      /no contender cdex; did you mean codex/,
    );
    expect(forecast('metric: pass_rate, at_least: 1%, where: { tag: mirco }', design(5, 1)).why).toMatch(
      /the plan has no task with tag mirco; did you mean tag micro/,
    );
  });
});
