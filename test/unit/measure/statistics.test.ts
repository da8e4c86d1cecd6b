import { expect, test } from 'vitest';
import fixture from '../../../fixtures/statistics.json' with { type: 'json' };
import { expectedValues, type Json } from '../../support/expected-values.ts';
import { clusterChecks } from './statistics/clusters.ts';
import { frontierChecks } from './statistics/frontier.ts';
import { pairChecks } from './statistics/pairs.ts';
import { powerChecks } from './statistics/power.ts';
import { proportionChecks } from './statistics/proportions.ts';
import { resamplingChecks } from './statistics/resampling.ts';
import { timeChecks } from './statistics/times.ts';
import { whatIfChecks } from './statistics/what-if.ts';

const expected = expectedValues(fixture satisfies Json);

proportionChecks(expected);
clusterChecks(expected);
pairChecks(expected);
powerChecks(expected);
resamplingChecks(expected);
frontierChecks(expected);
timeChecks(expected);
whatIfChecks(expected);

/** Runs last: every value of the file was looked at by one of the checks above. */
test('no value of the file is left without a check', () => {
  expect(expected.unseen()).toEqual([]);
});
