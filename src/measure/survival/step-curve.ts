import { elementAt } from '../sample/element-at.ts';

/** A point where a curve jumps to a new value. */
export interface Step {
  readonly time: number;
  readonly value: number;
}

/** A right-continuous step function of time ≥ 0: `initial` before the first step, then the value of the last step at or before t. */
export interface StepCurve {
  readonly initial: number;
  /** In ascending order of time. */
  readonly steps: readonly Step[];
}

/** The value at a time, in the unit of the steps' times. */
export function valueAt({ initial, steps }: StepCurve, time: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (elementAt(steps, middle).time <= time) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? initial : elementAt(steps, low - 1).value;
}

/** ∫₀ʰ of the curve up to a horizon h. Of a survival curve it is the restricted mean time; see also the restricted mean of an incidence. */
export function areaUpTo({ initial, steps }: StepCurve, horizon: number): number {
  let area = 0;
  let from = 0;
  let value = initial;
  for (const step of steps) {
    if (step.time >= horizon) break;
    area += (step.time - from) * value;
    from = step.time;
    value = step.value;
  }
  return area + (horizon - from) * value;
}
