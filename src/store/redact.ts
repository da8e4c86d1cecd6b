/** A secret's forms as they turn up in text: raw, URL-encoded, base64. */
const formsOf = (value: string): readonly string[] => {
  const bytes = Buffer.from(value);
  const encoded = [encodeURIComponent(value), bytes.toString('base64'), bytes.toString('base64url')];
  return [value, ...encoded.map((form) => form.replace(/=+$/, ''))];
};

/**
 * Matches a form however many times it was quoted, as JSON inside of JSON is: any number of backslashes before what may
 * be escaped, or its `\u` escape; the digits of a percent escape in either case.
 */
const quotedPattern = (form: string): string =>
  form
    .replaceAll(/%[0-9A-F]{2}|[^\w-]/g, (part) => {
      if (part.length > 1) return part.replaceAll(/[A-F]/g, (digit) => `[${digit}${digit.toLowerCase()}]`);
      const code = part.charCodeAt(0).toString(16).padStart(4, '0');
      return part === '\\' ? '\\\\+' : `(?:\\\\*\\u${code}|\\\\+u${anyCase(code)})`;
    })
    .replaceAll('-', '\\u002d');

const anyCase = (hex: string): string => hex.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);

/** Replaces every form of every secret by `[redacted:NAME]`. Applied at the one place where a run is written. */
export type Redact = (text: string) => string;

/** Shorter values would turn ordinary text into holes; they are no keys. */
const shortestSecret = 6;

export const makeRedact = (secrets: Readonly<Record<string, string>>): Redact => {
  const replacements = Object.entries(secrets)
    .filter(([, value]) => value.length >= shortestSecret)
    .flatMap(([name, value]) => formsOf(value).map((form) => ({ form, mark: `[redacted:${name}]` })))
    // Longest first, so that a form inside another does not leave a rest.
    .sort((left, right) => right.form.length - left.form.length)
    .map(({ form, mark }) => ({ pattern: new RegExp(quotedPattern(form), 'g'), mark }));
  return (text) => replacements.reduce((current, { pattern, mark }) => current.replaceAll(pattern, () => mark), text);
};
