import { describe, expect, it } from 'vitest';
import type { TokenPrices } from '../../../src/domain/model/prices.ts';
import type { TrialRecord } from '../../../src/domain/trial.ts';
import type { Check } from '../../../src/gate/verdict.ts';
import { judge } from '../../support/gate-report.ts';
import { aMeasuredRun, resolved, unresolved } from '../../support/measured-run.ts';
import { aManifest, aTurn } from '../../support/records.ts';

const passed = (yes: boolean): Partial<TrialRecord> => ({ verdict: yes ? resolved : unresolved });

/** The check that a single gate comes to. */
const checkOf = (report: ReturnType<typeof judge>): Check => {
  const [check] = report.gates[0]?.checks ?? [];
  if (check === undefined) throw new Error('no check');
  return check;
};

const verdictOf = (report: ReturnType<typeof judge>) => [report.verdict, report.exitCode];

/** `solvedOf(k)` tasks of 40 are solved. */
const runSolving = (spark: number, codex: number, tasks = 40) =>
  aMeasuredRun({ tasks, trial: ({ contender, task }) => passed(task < (contender === 'spark' ? spark : codex)) });

describe('at_least and at_most', () => {
  const gate = '  - { name: g, contender: spark, metric: pass_rate, at_least: 60% }\n';
  it('pass, fail and are inconclusive by the bound, not by the value', async () => {
    expect(verdictOf(judge(gate, { run: await runSolving(36, 0) }))).toEqual(['pass', 0]);
    expect(verdictOf(judge(gate, { run: await runSolving(28, 0) }))).toEqual(['inconclusive', 11]);
    expect(verdictOf(judge(gate, { run: await runSolving(10, 0) }))).toEqual(['fail', 10]);
  });

  it('observed: the value itself decides, and the limit itself is reached', async () => {
    const observed = gate.replace('60%', '70%, evidence: observed');
    expect(verdictOf(judge(observed, { run: await runSolving(28, 0) }))).toEqual(['pass', 0]);
    expect(verdictOf(judge(observed, { run: await runSolving(27, 0) }))).toEqual(['fail', 10]);
  });

  it('states the bound that it rests on: Wilson’s of 36 in 40 with t(39) = 1.6849, by hand 0.79184', async () => {
    const check = checkOf(judge(gate, { run: await runSolving(36, 0) }));
    expect(check.lowerBound).toBeCloseTo(0.79184, 4);
    expect(check.finding).toBe('observed 90%, proven at least 79.2%');
    expect([check.nTasks, check.nTrials]).toEqual([40, 40]);
  });

  it('at_most on a p95 of turns: provable only with enough of them', async () => {
    const slowTurn = (ms: number) =>
      aTurn({ stamps: { dispatch: 0, firstContent: ms * 1e6, lastContent: ms * 2e6, terminal: ms * 2e6 } });
    const run = (tasks: number, ms: number) =>
      aMeasuredRun({ tasks, contenders: ['spark'], trial: ({ task }) => ({ turns: [slowTurn(ms + (task % 7))] }) }, [
        'ttft',
      ]);
    const p95 = '  - { name: g, metric: ttft, statistic: p95, at_most: 200 ms }\n';
    expect(judge(p95, { run: await run(58, 100) }).verdict).toBe('inconclusive');
    expect(judge(p95, { run: await run(59, 100) }).verdict).toBe('pass');
    expect(judge(p95, { run: await run(59, 300) }).verdict).toBe('fail');
  });

  it('a mean of a time, a rate of tokens and a time per solved task have bounds too', async () => {
    const run = await aMeasuredRun({
      tasks: 30,
      trial: ({ task }) => ({ ...passed(task % 2 === 0), agentMs: 9_000 + 100 * (task % 5) }),
    });
    const verdict = (text: string) => judge(`  - { name: g, contender: spark, ${text} }\n`, { run }).verdict;
    expect(verdict('metric: agent_time, at_most: 9.5 s')).toBe('pass');
    expect(verdict('metric: agent_time, at_most: 9 s')).toBe('fail');
    expect(verdict('metric: agent_time, statistic: median, at_most: 9.3 s')).toBe('pass');
    expect(verdict('metric: decode_tokens_per_s, at_least: 900 tokens/s')).toBe('pass');
    expect(verdict('metric: decode_tokens_per_s, at_least: 2k tokens/s')).toBe('fail');
    expect(verdict('metric: time_per_solved, at_most: 40 s')).toBe('pass');
    expect(verdict('metric: solved_within, within: 9.1s, at_least: 90%')).toBe('fail');
    expect(verdict('metric: turn_output_tokens, statistic: max, evidence: observed, at_most: 200 tokens')).toBe(
      'not_evaluated',
    );
  });

  const usage = { input: 1_000_000, cachedInput: 400_000, output: 100_000 };
  const flat = { inputUsdPerMillionTokens: 1, cachedInputUsdPerMillionTokens: 0.5, outputUsdPerMillionTokens: 10 };
  /** Ten tasks, of which the first five are solved; one call each, of 0.6 × 1 + 0.4 × 0.5 + 0.1 × 10 = 1.8 USD. */
  const costing = (
    prices: TokenPrices | undefined,
    turnsOf = (_task: number) => [aTurn({ endpoint: 'wafer', usage })],
  ) =>
    aMeasuredRun({
      tasks: 10,
      contenders: ['spark'],
      trial: ({ task }) => ({ ...passed(task < 5), turns: turnsOf(task) }),
      manifest: { endpoints: aManifest().endpoints.map((endpoint) => ({ ...endpoint, prices })) },
    });
  const observed = ', evidence: observed }\n';

  it('cost per solved needs prices, and says how to give them', async () => {
    const gate = `  - { name: g, metric: cost_per_solved, at_most: 3.6 USD${observed}`;
    const check = checkOf(judge(gate, { run: await costing(flat) }));
    expect([check.verdict, check.observed]).toEqual(['pass', expect.closeTo(3.6, 12)]);
    const absent = judge(gate, { run: await costing(undefined) });
    expect(verdictOf(absent)).toEqual(['not_evaluated', 12]);
    expect(checkOf(absent).finding).toBe(
      'cost_per_solved: no prices of endpoint `wafer`: declare `prices` there in tacho.yaml before the run, or by endpoint under `prices` in the gate file (docs/gates.md)',
    );
  });

  it('a cost is unknown as soon as one call does not state its tokens: some trials only would flatter', async () => {
    const run = await costing(flat, (task) => [aTurn({ endpoint: 'wafer', usage: task === 9 ? {} : usage })]);
    for (const metric of ['cost_per_solved', 'cost']) {
      const report = judge(`  - { name: g, metric: ${metric}, at_most: 100 USD${observed}`, { run });
      expect(verdictOf(report)).toEqual(['not_evaluated', 12]);
      expect(checkOf(report).finding).toBe(
        `${metric}: in 1 of 10 judged trials the endpoint did not state the tokens of a model call`,
      );
    }
  });

  it('a comparison of costs needs every judged trial of both sides', async () => {
    const run = await aMeasuredRun({
      tasks: 10,
      trial: ({ contender, task }) => ({
        ...passed(true),
        turns: [aTurn({ endpoint: 'wafer', usage: contender === 'codex' && task === 3 ? {} : usage })],
      }),
      manifest: { endpoints: aManifest().endpoints.map((endpoint) => ({ ...endpoint, prices: flat })) },
    });
    for (const metric of ['cost', 'cost_per_solved']) {
      const gate = `  - { name: g, contender: spark, metric: ${metric}, not_worse_than: codex, by_more_than: 9 USD }\n`;
      expect(checkOf(judge(gate, { run }))).toMatchObject({
        verdict: 'not_evaluated',
        finding: `${metric}: in 1 of 10 judged trials the endpoint did not state the tokens of a model call`,
      });
    }
  });

  it('cost takes a mean or a quantile over trials, and has a bound', async () => {
    const run = await costing(flat, (task) => Array(1 + (task % 2)).fill(aTurn({ endpoint: 'wafer', usage })));
    const of = (text: string) => checkOf(judge(`  - { name: g, metric: cost, ${text} }\n`, { run }));
    expect(of('at_most: 2.7 USD, evidence: observed').observed).toBeCloseTo(2.7, 12);
    expect(of('at_most: 4 USD').verdict).toBe('pass');
    expect(of('at_most: 2.8 USD').verdict).toBe('inconclusive');
    expect(of('at_most: 1 USD').verdict).toBe('fail');
    expect(of('statistic: max, evidence: observed, at_most: 3.6 USD').observed).toBeCloseTo(3.6, 12);
  });

  it('the frontier can be over cost, and is not evaluated without', async () => {
    const run = (prices: TokenPrices | undefined) =>
      aMeasuredRun({
        tasks: 40,
        trial: ({ contender, task }) => ({
          ...passed(task < (contender === 'spark' ? 20 : 36)),
          agentMs: contender === 'spark' ? 1000 : 9000,
          turns: Array(contender === 'spark' ? 3 : 1).fill(aTurn({ endpoint: 'wafer', usage })),
        }),
        manifest: { endpoints: aManifest().endpoints.map((endpoint) => ({ ...endpoint, prices })) },
      });
    const gate =
      '  - { name: g, contender: spark, metric: frontier_probability, statistic: cost-per-trial, at_least: 90% }\n';
    const priced = await run(flat);
    expect(checkOf(judge(gate.replace('cost-per-trial', 'median'), { run: priced })).verdict).toBe('pass');
    expect(checkOf(judge(gate, { run: priced }))).toMatchObject({ verdict: 'fail', observed: 0 });
    const absent = checkOf(judge(gate, { run: await run(undefined) }));
    expect([absent.verdict, absent.finding]).toEqual([
      'not_evaluated',
      expect.stringContaining('no prices of endpoint'),
    ]);
  });

  it('compares costs by task, and costs per solved over all of them', async () => {
    const prices = new Map([
      ['spark', 1],
      ['codex', 4],
    ]);
    const run = await aMeasuredRun({
      tasks: 40,
      trial: ({ contender, task }) => ({
        ...passed(task % 2 === 0),
        turns: Array((prices.get(contender) ?? 0) * (1 + (task % 3))).fill(aTurn({ endpoint: 'wafer', usage })),
      }),
      manifest: { endpoints: aManifest().endpoints.map((endpoint) => ({ ...endpoint, prices: flat })) },
    });
    const of = (text: string) => checkOf(judge(`  - { name: g, contender: spark, ${text} }\n`, { run }));
    expect(of('metric: cost, better_than: codex, by_at_least: 3x').verdict).toBe('pass');
    expect(of('metric: cost, better_than: codex, by_at_least: 5x').verdict).toBe('fail');
    expect(of('metric: cost_per_solved, not_worse_than: codex, by_more_than: 0.1 USD').verdict).toBe('pass');
  });
});

