/** A range of values that the data do not rule out, at some confidence. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** k successes in n independent trials. */
export interface SuccessCount {
  readonly successes: number;
  readonly trials: number;
}

/** The same count, or a RangeError unless 0 ≤ successes ≤ trials and there is a trial. */
export function checkedCount(count: SuccessCount): SuccessCount {
  const { successes, trials } = count;
  if (!(trials > 0 && successes >= 0 && successes <= trials)) throw new RangeError(`${successes} of ${trials} trials`);
  return count;
}
