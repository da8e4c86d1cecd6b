/** What the client says, so that the simulator knows its script. */
export const instruction = 'Recite the benchmark answer to its end.';

/** How the simulator's process is told what to do: as JSON in its first argument. */
export type ServerOrder = {
  /** Profiles as a YAML file would hold them. */
  readonly profiles: readonly unknown[];
  /** What it answers with: one text of so many tokens, or the scripted attempts of a folder. */
  readonly script: { readonly tokens: number } | { readonly folder: string };
};

/** The simulator's own stamps of one request, CLOCK_MONOTONIC nanoseconds. */
export type Truth = {
  readonly requestId: string;
  readonly sessionId: string;
  readonly received: number;
  readonly firstWritten: number;
  readonly lastWritten: number;
  readonly tokens: number;
  readonly firstTokens: number;
};

export type ServerMessage =
  | { readonly kind: 'ready'; readonly address: string }
  | { readonly kind: 'truths'; readonly truths: readonly Truth[]; readonly cpuMs: number };