describe('not_worse_than', () => {
  const gate = '  - { name: g, contender: spark, metric: pass_rate, not_worse_than: codex, by_more_than: 5 points }\n';
  it('passes, fails, or says that it cannot tell', async () => {
    const some = (spark: number, codex: number) => runSolving(spark, codex, 400);
    expect(judge(gate, { run: await some(300, 300) }).verdict).toBe('pass');
    expect(judge(gate, { run: await runSolving(30, 30) }).verdict).toBe('inconclusive');
    expect(judge(gate, { run: await some(200, 300) }).verdict).toBe('fail');
  });

  it('is the textbook case: 500 tasks, 20 and 18 discordant, 2 points', async () => {
    const run = await aMeasuredRun({
      tasks: 500,
      trial: ({ contender, task }) =>
        passed(task < 20 ? contender === 'spark' : task < 38 ? contender === 'codex' : task % 2 === 0),
    });
    const check = checkOf(judge(gate.replace('5 points', '2 points'), { run }));
    expect(check.verdict).toBe('pass');
    expect(check.observed).toBeCloseTo(0.004, 12);
    expect(check.lowerBound).toBeCloseTo(-0.01677, 4);
  });

  it('takes lower as better where it is: of times, more is worse', async () => {
    const run = await aMeasuredRun({
      tasks: 30,
      trial: ({ contender, task }) => ({ agentMs: (contender === 'spark' ? 1.3 : 1) * (1000 + task) }),
    });
    const time = (margin: string, contender: string, other: string) =>
      judge(
        `  - { name: g, contender: ${contender}, metric: agent_time, not_worse_than: ${other}, by_more_than: ${margin} }\n`,
        { run },
      ).verdict;
    expect(time('20%', 'spark', 'codex')).toBe('fail');
    expect(time('40%', 'spark', 'codex')).toBe('pass');
    expect(time('20%', 'codex', 'spark')).toBe('pass');
    expect(time('1 s', 'spark', 'codex')).toBe('pass');
    expect(time('100 ms', 'spark', 'codex')).toBe('fail');
  });
});

