import { describe, expect, it } from 'vitest';
import {
  dollars,
  dollarsRange,
  duration,
  durationRange,
  number,
  percent,
  points,
  valueText,
} from '../../../src/report/format.ts';

describe('durations', () => {
  it.each([
    [0.042, '0.04 ms'],
    [5.25, '5.3 ms'],
    [57.4, '57 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [9_384, '9.4 s'],
    [41_200, '41 s'],
    [119_400, '119 s'],
    [126_000, '2.1 min'],
    [948_000, '15.8 min'],
    [8_640_000, '2.4 h'],
  ])('%d ms reads %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it('share their unit in a range where they can', () => {
    expect(durationRange({ low: 8_000, high: 11_000 })).toBe('8.0–11 s');
    expect(durationRange({ low: 80_000, high: 138_000 })).toBe('80 s–2.3 min');
  });
});

describe('amounts of money', () => {
  it.each([
    [0, '$0'],
    [0.000_031_46, '$0.0000315'],
    [0.0421, '$0.0421'],
    [0.5, '$0.500'],
    [0.9999, '$1.00'],
    [4.123, '$4.12'],
    [1012.4, '$1,012'],
  ])('%d dollars read %s', (usd, text) => {
    expect(dollars(usd)).toBe(text);
  });

  it('share their sign in a range', () => {
    expect(dollarsRange({ low: 0.0123, high: 1.5 })).toBe('$0.0123–1.50');
  });
});

describe('numbers', () => {
  it('have three significant digits', () => {
    expect([1012.4, 67.75, 4.123, 0.0314, 0].map(number)).toEqual(['1,012', '67.8', '4.12', '0.031', '0']);
  });

  it('are a dash where they are unknown, never 0', () => {
    expect(valueText(undefined, 'tokens')).toBe('–');
    expect(valueText(0, 'tokens')).toBe('0');
  });

  it('say ratios in per cent and differences in points', () => {
    expect(percent(0.6149)).toBe('61%');
    expect([0.114, -0.04, 0].map(points)).toEqual(['+11', '−4', '±0']);
  });
});
