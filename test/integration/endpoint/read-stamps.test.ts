import { once } from 'node:events';
import { Agent, type Dispatcher } from 'undici';
import { expect, it } from 'vitest';
import { watchConnections } from '../../../src/endpoint/transport/connection-watch.ts';
import { pause, startRawServer } from '../../support/raw-server.ts';
import { startTlsFront } from '../../support/tls-front.ts';

/** Sizes around those of a TLS record, of a socket's reads and of several of both. */
const sizes = [1, 100, 16_383, 16_384, 16_385, 70_000, 300_000];

const startServer = () =>
  startRawServer(async (response) => {
    for (const size of sizes) {
      if (!response.write('x'.repeat(size))) await once(response, 'drain');
      if (size < 100) await pause(5);
    }
    response.end();
  });

it.each([['plain'], ['TLS']])('every read of a %s connection is stamped before it is parsed', async (kind) => {
  await using server = await startServer();
  await using front = kind === 'TLS' ? await startTlsFront(server.address) : undefined;
  // Each look at this clock is later than the one before: two that agree are one stamp.
  let looks = 0;
  using watch = watchConnections({ now: () => ++looks, wall: () => new Date() }, 2000);
  const agent = new Agent({ connect: watch.connect });
  const { origin } = new URL(front?.address ?? server.address);
  let bytes = 0;
  const unstamped: string[] = [];
  const check = (what: string): void => {
    const [one, other] = [watch.readAt(), watch.readAt()];
    if (one !== other) unstamped.push(what);
  };
  for (let request = 0; request < 3; request += 1) {
    await new Promise<void>((resolve, reject) => {
      const handler: Dispatcher.DispatchHandler = {
        onRequestStart: () => {},
        onResponseStart: () => check('headers'),
        onResponseData: (_controller, chunk) => {
          bytes += chunk.length;
          check(`data of ${chunk.length}`);
        },
        onResponseEnd: () => {
          check('end');
          resolve();
        },
        onResponseError: (_controller, error) => reject(error),
      };
      agent.dispatch({ origin, path: '/v1', method: 'GET' }, handler);
    });
  }
  await agent.destroy();
  expect(bytes).toBe(3 * sizes.reduce((sum, size) => sum + size));
  expect(unstamped).toEqual([]);
});