describe('better_than', () => {
  const gate = '  - { name: g, contender: spark, metric: pass_rate, better_than: codex, by_at_least: 10 points }\n';
  it('needs the whole margin to be proven', async () => {
    expect(judge(gate, { run: await runSolving(38, 10) }).verdict).toBe('pass');
    expect(judge(gate, { run: await runSolving(26, 20) }).verdict).toBe('inconclusive');
    expect(judge(gate, { run: await runSolving(10, 30) }).verdict).toBe('fail');
  });

  it('without a margin: equal is not better', async () => {
    const any = gate.replace(', by_at_least: 10 points', ', evidence: observed');
    expect(judge(any, { run: await runSolving(20, 20) }).verdict).toBe('fail');
    expect(judge(any, { run: await runSolving(21, 20) }).verdict).toBe('pass');
  });

  it('relative to the other: a tenth more than half', async () => {
    const relative = gate.replace('10 points', '10%, evidence: observed');
    expect(judge(relative, { run: await runSolving(22, 20) }).verdict).toBe('pass');
    expect(judge(relative, { run: await runSolving(21, 20) }).verdict).toBe('fail');
  });
});

describe('faster_than', () => {
  const run = (ratio: number, spread: number) =>
    aMeasuredRun({
      tasks: 12,
      trial: ({ contender, task }) => ({
        agentMs:
          contender === 'spark' ? 1000 + 10 * task : ratio * (1 + spread * ((task % 3) - 1)) * (1000 + 10 * task),
      }),
    });
  const gate = '  - { name: g, contender: spark, metric: agent_time, faster_than: codex, by_at_least: 5x }\n';
  it('by the geometric mean of task ratios', async () => {
    expect(judge(gate, { run: await run(6, 0.05) }).verdict).toBe('pass');
    expect(judge(gate, { run: await run(5.1, 0.6) }).verdict).toBe('inconclusive');
    expect(judge(gate, { run: await run(3, 0.05) }).verdict).toBe('fail');
    const check = checkOf(judge(gate, { run: await run(6, 0) }));
    expect(check.observed).toBeCloseTo(6, 9);
    expect(check.finding).toMatch(/^observed 1\.1 s against 6\.3 s: 6x faster, proven at least 6x faster$/);
  });

  it('80% faster takes a fifth of the time', async () => {
    const share = gate.replace('5x', '80%, evidence: observed');
    expect(judge(share, { run: await run(5.01, 0) }).verdict).toBe('pass');
    expect(judge(share, { run: await run(4.99, 0) }).verdict).toBe('fail');
  });

  it('in time per solved task, over a bootstrap of the tasks', async () => {
    const solving = await aMeasuredRun({
      tasks: 40,
      trial: ({ contender, task }) => ({
        ...passed(task % 4 !== 0),
        agentMs: contender === 'spark' ? 1000 + task : 8000 + task,
      }),
    });
    const perSolved = gate.replace('agent_time', 'time_per_solved');
    expect(judge(perSolved, { run: solving }).verdict).toBe('pass');
    expect(checkOf(judge(perSolved, { run: solving })).method).toMatch(/joint task bootstrap/);
  });
});

