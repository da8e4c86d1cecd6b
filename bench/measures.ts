/** One figure of a benchmark. `ok` is undefined where there is no bound to hold. */
export type Measure = {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly bound?: string | undefined;
  readonly ok?: boolean | undefined;
};

/** A figure that must be at most `bound`. */
export const atMost = (
  id: string,
  value: number,
  { unit, bound }: { readonly unit: string; readonly bound: number },
): Measure => ({ id, value, unit, bound: `≤ ${bound}`, ok: value <= bound });

/** A figure that must be at least `bound`. */
export const atLeast = (
  id: string,
  value: number,
  { unit, bound }: { readonly unit: string; readonly bound: number },
): Measure => ({ id, value, unit, bound: `≥ ${bound}`, ok: value >= bound });

/** A figure for comparison only. */
export const figure = (id: string, value: number, unit: string): Measure => ({ id, value, unit });

/** Prints a table, or with `--json` one object; the exit code is 1 where a bound is missed. */
export const printMeasures = (measures: readonly Measure[], title: string): void => {
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ measures })}\n`);
  else {
    const width = Math.max(...measures.map(({ id }) => id.length));
    process.stdout.write(`${title}\n`);
    for (const { id, value, unit, bound, ok } of measures) {
      const mark = ok === undefined ? ' ' : ok ? '✓' : '✗';
      process.stdout.write(
        `${mark} ${id.padEnd(width)} ${value.toFixed(3).padStart(12)} ${unit.padEnd(10)} ${bound ?? ''}\n`,
      );
    }
  }
  if (measures.some(({ ok }) => ok === false)) process.exitCode = 1;
};

/** The middle value; of an even count the mean of the two. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
};
