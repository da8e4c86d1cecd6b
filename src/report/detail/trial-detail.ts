/** A file that the store keeps beside an attempt; the path is relative to the attempt's folder. */
export type AttemptFile = { readonly path: string; readonly content: string };

/** Reads the files beside an attempt; none where there are none. */
export type FilesOf = (attempt: {
  readonly trialId: string;
  readonly attemptId: string;
}) => Promise<readonly AttemptFile[]>;

export type DetailCall = { readonly name: string; readonly argumentsText: string };
export type DetailResult = {
  readonly text: string;
  readonly exitCode?: number | undefined;
  readonly durationMs?: number | undefined;
};

/** One step as a reader follows it. */
export type DetailStep = {
  readonly source: string;
  readonly at?: string | undefined;
  readonly message: string;
  readonly reasoning: string;
  readonly calls: readonly DetailCall[];
  readonly results: readonly DetailResult[];
  /** Named timings as text, e.g. TTFT 52 ms. */
  readonly timings: readonly string[];
};

/** One trial as the page shows it when it is opened. */
export type TrialDetail = {
  readonly steps: readonly DetailStep[];
  /** The submission's diff, verifier output, and whatever else was kept. */
  readonly files: readonly AttemptFile[];
  /** Why this verdict; the verifier's or the infra error's words. */
  readonly reason?: string | undefined;
  readonly missingTests: readonly string[];
  /** Why the clock of the trial should not be trusted. */
  readonly clockProblems: readonly string[];
  /** What was left out to keep the page small. */
  readonly cut: readonly string[];
};
