import { type StepCurve, valueAt } from '../../../measure/survival/step-curve.ts';

/** A curve that wants its name beside it; times in milliseconds. */
export type NamedCurve = { readonly name: string; readonly curve: StepCurve };

/** Where a name stands: at a point of its curve, above and left of it where there is room, else right below: a rising curve is never there. */
export type CurveLabel = { readonly time: number; readonly value: number; readonly isLeft: boolean };

/** Shares of a curve's final level at which its name may stand, best first. */
const fractions = [0.8, 0.65, 0.5, 0.35, 0.92, 0.2] as const;

/** Other curves and names further away than this do not disturb. */
const clear = 0.07;

const characterWidth = 8;

/** How far the middle of a name is above or below its point, in pixels, and about how high a plot is. */
export const labelOffsets = { left: -9, right: 14 } as const;
const plotHeight = 290;

/** Where the middle of a name is, as a share. */
const middleOf = ({ value, isLeft }: Pick<CurveLabel, 'value' | 'isLeft'>): number =>
  value - (isLeft ? labelOffsets.left : labelOffsets.right) / plotHeight;

type Axis = { readonly low: number; readonly high: number; readonly width: number };

const candidatesOf = (
  { name, curve }: NamedCurve,
  { low, high, width }: Axis,
): readonly (CurveLabel & { readonly span: readonly number[] })[] => {
  const scale = width / Math.log(high / low);
  const final = curve.steps.at(-1)?.value ?? 0;
  return fractions.flatMap((fraction) => {
    const step = curve.steps.find(({ value }) => value >= final * fraction);
    if (step === undefined) return [];
    const reach = Math.exp((name.length * characterWidth) / scale);
    const isLeft = step.time / reach > low;
    const other = isLeft ? step.time / reach : step.time * reach;
    // Five times along the name: enough to see what runs through it.
    const span = Array.from({ length: 5 }, (_, place) => step.time * (other / step.time) ** (place / 4));
    return [{ time: step.time, value: step.value, isLeft, span }];
  });
};

/**
 * A place for every name, in order: the first at which no other curve runs through it and no name placed before is near, else the one with the most
 * room.
 */
export const placeCurveLabels = (curves: readonly NamedCurve[], axis: Axis): readonly (CurveLabel | undefined)[] => {
  const placed: { readonly value: number; readonly from: number; readonly to: number }[] = [];
  return curves.map((named) => {
    const others = curves.filter((other) => other !== named);
    const room = ({ span, ...place }: CurveLabel & { readonly span: readonly number[] }): number => {
      const [from, to] = [Math.min(...span), Math.max(...span)];
      const value = middleOf(place);
      const toCurves = others.flatMap(({ curve }) => span.map((time) => Math.abs(valueAt(curve, time) - value)));
      const toNames = placed
        .filter((name) => name.from < to && name.to > from)
        .map((name) => Math.abs(name.value - value));
      return Math.min(clear, ...toCurves, ...toNames);
    };
    const best = candidatesOf(named, axis).reduce<(CurveLabel & { readonly span: readonly number[] }) | undefined>(
      (chosen, candidate) => (chosen !== undefined && room(chosen) >= room(candidate) ? chosen : candidate),
      undefined,
    );
    if (best !== undefined)
      placed.push({ value: middleOf(best), from: Math.min(...best.span), to: Math.max(...best.span) });
    return best && { time: best.time, value: best.value, isLeft: best.isLeft };
  });
};
