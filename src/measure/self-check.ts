import type { Turn } from '../domain/model/turn.ts';
import { millisecondsBetween } from '../domain/time.ts';
import { tokensPerChunk } from './turn-timing.ts';

/** An answer of fewer characters may well fit into one read. */
const longAnswer = 200;

/** Some 25,000 tokens/s; the fastest engines known write 4,000. */
const charactersPerMsOfNoEngine = 100;

/** Of so few calls nothing can be said. */
const fewCalls = 3;

const shareOf = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

/** The share of model calls that found their connection open; undefined where no call tells. */
export const reusedShare = (turns: readonly Turn[]): number | undefined => {
  const told = turns.flatMap(({ connection }) => connection ?? []);
  return shareOf(told.filter(({ reused }) => reused).length, told.length);
};

/** Output tokens ÷ content events, over the turns whose tokens are known: above 1, gaps between events are not gaps between tokens. */
export const tokensPerEvent = (turns: readonly Turn[]): number | undefined => {
  const known = turns.flatMap((turn) => {
    const each = tokensPerChunk(turn);
    return each === undefined ? [] : [{ events: turn.contentChunks, tokens: each * turn.contentChunks }];
  });
  const sum = (key: 'events' | 'tokens'): number => known.reduce((total, one) => total + one[key], 0);
  return shareOf(sum('tokens'), sum('events'));
};

/** Calls that should have found the connection of the call before them: it went well, and nobody closed it on purpose. */
const followers = (turns: readonly Turn[]): readonly Turn[] =>
  turns.filter((turn, index) => {
    const before = turns.slice(0, index).findLast(({ endpoint }) => endpoint === turn.endpoint);
    return before?.finish !== undefined && turn.failedTries.length === 0 && turn.connection !== undefined;
  });

const ownConnections = (turns: readonly Turn[]): readonly string[] => {
  const calls = followers(turns);
  if (calls.length < fewCalls || calls.some(({ connection }) => connection?.reused)) return [];
  return [`each of ${calls.length} calls that followed another opened a connection of its own, which is in their TTFT`];
};

/** Tool arguments alone are sent whole by some providers; what is said or thought is not. */
const isLong = ({ contentCharacters, stamps }: Turn): boolean =>
  contentCharacters >= longAnswer && (stamps.firstText ?? stamps.firstReasoning) !== undefined;

const cameAtOnce = ({ contentCharacters, firstChunkCharacters, stamps }: Turn): boolean => {
  const { firstContent = 0, lastContent = 0 } = stamps;
  const rest = contentCharacters - firstChunkCharacters;
  return rest >= millisecondsBetween(firstContent, lastContent) * charactersPerMsOfNoEngine;
};

const heldBack = (turns: readonly Turn[]): readonly string[] => {
  const long = turns.filter(isLong);
  const atOnce = long.filter(cameAtOnce);
  if (atOnce.length * 2 <= long.length) return [];
  return [`${atOnce.length} of ${long.length} long answers came all at once: something on the way holds streams back`];
};

/** Why the timing of these model calls does not show the model's speed, by what the calls themselves show. */
export const timingDoubts = (turns: readonly Turn[]): readonly string[] => [
  ...ownConnections(turns),
  ...heldBack(turns),
];
