import type { Carried, ToolCall } from '../domain/model/message.ts';
import type { StreamEvent } from '../domain/model/stream.ts';
import { Triples } from '../domain/model/triples.ts';
import type { Channel, TimelineEntry, Turn, TurnStamps } from '../domain/model/turn.ts';
import type { MonotonicNs } from '../domain/time.ts';
import { TextGatherer } from './text-gatherer.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

type Content = Extract<StreamEvent, { type: 'reasoning-delta' | 'text-delta' | 'tool-call-start' | 'tool-call-delta' }>;
type Fact = Extract<StreamEvent, { type: 'usage' | 'served' | 'server-timing' | 'reasoning-hidden' | 'carry' }>;

/** What a model answered, as far as it came. */
export type Answer = {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  readonly carried?: Carried | undefined;
};

export type BuiltTurn = {
  readonly reply: Answer;
  /** Undefined when the request was never dispatched. */
  readonly turn: Turn | undefined;
  readonly timeline: readonly TimelineEntry[];
};

const channels = ['reasoning', 'text', 'tool'] as const;
const firstOf = { reasoning: 'firstReasoning', text: 'firstText', tool: 'firstTool' } as const;

/** Gathers the events of one call into its answer, its stamps and its raw timeline; can be asked at any moment. */
export class TurnBuilder {
  readonly #facts: Writable<Omit<Turn, 'stamps' | 'failedTries'>>;
  readonly #stamps: Partial<Writable<TurnStamps>> = {};
  /** Each with its stamp, its characters and the place of its channel. */
  readonly #fragments = new Triples();
  readonly #toolCalls = new Map<number, Writable<ToolCall>>();
  #carried: Carried | undefined;
  readonly #text = new TextGatherer();
  readonly #reasoning = new TextGatherer();

  constructor(endpoint: string) {
    this.#facts = { endpoint, contentChunks: 0, contentCharacters: 0, firstChunkCharacters: 0, usage: {} };
  }

  add(event: StreamEvent): void {
    const stamps = this.#stamps;
    switch (event.type) {
      case 'dispatch':
        stamps.dispatch = event.at;
        break;
      case 'connection':
        this.#facts.connection = event.connection;
        break;
      case 'headers':
        stamps.headers = event.at;
        break;
      case 'finish':
        this.#facts.finish ??= event.reason;
        stamps.terminal ??= event.at;
        break;
      case 'end':
        // Without a finish the answer ended with its content: what came after it (usage, closing) is not latency.
        stamps.terminal ??= stamps.lastContent ?? event.at;
        break;
      case 'usage':
      case 'served':
      case 'server-timing':
      case 'reasoning-hidden':
      case 'carry':
        stamps.firstEvent ??= event.at;
        this.#addFact(event);
        break;
      default:
        stamps.firstEvent ??= event.at;
        this.#addContent(event);
    }
  }

  build(): BuiltTurn {
    const { dispatch } = this.#stamps;
    const reply = {
      text: this.#text.toString(),
      reasoning: this.#reasoning.toString(),
      toolCalls: [...this.#toolCalls.values()],
      ...(this.#carried === undefined ? {} : { carried: this.#carried }),
    };
    if (dispatch === undefined) return { reply, turn: undefined, timeline: [] };
    const turn: Turn = { ...this.#facts, stamps: { ...this.#stamps, dispatch }, failedTries: [] };
    const timeline = this.#fragments
      .list()
      .map(([at, characters, channel]): TimelineEntry => [at - dispatch, characters, channels[channel] ?? 'text']);
    return { reply, turn, timeline };
  }

  #addFact(event: Fact): void {
    const facts = this.#facts;
    switch (event.type) {
      case 'usage':
        facts.usage = merge(facts.usage, event.usage);
        break;
      case 'served': {
        const { model, serviceTier, responseId } = event;
        facts.served = merge(facts.served ?? {}, { model, serviceTier, responseId });
        break;
      }
      case 'server-timing':
        facts.serverTiming = merge(facts.serverTiming ?? event.timing, event.timing);
        break;
      case 'reasoning-hidden':
        facts.reasoningHidden = true;
        break;
      case 'carry':
        this.#carried = { origin: event.origin, items: [...(this.#carried?.items ?? []), event.item] };
    }
  }

  #addContent(event: Content): void {
    switch (event.type) {
      case 'reasoning-delta':
        this.#reasoning.add(event.text);
        this.#addFragment(event.at, event.text.length, 'reasoning');
        break;
      case 'text-delta':
        this.#text.add(event.text);
        this.#addFragment(event.at, event.text.length, 'text');
        break;
      case 'tool-call-start':
        this.#toolCalls.set(event.index, { id: event.id, name: event.name, argumentsText: '' });
        break;
      case 'tool-call-delta': {
        const call = this.#toolCalls.get(event.index);
        if (call !== undefined) call.argumentsText += event.argumentsText;
        this.#addFragment(event.at, event.argumentsText.length, 'tool');
      }
    }
  }

  #addFragment(at: MonotonicNs, characters: number, channel: Channel): void {
    // An empty fragment shows nothing: it must not stop the clock of the first token.
    if (characters === 0) return;
    const stamps = this.#stamps;
    const facts = this.#facts;
    stamps.firstContent ??= at;
    stamps[firstOf[channel]] ??= at;
    stamps.lastContent = at;
    facts.contentChunks += 1;
    facts.contentCharacters += characters;
    // Fragments of one read share its stamp: together they are the first chunk.
    if (at === stamps.firstContent) facts.firstChunkCharacters += characters;
    this.#fragments.push(at, characters, channels.indexOf(channel));
  }
}

/** The newer statement wins field by field; a field it does not state keeps the older one. */
const merge = <T extends object>(older: T, newer: T): T => ({
  ...older,
  ...Object.fromEntries(Object.entries(newer).filter(([, value]) => value !== undefined)),
});
