import { expect, it } from 'vitest';
import { type StepCurve, valueAt } from '../../../../../src/measure/survival/step-curve.ts';
import { labelOffsets, placeCurveLabels } from '../../../../../src/report/chart/time/curve-labels.ts';

const rising = (from: number, to: number, final: number): StepCurve => ({
  initial: 0,
  steps: Array.from({ length: 20 }, (_, place) => ({
    time: from * (to / from) ** (place / 19),
    value: (final * (place + 1)) / 20,
  })),
});
const axis = { low: 500, high: 100_000, width: 700 };

it('does not let another curve run through a name', () => {
  // The first levels off at 57%; the second passes that level later, where its name would like to stand.
  const curves = [
    { name: 'wafer (simulated)', curve: rising(1000, 9000, 0.57) },
    { name: 'gpu (simulated)', curve: rising(8000, 40_000, 0.71) },
  ];
  const [, second] = placeCurveLabels(curves, axis);
  expect(second?.isLeft).toBe(true);
  expect(Math.abs((second?.value ?? 0.57) - 0.57)).toBeGreaterThan(0.06);
});

it('puts a name below its curve where there is no room on the left', () => {
  const [label] = placeCurveLabels([{ name: 'early', curve: rising(510, 560, 0.9) }], axis);
  expect(label?.isLeft).toBe(false);
});

it('names no curve that never rises', () => {
  expect(placeCurveLabels([{ name: 'flat', curve: { initial: 0, steps: [] } }], axis)).toEqual([undefined]);
});

it('does not let a curve run through its own name', () => {
  // As high as it is wide on the page: 290 pixels for all shares; letters are 13 pixels high.
  const pixels = (share: number) => share * 290;
  const named = { name: 'gpu (simulated)', curve: rising(5000, 40_000, 0.87) };
  const [label] = placeCurveLabels([named], { low: 400, high: 50_000, width: 700 });
  if (label === undefined) throw new Error('the curve has no name');
  const middle = pixels(label.value) - labelOffsets[label.isLeft ? 'left' : 'right'];
  const reach = Math.exp((named.name.length * 8 * Math.log(50_000 / 400)) / 700);
  for (let part = 0; part <= 20; part++) {
    const time = label.time * reach ** (((label.isLeft ? -1 : 1) * part) / 20);
    expect(Math.abs(pixels(valueAt(named.curve, time)) - middle)).toBeGreaterThan(6.5);
  }
});
