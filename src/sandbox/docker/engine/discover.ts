import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { UserError } from '../../../domain/errors.ts';
import { type EngineAddress, parseAddress, type TlsFiles } from './address.ts';

/** What discovery reads of the machine; `readText` gives undefined where there is no such file. */
export type Machine = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  readonly readText: (path: string) => string | undefined;
};

/** The addresses to try in order, and where they were found. */
export type Discovery = { readonly source: string; readonly addresses: readonly EngineAddress[] };

const configFolder = ({ environment, homeFolder }: Machine): string =>
  environment.DOCKER_CONFIG || join(homeFolder, '.docker');

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value ? (value as Record<string, unknown>)[name] : undefined;

const readJson = (machine: Machine, path: string): unknown => {
  const text = machine.readText(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${path} is not JSON`, { where: path, fix: 'mend or remove the file', cause });
  }
};

const fromHost = (machine: Machine, host: string, source: string): Discovery => {
  const { DOCKER_TLS_VERIFY, DOCKER_TLS, DOCKER_CERT_PATH } = machine.environment;
  const secured = Boolean(DOCKER_TLS_VERIFY || DOCKER_TLS || DOCKER_CERT_PATH);
  const tls: TlsFiles = { folder: DOCKER_CERT_PATH || configFolder(machine), verify: Boolean(DOCKER_TLS_VERIFY) };
  return { source, addresses: [parseAddress(host, secured ? tls : undefined)] };
};

const currentContext = (machine: Machine): string => {
  const named = machine.environment.DOCKER_CONTEXT;
  if (named) return named;
  const current = property(readJson(machine, join(configFolder(machine), 'config.json')), 'currentContext');
  return typeof current === 'string' && current !== '' ? current : 'default';
};

/** The docker command keeps a context under the sha256 of its name. */
const fromContext = (machine: Machine, name: string): Discovery => {
  const contexts = join(configFolder(machine), 'contexts');
  const folder = createHash('sha256').update(name).digest('hex');
  const metaFile = join(contexts, 'meta', folder, 'meta.json');
  const endpoint = property(property(readJson(machine, metaFile), 'Endpoints'), 'docker');
  const host = property(endpoint, 'Host');
  if (typeof host !== 'string')
    throw new UserError(`the current docker context "${name}" does not exist or names no engine`, {
      where: metaFile,
      fix: 'choose another one with `docker context use`, or set DOCKER_HOST',
    });
  const tlsFolder = join(contexts, 'tls', folder, 'docker');
  const hasTls = machine.readText(join(tlsFolder, 'ca.pem')) ?? machine.readText(join(tlsFolder, 'cert.pem'));
  const tls: TlsFiles = { folder: tlsFolder, verify: property(endpoint, 'SkipTLSVerify') !== true };
  return {
    source: `the docker context "${name}"`,
    addresses: [parseAddress(host, hasTls === undefined ? undefined : tls)],
  };
};

const usualSockets = ({ environment, homeFolder }: Machine): readonly string[] => {
  const runtimeFolder = environment.XDG_RUNTIME_DIR;
  return [
    '/var/run/docker.sock',
    ...(runtimeFolder ? [join(runtimeFolder, 'docker.sock')] : []),
    join(homeFolder, '.docker', 'run', 'docker.sock'),
    ...(runtimeFolder ? [join(runtimeFolder, 'podman', 'podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
};

/**
 * Finds the engine as the docker command does: `host`, DOCKER_HOST, the current context, the default socket; where that says nothing,
 * the sockets of a rootless engine, of Docker Desktop and of podman too. Throws UserError on an address that cannot be used.
 */
export const discoverEngine = (machine: Machine, host?: string): Discovery => {
  if (host) return fromHost(machine, host, 'the configuration');
  const { DOCKER_HOST } = machine.environment;
  if (DOCKER_HOST) return fromHost(machine, DOCKER_HOST, 'DOCKER_HOST');
  const context = currentContext(machine);
  if (context !== 'default') return fromContext(machine, context);
  return { source: 'the usual sockets', addresses: usualSockets(machine).map((path) => parseAddress(path)) };
};
