import { describe, expect, it } from 'vitest';
import { makeRedact } from '../../../src/store/redact.ts';

const key = 'sk-canary+/="quoted"\\1234';

describe('makeRedact', () => {
  it('removes a key in every form in which it turns up', () => {
    const redact = makeRedact({ API_KEY: key });
    const forms = [
      key,
      encodeURIComponent(key),
      Buffer.from(key).toString('base64'),
      JSON.stringify(key),
      JSON.stringify({ authorization: `Bearer ${key}` }),
    ];
    for (const form of forms) {
      const redacted = redact(`before ${form} after`);
      expect(redacted).toContain('[redacted:API_KEY]');
      expect(redacted).not.toContain('canary');
      expect(redacted).not.toContain(Buffer.from(key).toString('base64').slice(0, 12));
    }
  });

  it('leaves other text alone', () => {
    expect(makeRedact({ API_KEY: key })('nothing here')).toBe('nothing here');
    expect(makeRedact({ SHORT: 'a' })('banana')).toBe('banana');
  });
});
