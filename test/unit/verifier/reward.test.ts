import { describe, expect, it } from 'vitest';
import { isFullReward, parseReward } from '../../../src/verifier/reward.ts';

describe('parseReward', () => {
  it.each([
    [{ text: '1\n' }, { rewards: { reward: 1 } }],
    [{ text: '0.5' }, { rewards: { reward: 0.5 } }],
    [{ json: '{"reward": 1, "style": 0.2}' }, { rewards: { reward: 1, style: 0.2 } }],
    [{ json: '{"reward": 0}', text: '1' }, { rewards: { reward: 0 } }],
  ])('reads %j', (files, expected) => expect(parseReward(files, 'reward.json')).toEqual(expected));

  it('lets reward.txt win where the declared version says so', () => {
    expect(parseReward({ json: '{"reward": 0}', text: '1' }, 'reward.txt')).toEqual({ rewards: { reward: 1 } });
  });

  it.each([
    [{}],
    [{ text: '' }],
    [{ text: 'abc' }],
    [{ text: 'nan' }],
    [{ json: '[]' }],
    [{ json: '{"reward": "1"}' }],
    [{ json: '{' }],
    [{ json: '{}' }],
  ])('calls %j no reward: never a zero', (files) =>
    expect(parseReward(files, 'reward.json')).toHaveProperty('problem'),
  );
});

describe('isFullReward', () => {
  it('asks for full marks', () => {
    expect(isFullReward({ reward: 1 })).toBe(true);
    expect(isFullReward({ reward: 0.99 })).toBe(false);
    expect(isFullReward({ reward: 1, style: 0 })).toBe(true);
    expect(isFullReward({ a: 1, b: 0.5 })).toBe(false);
  });
});
