import { isDeepStrictEqual } from 'node:util';
import type { Conversation } from '../../endpoint.ts';
import { asList, asRecord, asText, type JsonRecord } from '../json.ts';

/** What the server still knows of its latest answer: the request as it stood, and the items it answered with. */
type Remembered = Asked & { readonly id: string; readonly answered: readonly unknown[] };
type Asked = { readonly rest: JsonRecord; readonly input: readonly unknown[] };

/** Only these frames matter here; the test is cheap enough for every token, and quotes inside strings are escaped. */
const worthReading = /"type"\s*:\s*"(?:response\.(?:output_item\.done|completed|incomplete|failed)|error)"/;

/**
 * One persistent Responses connection: a request that extends the last one is sent as `previous_response_id` and its new
 * items alone; any other is sent in full. The server keeps the latest answer only, and drops it after an error.
 */
export const createConversation = (): Conversation => {
  let remembered: Remembered | undefined;
  let asked: Asked = { rest: {}, input: [] };
  let answered: unknown[] = [];
  return {
    outgoing: (body, { warmUp = false } = {}) => {
      // `stream` is implied on a socket.
      const { input, stream: _implied, ...rest } = asRecord(body) ?? {};
      asked = { rest, input: warmUp ? [] : asList(input) };
      answered = [];
      const fresh = remembered === undefined ? undefined : newItems(asked, remembered);
      const chain = fresh === undefined ? {} : { previous_response_id: remembered?.id };
      const generate = warmUp ? { generate: false } : {};
      return JSON.stringify({ type: 'response.create', ...rest, ...generate, ...chain, input: fresh ?? asked.input });
    },
    incoming: (data) => {
      if (!worthReading.test(data)) return 'continues';
      const payload = parsePayload(data);
      switch (payload.type) {
        case 'response.output_item.done':
          answered.push(payload.item);
          return 'continues';
        case 'response.completed': {
          const id = asText(asRecord(payload.response)?.id);
          remembered = id === undefined ? undefined : { ...asked, answered, id };
          return 'ended';
        }
        case 'response.incomplete':
          remembered = undefined;
          return 'ended';
        case 'response.failed':
        case 'error':
          remembered = undefined;
          return 'failed';
        default:
          return 'continues';
      }
    },
  };
};

const parsePayload = (data: string): JsonRecord => {
  try {
    return asRecord(JSON.parse(data)) ?? {};
  } catch {
    // The decoder meets the same frame and says what is wrong with it.
    return {};
  }
};

/** The items that the server has not seen, or undefined where the request does not extend what it remembers. */
const newItems = (asked: Asked, remembered: Remembered): readonly unknown[] | undefined => {
  const before = remembered.input.length;
  if (!isDeepStrictEqual(asked.rest, remembered.rest)) return undefined;
  if (!isDeepStrictEqual(asked.input.slice(0, before), remembered.input)) return undefined;
  const next = asked.input.findIndex((item, index) => index >= before && !isFromModel(item));
  const after = next === -1 ? asked.input.length : next;
  const replayed = canonical(asked.input.slice(before, after));
  return isDeepStrictEqual(replayed, canonical(remembered.answered)) ? asked.input.slice(after) : undefined;
};

const isFromModel = (item: unknown): boolean => {
  const { type, role } = asRecord(item) ?? {};
  return type === 'reasoning' || type === 'function_call' || role === 'assistant';
};

/** What was answered, without the ids, states and reasoning that only the server writes. */
const canonical = (items: readonly unknown[]): unknown => {
  const records = items.map((item) => asRecord(item) ?? {});
  const texts = records.flatMap((item) => (item.type === 'message' ? asList(item.content) : []));
  const calls = records.filter((item) => item.type !== 'message' && item.type !== 'reasoning');
  return {
    text: texts.map((part) => asText(asRecord(part)?.text) ?? '').join(''),
    calls: calls.map(({ type, call_id, name, arguments: written }) => ({ type, call_id, name, written })),
  };
};
