import { test } from 'vitest';
import { mean } from '../../../../src/measure/sample/moments.ts';
import { cascade } from '../../../../src/measure/what-if/cascade.ts';
import { retryOutlook, solvedWithin } from '../../../../src/measure/what-if/retry.ts';
import type { ExpectedValues } from '../../../support/expected-values.ts';

export function whatIfChecks(expected: ExpectedValues): void {
  test('retries of one task', () => {
    const part = expected.part('retries').part('p=.4, mean attempt 100s');
    const plan = { passRate: 0.4, attemptTime: 100 };
    const capped = retryOutlook({ ...plan, maximumAttempts: 3 });
    const endless = retryOutlook({ ...plan, maximumAttempts: Number.POSITIVE_INFINITY });
    part.agree('E[time to first success] = m/p', endless.expectedTime);
    part.agree('R=3: P(success)', capped.successProbability);
    part.agree('R=3: E[time spent]=m(1-(1-p)^R)/p', capped.expectedTime);
    part.agree('R=3: E[attempts]', capped.expectedAttempts);
  });

  test('retries of tasks that differ', () => {
    const part = expected.part('retries_heterogeneous');
    const rates = part.given<number[]>('task p');
    const pooled = mean(rates) ?? 0;
    const attempts = (passRate: number) =>
      retryOutlook({ passRate, attemptTime: 1, maximumAttempts: Number.POSITIVE_INFINITY }).expectedAttempts;
    part.agree('pooled 1/mean(p) (WRONG for retry planning)', attempts(pooled));
    part.same(
      'per-task attempts',
      rates.map((p) => String(attempts(p)).replace('Infinity', 'inf')),
    );
    part.agree('P(solved within 3) true', solvedWithin(rates, 3));
    part.agree('pooled formula', solvedWithin([pooled], 3));
  });

  test('the cascade from fast to flagship', () => {
    const part = expected.part('cascade_oracle_upper_bound');
    // Which tasks each solves is not in the file; these are the ones that its rates and times allow, up to the order of tasks 3 and 4.
    const solvedByFast = [1, 1, 0, 0, 1];
    const solvedByFlagship = [1, 0, 1, 0, 1];
    const summaries = (key: string, solved: readonly number[]) =>
      part.given<number[]>(key).map((time, i) => ({ time, passRate: solved[i] ?? 0 }));
    const fast = summaries('t_fast', solvedByFast);
    const flagship = summaries('t_flag', solvedByFlagship);
    for (const [key, tasks] of [
      ['fast', fast],
      ['flag', flagship],
    ] as const) {
      part.part(key).agree('acc', mean(tasks.map(({ passRate }) => passRate)));
      part.part(key).agree('mean_s', mean(tasks.map(({ time }) => time)));
    }
    part.agree('acc', cascade(fast, flagship)?.passRate);
    part.agree('mean_s', cascade(fast, flagship)?.time);
  });
}
