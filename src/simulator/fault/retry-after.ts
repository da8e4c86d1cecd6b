import type { RetryAfterForm } from './fault.ts';

/** What a refusal carries to say when to come back. */
export type RetryHint = { readonly headers: Readonly<Record<string, string>>; readonly message: string };

/** OpenAI's way of writing a duration: `850ms`, `1.2s`, `6m0s`. */
export const shortDuration = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)}ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(3))}s`;
  return `${Math.floor(ms / 60_000)}m${Math.round((ms % 60_000) / 1000)}s`;
};

/** Says "come back in so many milliseconds" in one vendor's form; whole seconds are rounded up, as they must be. */
export const retryHint = (form: RetryAfterForm, waitMs: number, wallMs: number): RetryHint => {
  const later = new Date(wallMs + waitMs);
  const only = (name: string, value: string): RetryHint => ({ headers: { [name]: value }, message: '' });
  switch (form) {
    case 'none':
      return { headers: {}, message: '' };
    case 'seconds':
      return only('retry-after', String(Math.ceil(waitMs / 1000)));
    case 'milliseconds':
      return only('retry-after-ms', String(Math.round(waitMs)));
    case 'date':
      return only('retry-after', new Date(Math.ceil(later.getTime() / 1000) * 1000).toUTCString());
    case 'reset':
      return {
        headers: { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': shortDuration(waitMs) },
        message: '',
      };
    case 'reset_minute':
      return {
        headers: {
          'x-ratelimit-remaining-requests-minute': '0',
          'x-ratelimit-reset-requests-minute': String(waitMs / 1000),
        },
        message: '',
      };
    case 'anthropic_reset':
      return {
        headers: {
          'anthropic-ratelimit-requests-remaining': '0',
          'anthropic-ratelimit-requests-reset': later.toISOString(),
        },
        message: '',
      };
    case 'message':
      return { headers: {}, message: ` Please try again in ${shortDuration(waitMs)}.` };
  }
};
