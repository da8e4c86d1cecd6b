import { asNumber, asRecord, asText } from '../protocol/json.ts';

/** What a provider said about an error, whatever its dialect. */
export type ProviderWords = {
  readonly message: string;
  readonly type?: string | undefined;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
};

const longestQuote = 300;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const control = /[\u0000-\u001f\u007f-\u009f]+/g;

/** The first 300 characters on one line: terminals and logs get no control characters from a stranger. */
export const quote = (text: string): string => {
  const line = text.replaceAll(control, ' ').trim();
  return line.length > longestQuote ? `${line.slice(0, longestQuote)}…` : line;
};

/** Reads `{error: {message, type, code}}`, `{error: "…"}`, `{message}` and both shapes of the Responses API. */
export const readProviderWords = (payload: unknown): ProviderWords => {
  const outer = asRecord(payload) ?? {};
  const inner = asRecord(outer.error) ?? (asText(outer.error) === undefined ? outer : { message: outer.error });
  return {
    message: quote(asText(inner.message) ?? asText(inner.detail) ?? ''),
    type: asText(inner.type),
    code: asText(inner.code) ?? asNumber(inner.code)?.toString(),
    status: asNumber(outer.status) ?? asNumber(inner.status) ?? httpStatus(asNumber(inner.code)),
  };
};

const httpStatus = (code: number | undefined): number | undefined =>
  code !== undefined && code >= 400 && code < 600 ? code : undefined;

/** Reads the body of a failed answer, which may be anything: JSON, HTML of a proxy, nothing. */
export const readErrorBody = (body: string): ProviderWords => {
  try {
    const words = readProviderWords(JSON.parse(body));
    return words.message === '' ? { ...words, message: quote(body) } : words;
  } catch {
    return { message: quote(body) };
  }
};
