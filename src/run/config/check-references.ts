import { UserError } from '../../domain/errors.ts';
import { suggest } from '../../domain/suggest.ts';
import type { Config } from './schema.ts';

const unknown = (what: string, word: string, known: readonly string[], where: string): UserError => {
  const meant = suggest(word, known);
  return new UserError(`${what} \`${word}\` is not known`, {
    where,
    fix: `${meant === undefined ? '' : `did you mean \`${meant}\`? `}known: ${known.join(', ') || 'none'}`,
  });
};

/** What zod cannot see: names that must exist, contenders that must differ, keys that must be set. `place` says where a path stands. */
export const checkReferences = (
  config: Config,
  {
    agents,
    needsEndpoint,
    needsPartner,
    variables,
    place,
  }: {
    readonly agents: readonly string[];
    readonly needsEndpoint: (agent: string) => boolean;
    readonly needsPartner: (agent: string) => boolean;
    readonly variables: Readonly<Record<string, string | undefined>>;
    readonly place: (path: readonly PropertyKey[]) => string;
  },
): void => {
  const seen = new Set<string>();
  for (const [index, contender] of config.contenders.entries()) {
    const at = (key: string): string => place(['contenders', index, key]);
    if (seen.has(contender.name))
      throw new UserError(`two contenders are called \`${contender.name}\``, {
        where: at('name'),
        fix: 'give each contender a name of its own',
      });
    seen.add(contender.name);
    if (!agents.includes(contender.agent)) throw unknown('agent', contender.agent, agents, at('agent'));
    if (!needsEndpoint(contender.agent)) continue;
    const roles = needsPartner(contender.agent) ? (['endpoint', 'partner'] as const) : (['endpoint'] as const);
    for (const role of roles) {
      const id = contender[role];
      const known = Object.keys(config.endpoints);
      if (id === undefined)
        throw new UserError(`contender \`${contender.name}\` has no ${role}`, {
          where: place(['contenders', index]),
          fix: `add \`${role}:\`, one of ${known.join(', ') || '(none declared)'}`,
        });
      if (config.endpoints[id] === undefined) throw unknown('endpoint', id, known, at(role));
    }
  }
  const used = new Set(config.contenders.flatMap(({ endpoint, partner }) => [endpoint, partner]));
  for (const [id, endpoint] of Object.entries(config.endpoints)) {
    if (endpoint.key_env === undefined || !used.has(id) || variables[endpoint.key_env]) continue;
    throw new UserError(
      `endpoint \`${id}\` needs its key in the environment variable ${endpoint.key_env}, which is not set`,
      {
        where: place(['endpoints', id, 'key_env']),
        fix: `export ${endpoint.key_env}=… and run again; the key itself never goes into a file`,
        exitCode: 21,
      },
    );
  }
};
