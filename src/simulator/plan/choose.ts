import type { Attempt, AttemptScript, AttemptStyle, AttemptTurn } from '../attempts.ts';
import type { Profile } from '../profile.ts';
import { type ConversationEntry, countTurns } from './conversation.ts';
import { uniformOf } from './random.ts';

/** What the script says of the next turn: `turn` is undefined when it has run out or the task is unknown. */
export type Choice = {
  readonly task: string | undefined;
  readonly attempt: string | undefined;
  readonly turnIndex: number;
  readonly turn: AttemptTurn | undefined;
};

const unwrapped = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Picks by weight: `u` in [0, 1) falls into one of the shares. */
const pick = <Item>(items: readonly Item[], weightOf: (item: Item) => number, u: number): Item | undefined => {
  let left = u * items.reduce((sum, item) => sum + weightOf(item), 0);
  for (const item of items) {
    left -= weightOf(item);
    if (left < 0) return item;
  }
  return items.at(-1);
};

/**
 * First the style by the profile's shares, then one attempt of that style; always the same for one session and task. What
 * follows a tilde only tells repetitions of a session apart: they get the same attempt.
 */
export const chooseAttempt = (script: AttemptScript, profile: Profile, sessionId: string): Attempt | undefined => {
  const styles = [...new Set(script.attempts.map((attempt) => attempt.style))].sort();
  const [session = ''] = sessionId.split('~');
  const key = [profile.seed, profile.name, session, script.task];
  const style = pick<AttemptStyle>(styles, (name) => profile.styles[name], uniformOf('style', ...key));
  const candidates = script.attempts.filter((attempt) => attempt.style === style);
  return pick(candidates, () => 1, uniformOf('attempt', ...key));
};

/** The latest user entry that holds a known instruction, so that a conversation can be redirected to another task. */
const findTask = (conversation: readonly ConversationEntry[], scripts: readonly AttemptScript[]) => {
  for (const [index, entry] of [...conversation.entries()].reverse()) {
    if (entry.role !== 'user') continue;
    const text = unwrapped(entry.text);
    const script = scripts.find((candidate) => text.includes(unwrapped(candidate.instruction)));
    if (script !== undefined) return { script, index };
  }
  return undefined;
};

/** Finds the task by its instruction in the conversation, the attempt by hash and the turn by counting. */
export const chooseTurn = (
  conversation: readonly ConversationEntry[],
  scripts: readonly AttemptScript[],
  options: { readonly profile: Profile; readonly sessionId: string },
): Choice => {
  const found = findTask(conversation, scripts);
  const turnIndex = countTurns(conversation.slice(found?.index ?? 0));
  if (found === undefined) return { task: undefined, attempt: undefined, turnIndex, turn: undefined };
  const attempt = chooseAttempt(found.script, options.profile, options.sessionId);
  return { task: found.script.task, attempt: attempt?.name, turnIndex, turn: attempt?.turns[turnIndex] };
};
