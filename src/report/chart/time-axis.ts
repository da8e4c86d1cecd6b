/** Round times in seconds that a reader knows, from milliseconds to days. */
const roundSeconds: readonly number[] = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200,
  14_400, 28_800, 86_400,
];

/** The domain of a log axis around positive values in seconds, with some air on both sides. */
export const timeDomain = (seconds: readonly number[], air = 1.5): readonly [number, number] => {
  const known = seconds.filter((value) => value > 0);
  if (known.length === 0) return [1, 60];
  return [Math.min(...known) / air, Math.max(...known) * air];
};

/** Round times inside a domain, thinned to at most `most`. */
export const timeTicks = ([low, high]: readonly [number, number], most: number): readonly number[] => {
  const inside = roundSeconds.filter((value) => value >= low && value <= high);
  const stride = Math.ceil(inside.length / Math.max(1, most));
  return inside.filter((_, index) => index % stride === 0);
};

/** Numbers of the form 1, 2, 5 × 10ⁿ inside a domain, thinned to at most `most`. */
export const roundTicks = ([low, high]: readonly [number, number], most: number): readonly number[] => {
  const first = Math.floor(Math.log10(low));
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, place) => 10 ** (first + place));
  const inside = decades
    .flatMap((decade) => [decade, 2 * decade, 5 * decade])
    .filter((value) => value >= low && value <= high);
  const stride = Math.ceil(inside.length / Math.max(1, most));
  return inside.filter((_, index) => index % stride === 0);
};

/** Vega expression that writes a tick in the unit people would use. */
export const timeLabel =
  "datum.value < 1 ? format(datum.value * 1000, '~r') + ' ms' : datum.value < 60 ? format(datum.value, '~r') + ' s' : datum.value < 7200 ? format(datum.value / 60, '~r') + ' min' : format(datum.value / 3600, '~r') + ' h'";
