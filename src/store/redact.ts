/** A secret's forms as they turn up in text: raw, URL-encoded, base64, JSON-escaped. */
const formsOf = (value: string): readonly string[] => {
  const base64 = Buffer.from(value).toString('base64');
  return [value, encodeURIComponent(value), base64, base64.replace(/=+$/, ''), JSON.stringify(value).slice(1, -1)];
};

/** Replaces every form of every secret by `[redacted:NAME]`. Applied at the one place where a run is written. */
export type Redact = (text: string) => string;

/** Shorter values would turn ordinary text into holes; they are no keys. */
const shortestSecret = 6;

export const makeRedact = (secrets: Readonly<Record<string, string>>): Redact => {
  const replacements = Object.entries(secrets)
    .filter(([, value]) => value.length >= shortestSecret)
    .flatMap(([name, value]) => formsOf(value).map((form) => [form, `[redacted:${name}]`] as const))
    // Longest first, so that a form inside another does not leave a rest.
    .sort(([left], [right]) => right.length - left.length);
  return (text) => replacements.reduce((current, [form, mark]) => current.replaceAll(form, mark), text);
};
