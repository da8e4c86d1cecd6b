/** Exact one-sided upper bound of a rate after 0 events in n trials: 1 − (1−confidence)^(1/n) (Hanley & Lippman-Hand 1983). */
export function upperBoundAfterNone(trials: number, confidence = 0.95): number {
  return 1 - (1 - confidence) ** (1 / trials);
}

/** The rule of three: 3/n approximates {@link upperBoundAfterNone} at 95% (Hanley & Lippman-Hand 1983). */
export function ruleOfThree(trials: number): number {
  return 3 / trials;
}
