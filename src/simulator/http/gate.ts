import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** The port: it can be closed for a while, or take connections without serving them. */
export class ConnectionGate implements AsyncDisposable {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #host: string;
  #port = 0;
  #hangsUntilMs = 0;
  #reopening: NodeJS.Timeout | undefined;

  constructor(host: string, serve: (socket: Socket) => void) {
    this.#host = host;
    this.#server = createServer({ noDelay: true, pauseOnConnect: true }, (socket) => {
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
      socket.on('error', () => {});
      if (performance.now() < this.#hangsUntilMs) return;
      serve(socket);
      socket.resume();
    });
  }

  /** Takes a port; rejects when it cannot be had. */
  async listen(port: number): Promise<number> {
    this.#server.listen(port, this.#host);
    await once(this.#server, 'listening');
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : port;
    return this.#port;
  }

  /** Resets every connection and closes the port for so many milliseconds. */
  refuse(forMs: number): void {
    if (this.#reopening !== undefined) return;
    this.#server.close();
    for (const socket of this.#open) socket.resetAndDestroy();
    this.#reopening = setTimeout(() => {
      this.#reopening = undefined;
      this.#server.listen(this.#port, this.#host);
    }, forMs);
  }

  /** Connections that come in so many milliseconds from now are never served. */
  hang(forMs: number): void {
    this.#hangsUntilMs = performance.now() + forMs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#reopening);
    for (const socket of this.#open) socket.destroy();
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }
}
