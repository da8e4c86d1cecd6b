import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../domain/errors.ts';
import { suggest } from '../domain/suggest.ts';
import type { Config } from '../run/config/schema.ts';
import { loadAttempts } from '../simulator/attempts.ts';
import { loadProfiles, type Profile } from '../simulator/profile.ts';
import { startSimulator } from '../simulator/server.ts';

/** Whose work the simulator is asked to imitate, by profile name or file. */
const profileOf = async (wanted: string, builtIn: readonly Profile[]): Promise<Profile> => {
  const named = builtIn.find(({ name }) => name === wanted || name === `sim-${wanted}`);
  if (named !== undefined) return named;
  const loaded = /\.ya?ml$/.test(wanted) ? (await loadProfiles(wanted))[0] : undefined;
  if (loaded !== undefined) return loaded;
  const meant = suggest(
    wanted,
    builtIn.flatMap(({ name }) => [name, name.replace(/^sim-/, '')]),
  );
  throw new UserError(`there is no simulator profile \`${wanted}\``, {
    fix: `${meant === undefined ? '' : `did you mean \`${meant}\`? `}known: ${builtIn.map(({ name }) => name).join(', ')}; or give the path of a profile file`,
  });
};

/** A request says by name whose pace it wants: one name, one profile. Throws UserError where two differ. */
const byName = (profiles: ReadonlyMap<string, Profile>): readonly Profile[] =>
  [...Map.groupBy(profiles, ([, { name }]) => name)].map(([name, [first, ...others]]) => {
    const other = others.find(([, profile]) => !isDeepStrictEqual(profile, first?.[1]));
    if (first !== undefined && other === undefined) return first[1];
    throw new UserError(
      `the profiles of the endpoints \`${first?.[0]}\` and \`${other?.[0]}\` differ, but both are named \`${name}\``,
      {
        fix: 'give each profile a `name` of its own',
      },
    );
  });

export type Simulation = { readonly url: string; readonly profiles: ReadonlyMap<string, Profile> };

/** One simulator for all simulated endpoints of a configuration; none where there is none. */
export const simulate = async (
  endpoints: Config['endpoints'],
  { fixtures, stack }: { readonly fixtures: string; readonly stack: AsyncDisposableStack },
): Promise<Simulation | undefined> => {
  const wanted = Object.entries(endpoints).flatMap(([id, { simulate: profile }]) =>
    profile === undefined ? [] : [[id, profile] as const],
  );
  if (wanted.length === 0) return undefined;
  const builtIn = await loadProfiles(join(fixtures, 'fixtures', 'profiles'));
  const profiles = new Map(
    await Promise.all(wanted.map(async ([id, profile]) => [id, await profileOf(profile, builtIn)] as const)),
  );
  const attempts = await loadAttempts(join(fixtures, 'fixtures', 'attempts'));
  const simulator = stack.use(await startSimulator({ profiles: byName(profiles), attempts }));
  return { url: simulator.url, profiles };
};
