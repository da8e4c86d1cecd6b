import type { Environment, Limits, NetworkMode } from '../domain/task.ts';

/** What a command printed, bounded: head and tail are kept, the byte count is the true one. */
export type BoundedOutput = { readonly text: string; readonly bytes: number; readonly truncated: boolean };

/** A failing command is data. `ended` says who ended it. */
export type ExecResult = {
  /** Undefined when the command was ended by a time-out or a signal of ours. */
  readonly exitCode?: number | undefined;
  readonly stdout: BoundedOutput;
  readonly stderr: BoundedOutput;
  readonly durationMs: number;
  readonly ended: 'exit' | 'time-out' | 'aborted';
};

export type ExecOptions = {
  readonly user?: string | undefined;
  readonly workdir?: string | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly stdin?: string | Uint8Array | undefined;
  /** Bytes kept of each stream; default 256 KiB (half head, half tail). */
  readonly outputLimitBytes?: number | undefined;
};

/** What agents and verifiers may do in a sandbox. Paths are absolute in the container. */
export interface Shell {
  exec(command: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** Undefined when there is no such file. Throws InfraError above `limitBytes` (default 16 MiB). */
  readFile(path: string, options?: { readonly limitBytes?: number }): Promise<Uint8Array | undefined>;
  writeFile(path: string, content: string | Uint8Array, options?: { readonly mode?: number }): Promise<void>;
  /** Puts the content of a host folder at `path`, replacing a link that stands there. */
  uploadFolder(hostFolder: string, path: string): Promise<void>;
}

/** A running container. Disposing removes it by force and never rejects. */
export interface Sandbox extends AsyncDisposable {
  readonly id: string;
  readonly shell: Shell;
  /** The image's content id. */
  readonly imageId: string;
  /** Ends every process but the first, daemons too. */
  endProcesses(): Promise<void>;
}

export type SandboxSpec = {
  readonly image: PreparedImage;
  readonly workdir?: string | undefined;
  readonly user?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly network: NetworkMode;
};

/** An image that is there: its reference on the engine and its content id. */
export type PreparedImage = { readonly reference: string; readonly imageId: string; readonly workdir: string };

export type ImageProgress = (line: string) => void;

export type EngineInfo = {
  readonly version: string;
  readonly apiVersion: string;
  readonly storageDriver: string;
  readonly runtime: string;
  readonly address: string;
};

/** Labels put on everything we make, so that a later run can sweep what a dead one left. */
export type OwnerLabels = { readonly run: string; readonly trial: string };

/** Makes sandboxes. Every call throws InfraError when the engine is the one that broke. */
export interface SandboxProvider extends AsyncDisposable {
  /** Throws InfraError `engine-unreachable`, saying what was tried and how to mend it. */
  info(): Promise<EngineInfo>;
  /** Builds or pulls; content-addressed, so a second call with the same inputs is quick. */
  prepareImage(
    environment: Environment,
    options: {
      readonly timeoutMs: number;
      readonly signal: AbortSignal;
      readonly progress?: ImageProgress | undefined;
    },
  ): Promise<PreparedImage>;
  open(spec: SandboxSpec, options: { readonly labels: OwnerLabels; readonly signal: AbortSignal }): Promise<Sandbox>;
  /** Removes containers of runs whose harness is dead; or all of `run`. Returns how many. */
  sweep(options?: { readonly run?: string | undefined }): Promise<number>;
}
