import { readFileSync } from 'node:fs';
import { Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { join } from 'node:path';
import { inspect } from 'node:util';
import Dockerode, { type DockerOptions } from 'dockerode';
import { InfraError } from '../../../domain/errors.ts';
import type { EngineInfo } from '../../sandbox.ts';
import type { EngineAddress, TlsFiles } from './address.ts';
import { withDeadline } from './deadline.ts';
import type { Discovery } from './discover.ts';
import { reasonOf } from './failure.ts';

/** A connected engine: its client, what it told about itself, how many CPUs its containers may have, and which builder is its own. */
export type Engine = {
  readonly docker: Dockerode;
  readonly info: EngineInfo;
  readonly cpus: number;
  readonly prefersBuildKit: boolean;
};

/** The client passes these on to every request; its types know neither an agent nor undefined. */
type ClientOptions = Omit<DockerOptions, 'host'> & { readonly host?: string | undefined; readonly agent: PlainAgent };

const certificates = ({ folder, verify }: TlsFiles): DockerOptions => {
  if (folder === '') return {};
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const own = { cert: read('cert.pem'), key: read('key.pem') };
  return verify ? { ca: read('ca.pem'), ...own } : own;
};

/**
 * The client prints the options of every request for a debug line that is then not shown. An agent printed whole, with all
 * its open connections, blocked the event loop for 10 ms a request: it prints as its name.
 */
const terse = <A extends PlainAgent>(agent: A): A =>
  Object.assign(agent, { [inspect.custom]: () => agent.constructor.name });

/**
 * One connection a call: an engine that restarts between two calls then never hands us a dead socket, and over a local socket a new
 * connection costs a tenth of a millisecond. `host: undefined` keeps the client from reading DOCKER_HOST by itself.
 */
const clientOptions = (address: EngineAddress): ClientOptions => {
  if (address.kind === 'socket')
    return {
      socketPath: address.path,
      host: undefined,
      protocol: 'http',
      agent: terse(new PlainAgent({ keepAlive: false })),
    };
  const { host, port, tls } = address;
  if (tls === undefined) return { host, port, protocol: 'http', agent: terse(new PlainAgent({ keepAlive: false })) };
  const agent = terse(new SecureAgent({ keepAlive: false, rejectUnauthorized: tls.verify }));
  return { host, port, protocol: 'https', agent, ...certificates(tls) };
};

const interrogateMs = 10_000;

/**
 * Engine 29 (API 1.52) keeps its images in containerd, where the first builder takes seconds a step. Before, that builder is the better
 * one for us: it takes bases from the engine's own store and never asks a registry for them.
 */
const buildKitSince = [1, 52] as const;

const prefersBuildKit = (apiVersion: string): boolean => {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  return major > buildKitSince[0] || (major === buildKitSince[0] && minor >= buildKitSince[1]);
};

const text = (value: unknown): string => (typeof value === 'string' ? value : 'unknown');

const interrogate = async (address: EngineAddress): Promise<Engine> => {
  const docker = new Dockerode(clientOptions(address) as DockerOptions);
  const [version, info] = await withDeadline(() => Promise.all([docker.version(), docker.info()]), {
    what: `asking the engine at ${address.text} who it is`,
    ms: interrogateMs,
  });
  return {
    docker,
    prefersBuildKit: prefersBuildKit(text(version.ApiVersion)),
    cpus: typeof info.NCPU === 'number' && info.NCPU > 0 ? info.NCPU : 1,
    info: {
      version: text(version.Version),
      apiVersion: text(version.ApiVersion),
      storageDriver: text(info.Driver),
      runtime: text(info.DefaultRuntime),
      address: address.text,
    },
  };
};

/** Talks to the first address that answers. Throws InfraError `engine-unreachable`, saying what was tried and how to mend it. */
export const connectEngine = async ({ source, addresses }: Discovery): Promise<Engine> => {
  const tried: string[] = [];
  for (const address of addresses) {
    try {
      return await interrogate(address);
    } catch (error) {
      tried.push(`${address.text}: ${reasonOf(error)}`);
    }
  }
  throw new InfraError(
    'sandbox',
    'engine-unreachable',
    [
      `no Docker engine answered (looked at ${source})`,
      ...tried.map((line) => `  ${line}`),
      'Start the engine, or let DOCKER_HOST say where it is (unix:///path/to/docker.sock or tcp://host:2375).',
      'Where the socket refuses the connection for want of permission, join the group that owns it (usually docker) and log in again.',
    ].join('\n'),
  );
};
