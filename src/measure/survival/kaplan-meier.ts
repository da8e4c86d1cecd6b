import type { Step, StepCurve } from './step-curve.ts';
import { type TimedOutcome, timeTable } from './time-table.ts';

/** The share still without the event just after a time. */
export interface SurvivalStep extends Step {
  readonly atRisk: number;
  readonly events: number;
  /** Greenwood's: S·√Σ d/(n(n−d)); 0 when nobody is left. */
  readonly standardError: number;
}

/** A Kaplan–Meier curve, which starts at 1. */
export interface SurvivalCurve extends StepCurve {
  readonly steps: readonly SurvivalStep[];
}

/**
 * Product-limit estimate S(t) = Π(1 − dᵢ/nᵢ) of the share without the event (Kaplan & Meier 1958; standard error: Greenwood 1926), one step at
 * each event time. Everything but an event counts as censored, so it is right only without competing outcomes; for solved-by-time curves use the
 * cumulative incidence.
 */
export function kaplanMeier(observations: readonly TimedOutcome[]): SurvivalCurve {
  let value = 1;
  let greenwood = 0;
  const steps = timeTable(observations)
    .filter(({ events }) => events > 0)
    .map(({ time, atRisk, events }) => {
      value *= 1 - events / atRisk;
      greenwood += events / (atRisk * (atRisk - events));
      return { time, value, atRisk, events, standardError: value === 0 ? 0 : value * Math.sqrt(greenwood) };
    });
  return { initial: 1, steps };
}

/** The first time by which at least half have had the event; undefined if the curve never gets there. */
export function medianSurvival({ steps }: SurvivalCurve): number | undefined {
  return steps.find(({ value }) => value <= 0.5)?.time;
}
