import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { progressMessages, readProgress } from '../../../../../src/sandbox/docker/image/progress.ts';

const text = (number: number, value: string): Buffer => field(number, Buffer.from(value));
const field = (number: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
const trace = (...fields: readonly Buffer[]): string =>
  JSON.stringify({ id: 'moby.buildkit.trace', aux: Buffer.concat(fields).toString('base64') });

describe('readProgress', () => {
  it('reads build output, states of layers, and leaves out counts of bytes', () => {
    expect(readProgress('{"stream":"Step 1/2 : FROM a\\n ---> 12\\n"}').lines).toEqual([
      'Step 1/2 : FROM a',
      ' ---> 12',
    ]);
    expect(readProgress('{"status":"Pull complete","progressDetail":{},"id":"ab"}').lines).toEqual([
      'ab: Pull complete',
    ]);
    expect(readProgress('{"status":"Downloading","progressDetail":{"current":1,"total":2},"id":"ab"}').lines).toEqual(
      [],
    );
  });

  it('takes colours and cursor movements out', () => {
    expect(readProgress('{"stream":"\\u001b[91mwarning\\u001b[0m 5%\\r10%\\n"}').lines).toEqual(['warning 5%', '10%']);
  });

  it('finds the failure in the middle of success', () => {
    expect(readProgress('{"errorDetail":{"code":1,"message":"it broke"},"error":"short"}').error).toBe('it broke');
    expect(readProgress('{"error":"short"}').error).toBe('short');
  });

  it('reads BuildKit: steps as they begin, their output, their errors', () => {
    const started = field(5, Buffer.from([8, 1]));
    const completed = field(6, Buffer.from([8, 2]));
    const begins = field(1, Buffer.concat([text(1, 'sha256:1'), text(3, '[2/2] RUN make'), started]));
    const fails = field(1, Buffer.concat([text(3, '[2/2] RUN make'), started, completed, text(7, 'exit code: 2')]));
    const prints = field(3, Buffer.concat([text(1, 'sha256:1'), Buffer.from([24, 1]), text(4, 'make: no rule\n')]));
    expect(readProgress(trace(begins, prints)).lines).toEqual(['[2/2] RUN make', 'make: no rule']);
    expect(readProgress(trace(fails)).lines).toEqual(['exit code: 2']);
  });

  it('passes on what is no JSON, and lives on after garbage', () => {
    expect(readProgress('half {')).toEqual({ lines: ['half {'] });
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readProgress(trace(Buffer.from(bytes)))));
  });
});

describe('progressMessages', () => {
  it('gives the same messages whatever the bytes are cut into', async () => {
    const bytes = Buffer.from('{"stream":"ä\\n"}\n\r\n{"stream":"€€"}\n{"error":"last, without newline"}');
    const expected = [{ lines: ['ä'] }, { lines: ['€€'] }, { lines: [], error: 'last, without newline' }];
    for (let size = 1; size < bytes.length; size += 1) {
      const chunks = async function* () {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      };
      const messages = [];
      for await (const message of progressMessages(chunks())) messages.push(message);
      expect(messages).toEqual(expected);
    }
  });
});
