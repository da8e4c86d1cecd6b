import type { StreamEvent } from '../../domain/model/stream.ts';
import type { MonotonicNs } from '../../domain/time.ts';
import type { Frame } from '../endpoint.ts';
import { asRecord, type JsonRecord } from './json.ts';
import { readHeaderTiming } from './server-timing.ts';
import { malformedFailure, streamFailure, truncatedFailure } from './stream-failure.ts';

/** What a protocol makes of one payload of its own. */
export type PayloadReader = (payload: JsonRecord, at: MonotonicNs) => readonly StreamEvent[];

export type Dialect = {
  readonly read: PayloadReader;
  /** What its answers end with, in words. */
  readonly terminal: string;
  /** A payload that is no JSON and ends the answer. */
  readonly endText?: string | undefined;
};

/** Decodes one answer: what is common to all protocols is here. A close before the end is a truncation. */
export const frameDecoder = ({ read, terminal, endText }: Dialect): ((frame: Frame) => readonly StreamEvent[]) => {
  let ended = false;
  const readData = (data: string, event: string | undefined, at: MonotonicNs): readonly StreamEvent[] => {
    if (endText !== undefined && data.trim() === endText) return [{ type: 'end', at }];
    return read(parsePayload(data, event), at);
  };
  return (frame) => {
    if (frame.kind !== 'data') return decodeTransport(frame, ended ? undefined : terminal);
    // Gateways keep a connection open with events of nothing.
    if (ended || frame.data.trim() === '') return [];
    const events = readData(frame.data, frame.event, frame.at);
    ended = events.at(-1)?.type === 'end';
    return events;
  };
};

const decodeTransport = (
  frame: Exclude<Frame, { kind: 'data' }>,
  missing: string | undefined,
): readonly StreamEvent[] => {
  const { at } = frame;
  switch (frame.kind) {
    case 'dispatch':
      return [{ type: 'dispatch', at }];
    case 'connection':
      return [{ type: 'connection', at, connection: frame.connection }];
    case 'headers': {
      const { status, headers } = frame;
      const timing = readHeaderTiming(headers);
      const event: StreamEvent = { type: 'headers', at, status, headers };
      return timing === undefined ? [event] : [event, { type: 'server-timing', at, timing }];
    }
    case 'close':
      if (missing !== undefined) throw truncatedFailure(missing);
      return [];
  }
};

/** Every protocol says errors alike: an event named `error`, or a payload of that type or with that member. */
const parsePayload = (data: string, event: string | undefined): JsonRecord => {
  const payload = asRecord(parseJson(data));
  if (event === 'error' || payload?.type === 'error') throw streamFailure(payload ?? { message: data });
  if (payload === undefined) throw malformedFailure(data);
  if (payload.error !== undefined && payload.error !== null) throw streamFailure(payload);
  return payload;
};

const parseJson = (data: string): unknown => {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
};
