import type { Turn } from '../domain/model/turn.ts';

/** By which we count tokens: OpenAI's, which open models of theirs share; for others it is near. */
export const vocabulary = 'o200k_base';

/**
 * Whether the output tokens of an answer are ours to count: nothing was stated, and nothing was kept from us that would be
 * missing in the count. Of an answer that was stopped, the interruption says what it was worth; its server would have stated
 * the rest, and rates are better off without our guess.
 */
export const lacksOutput = ({ usage, reasoningHidden, contentCharacters, interruption }: Turn): boolean =>
  usage.output === undefined && reasoningHidden !== true && contentCharacters > 0 && interruption === undefined;

/** The turn with output tokens that we counted, and said so. */
export const withCountedOutput = (turn: Turn, output: number): Turn => ({
  ...turn,
  usage: { ...turn.usage, output },
  outputCountedBy: vocabulary,
});

/** Who counted the output tokens: `server`, or `tokenizer:…` for an estimate of ours; undefined where nobody did. */
export const usageSource = ({ usage, outputCountedBy }: Turn): string | undefined => {
  if (outputCountedBy !== undefined) return `tokenizer:${outputCountedBy}`;
  return usage.output === undefined ? undefined : 'server';
};
