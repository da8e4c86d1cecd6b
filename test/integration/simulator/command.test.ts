import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { tacho } from '../../support/tacho.ts';

test('tacho simulate says why it cannot listen, and how to mend it', async () => {
  const occupied = createServer().listen(0, '127.0.0.1');
  await once(occupied, 'listening');
  const { port } = occupied.address() as AddressInfo;
  const taken = await tacho(['simulate', '--port', String(port)]);
  occupied.close();
  expect([taken.exitCode, taken.stderr]).toEqual([2, expect.stringMatching(`cannot listen on 127.0.0.1:${port}`)]);
  const none = await tacho(['simulate', '--port', '65536']);
  expect([none.exitCode, none.stderr]).toEqual([2, expect.stringMatching(/--port: `65536` is no port/)]);
});
