import { type ContenderSummary, summariseContender } from '../../../analysis/contender/contender-summary.ts';
import { pointOf } from '../../../analysis/resample/resampling.ts';
import { type ContenderMetric, contenderMetrics } from '../../../measure/catalogue/contender-metrics.ts';
import type { Interval } from '../../../measure/interval/interval.ts';
import { axisOfMetric, published } from '../../chart/frontier/frontier-axis.ts';
import type { ReportModel } from '../../model.ts';
import type { Table } from '../column.ts';

/** One published value: a metric of a contender, over the run or over one suite. */
export type MetricRow = {
  readonly runId: string;
  readonly contender: string;
  readonly simulated: boolean;
  readonly replayed: boolean;
  readonly tokensEstimated: boolean;
  readonly suite?: string | undefined;
  readonly metric: ContenderMetric;
  readonly summary: ContenderSummary;
  readonly interval?: (Interval & { readonly method: string }) | undefined;
};

const intervalOf = ({ id }: ContenderMetric, { passRate, spent }: ContenderSummary): MetricRow['interval'] => {
  if (id === 'pass_rate') return passRate && { low: passRate.low, high: passRate.high, method: passRate.method };
  const axis = axisOfMetric[id];
  const interval = axis && spent[axis]?.interval;
  if (axis === undefined || interval === undefined) return undefined;
  const [low, high] = [published(axis, interval.low), published(axis, interval.high)];
  return { low, high, method: 'two-stage-bootstrap-by-task' };
};

/** Values over the run, with intervals where the report has them, then by suite, where only the pass rate has one. */
export const metricRows = ({ run, contenders, selection, summary }: ReportModel): readonly MetricRow[] => {
  const suites = [...new Set(selection.tasks.map(({ suite }) => suite))];
  const groups = Map.groupBy(selection.trials, ({ contender, suite }) => JSON.stringify([contender, suite]));
  return contenders.flatMap(({ name, simulated, replayed, tokensEstimated }, index) => {
    const whole = summary.contenders[index];
    const parts = suites.map((suite) => {
      const trials = groups.get(JSON.stringify([name, suite])) ?? [];
      return {
        suite,
        summary: summariseContender(name, { trials, points: { point: pointOf(name, trials), replicates: [] } }),
      };
    });
    return [...(whole === undefined ? [] : [{ suite: undefined, summary: whole }]), ...parts].flatMap((part) =>
      contenderMetrics.map(
        (metric): MetricRow => ({
          runId: run.runId,
          contender: name,
          simulated,
          replayed,
          tokensEstimated,
          suite: part.suite,
          metric,
          summary: part.summary,
          interval: intervalOf(metric, part.summary),
        }),
      ),
    );
  });
};

/** Every aggregate in long form, for tools that like it tidy. */
export const metricTable: Table<MetricRow> = {
  name: 'metrics_long',
  title: 'One row a metric of a contender, over the run or over one suite',
  key: ['run_id', 'contender', 'suite', 'metric'],
  columns: [
    { name: 'run_id', type: 'string', description: 'the run', value: ({ runId }) => runId },
    {
      name: 'contender',
      type: 'string',
      description: 'agent × endpoint × settings',
      value: ({ contender }) => contender,
    },
    {
      name: 'simulated',
      type: 'boolean',
      description: 'true where an endpoint of the contender is simulated',
      value: ({ simulated }) => simulated,
    },
    {
      name: 'replayed',
      type: 'boolean',
      description: 'true where an endpoint of the contender is a recording, played back',
      value: ({ replayed }) => replayed,
    },
    {
      name: 'tokens_estimated',
      type: 'boolean',
      description: 'true where output tokens of the contender were counted by us, since a server stated none',
      value: ({ tokensEstimated }) => tokensEstimated,
    },
    { name: 'suite', type: 'string', description: 'empty: over all suites', value: ({ suite }) => suite },
    { name: 'metric', type: 'string', description: 'id in the catalogue of metrics', value: ({ metric }) => metric.id },
    {
      name: 'value',
      type: 'number',
      description: 'in the unit beside it; empty where unknown',
      value: ({ metric, summary }) => summary.metrics[metric.id],
    },
    {
      name: 'unit',
      type: 'string',
      description: 'unit of the value; ratios are 0…1',
      value: ({ metric }) => metric.unit,
    },
    {
      name: 'better',
      type: 'string',
      description: 'which direction is better',
      values: ['higher', 'lower', 'neither'],
      value: ({ metric }) => metric.better,
    },
    {
      name: 'ci_low',
      type: 'number',
      description: 'lower end of the interval',
      value: ({ interval }) => interval?.low,
    },
    {
      name: 'ci_high',
      type: 'number',
      description: 'upper end of the interval',
      value: ({ interval }) => interval?.high,
    },
    {
      name: 'confidence',
      type: 'number',
      description: 'of the interval',
      value: ({ interval }) => (interval === undefined ? undefined : 0.95),
    },
    {
      name: 'n_tasks',
      type: 'integer',
      unit: 'count',
      description: 'tasks with a trial',
      value: ({ summary }) => summary.nTasks,
    },
    {
      name: 'n_trials',
      type: 'integer',
      unit: 'count',
      description: 'trials',
      value: ({ summary }) => summary.nTrials,
    },
    {
      name: 'method',
      type: 'string',
      description: 'how the interval was made',
      value: ({ interval }) => interval?.method,
    },
  ],
};
