type Headers = Readonly<Record<string, string>>;

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads "12ms", "1.2s", "6m0s", "1h2m3.5s", "20 seconds" or a bare number of seconds, in milliseconds. */
export const parseDurationMs = (text: string): number | undefined => {
  const trimmed = text.trim().toLowerCase();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  const part = /(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)(?![a-z])/g;
  const found = [...trimmed.replaceAll(/(ms|[smhd])(?=\d)/g, '$1 ').matchAll(part)];
  if (found.length === 0 || trimmed.replaceAll(/(\d+(\.\d+)?)|[a-z]+|[\s,]/g, '') !== '') return undefined;
  return found.reduce((sum, [, count, unit]) => sum + Number(count) * (unitMs[shortUnit(unit ?? '')] ?? 0), 0);
};

const shortUnit = (unit: string): string => (unit === 'ms' || unit.startsWith('milli') ? 'ms' : unit.slice(0, 1));

/** An instant written as HTTP date, RFC 3339, or seconds or milliseconds since 1970; milliseconds from `now`. */
const untilMs = (text: string, now: Date | undefined): number | undefined => {
  if (now === undefined) return undefined;
  const number = Number(text);
  if (Number.isFinite(number)) {
    if (number > 1e12) return Math.max(0, number - now.getTime());
    if (number > 1e9) return Math.max(0, number * 1000 - now.getTime());
    return undefined;
  }
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - now.getTime());
};

const waitMs = (text: string, now: Date | undefined): number | undefined => untilMs(text, now) ?? parseDurationMs(text);

/** A vendor's rate-limit bucket: `x-ratelimit-reset-tokens-minute`, `anthropic-ratelimit-requests-reset`, … */
const resetHeader = /^(?:x|anthropic)-ratelimit-(?:reset(?:-(?<suffix>.+))?|(?<prefix>.+)-reset)$/;

/** Longest wait of the exhausted buckets; where no header says which is exhausted, the shortest of all. */
const fromBuckets = (headers: Headers, now: Date | undefined): number | undefined => {
  const buckets = Object.entries(headers).flatMap(([name, value]) => {
    const match = resetHeader.exec(name);
    const wait = match === null ? undefined : waitMs(value, now);
    return wait === undefined ? [] : [{ wait, remaining: Number(headers[remainingOf(name)] ?? Number.NaN) }];
  });
  const exhausted = buckets.filter((bucket) => bucket.remaining <= 0);
  if (exhausted.length > 0) return Math.max(...exhausted.map((bucket) => bucket.wait));
  return buckets.length === 0 ? undefined : Math.min(...buckets.map((bucket) => bucket.wait));
};

const remainingOf = (name: string): string => name.replace('-reset', '-remaining');

/** "Please try again in 1.2s", "retry after 20 seconds". */
const fromMessage = (message: string): number | undefined => {
  const duration = '(?:\\d+(?:\\.\\d+)?\\s*(?:ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|m|hours?|h)\\s*)+';
  const match = new RegExp(`(?:try again in|retry (?:after|in))\\s+(${duration})(?![a-z])`, 'i').exec(message);
  return match?.[1] === undefined ? undefined : parseDurationMs(match[1]);
};

/**
 * What the provider asked us to wait, in milliseconds: retry-after-ms, Retry-After (seconds, then date), the vendors'
 * rate-limit resets, then the words of the message. Header names in lower case; instants need to know `now`.
 */
export const retryAfterMs = (headers: Headers, message: string, now: Date | undefined): number | undefined => {
  const exact = headers['retry-after-ms'];
  if (exact !== undefined && /^\d+(\.\d+)?$/.test(exact.trim())) return Number(exact);
  const plain = headers['retry-after'];
  const wait = plain === undefined ? undefined : waitMs(plain, now);
  return wait ?? fromBuckets(headers, now) ?? fromMessage(message);
};
