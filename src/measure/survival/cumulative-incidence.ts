import { areaUpTo, type StepCurve } from './step-curve.ts';
import { type TimedOutcome, timeTable } from './time-table.ts';

/**
 * Aalen–Johansen estimate of the share that has had the event by a time, with competing outcomes (Aalen & Johansen 1978): at each moment the
 * curve rises by S(t−)·dᵢ/nᵢ, S being the share with neither event nor competing outcome yet. Without censoring it is the plain share.
 *
 * For "solved by time": resolved is the event; a wrong submission competes (it is final), an infra error censors, and a time-out at the common
 * limit censors at the limit. One minus Kaplan–Meier with the wrong submissions censored would claim too much. A step at every event or
 * competing outcome.
 */
export function cumulativeIncidence(observations: readonly TimedOutcome[]): StepCurve {
  let pending = 1;
  let value = 0;
  const steps = timeTable(observations)
    .filter(({ events, competing }) => events + competing > 0)
    .map(({ time, atRisk, events, competing }) => {
      value += (pending * events) / atRisk;
      pending *= 1 - (events + competing) / atRisk;
      return { time, value };
    });
  return { initial: 0, steps };
}

/** Restricted mean time to the event, mean of min(T, h): the area above the incidence curve up to the horizon h (Royston & Parmar 2013). */
export function restrictedMeanTime(incidence: StepCurve, horizon: number): number {
  return horizon - areaUpTo(incidence, horizon);
}
