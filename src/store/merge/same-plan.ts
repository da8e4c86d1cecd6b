import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from '../../domain/run.ts';
import { refuse, type Shard } from './shard.ts';

/**
 * What shards of one plan share. Paths, addresses, the host and the time are a machine's own; the suites are in the plan's ids, by the digest of
 * each task.
 */
const shared = ({ schema, seed, attempts, contenders, tacho, endpoints, config }: Manifest) => {
  const { results: _results, suites: _suites, endpoints: _endpoints, ...settings } = Object(config);
  return {
    schema,
    seed,
    attempts,
    contenders,
    tacho,
    endpoints: endpoints.map(({ address: _address, ...endpoint }) => endpoint),
    config: settings as unknown,
  };
};

/** Throws UserError unless a shard belongs to the plan of the first. */
export const requireSamePlan = (first: Shard, shard: Shard): void => {
  const planned = new Set(first.manifest.plan.map(({ trialId }) => trialId));
  const ids = new Set(shard.manifest.plan.map(({ trialId }) => trialId));
  const apart = planned.symmetricDifference(ids).size;
  if (apart > 0)
    refuse(
      `not a shard of the same plan: ${apart} trials are planned in one run only`,
      shard.folder,
      'merge runs of one configuration over the same suites; to compare two plans use `tacho compare`',
    );
  const [ours, theirs] = [shared(first.manifest), shared(shard.manifest)];
  const keys = (Object.keys(ours) as readonly (keyof typeof ours)[]).filter(
    (key) => !isDeepStrictEqual(ours[key], theirs[key]),
  );
  if (keys.length > 0)
    refuse(
      `not a shard of the same plan: its manifest differs from ${first.folder} in ${keys.join(', ')}`,
      join(shard.folder, 'manifest.json'),
      'run all shards with the same Tacho and the same configuration',
    );
};
