import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outputCollector } from '../../../../../../src/sandbox/docker/exec/stream/bounded-output.ts';

const collect = (chunks: readonly Uint8Array[], limitBytes: number) => {
  const collector = outputCollector(limitBytes);
  for (const chunk of chunks) collector.push(chunk);
  return collector.output();
};

const chunksOf = (bytes: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );

describe('outputCollector', () => {
  it('keeps everything up to the limit', () => {
    expect(collect([Buffer.from('abcd'), Buffer.from('efgh')], 8)).toEqual({
      text: 'abcdefgh',
      bytes: 8,
      truncated: false,
    });
  });

  it('keeps head and tail beyond it and counts every byte', () => {
    expect(collect([Buffer.from(`abcd${'-'.repeat(1000)}wxyz`)], 8)).toEqual({
      text: 'abcd\n[… 1000 bytes omitted …]\nwxyz',
      bytes: 1008,
      truncated: true,
    });
  });

  it('cuts no character through', () => {
    const { text, bytes } = collect([Buffer.from('ää€€𝄞𝄞ää')], 14);
    expect(text).toBe('ää€\n[… 11 bytes omitted …]\nää');
    expect(bytes).toBe(22);
  });

  it('decodes a character that two chunks share', () => {
    const [first, second] = chunksOf(Buffer.from('€'), 2);
    expect(collect([first ?? Buffer.alloc(0), second ?? Buffer.alloc(0)], 100).text).toBe('€');
  });

  it('shows bytes that are no UTF-8 as U+FFFD', () => {
    expect(collect([Buffer.from([0x61, 0xff, 0x62])], 10).text).toBe('a\ufffdb');
  });

  it('keeps a byte order mark', () => {
    expect(collect([Buffer.from('\ufeffx')], 10).text).toBe('\ufeffx');
  });

  it('gives the same whatever the chunks, all of it or head and tail without a broken character', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 80 }), (printed, size, limit) => {
        const bytes = Buffer.from(printed);
        const whole = collect([bytes], limit);
        expect(collect(chunksOf(bytes, size), limit)).toEqual(whole);
        expect(whole.bytes).toBe(bytes.length);
        expect(whole.truncated).toBe(bytes.length > limit);
        if (!whole.truncated) {
          expect(whole.text).toBe(bytes.toString());
          return;
        }
        const [head = '', tail = ''] = whole.text.split(/\n\[… \d+ bytes omitted …\]\n/);
        expect([printed.startsWith(head), printed.endsWith(tail)]).toEqual([true, true]);
        const omitted = Number(/(\d+) bytes omitted/.exec(whole.text)?.[1]);
        expect(Buffer.byteLength(head) + omitted + Buffer.byteLength(tail)).toBe(bytes.length);
      }),
    );
  });
});
