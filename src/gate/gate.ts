import type { ContrastForm } from '../analysis/evidence/contrast-form.ts';
import type { VerdictPolicy } from '../analysis/evidence/population.ts';
import type { Statistic } from '../analysis/evidence/statistic.ts';
import type { PriceList } from '../domain/model/prices.ts';
import type { Place } from '../yaml/place.ts';
import type { Where } from './file/shapes.ts';

export type Level = 'must' | 'should' | 'info';
export type IfInconclusive = 'fail' | 'warn' | 'pass';
/** `run_more`: blocks as `fail` does, and says what a second look would bring. */
export type IfGateInconclusive = IfInconclusive | 'run_more';

type Common = {
  readonly name: string;
  /** Undefined: every contender of the run. */
  readonly contenders: readonly string[] | undefined;
  readonly where: Where;
  readonly level: Level;
  readonly ifInconclusive: IfGateInconclusive | undefined;
  readonly source: string | undefined;
  readonly place: Place;
};

type Measured = Common & {
  readonly metric: string;
  readonly statistic: Statistic | undefined;
  /** The word that the statistic was given as; of a frontier, its axis of time. */
  readonly statisticWord: string | undefined;
  readonly withinMs: number | undefined;
  readonly evidence: 'proven' | 'observed';
  /** Attempts at each task in the run of the second look, where there are two: `run_more`. */
  readonly upToAttempts: number | undefined;
};

/** A metric against a fixed limit, in the metric's own unit. */
export type ValueGate = Measured & {
  readonly kind: 'value';
  readonly direction: 'at-least' | 'at-most';
  readonly limit: number;
  readonly limitText: string;
};

/** A contender against another one, or against itself in the baseline run. */
export type ComparisonGate = Measured & {
  readonly kind: 'comparison';
  readonly claim: 'not-worse' | 'better' | 'faster';
  readonly against: string;
  readonly form: ContrastForm;
  /** Undefined: by any amount. */
  readonly marginText: string | undefined;
};

/** Every attempt at every task, or at least one at each. */
export type SolvedGate = Common & { readonly kind: 'solved'; readonly solved: 'every_attempt' | 'at_least_once' };

export type Gate = ValueGate | ComparisonGate | SolvedGate;

/** The word that stands for the same contender in the baseline run. */
export const baselineWord = 'baseline';

/** A checked gates.yaml. */
export type GateFile = {
  readonly file: string;
  readonly baseline: string | undefined;
  /** Of each one-sided bound. */
  readonly confidence: number;
  readonly family: 'holm' | 'none';
  readonly ifInconclusive: IfInconclusive | undefined;
  readonly policy: VerdictPolicy;
  /** Whether a gate on an unfinished run is refused: looking before the end finds what one hopes for. */
  readonly refusesUnfinished: boolean;
  /** By endpoint, in place of those of the run. */
  readonly prices: PriceList;
  readonly gates: readonly Gate[];
};
