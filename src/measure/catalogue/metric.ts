/** Units of published values. `ratio` is 0…1 and becomes per cent only when rendered. */
export type Unit = 's' | 'tokens/s' | 'tokens' | 'ratio' | 'count' | 'lines' | 'files' | 'USD';

/**
 * A metric is a declaration: tables, CSV columns, the data dictionary, gates and help are generated from it.
 * `Input` is what it is computed from: a turn, a trial, or the trials of a contender.
 */
export type Metric<Input> = {
  /** Stable, snake_case, with its unit: also the name of the CSV column. */
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower' | 'neither';
  /** For people, in the glossary's words. */
  readonly formula: string;
  /** Fields of the log without which there is no value. */
  readonly needs: readonly string[];
  /** In `unit`; undefined where the log does not say: never 0 for unknown. */
  readonly compute: (input: Input) => number | undefined;
};

/** Milliseconds to the published seconds; unknown stays unknown. */
export const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);
