import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';

const read = (name: string): Promise<string> => readFile(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');

/** TLS in front of a plain loopback server, by a certificate that this process is made to trust; it may keep a client waiting. */
export const startTlsFront = async (
  address: string,
  { handshakeAfterMs = 0 }: { readonly handshakeAfterMs?: number } = {},
): Promise<AsyncDisposable & { readonly address: string }> => {
  const [cert, key] = await Promise.all([read('certificate.pem'), read('key.pem')]);
  setDefaultCACertificates([...getCACertificates('default'), cert]);
  const behind = new URL(address);
  const secured = createServer({ cert, key }, (socket) => {
    const plain = connect(Number(behind.port), behind.hostname);
    for (const [one, other] of [
      [socket, plain],
      [plain, socket],
    ] as const) {
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  const server = createTcpServer((socket) => setTimeout(() => secured.emit('connection', socket), handshakeAfterMs));
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `https://localhost:${port}${behind.pathname}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
};
