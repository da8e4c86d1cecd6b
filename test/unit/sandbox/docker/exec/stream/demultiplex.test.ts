import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demultiplexer, type StreamName } from '../../../../../../src/sandbox/docker/exec/stream/demultiplex.ts';

type Frame = { readonly type: number; readonly payload: Uint8Array };

const encode = ({ type, payload }: Frame): Uint8Array => {
  const header = Buffer.alloc(8);
  header.writeUInt8(type, 0);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
};

const collect = (chunks: Iterable<Uint8Array>) => {
  const streams: Record<StreamName, Uint8Array[]> = { stdout: [], stderr: [], engine: [] };
  const order: StreamName[] = [];
  const demultiplex = demultiplexer((name, bytes) => {
    streams[name].push(bytes.slice());
    if (order.at(-1) !== name) order.push(name);
  });
  for (const chunk of chunks) demultiplex.push(chunk);
  const { stdout, stderr, engine } = streams;
  return {
    stdout: Buffer.concat(stdout),
    stderr: Buffer.concat(stderr),
    engine: Buffer.concat(engine),
    order,
    whole: demultiplex.whole,
  };
};

const frames = fc.array(fc.record({ type: fc.constantFrom(0, 1, 2, 3), payload: fc.uint8Array({ maxLength: 40 }) }), {
  maxLength: 30,
});

const cut = (bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] => {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...chunks, bytes.subarray(at)];
};

describe('demultiplexer', () => {
  it('gives each stream its bytes, in order', () => {
    const bytes = Buffer.concat([
      encode({ type: 1, payload: Buffer.from('out') }),
      encode({ type: 2, payload: Buffer.from('err') }),
      encode({ type: 1, payload: Buffer.from('more') }),
    ]);
    const { stdout, stderr, order, whole } = collect([bytes]);
    expect([stdout.toString(), stderr.toString(), order, whole]).toEqual([
      'outmore',
      'err',
      ['stdout', 'stderr', 'stdout'],
      true,
    ]);
  });

  it('gives the same whatever the bytes are cut into', () => {
    fc.assert(
      fc.property(frames, fc.array(fc.nat(20)), (sent, sizes) => {
        const bytes = Buffer.concat(sent.map(encode));
        expect(collect(cut(bytes, sizes))).toEqual(collect([bytes]));
        const expected = Buffer.concat(sent.filter(({ type }) => type < 2).map(({ payload }) => payload));
        expect(collect(cut(bytes, sizes)).stdout.equals(expected)).toBe(true);
      }),
    );
  });

  it('takes a hundred thousand frames in one chunk', () => {
    const frame = encode({ type: 2, payload: Buffer.from('x') });
    expect(collect([Buffer.concat(Array<Uint8Array>(100_000).fill(frame))]).stderr.length).toBe(100_000);
  });

  it('knows a stream that broke off within a frame', () => {
    const bytes = encode({ type: 1, payload: Buffer.from('hello') });
    expect([3, 8, 10].map((length) => collect([bytes.subarray(0, length)]).whole)).toEqual([false, false, false]);
  });

  it('refuses what is not multiplexed', () => {
    expect(() => collect([Buffer.from('plain text of a terminal')])).toThrow(/not multiplexed/);
  });
});
