/** Narrowing reads of JSON whose shape a provider decides: a missing or foreign value is undefined, never a throw. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export const asRecord = (value: unknown): JsonRecord | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const asNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** A token count; providers that write −1 for "unknown" are taken at their word. */
export const asCount = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

/** Seconds as providers state them, in milliseconds. */
export const secondsAsMs = (value: unknown): number | undefined => {
  const seconds = asCount(value);
  return seconds === undefined ? undefined : seconds * 1000;
};
