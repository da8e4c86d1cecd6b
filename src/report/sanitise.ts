/**
 * What a terminal or a reader must not be handed raw: C0 controls but newline and tab, DEL, C1 controls (a bare 0x9d starts a
 * command in many terminals), bidirectional overrides and marks, and lone surrogates.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

const visible = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
};

/** Text with everything that could steer a terminal or reorder a line replaced by visible escapes; newline and tab stay. */
export const sanitise = (text: string): string => text.replace(unsafe, visible);

/**
 * One line for the standard output of a CI job: as {@link sanitiseLine}, and nothing in it can be taken for a command of GitHub's runner, wherever the
 * line is broken (`::name::` at a line's start, `##[name]` anywhere).
 */
export const sanitiseOutput = (text: string): string =>
  sanitiseLine(text)
    .replace(/(^|\s)::/g, '$1\\x3a:')
    .replaceAll('##[', '#\\x23[');

/** The same for one line: newlines and tabs become visible too, so that a value cannot start a line of its own. */
export const sanitiseLine = (text: string): string => sanitise(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
