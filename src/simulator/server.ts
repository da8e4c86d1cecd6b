import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AttemptScript } from './attempts.ts';
import type { Stage } from './exchange.ts';
import { sendJson } from './http/respond.ts';
import { route } from './http/routes.ts';
import { Scheduler } from './pace/scheduler.ts';
import { type RequestStamp, StampLog } from './pace/stamps.ts';
import { PromptCache } from './plan/prompt-cache.ts';
import type { Profile } from './profile.ts';

export type SimulatorOptions = {
  readonly profiles: readonly Profile[];
  readonly attempts: readonly AttemptScript[];
  /** 0 or absent: any free port. */
  readonly port?: number | undefined;
  /** Absent: loopback only. */
  readonly host?: string | undefined;
  /** A JSONL file to which the stamps of every request are appended. */
  readonly writeLog?: string | undefined;
};

/** A running simulator; disposing of it closes every connection. */
export interface Simulator extends AsyncDisposable {
  /** Base address, with `/v1`. */
  readonly url: string;
  readonly port: number;
  /** The latest requests with the simulator's own write stamps, in order of their end. */
  stamps(): readonly RequestStamp[];
}

/** Starts a paced model server on this machine; rejects when the port cannot be had. */
export const startSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const stage: Stage = {
    profiles: options.profiles,
    attempts: options.attempts,
    scheduler: new Scheduler(),
    stamps: new StampLog(options.writeLog),
    cache: new PromptCache(),
    nextId: () => randomUUID().replaceAll('-', ''),
  };
  const server = createServer((incoming, response) => {
    route(stage, incoming, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, { error: { message: String(error), type: 'simulator_bug' } }, { status: 500 });
    });
  });
  // An agent may run a long command between two calls: an idle connection must outlive it.
  server.keepAliveTimeout = 600_000;
  const host = options.host ?? '127.0.0.1';
  server.listen(options.port ?? 0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/v1`,
    port,
    stamps: () => stage.stamps.list(),
    [Symbol.asyncDispose]: async () => {
      stage.scheduler.stop();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await stage.stamps.close();
    },
  };
};
