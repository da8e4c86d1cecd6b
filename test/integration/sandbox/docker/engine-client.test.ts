import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { parseAddress } from '../../../../src/sandbox/docker/engine/address.ts';
import { connectEngine } from '../../../../src/sandbox/docker/engine/connect.ts';
import { engineSocket } from '../../../support/engine.ts';
import { describeWithEngine } from '../../../support/with-engine.ts';

describeWithEngine('the client of the engine', () => {
  it('has little to print when it prints the options of a request, whatever connections are open', async () => {
    const address = parseAddress(`unix://${engineSocket}`);
    const { docker } = await connectEngine({ source: 'test', addresses: [address] });
    const events = (await docker.getEvents()) as NodeJS.ReadableStream & { destroy(): void };
    const { agent } = docker.modem as { readonly agent?: unknown };
    expect(agent).toHaveProperty('sockets');
    // As docker-modem prints them: whole, to any depth, before each request.
    expect(inspect({ agent }, { showHidden: true, depth: null })).toBe('{ agent: Agent }');
    events.destroy();
  });
});
