import { createServer } from 'node:http';
import type { AttemptScript } from './attempts.ts';
import { ConnectionGate } from './http/gate.ts';
import { sendJson } from './http/respond.ts';
import { route } from './http/routes.ts';
import { type RequestStamp, StampLog } from './pace/stamps.ts';
import type { Profile } from './profile.ts';
import { setStage } from './stage.ts';
import { upgradeHandler } from './websocket/upgrade.ts';

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
  const stage = setStage(options.profiles, options.attempts, new StampLog(options.writeLog));
  const host = options.host ?? '127.0.0.1';
  const http = createServer((incoming, response) => {
    route(stage, gate, { incoming, response }).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, { error: { message: String(error), type: 'simulator_bug' } }, { status: 500 });
    });
  });
  // An agent may run a long command between two calls: an idle connection must outlive it.
  http.keepAliveTimeout = 600_000;
  const gate = new ConnectionGate(host, (socket) => http.emit('connection', socket));
  http.on('upgrade', upgradeHandler(stage, gate));
  const port = await gate.listen(options.port ?? 0);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/v1`,
    port,
    stamps: () => stage.stamps.list(),
    [Symbol.asyncDispose]: async () => {
      stage.scheduler.stop();
      await gate[Symbol.asyncDispose]();
      await stage.stamps.close();
    },
  };
};
