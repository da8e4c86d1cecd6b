import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitise, sanitiseLine } from '../../../src/report/sanitise.ts';

/** Every code point that may not come out, listed here on its own so that a hole in the expression shows. */
const steering = (code: number): boolean =>
  (code < 0x20 && code !== 0x0a && code !== 0x09) ||
  (code >= 0x7f && code <= 0x9f) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2066 && code <= 0x2069) ||
  [0x061c, 0x200e, 0x200f].includes(code) ||
  (code >= 0xd800 && code <= 0xdfff);

describe('sanitise', () => {
  it.each([
    ['colour', '\u001b[31mred', '\\x1b[31mred'],
    ['device control string', '\u001bPq#0\u001b\\', '\\x1bPq#0\\x1b\\'],
    ['C1 operating system command', '\u009d0;title\u009c', '\\x9d0;title\\x9c'],
    ['carriage return and backspace', 'ok\rno\b', 'ok\\x0dno\\x08'],
    ['bidirectional override', 'a\u202egnp.exe', 'a\\u202egnp.exe'],
    ['lone surrogate', 'x\ud800', 'x\\ud800'],
  ])('makes %s visible', (_what, text, expected) => {
    expect(sanitise(text)).toBe(expected);
  });

  it('leaves ordinary text of any script as it is', () => {
    const text = 'naïve – 10 µs, 測試, 😀, tab\there,\nnext line';
    expect(sanitise(text)).toBe(text);
  });

  it('lets nothing through that steers a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 0x2100 }), (text, code) => {
        const clean = sanitise(text + String.fromCharCode(code) + text);
        expect([...clean].some((character) => steering(character.codePointAt(0) ?? 0))).toBe(false);
        expect(sanitise(clean)).toBe(clean);
      }),
    );
  });

  it('keeps a line a line', () => {
    expect(sanitiseLine('one\n::error::two\tthree')).toBe('one\\n::error::two\\tthree');
  });
});
