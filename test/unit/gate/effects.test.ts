import { describe, expect, it } from 'vitest';
import { readGates } from '../../../src/gate/file/read-gates.ts';
import { evaluateGates } from '../../../src/gate/judge/evaluate.ts';
import { judge } from '../../support/gate-report.ts';
import { aMeasuredRun, resolved, unresolved } from '../../support/measured-run.ts';

const run = (solved: number, tasks = 40) =>
  aMeasuredRun({ tasks, trial: ({ task }) => ({ verdict: task < solved ? resolved : unresolved }) });

const gate = (name: string, more: string) => `  - { name: ${name}, contender: spark, metric: pass_rate, ${more} }\n`;
const fails = 'at_least: 90%';
const unsure = 'at_least: 70%';
const absent = 'where: { tag: nowhere }, at_least: 1%';
const passes = 'at_least: 10%';

describe('levels and policies', () => {
  it.each([
    [[passes], 'pass', 0],
    [[fails], 'fail', 10],
    [[unsure], 'inconclusive', 11],
    [[absent], 'not_evaluated', 12],
    [[unsure, absent], 'not_evaluated', 12],
    [[absent, fails, unsure, passes], 'fail', 10],
    [[`${fails}, level: should`, passes], 'pass', 0],
    [[`${absent}, level: info`], 'pass', 0],
    [[`${unsure}, if_inconclusive: warn`], 'pass', 0],
    [[`${unsure}, if_inconclusive: pass`], 'pass', 0],
    [[`${absent}, if_inconclusive: pass`], 'not_evaluated', 12],
  ])('%j come to %s and exit with %d', async (gates, verdict, exitCode) => {
    const report = judge(gates.map((more, i) => gate(`g${i}`, more)).join(''), { run: await run(28) });
    expect([report.verdict, report.exitCode]).toEqual([verdict, exitCode]);
  });

  it('the verdict of a gate stays what it is, whatever it does', async () => {
    const report = judge(
      gate('a', `${fails}, level: should`) +
        gate('b', `${absent}, level: info`) +
        gate('c', `${unsure}, if_inconclusive: warn`),
      { run: await run(28) },
    );
    expect(report.gates.map(({ verdict, effect }) => [verdict, effect])).toEqual([
      ['fail', 'warns'],
      ['not_evaluated', 'none'],
      ['inconclusive', 'warns'],
    ]);
    expect(report.counts).toEqual({ pass: 0, fail: 1, inconclusive: 1, not_evaluated: 1, blocking: 0, warnings: 2 });
  });

  it('an inconclusive gate does what it says, else what its file says, else what the caller says', async () => {
    const measured = await run(28);
    const codeOf = (header: string, more: string, caller: 'fail' | 'warn') =>
      evaluateGates(
        readGates(`version: 1\n${header}gates:\n${gate('g', `${unsure}${more}`)}`, 'f'),
        { run: measured },
        { ifInconclusive: caller },
      ).exitCode;
    expect(codeOf('', '', 'warn')).toBe(0);
    expect(codeOf('', '', 'fail')).toBe(11);
    expect(codeOf('if_inconclusive: fail\n', '', 'warn')).toBe(11);
    expect(codeOf('if_inconclusive: fail\n', ', if_inconclusive: warn', 'fail')).toBe(0);
  });

  it('without a contender it is about each of them, and as bad as the worst', async () => {
    const mixed = await aMeasuredRun({
      tasks: 40,
      trial: ({ contender, task }) => ({ verdict: contender === 'spark' || task < 5 ? resolved : unresolved }),
    });
    const [each] = judge('  - { name: g, metric: pass_rate, at_least: 60% }\n', { run: mixed }).gates;
    expect(each?.checks.map(({ contender, verdict }) => [contender, verdict])).toEqual([
      ['spark', 'pass'],
      ['codex', 'fail'],
    ]);
    expect(each?.verdict).toBe('fail');
    const [others] = judge('  - { name: g, metric: pass_rate, better_than: codex }\n', { run: mixed }).gates;
    expect(others?.checks.map(({ contender }) => contender)).toEqual(['spark']);
  });
});

describe('a family of gates', () => {
  // Alone 22 of 40 prove less than 70% (p about 0.03); among ten gates that may be chance.
  const one = gate('g', 'at_least: 70%');
  const many = Array.from({ length: 10 }, (_, i) => gate(`g${i}`, 'at_least: 70%')).join('');

  it('Holm: a failure that does not survive the correction is inconclusive, and says so', async () => {
    const measured = await run(22);
    expect(judge(one, { run: measured }).gates[0]?.verdict).toBe('fail');
    const [first] = judge(many, { run: measured }).gates;
    expect(first?.verdict).toBe('inconclusive');
    const { failureP = 0, adjustedFailureP = 0, notes = [] } = first?.checks[0] ?? {};
    expect(adjustedFailureP / failureP).toBeCloseTo(10, 6);
    expect(notes.join()).toMatch(/with 10 checks that may be chance/);
    expect(judge(many, { run: measured }, 'family: none\n').gates[0]?.verdict).toBe('fail');
  });

  it('only must gates belong to it, and passes need no correction', async () => {
    const measured = await run(22);
    const withOthers =
      one + Array.from({ length: 9 }, (_, i) => gate(`s${i}`, 'at_least: 70%, level: should')).join('');
    expect(judge(withOthers, { run: measured }).gates[0]?.verdict).toBe('fail');
    const passing = Array.from({ length: 10 }, (_, i) => gate(`g${i}`, 'at_least: 40%')).join('');
    expect(judge(passing, { run: measured }).verdict).toBe('pass');
  });
});

describe('advice', () => {
  const adviceOf = async (solved: number, limit: string) =>
    judge(gate('g', `at_least: ${limit}`), { run: await run(solved) }).gates[0]?.checks[0]?.advice;

  it('says how many tasks or which limit an inconclusive gate would need', async () => {
    expect(await adviceOf(28, '65%')).toMatch(
      /^would need about \d+ tasks if the observed value stays, or a limit of 56\.\d%$/,
    );
    expect(await adviceOf(28, '75%')).toMatch(/wrong side/);
    expect(await adviceOf(38, '60%')).toBeUndefined();
  });

  it('with as many tasks as it says, the gate passes', async () => {
    const tasks = Number(/about (\d+) tasks/.exec((await adviceOf(28, '65%')) ?? '')?.[1]);
    expect(
      judge(gate('g', 'at_least: 65%'), { run: await run(Math.ceil(0.7 * tasks * 1.05), Math.ceil(tasks * 1.05)) })
        .verdict,
    ).toBe('pass');
  });
});
