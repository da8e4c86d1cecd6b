import type { Contrast, ContrastForm } from '../../../analysis/evidence/contrast-form.ts';
import { type Absent, type Evidence, unbounded } from '../../../analysis/evidence/evidence.ts';
import { clusteredQuantile } from '../../../measure/sample/clustered-quantile.ts';
import { quantile } from '../../../measure/sample/quantile.ts';
import type { ProbeCall } from '../../../probe/latency/carry-out.ts';
import type { KeptProbe } from '../../../probe/latency/latency.ts';
import { type ComparedMetric, callsFor, metricValue, pairsOf } from '../../../probe/latency/paired.ts';

/** The probe's own name of each metric that a gate can name, and what one of its units is in seconds. */
const read: Readonly<Record<string, readonly [metric: ComparedMetric, seconds: number]>> = {
  probe_round_trip: ['roundTrip', 1e-3],
  probe_ttft: ['ttft', 1e-3],
  probe_time_per_token: ['timePerToken', 1e-6],
  probe_per_token_overhead: ['overheadPerToken', 1e-6],
};

/** Below this share of calls (or pairs of calls) with a value, what is left may be a selection. */
const leastShare = 0.9;

/** Why answers do not state a metric, for people. */
const whySilent: Readonly<Record<ComparedMetric, string>> = {
  roundTrip: 'the endpoint holds the first sign of its answer back until the first token',
  ttft: 'answers came without content',
  timePerToken: 'answers came in one piece',
  overheadPerToken: 'the endpoint does not state the engine’s own time; probe with --engine-rate',
};

type Reader = {
  readonly metric: ComparedMetric;
  readonly calls: (arm: string) => readonly ProbeCall[];
  /** Seconds. */
  readonly value: (call: ProbeCall) => number | undefined;
};

const readerOf = (name: string, { probe, calls }: KeptProbe): Reader => {
  const found = read[name];
  if (found === undefined) throw new RangeError(`no metric ${name} of a probe`);
  const [metric, seconds] = found;
  return {
    metric,
    calls: (arm) => callsFor(metric, arm, calls),
    value: (call) => {
      const value = metricValue(metric, call, probe.engineTokensPerSecond);
      return value === undefined ? undefined : value * seconds;
    },
  };
};

type Told = { readonly told: number; readonly of: number; readonly noun: string; readonly arms: readonly string[] };

/** Too few of the calls tell: because there are none, one transport stood in for another, calls failed, or answers do not state it. */
const silent = ({ metric, calls }: Reader, { told, of, noun, arms }: Told): Absent => {
  const own = arms.flatMap(calls);
  const fallen = own.find(({ turn }) => turn?.connection?.fallback !== undefined);
  const failed = own.filter(({ failure }) => failure !== undefined).length;
  if (of === 0) return { absent: 'the probe made no such calls (--prompt-tokens, --output-tokens)' };
  const why =
    fallen !== undefined
      ? `${fallen.arm} fell back to ${fallen.turn?.connection?.fallback}`
      : failed > 0
        ? `${failed} calls failed`
        : whySilent[metric];
  return { absent: `only ${told} of ${of} ${noun} state it, ${leastShare * 100}% are needed: ${why}` };
};

const quantileOf = (values: readonly number[], q: number): Pick<Evidence, 'observed' | 'bounds'> => ({
  observed: quantile(values, q) ?? Number.NaN,
  bounds: (confidence) => {
    const found = clusteredQuantile(
      values.map((value) => [value]),
      q,
      confidence,
    );
    return found === undefined ? unbounded : { lower: found.lowerBound, upper: found.upperBound };
  },
});

const counted = (nCalls: number): Pick<Evidence, 'nTasks' | 'nTrials' | 'nCalls'> => ({
  nTasks: 0,
  nTrials: 0,
  nCalls,
});

/** What the calls of one arm say about a quantile of a metric, in seconds: order statistics, exact for independent calls. */
export const probeValue = (
  name: string,
  kept: KeptProbe,
  { arm, q }: { readonly arm: string; readonly q: number },
): Evidence | Absent => {
  const reader = readerOf(name, kept);
  const calls = reader.calls(arm);
  const values = calls.flatMap((call) => reader.value(call) ?? []);
  if (values.length === 0 || values.length < leastShare * calls.length)
    return silent(reader, { told: values.length, of: calls.length, noun: 'calls', arms: [arm] });
  return { ...quantileOf(values, q), ...counted(values.length), method: 'order statistics' };
};

/** Times as fast, from times as slow: bounds change places. */
const inverted = ({
  observed,
  bounds,
}: Pick<Evidence, 'observed' | 'bounds'>): Pick<Evidence, 'observed' | 'bounds'> => ({
  observed: 1 / observed,
  bounds: (confidence) => {
    const { lower, upper } = bounds?.(confidence) ?? unbounded;
    return {
      lower: upper === Number.POSITIVE_INFINITY ? 0 : 1 / upper,
      upper: lower > 0 ? 1 / lower : Number.POSITIVE_INFINITY,
    };
  },
});

/**
 * One arm against another over the pairs of their calls in the same cell and round, as the probe itself compares them: the median of the pairs'
 * ratios (or differences) with the order-statistic bounds of that median.
 */
export const probeContrast = (
  name: string,
  kept: KeptProbe,
  { first, second, form }: { readonly first: string; readonly second: string; readonly form: ContrastForm },
): (Evidence & Pick<Contrast, 'scale' | 'limit' | 'values'>) | Absent => {
  const reader = readerOf(name, kept);
  const all = pairsOf(reader.calls(second), reader.calls(first), reader.value);
  const pairs = all.flatMap(({ base, other }) =>
    // A time of nothing or less, which only an overhead can be, has no ratio.
    base === undefined || other === undefined || (form.kind === 'factor' && (base <= 0 || other <= 0))
      ? []
      : [{ base, other }],
  );
  if (pairs.length === 0 || pairs.length < leastShare * all.length)
    return silent(reader, { told: pairs.length, of: all.length, noun: 'pairs of calls', arms: [first, second] });
  const found =
    form.kind === 'factor'
      ? inverted(
          quantileOf(
            pairs.map(({ base, other }) => other / base),
            0.5,
          ),
        )
      : quantileOf(
          pairs.map(({ base, other }) => base - other),
          0.5,
        );
  return {
    ...found,
    ...counted(pairs.length),
    method: `median of the pairs’ ${form.kind === 'factor' ? 'ratios' : 'differences'}, order statistics`,
    scale: form.kind === 'factor' ? 'ratio' : 'difference',
    limit: form.kind === 'factor' ? 1 / form.factor : form.margin,
    values: {
      first:
        quantile(
          pairs.map(({ other }) => other),
          0.5,
        ) ?? Number.NaN,
      second:
        quantile(
          pairs.map(({ base }) => base),
          0.5,
        ) ?? Number.NaN,
    },
  };
};
