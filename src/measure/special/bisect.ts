/**
 * Where a non-decreasing function passes from negative to non-negative in [low, high], to the last bit (the middle of two neighbouring numbers
 * is one of them). An end of the range if the function does not change sign there.
 */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  let below = low;
  let above = high;
  for (;;) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) return f(below) >= 0 ? below : above;
    if (f(middle) < 0) below = middle;
    else above = middle;
  }
}
