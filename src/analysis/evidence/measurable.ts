import type { Metric, Unit } from '../../measure/catalogue/metric.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';

/** A counted trial with the turn metrics that somebody asked for; they are not kept unless asked for. */
export type MeasuredTrial = TrialFacts & { readonly turnValues: Readonly<Record<string, readonly number[]>> };

type Described = Pick<Metric<never>, 'label' | 'better' | 'formula' | 'needs'> & {
  /** snake_case, without a unit: quantities carry theirs. */
  readonly name: string;
  readonly unit: Unit;
};

/** A share of trials: of those that are judged, or of all. */
export type Share = Described & {
  readonly kind: 'share';
  readonly population: 'judged' | 'all';
  readonly holds: (trial: MeasuredTrial) => boolean;
};

/** Values of the judged trials, one a trial or one a turn, of which a mean or a quantile is taken. */
export type Sample = Described & {
  readonly kind: 'sample';
  readonly of: 'trial' | 'turn';
  readonly values: (trial: MeasuredTrial) => readonly number[];
  /** Whether all of it is unknown as soon as one judged trial does not tell. */
  readonly needed?: boolean | undefined;
};

/** Σ numerators ÷ Σ denominators over the judged trials. */
export type Quotient = Described & {
  readonly kind: 'quotient';
  /** Undefined where a trial does not tell; `needed` says whether the sum is then unknown, or the trial left out. */
  readonly parts: (trial: MeasuredTrial) => { readonly numerator: number; readonly denominator: number } | undefined;
  readonly needed: boolean;
  /** Whether each task has a quotient of its own, so that two contenders can be paired by task. */
  readonly pairable: boolean;
};

/** A metric that a gate can name, by the arithmetic that fits it. */
export type Measurable =
  | Share
  | Sample
  | Quotient
  /** Share of joint bootstrap replicates in which no other contender dominates. */
  | (Described & { readonly kind: 'frontier' })
  /** A time of single calls that `tacho probe` measures; no run's log holds it. */
  | (Described & { readonly kind: 'probe' });
