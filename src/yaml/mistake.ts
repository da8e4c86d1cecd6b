import { UserError } from '../domain/errors.ts';
import { type Place, placeText } from './place.ts';

/** Something wrong in a file: where, what, and how to mend it. */
export type Mistake = { readonly place: Place; readonly message: string; readonly fix: string };

const lineOf = ({ place, message, fix }: Mistake): string => `${placeText(place)}: ${message}; ${fix}`;

const inOrder = (left: Mistake, right: Mistake): number =>
  left.place.line - right.place.line || left.place.column - right.place.column;

/** All mistakes of a file as one error: a single one with its place and mend apart, several one a line, as they stand in the file. */
export const mistakesError = (mistakes: readonly Mistake[]): UserError => {
  const sorted = mistakes.toSorted(inOrder);
  const [first, ...others] = sorted;
  if (first === undefined) return new UserError('the file cannot be used');
  const where = placeText(first.place);
  if (others.length === 0) return new UserError(first.message, { where, fix: first.fix });
  return new UserError([`${sorted.length} mistakes`, ...sorted.map((mistake) => `  ${lineOf(mistake)}`)].join('\n'), {
    where,
  });
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const controls = /[\u0000-\u001f\u007f-\u009f]/g;

/** Words of a file inside a message: on one line, whatever they hold. */
export const shown = (words: string): string =>
  words.replace(controls, (control) => JSON.stringify(control).slice(1, -1));
