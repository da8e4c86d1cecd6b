import type { Level } from './gate.ts';

/** `not_evaluated`: nothing could be said; it never passes. */
export const verdicts = ['pass', 'fail', 'inconclusive', 'not_evaluated'] as const;
export type Verdict = (typeof verdicts)[number];

/** Why nothing could be said. */
export type NotEvaluatedReason =
  | 'metric-absent'
  | 'run-missing'
  | 'probe-missing'
  | 'contender-missing'
  | 'no-task'
  | 'no-trials'
  | 'unfinished'
  | 'overlap'
  | 'baseline-missing'
  | 'baseline-incompatible';

/** What a verdict does: nothing, a warning, or an exit code other than 0. */
export type Effect = 'none' | 'warns' | 'blocks';

/** What the second look of a gate that says `run_more` would bring, if the observed value is the true one. */
export type NextLook = {
  /** Attempts at each task, here and at the last look. */
  readonly attempts: number;
  readonly upTo: number;
  /** How often the last look settles it; undefined where the run does not tell how attempts vary. */
  readonly chance?: number | undefined;
  /** Attempts with which it is settled four times in five; undefined also where no number of them would do. */
  readonly attemptsNeeded?: number | undefined;
};

/** One gate for one contender: all numbers in the metric's own unit (ratios 0…1, seconds). */
export type Check = {
  readonly contender: string;
  /** The contender with what must be said beside it: simulated, replayed. */
  readonly label: string;
  /** Whom it was compared with, by name. */
  readonly against?: string | undefined;
  readonly verdict: Verdict;
  readonly reason?: NotEvaluatedReason | undefined;
  /** What was found, for people. */
  readonly finding: string;
  /** How to get to know more, or what it would take. */
  readonly advice?: string | undefined;
  readonly nextLook?: NextLook | undefined;
  readonly scale?: 'value' | 'difference' | 'ratio' | 'beyond-factor' | undefined;
  readonly unit?: string | undefined;
  readonly observed?: number | undefined;
  readonly lowerBound?: number | undefined;
  readonly upperBound?: number | undefined;
  readonly limit?: number | undefined;
  readonly values?: { readonly first: number; readonly second: number } | undefined;
  readonly method?: string | undefined;
  readonly nTasks: number;
  readonly nTrials: number;
  /** Of turns: how many of them. */
  readonly nValues?: number | undefined;
  /** Of a probe: its calls, on each side of a comparison. */
  readonly nCalls?: number | undefined;
  readonly withoutVerdict: { readonly excluded: number; readonly countedAsFailed: number };
  /** Smallest α at which the gate is proven not to hold, and the same after Holm's correction. */
  readonly failureP?: number | undefined;
  readonly adjustedFailureP?: number | undefined;
  readonly notes: readonly string[];
};

export type GateVerdict = {
  readonly name: string;
  readonly sentence: string;
  readonly level: Level;
  readonly source?: string | undefined;
  readonly line: number;
  readonly column: number;
  /** The worst of its checks. */
  readonly verdict: Verdict;
  readonly effect: Effect;
  readonly checks: readonly Check[];
};

/** The one object that text, JSON, JUnit, GitHub's outputs and the exit code are made from. */
export type GateReport = {
  readonly schema: 1;
  readonly kind: 'tacho-gate-verdict';
  readonly file: string;
  /** Absent where only a probe was judged. */
  readonly run?: { readonly runId: string; readonly name: string } | undefined;
  readonly baseline?: { readonly runId: string; readonly name: string } | undefined;
  readonly probe?: { readonly probeId: string } | undefined;
  readonly confidence: number;
  readonly family: 'holm' | 'none';
  /** The worst of the blocking gates; pass where none blocks. */
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly counts: Readonly<Record<Verdict, number>> & { readonly blocking: number; readonly warnings: number };
  readonly gates: readonly GateVerdict[];
};

/** Stable, documented in docs/cli.md. */
export const gateExitCodes = {
  pass: 0,
  fail: 10,
  inconclusive: 11,
  not_evaluated: 12,
} as const satisfies Record<Verdict, number>;

/** A proven failure says most; that nothing could be said outweighs that too little could. */
const severity: readonly Verdict[] = ['pass', 'inconclusive', 'not_evaluated', 'fail'];

/** The worst of some verdicts; pass for none. */
export const worstOf = (found: readonly Verdict[]): Verdict =>
  found.reduce((worst, verdict) => (severity.indexOf(verdict) > severity.indexOf(worst) ? verdict : worst), 'pass');
