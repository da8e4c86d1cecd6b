import { createRandom } from '../measure/random/random.ts';
import { elementAt } from '../measure/sample/element-at.ts';

/** What a probe asks for: an answer as long as its limit. The simulator's script for it is in fixtures/attempts/probe. */
export const recital = 'Count upwards in English words, one number after another, and do not stop.';

/** What a steering probe asks for midway; the simulator has a script for it too. */
export const redirection = 'Stop counting upwards. Count downwards instead, one number after another.';

/** Short, common words: a token each, for most tokenizers. */
const words = (
  'time year people way day man thing woman life child world school state family student group country problem hand ' +
  'part place case week company system program question work number night point home water room mother area money ' +
  'story fact month lot right study book eye job word business issue side kind head house service friend father power'
).split(' ');

/** The tokens of a prompt that are not padding, about. */
const frameTokens = 50;

/**
 * A prompt of about so many tokens that no cache has seen: the salt stands at its very beginning. The same salt and seed
 * give the same prompt.
 */
export const promptOf = ({
  salt,
  tokens,
  seed,
}: {
  readonly salt: string;
  readonly tokens: number;
  readonly seed: number;
}): string => {
  const random = createRandom(seed, salt);
  const padding = Array.from({ length: Math.max(0, tokens - frameTokens) }, () =>
    elementAt(words, random.below(words.length)),
  );
  const frame = padding.length === 0 ? '' : `These words are padding, pass over them: ${padding.join(' ')}.\n\n`;
  return `[${salt}]\n\n${frame}${recital}`;
};
