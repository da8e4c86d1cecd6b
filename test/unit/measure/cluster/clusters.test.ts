import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusteredMean, clusteredMeanInterval } from '../../../../src/measure/cluster/clustered-mean.ts';
import { binaryVariances, plannedStandardError } from '../../../../src/measure/cluster/planned-error.ts';
import { designEffect, varianceComponents } from '../../../../src/measure/cluster/variance-components.ts';
import { mean, standardDeviation } from '../../../../src/measure/sample/moments.ts';

const equalClusters = fc.integer({ min: 2, max: 6 }).chain((k) =>
  fc.array(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: k, maxLength: k }), {
    minLength: 2,
    maxLength: 20,
  }),
);

test('with equally many attempts the clustered error is that of the task means', () => {
  fc.assert(
    fc.property(equalClusters, (clusters) => {
      const means = clusters.map((cluster) => mean(cluster) ?? 0);
      const expected = (standardDeviation(means) ?? 0) / Math.sqrt(clusters.length);
      expect(clusteredMean(clusters)?.standardError).toBeCloseTo(expected, 9);
      expect(clusteredMean(clusters)?.mean).toBeCloseTo(mean(means) ?? 0, 9);
    }),
  );
});

test('the between and within variances add up to what the planned error needs', () => {
  fc.assert(
    fc.property(equalClusters, (clusters) => {
      const components = varianceComponents(clusters);
      if (components === undefined) return;
      const planned = plannedStandardError({
        nTasks: clusters.length,
        attempts: components.clusterSize,
        varianceBetween: components.between,
        varianceWithin: components.within,
      });
      expect(planned).toBeCloseTo(clusteredMean(clusters)?.standardError ?? Number.NaN, 6);
    }),
  );
});

test('empty clusters do not count, and a single cluster has no standard error', () => {
  expect(clusteredMean([])).toBeUndefined();
  expect(clusteredMean([[], []])).toBeUndefined();
  expect(clusteredMean([[1, 0], []])).toMatchObject({
    mean: 0.5,
    standardError: undefined,
    nClusters: 1,
    nObservations: 2,
  });
  expect(
    clusteredMeanInterval({
      mean: 1,
      standardError: undefined,
      uncorrectedStandardError: 0,
      nClusters: 1,
      nObservations: 1,
    }),
  ).toBeUndefined();
});

test('clusters that do not differ have a standard error of exactly 0, whatever their rate', () => {
  expect(
    clusteredMean([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ])?.standardError,
  ).toBe(0);
});

test('variance components need a repetition and two clusters, and know when nothing varies', () => {
  expect(varianceComponents([[1], [0]])).toBeUndefined();
  expect(varianceComponents([[1, 0]])).toBeUndefined();
  expect(
    varianceComponents([
      [1, 1],
      [1, 1],
    ])?.intraClusterCorrelation,
  ).toBeUndefined();
  expect(
    varianceComponents([
      [1, 1],
      [0, 0],
    ])?.intraClusterCorrelation,
  ).toBe(1);
  expect(varianceComponents([[1, 1], [0, 0, 0], []])?.clusterSize).toBeCloseTo(5 - 13 / 5, 12);
});

test('clustering of identical attempts makes K trials worth one', () => {
  expect(designEffect(1, 5)).toBe(5);
  expect(designEffect(0, 5)).toBe(1);
  expect(binaryVariances(0.5, 0.6)).toEqual({ varianceBetween: 0.15, varianceWithin: 0.1 });
});
