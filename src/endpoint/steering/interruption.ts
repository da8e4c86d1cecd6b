import type { Interruption, TimelineEntry, Turn } from '../../domain/model/turn.ts';
import { charactersPerToken } from './steering.ts';

type Stamps = Pick<Interruption, 'how' | 'decided' | 'stopped' | 'redirected' | 'refused'>;

/** What interrupting an answer cost: the tokens that came, and those that came after the decision. */
export const interruptionOf = (
  { stamps, contentCharacters, usage }: Turn,
  timeline: readonly TimelineEntry[],
  facts: Stamps,
): Interruption => {
  const late = timeline
    .filter(([offsetNs]) => stamps.dispatch + offsetNs > facts.decided)
    .reduce((sum, [, characters]) => sum + characters, 0);
  const wastedTokens = usage.output ?? Math.round(contentCharacters / charactersPerToken);
  const lateTokens = contentCharacters === 0 ? 0 : Math.round((wastedTokens * late) / contentCharacters);
  return { ...facts, wastedTokens, wastedIsEstimate: usage.output === undefined, lateTokens };
};
