import type { Task } from '../domain/task.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** A file to keep beside the record: verifier output, test report. */
export type Artifact = { readonly path: string; readonly content: string };

export type Verification = { readonly verdict: Verdict; readonly artifacts: readonly Artifact[] };

export type VerifierTools = {
  /** The agent's own container: processes ended, state as left. */
  readonly sandbox: Sandbox;
  /** Opens a container from the pristine image, network none; the caller disposes it. */
  readonly openFresh: () => Promise<Sandbox>;
  /** The diff the agent left, where the task has a repository. */
  readonly submission: string;
  readonly signal: AbortSignal;
};

/** Judges the state an agent left. Throws InfraError when it was our side that broke. */
export interface Verifier {
  verify(task: Task, tools: VerifierTools): Promise<Verification>;
}
