/**
 * The simulator's own tokens: an optional blank with up to six letters or digits, up to three marks, a run of blanks, or
 * one line end. About four characters each, as real tokenizers do on code and prose.
 */
const piece = / ?[\p{L}\p{N}_]{1,6}|[^\p{L}\p{N}_\s]{1,3}|[^\S\n]{1,8}|\n/gu;

/** Splits a text into tokens; joined again they are the text, exactly. */
export const splitTokens = (text: string): readonly string[] => text.match(piece) ?? [];

/** Number of tokens of a text. */
export const countTokens = (text: string): number => splitTokens(text).length;
