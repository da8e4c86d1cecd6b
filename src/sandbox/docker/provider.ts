import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import pLimit from 'p-limit';
import type { Clock } from '../../domain/time.ts';
import type { Sandbox, SandboxProvider } from '../sandbox.ts';
import { labelsOf } from './container/labels.ts';
import { startContainer } from './container/open.ts';
import { thisOwner } from './container/owner.ts';
import { sandboxOf } from './container/sandbox.ts';
import { sweepContainers } from './container/sweep.ts';
import type { Mirrors } from './dockerfile/mirrors.ts';
import { connectEngine, type Engine } from './engine/connect.ts';
import { discoverEngine } from './engine/discover.ts';
import { prepareImage } from './image/prepare.ts';
import { readTrustMaterial } from './image/trust/material.ts';

export type DockerProviderOptions = {
  /** Image reference or prefix to its replacement. */
  readonly mirrors: Mirrors;
  /** Whether images shall trust the extra CA certificates of this machine. */
  readonly trustCa: boolean;
  /** Address of the engine, as DOCKER_HOST holds it; found as the docker command finds it where this is not given. */
  readonly host?: string | undefined;
  /** Part of the names of containers. */
  readonly runId: string;
  readonly clock: Clock;
  /** The variables that say where the engine and the certificates are; this process's unless given. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
};

/** Beyond these an engine only gets slower: it starts about 8 containers and 39 commands a second on two CPUs. */
const perCpu = { containerStarts: 2, commandStarts: 8 };

const readTextOrNothing = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

type Connection = Engine & {
  readonly containerStarts: ReturnType<typeof pLimit>;
  readonly commandStarts: ReturnType<typeof pLimit>;
};

/** Connects at the first call and again after a failure; what once answered is kept. */
const lazyConnection = (options: DockerProviderOptions): (() => Promise<Connection>) => {
  let connection: Promise<Connection> | undefined;
  const connect = async (): Promise<Connection> => {
    const environment = options.environment ?? process.env;
    const machine = { environment, homeFolder: homedir(), readText: readTextOrNothing };
    const engine = await connectEngine(discoverEngine(machine, options.host));
    return {
      ...engine,
      containerStarts: pLimit({ concurrency: engine.cpus * perCpu.containerStarts, rejectOnClear: true }),
      commandStarts: pLimit({ concurrency: engine.cpus * perCpu.commandStarts, rejectOnClear: true }),
    };
  };
  return () => {
    connection ??= connect().catch((error: unknown) => {
      connection = undefined;
      throw error;
    });
    return connection;
  };
};

/** Sandboxes in containers of a Docker Engine, spoken to over its API. Disposing removes every sandbox that is still open. */
export const dockerProvider = (options: DockerProviderOptions): SandboxProvider => {
  const connect = lazyConnection(options);
  const owner = thisOwner();
  const trust = options.trustCa ? readTrustMaterial(options.environment ?? process.env) : undefined;
  const open = new Set<Sandbox>();
  return {
    info: async () => (await connect()).info,
    prepareImage: async ({ image }, transfer) => {
      const engine = await connect();
      return prepareImage(engine, image, { mirrors: options.mirrors, trust, ...transfer });
    },
    open: async (spec, { labels, signal }) => {
      const engine = await connect();
      const start = () =>
        startContainer(engine, spec, { runId: options.runId, labels: labelsOf(labels, owner), signal });
      const started = await engine.containerStarts(start);
      const sandbox = sandboxOf(started, spec, {
        clock: options.clock,
        startPool: engine.commandStarts,
        onGone: (gone) => void open.delete(gone),
      });
      open.add(sandbox);
      return sandbox;
    },
    sweep: async ({ run } = {}) => sweepContainers((await connect()).docker, run),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...open].map((sandbox) => sandbox[Symbol.asyncDispose]()));
    },
  };
};
