import type { BoundedOutput } from '../../../sandbox.ts';

/** Collects one stream of a command in bounded memory. */
export type OutputCollector = { push(bytes: Uint8Array): void; output(): BoundedOutput };

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

const lengthOfCharacter = (lead: number): number => {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
};

/** Drops a character that the end of `bytes` cuts through; what is no UTF-8 stays as it is. */
const withoutCutEnd = (bytes: Uint8Array): Uint8Array => {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    return lengthOfCharacter(byte) > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
};

/** Drops the rest of a character that the start of `bytes` cuts through. */
const withoutCutStart = (bytes: Uint8Array): Uint8Array => {
  let start = 0;
  while (start < 3 && isContinuation(bytes[start])) start += 1;
  return bytes.subarray(start);
};

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** Keeps the newest `size` bytes that were pushed; takes memory only once something is pushed. */
const ring = (size: number) => {
  let buffer = new Uint8Array(0);
  let pushed = 0;
  return {
    push: (bytes: Uint8Array): void => {
      if (bytes.length === 0 || size === 0) return;
      if (buffer.length === 0) buffer = new Uint8Array(size);
      const newest = bytes.subarray(Math.max(0, bytes.length - size));
      const at = (pushed + bytes.length - newest.length) % size;
      const untilEnd = newest.subarray(0, size - at);
      buffer.set(untilEnd, at);
      buffer.set(newest.subarray(untilEnd.length), 0);
      pushed += bytes.length;
    },
    content: (): Uint8Array => {
      if (pushed <= size) return buffer.slice(0, pushed);
      const at = pushed % size;
      return Buffer.concat([buffer.subarray(at), buffer.subarray(0, at)]);
    },
  };
};

/**
 * Keeps the first and the last half of `limitBytes` and counts every byte. Where bytes were left out, the text says how many, and
 * no character is cut through. Bytes that are no UTF-8 become U+FFFD.
 */
export const outputCollector = (limitBytes: number): OutputCollector => {
  const headLimit = Math.ceil(limitBytes / 2);
  const head: Uint8Array[] = [];
  const tail = ring(limitBytes - headLimit);
  let headBytes = 0;
  let bytes = 0;

  return {
    push: (chunk) => {
      bytes += chunk.length;
      // A copy: a slice would keep the whole network chunk that it came in alive.
      const forHead = chunk.slice(0, headLimit - headBytes);
      if (forHead.length > 0) head.push(forHead);
      headBytes += forHead.length;
      tail.push(chunk.subarray(forHead.length));
    },
    output: () => {
      const first = Buffer.concat(head);
      const last = tail.content();
      if (bytes <= limitBytes) return { text: decode(Buffer.concat([first, last])), bytes, truncated: false };
      const [start, end] = [withoutCutEnd(first), withoutCutStart(last)];
      const omitted = bytes - start.length - end.length;
      return { text: `${decode(start)}\n[… ${omitted} bytes omitted …]\n${decode(end)}`, bytes, truncated: true };
    },
  };
};
