import { describe, expect, it } from 'vitest';
import { matches } from '../../../scripts/set-up/dependencies.js';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/@biomejs/cli-darwin-arm64': { version: '2.6.8', optional: true },
};

describe('matches', () => {
  it('is satisfied by what npm ci leaves: everything but packages for other platforms, and no entry for the project', () => {
    expect(matches(wanted, { 'node_modules/zod': { version: '4.6.7' } })).toBe(true);
  });

  it.each([
    ['nothing is installed', {}],
    ['a version differs', { 'node_modules/zod': { version: '4.6.6' } }],
    [
      'an optional package has another version',
      { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/@biomejs/cli-darwin-arm64': { version: '2.0.0' } },
    ],
  ])('is not where %s', (_why, installed) => {
    expect(matches(wanted, installed)).toBe(false);
  });
});
