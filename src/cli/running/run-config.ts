import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../domain/errors.ts';
import { checkReferences } from '../../run/config/check-references.ts';
import { type Config, configSchema } from '../../run/config/schema.ts';
import { agentNames, needsEndpoint, needsPartner } from '../../wiring.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { packageRoot } from '../package-root.ts';

/** A path beside the config, or the name of a built-in suite. */
export const suitePath = (path: string, folder: string): string => {
  const own = resolve(folder, path);
  const builtIn = join(packageRoot, 'suites', path.replace(/^suites\//, ''));
  return !existsSync(own) && existsSync(builtIn) ? builtIn : own;
};

/** Files that an endpoint is made of stand relative to the configuration too. */
export const endpointPaths = (endpoints: Config['endpoints'], folder: string): Config['endpoints'] =>
  Object.fromEntries(
    Object.entries(endpoints).map(([id, { replay, simulate, ...endpoint }]) => [
      id,
      {
        ...endpoint,
        ...(simulate === undefined
          ? {}
          : { simulate: /\.ya?ml$/.test(simulate) ? resolve(folder, simulate) : simulate }),
        ...(replay === undefined ? {} : { replay: resolve(folder, replay) }),
      },
    ]),
  );

const withPaths = (config: Config, folder: string): Config => ({
  ...config,
  results: resolve(folder, config.results),
  endpoints: endpointPaths(config.endpoints, folder),
  suites: config.suites.map((suite) => ({ ...suite, path: suitePath(suite.path, folder) })),
});

/** Reads and checks a configuration file; its paths come back absolute. Throws UserError with file:line:column. */
export const readConfig = async (
  path: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<Config> => {
  if (!existsSync(path))
    throw new UserError(`there is no configuration file ${path}`, {
      where: path,
      fix: 'write a tacho.yaml (README has an example) or give its path with --config',
    });
  const { value, place } = parseYaml(await readFile(path, 'utf8'), path, configSchema, {
    reference: 'docs/configuration.md',
  });
  checkReferences(value, { agents: agentNames, needsEndpoint, needsPartner, variables, place });
  const config = withPaths(value, dirname(resolve(path)));
  for (const [index, suite] of config.suites.entries()) {
    if (!existsSync(suite.path))
      throw new UserError(`there is no suite at ${suite.path}`, {
        where: place(['suites', index]),
        fix: 'give the path of a suite folder, relative to this file, or the name of a built-in suite (terminal, swe)',
      });
  }
  return config;
};
