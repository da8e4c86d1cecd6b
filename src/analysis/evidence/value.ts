import { clusteredMean, clusteredMeanInterval } from '../../measure/cluster/clustered-mean.ts';
import { passRateInterval } from '../../measure/rate/pass-rate-interval.ts';
import { ratioEstimate, ratioInterval } from '../../measure/ratio/ratio-of-sums.ts';
import { clusteredQuantile } from '../../measure/sample/clustered-quantile.ts';
import { type Absent, type Evidence, twoSided, unbounded, untold } from './evidence.ts';
import type { Measurable, MeasuredTrial, Quotient, Sample, Share } from './measurable.ts';
import { isUntold, type Population, scoresByTask, sumsByTask, valuesByTask } from './population.ts';
import { type Statistic, statisticIn } from './statistic.ts';

const judgedWith = ({ trials }: Population, states: (trial: MeasuredTrial) => boolean): number =>
  trials.filter((trial) => trial.outcome !== 'no-verdict' && states(trial)).length;

const shareEvidence = (share: Share, population: Population): Evidence | Absent => {
  const clusters = [...scoresByTask(share, population).values()];
  const estimate = passRateInterval(clusters);
  if (estimate === undefined) return { absent: 'no trial counts towards it' };
  return {
    observed: estimate.rate,
    bounds: (confidence) => {
      const interval = passRateInterval(clusters, { confidence: twoSided(confidence) });
      return interval === undefined ? unbounded : { lower: interval.low, upper: interval.high };
    },
    method: 'Wilson’s interval on the effective number of trials, clustered by task',
    nTasks: estimate.nTasks,
    nTrials: estimate.nTrials,
  };
};

const meanBounds = (clusters: readonly (readonly number[])[]): Evidence['bounds'] => {
  const estimate = clusteredMean(clusters);
  return (confidence) => {
    const interval = estimate && clusteredMeanInterval(estimate, twoSided(confidence));
    return interval === undefined ? unbounded : { lower: interval.low, upper: interval.high };
  };
};

const quantileBounds =
  (clusters: readonly (readonly number[])[], q: number): Evidence['bounds'] =>
  (confidence) => {
    const bounds = clusteredQuantile(clusters, q, confidence);
    return bounds === undefined ? unbounded : { lower: bounds.lowerBound, upper: bounds.upperBound };
  };

const sampleEvidence = (sample: Sample, population: Population, statistic: Statistic): Evidence | Absent => {
  if (isUntold(sample, population)) return untold(sample);
  const clusters = [...valuesByTask(sample, population).values()];
  const observed = statisticIn(clusters.flat(), statistic);
  if (observed === undefined) return { absent: `no judged trial states it (needs ${sample.needs.join(', ')})` };
  const counted = {
    observed,
    nTasks: clusters.length,
    nTrials: judgedWith(population, (trial) => sample.values(trial).length > 0),
    nValues: sample.of === 'turn' ? clusters.flat().length : undefined,
  };
  if (statistic === 'mean')
    return { ...counted, bounds: meanBounds(clusters), method: 't interval of a mean, clustered by task' };
  if (statistic === 'min' || statistic === 'max') return { ...counted, method: 'the extreme value itself' };
  return {
    ...counted,
    bounds: quantileBounds(clusters, statistic.quantile),
    method: 'order statistics on the effective number of values, clustered by task',
  };
};

const quotientEvidence = (quotient: Quotient, population: Population): Evidence | Absent => {
  const sums = sumsByTask(quotient, population);
  if (sums === undefined) return untold(quotient);
  const parts = [...sums.values()];
  const numerators = parts.map(({ numerator }) => numerator);
  const denominators = parts.map(({ denominator }) => denominator);
  const estimate = ratioEstimate(numerators, denominators);
  if (estimate === undefined)
    return {
      absent:
        parts.length === 0 ? `no judged trial states it (needs ${quotient.needs.join(', ')})` : 'nothing was solved',
    };
  return {
    observed: estimate.ratio,
    bounds: (confidence) => {
      const interval = ratioInterval(estimate, twoSided(confidence));
      return interval === undefined ? unbounded : { lower: interval.low, upper: interval.high };
    },
    method: 'ratio of sums with its linearised error by task, t interval',
    nTasks: parts.length,
    nTrials: judgedWith(population, (trial) => quotient.parts(trial) !== undefined),
  };
};

/** What one contender's trials say about a metric. */
export const valueEvidence = (
  measurable: Measurable,
  population: Population,
  statistic: Statistic = 'mean',
): Evidence | Absent => {
  switch (measurable.kind) {
    case 'share':
      return shareEvidence(measurable, population);
    case 'sample':
      return sampleEvidence(measurable, population, statistic);
    case 'quotient':
      return quotientEvidence(measurable, population);
    case 'frontier':
      return { absent: 'a frontier needs all contenders' };
    case 'probe':
      return { absent: 'a probe measures it; the log of a run does not hold it' };
  }
};
