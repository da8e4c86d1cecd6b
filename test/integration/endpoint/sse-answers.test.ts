import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EndpointError } from '../../../src/domain/model/endpoint-error.ts';
import { collectReply } from '../../../src/endpoint/collect-reply.ts';
import { chunk, done, finishChunk } from '../../support/chat-frames.ts';
import { anEndpoint, aRequest, neverAborted, testKey } from '../../support/endpoints.ts';
import { type Answer, eventStream, startRawServer } from '../../support/raw-server.ts';

const call = async (answer: Answer) => {
  await using server = await startRawServer(answer);
  await using endpoint = anEndpoint(server.address);
  return await collectReply(endpoint.stream(aRequest(), { signal: neverAborted }), { endpoint: 'e' });
};

const failure = async (answer: Answer): Promise<EndpointError> => {
  const collected = await call(answer);
  if (collected.outcome !== 'failed' || !(collected.error instanceof EndpointError))
    throw new Error('expected a failure');
  return collected.error;
};

describe('answers that are no stream of events', () => {
  it('a proxy that answers HTML', async () => {
    const error = await failure((response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html>\n<b>Bad\u001b[31m gateway</b>'),
    );
    expect(error).toMatchObject({ fault: 'server-error', status: 502 });
    expect(error.message).toMatch(/answered 502: <html> <b>Bad \[31m gateway<\/b>$/);
  });

  it('a body of megabytes is quoted, not swallowed', async () => {
    const error = await failure((response) => response.writeHead(500).end('x'.repeat(3_000_000)));
    expect(error.message.length).toBeLessThan(450);
  });

  it('the whole answer at once, though a stream was asked for', async () => {
    const error = await failure((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices":[{"message":{"content":"hi"}}]}'),
    );
    expect(error).toMatchObject({ fault: 'malformed', status: 200 });
  });

  it('a compressed stream, though none was asked for', async () => {
    const body = gzipSync(chunk({ content: 'hi' }) + done());
    const error = await failure((response) =>
      response.writeHead(200, { ...eventStream, 'content-encoding': 'gzip' }).end(body),
    );
    expect(error.message).toContain('compressed its stream (gzip)');
  });

  it('a redirection is told, not followed', async () => {
    const error = await failure((response) => response.writeHead(307, { location: 'http://elsewhere/' }).end());
    expect(error).toMatchObject({ fault: 'invalid-request', status: 307, isRetryable: false });
  });

  it('an echoed key is struck out', async () => {
    const error = await failure((response, { headers }) =>
      response.writeHead(401).end(JSON.stringify({ error: { message: `Bad key: ${headers.authorization}` } })),
    );
    expect(error.message).toContain('Bad key: Bearer [key]');
    expect(error.message).not.toContain(testKey);
  });
});

describe('streams a little off the path', () => {
  it.each([201, 202, 203])('status %i is as good as 200', async (status) => {
    const collected = await call((response) =>
      response.writeHead(status, eventStream).end(chunk({ content: 'hi' }) + finishChunk() + done()),
    );
    expect(collected).toMatchObject({ outcome: 'complete', reply: { text: 'hi' } });
  });

  it('comments, and a content type of its own', async () => {
    const collected = await call((response) =>
      response
        .writeHead(200, { 'content-type': 'text/plain' })
        .end(`: OPENROUTER PROCESSING\n\n${chunk({ content: 'hi' })}: ping\n\n${finishChunk()}${done()}`),
    );
    expect(collected).toMatchObject({ outcome: 'complete', reply: { text: 'hi' } });
  });

  it('a server that keeps the connection open after the end holds nobody up', async () => {
    const before = performance.now();
    const collected = await call(
      (response) => void response.writeHead(200, eventStream).write(chunk({ content: 'hi' }) + finishChunk() + done()),
    );
    expect(collected.outcome).toBe('complete');
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
