import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { UserError } from '../../../domain/errors.ts';
import { suggest } from '../../../domain/suggest.ts';
import { type Config, configSchema } from '../../../run/config/schema.ts';
import { parseYaml } from '../../../yaml/parse.ts';
import type { CommandContext } from '../../program.ts';
import { endpointPaths } from '../../running/run-config.ts';
import { type ProbeOptions, seedOf } from './options.ts';

/** What is probed, and how. */
export type ProbeTarget = {
  readonly endpoints: Config['endpoints'];
  readonly record: boolean;
  readonly seed: number;
};

/** A probe has no contenders and no suites: a configuration may leave them out. */
const probeSchema = configSchema.partial({ contenders: true, suites: true });

const fromFlags = ({ url, model, protocol, keyEnv, simulate }: ProbeOptions): Config['endpoints'] => {
  const endpoint = Object.fromEntries(
    Object.entries({ url, model, protocol, key_env: keyEnv, simulate }).filter(([, value]) => value !== undefined),
  );
  const id = model ?? basename(simulate ?? 'endpoint').replace(/\.ya?ml$/, '');
  const name = id.replace(/[^\w.-]+/g, '-');
  const checked = configSchema.shape.endpoints.safeParse({ [name]: endpoint });
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw new UserError(`--${String(issue?.path.at(-1) ?? 'url').replace('_', '-')}: ${issue?.message}`, {
    fix: 'give --url and --model, or --simulate, or an endpoint of a configuration (--config, --endpoint)',
  });
};

const fromFile = async (path: string) => {
  if (!existsSync(path))
    throw new UserError(`there is no configuration file ${path}`, {
      where: path,
      fix: 'give its path with --config, or an endpoint with --url and --model, or --simulate <profile>',
    });
  const { value } = parseYaml(await readFile(path, 'utf8'), path, probeSchema, { reference: 'docs/configuration.md' });
  return { ...value, endpoints: endpointPaths(value.endpoints, dirname(path)) };
};

const chosen = (endpoints: Config['endpoints'], wanted: readonly string[] | undefined): Config['endpoints'] => {
  const known = Object.keys(endpoints);
  const unknown = wanted?.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    const meant = suggest(unknown, known);
    throw new UserError(`endpoint \`${unknown}\` is not known`, {
      fix: `${meant === undefined ? '' : `did you mean \`${meant}\`? `}known: ${known.join(', ') || 'none'}`,
    });
  }
  return Object.fromEntries(Object.entries(endpoints).filter(([id]) => wanted?.includes(id) ?? true));
};

const requireKeys = (endpoints: Config['endpoints'], variables: CommandContext['variables']): void => {
  for (const [id, { key_env: name }] of Object.entries(endpoints)) {
    if (name === undefined || variables[name]) continue;
    throw new UserError(`endpoint \`${id}\` needs its key in the environment variable ${name}, which is not set`, {
      fix: `export ${name}=… and run again; the key itself never goes into a file`,
      exitCode: 21,
    });
  }
};

/** Finds out what is to be probed, from flags or from a configuration. Throws UserError for what cannot be. */
export const readTarget = async (options: ProbeOptions, context: CommandContext): Promise<ProbeTarget> => {
  const isGiven = options.url !== undefined || options.simulate !== undefined || options.model !== undefined;
  const file = isGiven ? undefined : await fromFile(resolve(context.workingFolder, options.config));
  const endpoints = file === undefined ? fromFlags(options) : chosen(file.endpoints, options.endpoint);
  requireKeys(endpoints, context.variables);
  return {
    endpoints,
    record: options.record ?? file?.record ?? false,
    seed: options.seed === undefined ? (file?.seed ?? 1) : seedOf(options.seed),
  };
};
