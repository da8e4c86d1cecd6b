import type { PriceList, TokenPrices } from './model/prices.ts';
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
  /** True where a recording was played back: shown wherever the endpoint appears. */
  readonly replayed?: boolean | undefined;
  /** What it charged on the day of the run. */
  readonly prices?: TokenPrices | undefined;
};

/** The prices of those endpoints that have any. */
export const priceListOf = (endpoints: readonly Pick<EndpointDescription, 'id' | 'prices'>[]): PriceList =>
  new Map(endpoints.flatMap(({ id, prices }) => (prices === undefined ? [] : [[id, prices] as const])));

/** One point on the frontier: agent × endpoint × settings. */
export type ContenderDescription = {
  readonly name: string;
  readonly agent: string;
  readonly endpoints: readonly string[];
  readonly settings: Readonly<Record<string, string | number>>;
  /** True where any of its endpoints is simulated. */
  readonly simulated: boolean;
  /** True where any of its endpoints is a recording, played back. */
  readonly replayed?: boolean | undefined;
};

/** Where figures come from. */
export type Origin = Pick<EndpointDescription, 'simulated' | 'replayed'> & {
  /** True where output tokens were counted by us, since a server stated none. */
  readonly tokensEstimated?: boolean | undefined;
};

/** What must be said beside the name of an endpoint or contender, e.g. `simulated, replayed`; undefined where nothing must. */
export const provenanceOf = ({ simulated, replayed, tokensEstimated }: Origin): string | undefined =>
  [
    simulated ? 'simulated' : '',
    replayed === true ? 'replayed' : '',
    tokensEstimated === true ? 'tokens estimated' : '',
  ]
    .filter((word) => word !== '')
    .join(', ') || undefined;

/** A name with what must be said beside it: `spark (simulated, replayed)`. */
export const labelOf = (name: string, origin: Origin): string => {
  const provenance = provenanceOf(origin);
  return provenance === undefined ? name : `${name} (${provenance})`;
};

/** How the kernel treats the harness; `real-time`: before all ordinary processes of the machine. */
export type Scheduling = 'real-time' | 'ordinary';

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
    /** Unknown in older runs. */
    readonly scheduling?: Scheduling | undefined;
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
  /** Run ids of the shards that `tacho merge` put together. */
  readonly mergedFrom?: readonly string[] | undefined;
};

/** The manifest with other prices for some endpoints: what the same run would cost by them. */
export const withPrices = (manifest: Manifest, prices: PriceList): Manifest => ({
  ...manifest,
  endpoints: manifest.endpoints.map((endpoint) => ({
    ...endpoint,
    prices: prices.get(endpoint.id) ?? endpoint.prices,
  })),
});
