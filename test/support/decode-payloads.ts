import type { StreamEvent } from '../../src/domain/model/stream.ts';
import type { Protocol } from '../../src/endpoint/endpoint.ts';

/** What a fresh decoder makes of these payloads, the first stamped 1, the next 2, and so on. */
export const decodePayloads = (protocol: Protocol, payloads: readonly unknown[]): readonly StreamEvent[] => {
  const decode = protocol.decoder();
  return payloads.flatMap((payload, index) => decode({ kind: 'data', at: index + 1, data: JSON.stringify(payload) }));
};
