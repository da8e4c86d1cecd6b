/** Which of a command's streams bytes belong to; `engine` is the engine telling of its own failure. */
export type StreamName = 'stdout' | 'stderr' | 'engine';

const headerBytes = 8;
const streamNames: readonly StreamName[] = ['stdout', 'stdout', 'stderr', 'engine'];

/** Takes the bytes of a multiplexed stream as they come and gives the payloads; `whole` says whether the last frame was complete. */
export type Demultiplexer = { push(chunk: Uint8Array): void; readonly whole: boolean };

/**
 * Splits the engine's frames (type, three zeros, length, payload). Iterative and without copies: the client library's own splitter
 * recurses once a frame and dies of a chunk that holds thousands. A payload is handed on in the pieces that arrive.
 * `push` throws on bytes that are no frame header.
 */
export const demultiplexer = (onPayload: (stream: StreamName, bytes: Uint8Array) => void): Demultiplexer => {
  const header = new Uint8Array(headerBytes);
  const view = new DataView(header.buffer);
  let headerFilled = 0;
  let payloadLeft = 0;
  let stream: StreamName = 'stdout';

  const readHeader = (chunk: Uint8Array, from: number): number => {
    const taken = chunk.subarray(from, from + headerBytes - headerFilled);
    header.set(taken, headerFilled);
    headerFilled += taken.length;
    if (headerFilled === headerBytes) {
      const name = streamNames[view.getUint8(0)];
      if (name === undefined || view.getUint32(0) % 0x1000000 !== 0)
        throw new Error('the output stream of the engine is not multiplexed');
      stream = name;
      payloadLeft = view.getUint32(4);
      if (payloadLeft === 0) headerFilled = 0;
    }
    return from + taken.length;
  };

  const readPayload = (chunk: Uint8Array, from: number): number => {
    const taken = chunk.subarray(from, from + payloadLeft);
    payloadLeft -= taken.length;
    if (payloadLeft === 0) headerFilled = 0;
    onPayload(stream, taken);
    return from + taken.length;
  };

  return {
    push: (chunk) => {
      let at = 0;
      while (at < chunk.length) at = payloadLeft > 0 ? readPayload(chunk, at) : readHeader(chunk, at);
    },
    get whole() {
      return headerFilled === 0;
    },
  };
};
