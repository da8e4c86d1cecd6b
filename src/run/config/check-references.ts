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
    variables,
    place,
  }: {
    readonly agents: readonly string[];
    readonly needsEndpoint: (agent: string) => boolean;
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
    if (contender.endpoint === undefined)
      throw new UserError(`contender \`${contender.name}\` has no endpoint`, {
        where: place(['contenders', index]),
        fix: `add \`endpoint:\`, one of ${Object.keys(config.endpoints).join(', ') || '(none declared)'}`,
      });
    if (config.endpoints[contender.endpoint] === undefined)
      throw unknown('endpoint', contender.endpoint, Object.keys(config.endpoints), at('endpoint'));
  }
  const used = new Set(config.contenders.map(({ endpoint }) => endpoint));
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