describe('solved', () => {
  const gate = '  - { name: g, contender: spark, tasks: { tag: micro }, solved: every_attempt }\n';
  const run = (failures: number) =>
    aMeasuredRun({ tasks: 5, attempts: 3, trial: ({ task, index }) => passed(!(task === 0 && index < failures)) });
  it('every attempt, or at least one of each task', async () => {
    expect(judge(gate, { run: await run(0) }).verdict).toBe('pass');
    const failed = judge(gate, { run: await run(1) });
    expect(failed.verdict).toBe('fail');
    expect(checkOf(failed).finding).toContain('1 of 5 tasks are not: terminal/task-0');
    const once = gate.replace('every_attempt', 'at_least_once');
    expect(judge(once, { run: await run(2) }).verdict).toBe('pass');
    expect(judge(once, { run: await run(3) }).verdict).toBe('fail');
  });
});

describe('the frontier and the harness', () => {
  it('a contender that is slower and less often right is not on the frontier', async () => {
    const run = await aMeasuredRun({
      tasks: 20,
      trial: ({ contender, task }) => ({
        ...passed(contender === 'spark' || task < 5),
        agentMs: contender === 'spark' ? 1000 + task : 9000 + task,
      }),
    });
    const gate = (contender: string) =>
      judge(`  - { name: g, contender: ${contender}, metric: frontier_probability, at_least: 90% }\n`, { run });
    expect(checkOf(gate('spark')).observed).toBe(1);
    expect(gate('codex').verdict).toBe('fail');
  });

  it('infra errors count over all trials', async () => {
    const run = await aMeasuredRun({
      tasks: 50,
      contenders: ['spark'],
      trial: ({ task }) =>
        task === 0
          ? { verdict: undefined, stop: 'infra-error', infraError: { phase: 'endpoint', code: 'x', message: 'x' } }
          : {},
    });
    const gate = (limit: string) =>
      judge(`  - { name: g, metric: infra_error_rate, at_most: ${limit}, evidence: observed }\n`, { run });
    expect(checkOf(gate('2%')).observed).toBe(0.02);
    expect(gate('2%').verdict).toBe('pass');
    expect(gate('1%').verdict).toBe('fail');
  });
});
