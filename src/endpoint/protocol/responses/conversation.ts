import { isDeepStrictEqual } from 'node:util';
import type { Conversation } from '../../endpoint.ts';
import { asList, asRecord, asText, type JsonRecord } from '../json.ts';

/** What the server still knows of its latest answer: the request as it stood, and the items it answered with. */
type Remembered = Asked & { readonly id: string; readonly answered: readonly unknown[] };
type Asked = { readonly rest: JsonRecord; readonly input: readonly unknown[] };

/** Only these frames matter here; the test is cheap enough for every token, and quotes inside strings are escaped. */
const worthReading =
  /"type"\s*:\s*"(?:response\.(?:created|output_item\.done|completed|incomplete|failed|steer\.pending|steer\.failed)|error)"/;

/**
 * One persistent Responses connection: a request that extends the last one is sent as `previous_response_id` and its new
 * items alone; any other is sent in full. The server keeps the latest answer only, and drops it after an error. An answer
 * under way can be redirected (`response.steer`): the server ends it and begins another by itself.
 */
class ResponsesConversation implements Conversation {
  #remembered: Remembered | undefined;
  #asked: Asked = { rest: {}, input: [] };
  #answered: unknown[] = [];
  /** The answer under way, by the server's name for it, and what it was redirected to. */
  #underWay: string | undefined;
  #redirected: Asked | undefined;

  outgoing(body: unknown, { warmUp = false }: { readonly warmUp?: boolean } = {}): string {
    const next = askedIn(body);
    this.#asked = warmUp ? { ...next, input: [] } : next;
    this.#answered = [];
    const known = this.#remembered;
    const fresh = known === undefined ? undefined : newItems(this.#asked, known);
    const chain = fresh === undefined ? {} : { previous_response_id: known?.id };
    const generate = warmUp ? { generate: false } : {};
    const input = fresh ?? this.#asked.input;
    return JSON.stringify({ type: 'response.create', ...next.rest, ...generate, ...chain, input });
  }

  steering(body: unknown): string | undefined {
    const next = askedIn(body);
    const before = this.#asked.input;
    if (this.#underWay === undefined || !isDeepStrictEqual(next.input.slice(0, before.length), before))
      return undefined;
    this.#redirected = next;
    // What the model said so far the server knows better than we do.
    const input = next.input.slice(before.length).filter((item) => !isFromModel(item));
    return JSON.stringify({ type: 'response.steer', previous_response_id: this.#underWay, input });
  }

  incoming(data: string): 'continues' | 'ended' | 'failed' {
    if (!worthReading.test(data)) return 'continues';
    const payload = parsePayload(data);
    const id = asText(asRecord(payload.response)?.id);
    switch (payload.type) {
      case 'response.created':
        this.#underWay = id;
        return 'continues';
      case 'response.output_item.done':
        this.#answered.push(payload.item);
        return 'continues';
      case 'response.completed':
        this.#over(id === undefined ? undefined : { ...this.#asked, answered: this.#answered, id });
        return 'ended';
      case 'response.incomplete':
        this.#over();
        return 'ended';
      case 'response.failed':
      case 'response.steer.pending':
      case 'response.steer.failed':
      case 'error':
        this.#over();
        return 'failed';
      default:
        return 'continues';
    }
  }

  #over(remembered?: Remembered): void {
    this.#remembered = remembered;
    this.#underWay = undefined;
    // What follows a redirected answer answers the redirection.
    this.#asked = this.#redirected ?? this.#asked;
    this.#redirected = undefined;
    this.#answered = [];
  }
}

/** The state of a new connection. */
export const createConversation = (): Conversation => new ResponsesConversation();

/** `stream` is implied on a socket. */
const askedIn = (body: unknown): Asked => {
  const { input, stream: _implied, ...rest } = asRecord(body) ?? {};
  return { rest, input: asList(input) };
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
