/** Where one stream of a command stands: what precedes its first mark is no output of the command, nor is what follows its second. */
export type MarkedStream = {
  push(bytes: Uint8Array): void;
  /** Gives out what was held back because it might have become a mark. */
  flush(): void;
  /** What came before the command began: the complaint of an engine or a shell that could not start it. */
  before(): Buffer;
  /** The text of the first mark: the command began. */
  beginning(): string | undefined;
  /** The text of the second mark: the command is over, and all that it wrote has arrived. */
  ending(): string | undefined;
};

const newline = 0x0a;
const mostBytesBefore = 4096;

/**
 * Finds two marks in a stream, each the nonce, a text and a newline, however the bytes are cut into chunks, and passes on what is between
 * them. What a process in the background writes after the second mark is dropped.
 */
export const markedStream = (nonce: string, onBytes: (bytes: Uint8Array) => void): MarkedStream => {
  const marks: string[] = [];
  const before: Buffer[] = [];
  let beforeBytes = 0;
  let held = Buffer.alloc(0);

  const pass = (bytes: Buffer): void => {
    if (bytes.length === 0) return;
    if (marks.length === 1) onBytes(bytes);
    if (marks.length > 0 || beforeBytes >= mostBytesBefore) return;
    before.push(bytes);
    beforeBytes += bytes.length;
  };

  /** The length of the longest end of `bytes` that is a beginning of the nonce. */
  const possibleMark = (bytes: Buffer): number => {
    for (let length = Math.min(nonce.length - 1, bytes.length); length > 0; length -= 1)
      if (bytes.toString('latin1', bytes.length - length) === nonce.slice(0, length)) return length;
    return 0;
  };

  const push = (chunk: Uint8Array): void => {
    let bytes =
      held.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([held, chunk]);
    for (;;) {
      const from = bytes.indexOf(nonce, 0, 'latin1');
      const end = from < 0 ? -1 : bytes.indexOf(newline, from);
      const certain = from < 0 ? bytes.length - possibleMark(bytes) : from;
      pass(bytes.subarray(0, certain));
      if (end < 0) {
        held = Buffer.from(bytes.subarray(certain));
        return;
      }
      marks.push(bytes.toString('latin1', from + nonce.length, end).trim());
      bytes = bytes.subarray(end + 1);
    }
  };

  return {
    push,
    flush: () => {
      pass(held);
      held = Buffer.alloc(0);
    },
    before: () => Buffer.concat(before),
    beginning: () => marks[0],
    ending: () => marks[1],
  };
};
