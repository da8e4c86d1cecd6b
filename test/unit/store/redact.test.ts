import fc from 'fast-check';
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

  it('removes a key from JSON inside of JSON, and leaves valid JSON', () => {
    const quotedTimes = (text: string, times: number): string =>
      times === 0 ? text : JSON.stringify({ data: quotedTimes(text, times - 1) });
    const body = fc.string({ minLength: 8, maxLength: 30 }).filter((text) => !text.includes('\\'));
    fc.assert(
      fc.property(body, fc.nat(4), (secret, times) => {
        const redacted = makeRedact({ API_KEY: secret })(quotedTimes(`before\u0000${secret}\u0000after`, times));
        expect(redacted).toContain('[redacted:API_KEY]');
        let inner: unknown = redacted;
        for (let depth = 0; depth < times; depth += 1) inner = JSON.parse(String(inner)).data;
        expect(inner).toBe('before\u0000[redacted:API_KEY]\u0000after');
      }),
    );
  });

  it('removes a key as other servers escape it', () => {
    const redact = makeRedact({ API_KEY: 'ab/cd+ef&gh==' });
    const forms = ['ab\\/cd+ef&gh==', 'ab\\\\\\/cd+ef\\u0026gh==', 'ab\\u002Fcd+ef&gh==', 'ab%2fcd%2bef%26gh%3d%3d'];
    for (const form of forms) expect(redact(`<${form}>`), form).toMatch(/^<\[redacted:API_KEY\]/);
    expect(redact(Buffer.from('ab/cd+ef&gh==').toString('base64url'))).toBe('[redacted:API_KEY]');
    expect(makeRedact({ PRICE: '$&$1$$x' })('a $&$1$$x b')).toBe('a [redacted:PRICE] b');
  });

  it('leaves other text alone', () => {
    expect(makeRedact({ API_KEY: key })('nothing here')).toBe('nothing here');
    expect(makeRedact({ SHORT: 'a' })('banana')).toBe('banana');
  });
});
