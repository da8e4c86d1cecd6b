import { shortDuration } from '../fault/retry-after.ts';
import type { Profile } from '../profile.ts';
import type { Limiter } from './limiter.ts';

type State = ReturnType<Limiter['state']>;
type Style = NonNullable<Profile['rate_limits']>['headers'];

const entriesOf = (state: State) =>
  (['requests', 'tokens'] as const)
    .map((unit) => ({ unit, ...state[unit] }))
    .filter((entry) => Number.isFinite(entry.limit));

/** The rate limit headers of one vendor. */
export const limitHeaders = (style: Style, state: State, wallMs: number): Readonly<Record<string, string>> => {
  const headers: Record<string, string> = {};
  for (const { unit, limit, remaining, resetMs } of entriesOf(state)) {
    const put = (pattern: (what: string) => string, reset: string) => {
      headers[pattern('limit')] = String(limit);
      headers[pattern('remaining')] = String(remaining);
      headers[pattern('reset')] = reset;
    };
    switch (style) {
      case 'openai':
        put((what) => `x-ratelimit-${what}-${unit}`, shortDuration(resetMs));
        break;
      case 'cerebras':
        put((what) => `x-ratelimit-${what}-${unit}-minute`, String(resetMs / 1000));
        break;
      case 'anthropic':
        put((what) => `anthropic-ratelimit-${unit}-${what}`, new Date(wallMs + resetMs).toISOString());
        break;
      case 'none':
        break;
    }
  }
  return headers;
};
