/** A rectangle in pixels. */
type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** A point that wants a label: its place and the label's size, in pixels. */
export type Labelled = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Where a label goes relative to its point. */
export type Placement = { readonly align: 'left' | 'right'; readonly above: boolean };

const gap = 13;

/** In order of preference. */
const placements: readonly Placement[] = [
  { align: 'left', above: true },
  { align: 'right', above: true },
  { align: 'left', above: false },
  { align: 'right', above: false },
];

const boxOf = ({ x, y, width, height }: Labelled, { align, above }: Placement): Box => {
  const left = align === 'left' ? x + gap : x - gap - width;
  const top = above ? y - height - 4 : y + 4;
  return { left, right: left + width, top, bottom: top + height };
};

const overlap = (one: Box, other: Box): number =>
  Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left)) *
  Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));

const outside = (
  { left, right, top, bottom }: Box,
  { width, height }: { readonly width: number; readonly height: number },
): number =>
  (Math.max(0, -left) + Math.max(0, right - width)) * 40 + (Math.max(0, -top) + Math.max(0, bottom - height)) * 40;

/**
 * Greedy label placement: each point takes the side on which its label covers least of the labels placed so far, of the points and of what is
 * outside of the plot.
 */
export const placeLabels = (
  points: readonly Labelled[],
  plot: { readonly width: number; readonly height: number },
): readonly Placement[] => {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 }));
  return points.map((point) => {
    const costs = placements.map((placement) => {
      const box = boxOf(point, placement);
      return { placement, box, cost: outside(box, plot) + taken.reduce((sum, other) => sum + overlap(box, other), 0) };
    });
    const best = costs.reduce((least, candidate) => (candidate.cost < least.cost ? candidate : least));
    taken.push(best.box);
    return best.placement;
  });
};
