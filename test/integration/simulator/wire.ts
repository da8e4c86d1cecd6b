import { request } from 'node:http';
import type { RequestStamp } from '../../../src/simulator/pace/stamps.ts';

/** One read of a raw response: [monotonic ns, text]. */
type Read = readonly [atNs: number, text: string];

export type RawAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly reads: readonly Read[];
  readonly text: string;
  /** Whether the response came to a clean end. */
  readonly complete: boolean;
};

/** Posts a JSON body over node:http and keeps every read with the time of its data callback. */
export const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    let hasBegun = false;
    const outgoing = request(url, { method: 'POST', agent: false, headers }, (incoming) => {
      hasBegun = true;
      const reads: Read[] = [];
      incoming.on('data', (data: Buffer) => reads.push([Number(process.hrtime.bigint()), data.toString('utf8')]));
      incoming.on('error', () => {});
      incoming.on('close', () => {
        const { statusCode: status = 0, headers, complete } = incoming;
        resolve({ status, headers, reads, complete, text: reads.map((read) => read[1]).join('') });
      });
    });
    outgoing.on('error', (error) => {
      if (!hasBegun) reject(error);
    });
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body));
  });

/** The JSON payloads of a stream of server-sent events; `[DONE]` is left out. */
// biome-ignore lint/suspicious/noExplicitAny: what a server sent is looked at field by field.
export const payloadsOf = (text: string): readonly any[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
    .map((line) => JSON.parse(line.slice(6)));

/** TTFT in ms and decode tokens/s by the simulator's own stamps. */
export const paceOf = (stamp: RequestStamp) => {
  const [first, last] = [stamp.chunks[0], stamp.chunks.at(-1)];
  if (first === undefined || last === undefined) throw new Error('no content was written');
  return {
    ttftMs: (first[0] - stamp.received) / 1e6,
    tokensPerSecond: ((stamp.tokens - first[1]) * 1e9) / (last[0] - first[0]),
  };
};
