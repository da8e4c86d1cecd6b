import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { aDockerProvider, docker, engineSocket, openBase } from '../../../support/engine.ts';
import { describeWithEngine } from '../../../support/with-engine.ts';

type Server = AsyncDisposable & { readonly host: string; cut(): void };

/** A server on loopback that hands each connection to `serve`; `cut` drops them all. */
const serve = async (handle: (socket: Socket) => void): Promise<Server> => {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    handle(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    host: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    [Symbol.asyncDispose]: async () => {
      cut();
      server.close();
    },
  };
};

/** The engine of this machine over TCP; a request that `refuses` picks is answered with a failure instead. It must listen on a socket. */
const overTcp = (refuses: (request: string) => boolean = () => false): Promise<Server> =>
  serve((socket) => {
    socket.once('data', (first) => {
      if (refuses(first.toString('latin1'))) {
        socket.end('HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}');
        return;
      }
      const engine = connect({ path: engineSocket, allowHalfOpen: true });
      engine.on('error', () => socket.destroy());
      socket.on('close', () => engine.destroy());
      engine.on('close', () => socket.destroy());
      engine.write(first);
      socket.pipe(engine);
      engine.pipe(socket);
    });
  });

const askWho = async (handle: (socket: Socket) => void): Promise<unknown> => {
  await using server = await serve(handle);
  return await aDockerProvider({ host: server.host, environment: {} })
    .info()
    .then(
      () => 'answered',
      (error: unknown) => error,
    );
};
const unreachable = { name: 'InfraError', phase: 'sandbox', code: 'engine-unreachable' };

describe('an engine that fails', () => {
  it('is unreachable where nothing listens, and we say what was tried', async () => {
    const asking = aDockerProvider({ environment: { DOCKER_HOST: 'unix:///no-such-socket' } }).info();
    await expect(asking).rejects.toMatchObject(unreachable);
    await expect(asking).rejects.toThrow(/DOCKER_HOST[\s\S]*no-such-socket[\s\S]*ENOENT[\s\S]*Start the engine/);
  });

  it('is unreachable when it hangs up, or says what is no HTTP', async () => {
    expect(await askWho((socket) => socket.destroy())).toMatchObject(unreachable);
    expect(await askWho((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))).toMatchObject(unreachable);
  });

  it.each([
    ['says nothing', ''],
    [
      'breaks off within its answer',
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"Version":',
    ],
  ])('is given up when it %s', async (_, answer) => {
    expect(await askWho((socket) => socket.once('data', () => socket.write(answer)))).toMatchObject(unreachable);
  });
});

describeWithEngine('an engine over TCP', () => {
  it('runs commands with input and floods of tiny writes', async () => {
    await using server = await overTcp();
    await using provider = aDockerProvider({ host: server.host });
    await using sandbox = await openBase(provider);
    expect((await sandbox.shell.exec(['wc', '-c'], { stdin: 'x'.repeat(1_000_000) })).stdout.text).toBe('1000000\n');
    const writes = `python3 -u -c 'import os\nfor _ in range(50000): os.write(1, b"x")'`;
    expect((await sandbox.shell.exec(['sh', '-c', writes])).stdout.bytes).toBe(50_000);
    await sandbox.shell.writeFile('/a', 'b');
    expect(Buffer.from((await sandbox.shell.readFile('/a')) ?? []).toString()).toBe('b');
  });

  it("is our failure, not the command's, when its connection is cut", async () => {
    await using server = await overTcp();
    const provider = aDockerProvider({ host: server.host });
    const sandbox = await openBase(provider, { run: 'cut' });
    const running = sandbox.shell.exec(['sh', '-c', 'echo begun; sleep 600']);
    const outcome = expect(running).rejects.toMatchObject({ name: 'InfraError', phase: 'sandbox' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    server.cut();
    await outcome;
    await provider[Symbol.asyncDispose]();
  });

  it('starts the container anew when it can start no command, and the container still ends with us', async () => {
    let refusals = 0;
    await using server = await overTcp((request) => /^POST \S+\/exec /.test(request) && refusals-- > 0);
    const provider = aDockerProvider({ host: server.host });
    const sandbox = await openBase(provider, { run: 'anew' });
    await sandbox.shell.exec(['sh', '-c', 'setsid sleep 4371 & echo kept >/kept']);
    refusals = 1;
    await sandbox.endProcesses();
    const { stdout } = await sandbox.shell.exec(['sh', '-c', 'pgrep -c sleep; cat /kept']);
    expect(stdout.text).toBe('0\nkept\n');
    server.cut();
    await expect.poll(() => docker('ps', '-aq', '--filter', 'label=tacho.run=anew'), { timeout: 20_000 }).toBe('');
    await provider[Symbol.asyncDispose]();
  });
});
