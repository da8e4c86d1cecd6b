/** What the verifier proved. `invalid`: it could not judge; `tampered`: the submission worked on the judge. Neither is a score. */
export type Outcome = 'resolved' | 'unresolved' | 'invalid' | 'tampered';

/** `live`: in the agent's own container; `fresh`: the diff in a container from the pristine image. */
export type VerificationMode = 'live' | 'fresh';

export type TestStatus = 'passed' | 'failed' | 'skipped' | 'error';
export type TestResult = { readonly name: string; readonly status: TestStatus };

export type Verdict = {
  readonly outcome: Outcome;
  readonly mode: VerificationMode;
  /** One sentence for people: why this outcome. */
  readonly reason: string;
  /** The reward as written by the task's own script, where there is one. */
  readonly rewards?: Readonly<Record<string, number>> | undefined;
  /** Of the expected tests: which were passed. */
  readonly tests?:
    | { readonly expected: number; readonly passed: number; readonly missing: readonly string[] }
    | undefined;
};
