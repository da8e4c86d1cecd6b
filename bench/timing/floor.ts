import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { systemClock } from '../../src/run/metering/clock.ts';

/** What this machine's loopback takes with bare sockets and nothing to parse, in milliseconds. */
export type Floor = { readonly thereMs: readonly number[]; readonly backMs: readonly number[] };

/** Request and answer over one connection, the answer 100 ms after the request, as the simulator gives it. */
export const measureFloor = async (exchanges: number): Promise<Floor> => {
  const child = fork(join(import.meta.dirname, '..', 'timing-floor-server.ts'));
  const [port] = (await once(child, 'message')) as [number];
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const thereMs: number[] = [];
  const backMs: number[] = [];
  for (let exchange = 0; exchange < exchanges; exchange += 1) {
    const sent = systemClock.now();
    const { read, received = Number.NaN, written = Number.NaN } = await ask(socket);
    thereMs.push((received - sent) / 1e6);
    backMs.push((read - written) / 1e6);
  }
  socket.destroy();
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
  return { thereMs, backMs };
};

const ask = async (
  socket: Socket,
): Promise<{ readonly read: number; readonly received: number | undefined; readonly written: number | undefined }> => {
  socket.write('x'.repeat(400));
  return await new Promise((resolve) => {
    socket.once('data', (data) => {
      const read = systemClock.now();
      const [received, written] = String(data).trim().split(' ').map(Number);
      resolve({ read, received, written });
    });
  });
};
