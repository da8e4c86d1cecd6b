import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeLabels } from '../../../../../src/report/chart/frontier/place-labels.ts';

const plot = { width: 600, height: 300 };
const label = { width: 120, height: 32 };

/** Where the labels end up, with the gap that the chart keeps. */
const boxes = (points: readonly { readonly x: number; readonly y: number }[]) =>
  placeLabels(
    points.map((point) => ({ ...point, ...label })),
    plot,
  ).map(({ align, above }, index) => {
    const { x = 0, y = 0 } = points[index] ?? {};
    const left = align === 'left' ? x + 13 : x - 13 - label.width;
    const top = above ? y - label.height - 4 : y + 4;
    return { left, right: left + label.width, top, bottom: top + label.height };
  });

describe('label placement', () => {
  it('keeps labels inside of the plot wherever a point lies', () => {
    const place = fc.record({
      x: fc.integer({ min: 0, max: plot.width }),
      y: fc.integer({ min: 40, max: plot.height - 40 }),
    });
    fc.assert(
      fc.property(place, (point) => {
        const [box] = boxes([point]);
        expect(box?.left).toBeGreaterThanOrEqual(0);
        expect(box?.right).toBeLessThanOrEqual(plot.width);
        expect(box?.top).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('does not put two labels on each other where there is another side', () => {
    const [one, other] = boxes([
      { x: 200, y: 150 },
      { x: 260, y: 155 },
    ]);
    if (one === undefined || other === undefined) throw new Error('two labels were wanted');
    const apart =
      one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
    expect(apart).toBe(true);
  });
});
