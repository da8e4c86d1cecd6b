/** One field of a protocol-buffers message: a number, or the bytes of a text or of a message inside. */
type Field = { readonly number: number; readonly bytes: Uint8Array };

const readVarint = (bytes: Uint8Array, from: number): { value: number; next: number } => {
  let value = 0;
  let scale = 1;
  let next = from;
  while (next < bytes.length) {
    const byte = bytes[next] ?? 0;
    next += 1;
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte < 0x80) break;
  }
  return { value, next };
};

const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 };

/** The length-delimited fields of a message; the others are of no use here. */
const fieldsOf = (bytes: Uint8Array): readonly Field[] => {
  const fields: Field[] = [];
  let at = 0;
  while (at < bytes.length) {
    const key = readVarint(bytes, at);
    at = key.next;
    const type = key.value % 8;
    if (type === wire.varint) at = readVarint(bytes, at).next;
    else if (type === wire.fixed64) at += 8;
    else if (type === wire.fixed32) at += 4;
    else if (type === wire.bytes) {
      const length = readVarint(bytes, at);
      at = length.next + length.value;
      fields.push({ number: Math.floor(key.value / 8), bytes: bytes.subarray(length.next, at) });
    } else break;
  }
  return fields;
};

const textOf = (fields: readonly Field[], number: number): string =>
  Buffer.from(fields.find((field) => field.number === number)?.bytes ?? []).toString('utf8');

/** Field numbers of BuildKit's StatusResponse, Vertex and VertexLog. */
const response = { vertex: 1, log: 3 };
const vertex = { name: 3, started: 5, completed: 6, error: 7 };
const log = { message: 4 };

/**
 * What a `moby.buildkit.trace` message says in lines: steps that begin, what they print, and how they fail.
 * Source of the numbers: api/services/control/control.proto of moby/buildkit.
 */
export const traceLines = (trace: Uint8Array): readonly string[] =>
  fieldsOf(trace).flatMap(({ number, bytes }) => {
    const fields = fieldsOf(bytes);
    if (number === response.log) return textOf(fields, log.message).split('\n');
    if (number !== response.vertex) return [];
    const has = (wanted: number): boolean => fields.some((field) => field.number === wanted);
    const begins = has(vertex.started) && !has(vertex.completed);
    return [
      ...(begins ? [textOf(fields, vertex.name)] : []),
      ...(has(vertex.error) ? [textOf(fields, vertex.error)] : []),
    ];
  });
