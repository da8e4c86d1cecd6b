import { describe, expect, it } from 'vitest';
import { judge } from '../../../../support/gate-report.ts';
import { aMeasuredRun, resolved, unresolved } from '../../../../support/measured-run.ts';

/** Half of the tasks are easy, half are coin tosses that alternate by attempt: with more attempts the rate is known better. */
const aRunOf = (attempts: number, tasks = 40) =>
  aMeasuredRun({
    tasks,
    attempts,
    trial: ({ contender, task, index }) => ({
      verdict: task % 2 === 0 || (index + task + (contender === 'spark' ? 0 : 1)) % 2 === 0 ? resolved : unresolved,
    }),
  });

const gate = (limit: string, more = ', if_inconclusive: run_more, up_to: 10 attempts'): string =>
  `  - { name: g, contender: spark, metric: pass_rate, at_least: ${limit}${more} }\n`;

const checkOf = (text: string, run: Awaited<ReturnType<typeof aRunOf>>) => {
  const report = judge(text, { run });
  const [check] = report.gates[0]?.checks ?? [];
  if (check === undefined) throw new Error('a gate without a check');
  return { ...check, exitCode: report.exitCode, effect: report.gates[0]?.effect, sentence: report.gates[0]?.sentence };
};

describe('if_inconclusive: run_more', () => {
  it('judges each of the two looks with half of the doubt', async () => {
    const run = await aRunOf(4);
    const [once, twice] = [checkOf(gate('70%', ''), run), checkOf(gate('70%'), run)];
    expect(twice.lowerBound).toBeLessThan(once.lowerBound ?? 0);
    const proven = checkOf(gate('70%'), run);
    const alone = judge(gate('70%', ''), { run }, 'confidence: 97.5%\n').gates[0]?.checks[0];
    expect(proven.lowerBound).toBe(alone?.lowerBound);
    expect(twice.sentence).toContain('proven with 95% confidence over two looks, the last at 10 attempts');
  });

  it('a failure at either look is twice as likely by chance', async () => {
    const run = await aRunOf(4);
    const [once, twice] = [checkOf(gate('95%', ''), run), checkOf(gate('95%'), run)];
    expect(twice.failureP).toBeCloseTo(2 * (once.failureP ?? 0), 9);
  });

  it('says what the second look would bring and how to get it, and blocks', async () => {
    const found = checkOf(gate('70%'), await aRunOf(4));
    expect([found.verdict, found.effect, found.exitCode]).toEqual(['inconclusive', 'blocks', 11]);
    expect(found.nextLook).toMatchObject({ attempts: 4, upTo: 10 });
    expect(found.advice).toMatch(
      /^run more: `tacho run --attempts 10` .* 10 attempts a task instead of 4, which settles it in \d+% of cases/,
    );
    expect(found.notes[0]).toMatch(/would need about \d+ tasks/);
  });

  it('the nearer the limit, the less a second look settles; far enough away the first does', async () => {
    const run = await aRunOf(4);
    const chances = ['73%', '71%', '69%'].map((limit) => checkOf(gate(limit), run).nextLook?.chance ?? Number.NaN);
    expect(chances).toEqual(chances.toSorted((left, right) => left - right));
    expect(checkOf(gate('50%'), run).verdict).toBe('pass');
  });

  it('a run of as many attempts is the last look', async () => {
    const last = checkOf(gate('70%', ', if_inconclusive: run_more, up_to: 3 attempts'), await aRunOf(4));
    expect([last.verdict, last.nextLook]).toEqual(['inconclusive', { attempts: 4, upTo: 3 }]);
    expect(last.advice).toMatch(/^this was the last look \(4 attempts a task, `up_to` says 3\)/);
  });

  it('one attempt a task does not tell what more would do', async () => {
    const found = checkOf(gate('45%'), await aRunOf(1));
    expect(found.nextLook).toEqual({ attempts: 1, upTo: 10 });
    expect(found.advice).toContain('cannot be told from one attempt a task');
  });

  it('where tasks alone differ, no number of attempts is enough', async () => {
    const run = await aMeasuredRun({
      tasks: 40,
      attempts: 3,
      trial: ({ task, index }) => ({ verdict: task % 4 !== 0 || (task === 0 && index === 0) ? resolved : unresolved }),
    });
    const found = checkOf(gate('70%'), run);
    expect(found.nextLook?.attemptsNeeded).toBeUndefined();
    expect(found.advice).toContain('no number of attempts would');
  });
});
