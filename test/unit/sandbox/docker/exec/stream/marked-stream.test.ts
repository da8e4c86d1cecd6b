import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markedStream } from '../../../../../../src/sandbox/docker/exec/stream/marked-stream.ts';

const nonce = 'tacho-00ff';

const read = (chunks: readonly Uint8Array[]) => {
  const passed: Uint8Array[] = [];
  const stream = markedStream(nonce, (bytes) => void passed.push(bytes.slice()));
  for (const chunk of chunks) stream.push(chunk);
  stream.flush();
  return {
    text: Buffer.concat(passed).toString(),
    before: stream.before().toString(),
    beginning: stream.beginning(),
    ending: stream.ending(),
  };
};

describe('markedStream', () => {
  it('passes on what is between the marks', () => {
    expect(read([Buffer.from(`warning\n${nonce} 7 (sh)\nout\nput${nonce} 3\nfrom the background`)])).toEqual({
      text: 'out\nput',
      before: 'warning\n',
      beginning: '7 (sh)',
      ending: '3',
    });
  });

  it('keeps what an engine says that could not start the command', () => {
    expect(read([Buffer.from('OCI runtime exec failed')])).toEqual({
      text: '',
      before: 'OCI runtime exec failed',
      beginning: undefined,
      ending: undefined,
    });
  });

  it('gives out at the end what only looked like a mark', () => {
    expect(read([Buffer.from(`${nonce} x\nabc${nonce.slice(0, 5)}`)]).text).toBe(`abc${nonce.slice(0, 5)}`);
  });

  it('gives the same whatever the bytes are cut into', () => {
    const almost = fc.constantFrom('tacho-00', 'tacho-00fe', 't', '\n', 'tacho-', 'x');
    fc.assert(
      fc.property(fc.array(almost, { maxLength: 12 }), fc.integer({ min: 1, max: 7 }), (parts, size) => {
        const printed = parts.join('');
        const bytes = Buffer.from(`${nonce} stat\n${printed}${nonce} 0\nlate`);
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        expect(read(chunks)).toEqual({ text: printed, before: '', beginning: 'stat', ending: '0' });
      }),
    );
  });
});
