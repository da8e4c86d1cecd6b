import { type ContenderSample, countTasks, enumeratedResamples, type Resample, seededResamples } from './resample.ts';

/** A bootstrap distribution and how it was made, for the methods note of a report. */
export interface Bootstrap<S> {
  /** The statistic of each replicate. */
  readonly values: readonly S[];
  readonly method: 'seeded' | 'enumerated';
  readonly replicates: number;
  readonly seed: number;
}

export interface BootstrapOptions {
  readonly seed: number;
  /** Default 10,000. */
  readonly replicates?: number;
}

/**
 * Joint task bootstrap of any statistic of all contenders: {@link seededResamples}, or all resamples where tasks have single attempts and there
 * are no more resamples than replicates. The same seed gives the same bytes on every machine. RangeError if the contenders' tasks do not align.
 */
export function bootstrap<T, S>(
  samples: readonly ContenderSample<T>[],
  statistic: (resample: Resample<T>) => S,
  { seed, replicates = 10_000 }: BootstrapOptions,
): Bootstrap<S> {
  const nTasks = countTasks(samples);
  const enumerable =
    nTasks ** nTasks <= replicates && samples.every(({ tasks }) => tasks.every((attempts) => attempts.length < 2));
  const resamples = enumerable ? enumeratedResamples(samples) : seededResamples(samples, { seed, replicates });
  const values = Array.from(resamples, statistic);
  return { values, method: enumerable ? 'enumerated' : 'seeded', replicates: values.length, seed };
}
