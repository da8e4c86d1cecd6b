import type { Turn } from '../domain/model/turn.ts';
import { millisecondsBetween } from '../domain/time.ts';

/** Numerator and denominator of a rate, so that rates are added up as Σ tokens ÷ Σ time and never averaged. */
export type TokensInTime = { readonly tokens: number; readonly ms: number };

/** The named timings of one turn, derived from its stamps; undefined where the turn cannot tell. */
export type TurnTiming = {
  readonly ttftMs: number | undefined;
  readonly ttfoMs: number | undefined;
  readonly timeToFirstToolMs: number | undefined;
  readonly durationMs: number | undefined;
  readonly decodeTokensPerSecond: number | undefined;
  readonly endToEndTokensPerSecond: number | undefined;
  readonly interTokenMs: number | undefined;
  readonly tokensPerChunk: number | undefined;
  readonly networkMs: number | undefined;
};

const sinceDispatch = (turn: Turn, at: number | undefined): number | undefined =>
  at === undefined ? undefined : millisecondsBetween(turn.stamps.dispatch, at);

/** Dispatch → first non-empty fragment of any channel (reasoning, text, tool arguments). */
export const ttftMs = (turn: Turn): number | undefined => sinceDispatch(turn, turn.stamps.firstContent);

/** Dispatch → first non-empty fragment that is not reasoning. */
export const ttfoMs = (turn: Turn): number | undefined => {
  const { firstText, firstTool } = turn.stamps;
  return sinceDispatch(turn, firstText === undefined ? firstTool : Math.min(firstText, firstTool ?? firstText));
};

/** Dispatch → the end of the answer: its terminal or its last content, whichever is later; not the trailing usage chunk. */
export const durationMs = (turn: Turn): number | undefined => {
  const { lastContent, terminal } = turn.stamps;
  const end = terminal === undefined ? lastContent : Math.max(terminal, lastContent ?? terminal);
  return sinceDispatch(turn, end);
};

/**
 * Output tokens whose arrival was seen. Reasoning that was not shown took time before the first fragment, not between
 * fragments: it leaves the count. Where it was shown in part (a summary) or is not counted, nobody can say; more tokens
 * than characters tell that some were not shown, though nobody said so.
 */
const shownTokens = ({ usage, stamps, contentCharacters, reasoningHidden = false }: Turn): number | undefined => {
  const { output, reasoning } = usage;
  const isShown = stamps.firstReasoning !== undefined;
  if (output === undefined) return undefined;
  if (isShown && !reasoningHidden) return output;
  if (isShown) return undefined;
  if (reasoning === undefined) return reasoningHidden || output > contentCharacters ? undefined : output;
  return Math.max(0, output - reasoning);
};

/**
 * Tokens after the first chunk, over last content − first content; undefined below two content chunks. The first chunk's
 * tokens are not stated by providers: they are estimated as its share of the characters of all content.
 */
export const decodeOf = (turn: Turn): TokensInTime | undefined => {
  const { firstContent, lastContent } = turn.stamps;
  const tokens = shownTokens(turn);
  if (tokens === undefined || tokens === 0 || firstContent === undefined || lastContent === undefined) return undefined;
  if (turn.contentChunks < 2 || lastContent <= firstContent) return undefined;
  const firstChunkTokens = tokens * (turn.firstChunkCharacters / turn.contentCharacters);
  return { tokens: tokens - firstChunkTokens, ms: millisecondsBetween(firstContent, lastContent) };
};

/** All output tokens over dispatch → terminal. Hidden reasoning counts: its time is inside. */
export const endToEndOf = (turn: Turn): TokensInTime | undefined => {
  const ms = turn.stamps.terminal === undefined ? undefined : durationMs(turn);
  const { output } = turn.usage;
  return output === undefined || ms === undefined || ms <= 0 ? undefined : { tokens: output, ms };
};

/** Inter-token latency, (last token − first token) ÷ (tokens − 1), in milliseconds. */
export const interTokenMs = (turn: Turn): number | undefined => {
  const decode = decodeOf(turn);
  const tokens = shownTokens(turn);
  return decode === undefined || tokens === undefined || tokens <= 1 ? undefined : decode.ms / (tokens - 1);
};

/** Tokens per fragment received: above 1, gaps between fragments are not gaps between tokens. */
export const tokensPerChunk = (turn: Turn): number | undefined => {
  const tokens = shownTokens(turn);
  return tokens === undefined || turn.contentChunks === 0 ? undefined : tokens / turn.contentChunks;
};

/** Measured duration − the provider's own total: network and client. Only where the provider states a total. */
export const networkMs = (turn: Turn): number | undefined => {
  const duration = durationMs(turn);
  const total = turn.serverTiming?.totalMs;
  return duration === undefined || total === undefined ? undefined : duration - total;
};

/** Tokens a second over many turns: Σ tokens ÷ Σ time; undefined where none can be timed. */
export const tokensPerSecond = (parts: readonly (TokensInTime | undefined)[]): number | undefined => {
  const known = parts.filter((part) => part !== undefined);
  const ms = known.reduce((sum, part) => sum + part.ms, 0);
  return ms > 0 ? (known.reduce((sum, part) => sum + part.tokens, 0) / ms) * 1000 : undefined;
};

/** Decode tokens/s over any number of turns. */
export const decodeTokensPerSecond = (turns: readonly Turn[]): number | undefined =>
  tokensPerSecond(turns.map(decodeOf));

/** End-to-end tokens/s over any number of turns. */
export const endToEndTokensPerSecond = (turns: readonly Turn[]): number | undefined =>
  tokensPerSecond(turns.map(endToEndOf));

/** All named timings of one turn. */
export const timingOf = (turn: Turn): TurnTiming => ({
  ttftMs: ttftMs(turn),
  ttfoMs: ttfoMs(turn),
  timeToFirstToolMs: sinceDispatch(turn, turn.stamps.firstTool),
  durationMs: durationMs(turn),
  decodeTokensPerSecond: decodeTokensPerSecond([turn]),
  endToEndTokensPerSecond: endToEndTokensPerSecond([turn]),
  interTokenMs: interTokenMs(turn),
  tokensPerChunk: tokensPerChunk(turn),
  networkMs: networkMs(turn),
});
