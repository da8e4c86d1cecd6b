import type { TrialSpec } from './trial.ts';

/** Kind of hardware behind an endpoint, for shapes and legends. */
export type HardwareTier = 'wafer-scale' | 'gpu' | 'cpu' | 'unknown';

/** What the log says about an endpoint: never a key, never an address with credentials. */
export type EndpointDescription = {
  readonly id: string;
  readonly model: string;
  readonly protocol: string;
  readonly transport: string;
  readonly address: string;
  readonly tier: HardwareTier;
  /** True for our simulator: shown wherever the endpoint appears. */
  readonly simulated: boolean;
};

/** One point on the frontier: agent × endpoint × settings. */
export type ContenderDescription = {
  readonly name: string;
  readonly agent: string;
  readonly endpoints: readonly string[];
  readonly settings: Readonly<Record<string, string | number>>;
  /** True where any of its endpoints is simulated. */
  readonly simulated: boolean;
};

/** manifest.json: everything about a run that is not a result. */
export type Manifest = {
  readonly schema: 1;
  readonly runId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly tacho: { readonly version: string };
  readonly host: {
    readonly platform: string;
    readonly architecture: string;
    readonly cpus: number;
    readonly memoryBytes: number;
    readonly node: string;
  };
  readonly engine?:
    | {
        readonly version: string;
        readonly apiVersion: string;
        readonly storageDriver: string;
        readonly runtime: string;
      }
    | undefined;
  readonly seed: number;
  readonly attempts: number;
  readonly concurrency: number;
  readonly endpoints: readonly EndpointDescription[];
  readonly contenders: readonly ContenderDescription[];
  readonly suites: readonly {
    readonly name: string;
    readonly version: string;
    readonly format: string;
    readonly source: string;
    readonly tasks: number;
  }[];
  /** The configuration as given, secrets replaced. */
  readonly config: unknown;
  readonly plan: readonly TrialSpec[];
};
