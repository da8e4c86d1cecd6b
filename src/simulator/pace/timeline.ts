import { type Random, standardNormal } from '../plan/random.ts';
import type { PlannedTurn } from '../plan/turn.ts';
import type { Profile } from '../profile.ts';

/** One content event: a fragment of one part, its deadline in nanoseconds after the request was received. */
export type Emission = {
  readonly dueNs: number;
  readonly part: number;
  readonly text: string;
  readonly tokens: number;
};

/** When everything of a turn is due, in nanoseconds after the request was received. */
export type Timeline = {
  /** Response headers and opening events. */
  readonly openNs: number;
  readonly emissions: readonly Emission[];
  /** Closing events. */
  readonly endNs: number;
  /** What the simulated engine itself took, without overheads: what vendors state as their own timing. */
  readonly engine: { readonly queueMs: number; readonly prefillMs: number; readonly decodeMs: number };
};

const sampleTtftMs = (profile: Profile, uncachedTokens: number, random: Random): number => {
  const { ttft } = profile;
  const prefillMs = (ttft.prefill_ms_per_1k_tokens * uncachedTokens) / 1000;
  switch (ttft.distribution) {
    case 'constant':
      return ttft.ms + prefillMs;
    case 'normal':
      return Math.max(0, ttft.ms + ttft.standard_deviation_ms * standardNormal(random)) + prefillMs;
    case 'lognormal':
      return ttft.ms * Math.exp(ttft.sigma * standardNormal(random)) + prefillMs;
  }
};

type Fragment = { readonly part: number; readonly text: string; readonly tokens: number; readonly sent: boolean };

/** Groups tokens into events; only tokens of one part share an event, and the first event sent may be a bundle. */
const fragmentsOf = (turn: PlannedTurn, chunks: Profile['chunks']): readonly Fragment[] => {
  const fragments: Fragment[] = [];
  let isFirst = true;
  for (const [part, { tokens, sent }] of turn.parts.entries()) {
    for (let start = 0; start < tokens.length; ) {
      const size = sent && isFirst ? chunks.bundled_first_chunk : chunks.tokens_per_event;
      if (sent) isFirst = false;
      const group = tokens.slice(start, start + size);
      fragments.push({ part, text: group.join(''), tokens: group.length, sent });
      start += size;
    }
  }
  return fragments;
};

/**
 * Sets the deadline of each event. The first token is due after round trip, queue and time to first token; an event is
 * due when its last token is, so that (tokens − first event's tokens) ÷ (last − first) is the profile's rate exactly.
 */
export const layTimeline = (
  turn: PlannedTurn,
  profile: Profile,
  options: {
    readonly transport: 'sse' | 'websocket';
    readonly slowHeadersMs?: number | undefined;
    readonly queueMs: number;
    readonly random: Random;
  },
): Timeline => {
  const overhead = profile.overhead[options.transport];
  const { tokens_per_second, jitter } = profile.rate;
  const ttftMs = sampleTtftMs(profile, turn.usage.input - turn.usage.cachedInput, options.random);
  const gapNs = 1e9 / tokens_per_second + overhead.per_token_us * 1e3;
  const openNs = (overhead.round_trip_ms + (options.slowHeadersMs ?? 0)) * 1e6;
  const firstNs = openNs + (options.queueMs + ttftMs * overhead.ttft_factor) * 1e6;
  const fragments = fragmentsOf(turn, profile.chunks);
  const [first] = fragments;
  let done = -(first?.tokens ?? 0);
  let previousNs = firstNs;
  const emissions = fragments.flatMap(({ sent, ...fragment }, index) => {
    done += fragment.tokens;
    const isEdge = index === 0 || index === fragments.length - 1;
    const strayNs = isEdge ? 0 : (options.random() - 0.5) * jitter * gapNs;
    previousNs = Math.max(previousNs, firstNs + done * gapNs + strayNs);
    return sent ? [{ ...fragment, dueNs: previousNs }] : [];
  });
  return {
    openNs,
    emissions,
    // A warm-up says nothing and has no first token to wait for.
    endNs: first === undefined ? openNs : firstNs + done * gapNs,
    engine: { queueMs: options.queueMs, prefillMs: ttftMs, decodeMs: (turn.usage.output * 1e3) / tokens_per_second },
  };
};

/** The same timeline, ended where the part being written at `position` is whole. */
export const untilEndOfPart = (timeline: Timeline, position: number): Timeline => {
  const current = timeline.emissions[Math.max(0, position - 1)];
  if (position === 0 || current === undefined) return { ...timeline, emissions: [], endNs: 0 };
  const emissions = timeline.emissions.filter((emission) => emission.part <= current.part);
  return { ...timeline, emissions, endNs: emissions.at(-1)?.dueNs ?? 0 };
};
