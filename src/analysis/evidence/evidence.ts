/** What the data do not rule out, each side at one confidence of its own; infinite where they rule nothing out. */
export type Bounds = { readonly lower: number; readonly upper: number };

/** What trials say about one number: its observed value, and how far it may be from there. */
export type Evidence = {
  readonly observed: number;
  /** One-sided bounds, each at this confidence. Absent where the number states its own doubt (a probability) or is an extreme. */
  readonly bounds?: ((confidence: number) => Bounds) | undefined;
  readonly method: string;
  readonly nTasks: number;
  readonly nTrials: number;
  /** Values that these trials hold, where a trial holds several: turns. */
  readonly nValues?: number | undefined;
  /** Of a probe, in place of tasks and trials: its calls, on each side of a comparison. */
  readonly nCalls?: number | undefined;
};

/** Why there is no evidence: what the log does not hold. */
export type Absent = { readonly absent: string };

export const isAbsent = (found: object): found is Absent => 'absent' in found;

/** Where a metric needs every judged trial, and one does not tell. */
export const untold = ({ needs }: { readonly needs: readonly string[] }): Absent => ({
  absent: `a judged trial does not state what it needs (${needs.join(', ')})`,
});

/** Confidence of the two-sided interval whose ends are one-sided bounds at `confidence`: 90% for 95%. */
export const twoSided = (confidence: number): number => 2 * confidence - 1;

export const unbounded: Bounds = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
