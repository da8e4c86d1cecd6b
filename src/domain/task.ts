/** An image built from a folder. */
export type ImageBuild = { readonly kind: 'build'; readonly dockerfile: string; readonly contextFolder: string };

/** How the container of a task comes about: built, or taken by reference; where the reference cannot be had, built otherwise. */
export type ImageSource =
  | ImageBuild
  | { readonly kind: 'reference'; readonly reference: string; readonly otherwise?: ImageBuild | undefined };

/** What a task's container gets. Unlimited where undefined; memory in bytes. */
export type Limits = {
  readonly cpus?: number | undefined;
  readonly memoryBytes?: number | undefined;
  readonly pids?: number | undefined;
};

export type NetworkMode = 'none' | 'public';

export type Environment = {
  readonly image: ImageSource;
  readonly workdir?: string | undefined;
  readonly user?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly network: NetworkMode;
};

/** Judged by a script that writes a reward file (Harbor, Terminal-Bench 2). */
export type RewardFileCheck = {
  readonly kind: 'reward-file';
  readonly testsFolder: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly user?: string | undefined;
  /** Which file wins when both are there: newer Harbor versions prefer reward.json. */
  readonly prefer: 'reward.json' | 'reward.txt';
  /** The test script says that it writes /logs/verifier/ctrf.json: without it the tests did not run. */
  readonly announcesReport: boolean;
};

export type TestParser = 'pytest' | 'node-test' | 'go-test';

/** Judged by named tests that must all be passed in a fresh container (SWE-bench style). */
export type NamedTestsCheck = {
  readonly kind: 'named-tests';
  readonly baseCommit: string;
  readonly testPatch: string;
  readonly runScript: string;
  readonly selectors: readonly string[];
  readonly parser: TestParser;
  readonly failToPass: readonly string[];
  readonly passToPass: readonly string[];
};

/** The gold answer: a script to run in the sandbox, or a patch to apply to the repository. Only the oracle sees it. */
export type Solution =
  | { readonly kind: 'script'; readonly folder: string; readonly variables: Readonly<Record<string, string>> }
  | { readonly kind: 'patch'; readonly patch: string };

/** The agent's model is told something else after so many output tokens of its trial, wherever it stands. */
export type TaskSteering = { readonly afterOutputTokens: number; readonly instruction: string };

export type Difficulty = 'easy' | 'medium' | 'hard' | 'unknown';

/** Instruction + environment + verifier + budget. Folders are absolute paths on the harness's machine. */
export type Task = {
  readonly id: string;
  readonly suite: string;
  readonly instruction: string;
  readonly environment: Environment;
  readonly check: RewardFileCheck | NamedTestsCheck;
  readonly solution?: Solution | undefined;
  /** An instruction that changes while the model is answering; what is judged is the changed one. */
  readonly steering?: TaskSteering | undefined;
  readonly budget: { readonly agentMs?: number | undefined; readonly verifierMs: number; readonly buildMs: number };
  readonly difficulty: Difficulty;
  readonly category: string;
  readonly tags: readonly string[];
  readonly language?: string | undefined;
  /** sha256 over everything that defines the task: instruction, environment, tests, solution. */
  readonly digest: string;
};

/** A named, versioned list of tasks. */
export type Suite = {
  readonly name: string;
  readonly version: string;
  readonly format: string;
  readonly tasks: readonly Task[];
  /** Task folders or rows that we cannot run, each with its reason: never dropped in silence. */
  readonly unsupported: readonly { readonly id: string; readonly reason: string }[];
};
