import { describe, expect, it } from 'vitest';
import type { Turn, TurnStamps } from '../../../src/domain/model/turn.ts';
import { reusedShare, timingDoubts, tokensPerEvent } from '../../../src/measure/self-check.ts';
import { aTurn } from '../../support/turns.ts';

const finish = { unified: 'stop', raw: 'stop' } as const;
const call = (reused: boolean, turn: Partial<Turn> = {}): Turn =>
  aTurn({}, { connection: { reused }, finish, ...turn });
const answer = (stamps: Partial<TurnStamps>, turn: Partial<Turn> = {}): Turn =>
  aTurn({ firstText: stamps.firstContent, ...stamps }, { contentCharacters: 400, ...turn });
const streamed = answer({ firstContent: 100, lastContent: 500 });
const atOnce = answer({ firstContent: 500, lastContent: 502 });

describe('connections', () => {
  it('are counted where calls tell', () => {
    expect(reusedShare([call(false), call(true), call(true), aTurn({})])).toBeCloseTo(2 / 3);
    expect(reusedShare([aTurn({})])).toBeUndefined();
  });

  it('are in doubt where each of several calls in a row opened its own', () => {
    expect(timingDoubts([call(false), call(false), call(false), call(false)])).toEqual([
      'each of 3 calls that followed another opened a connection of its own, which is in their TTFT',
    ]);
    expect(timingDoubts([call(false), call(false), call(true), call(false)])).toEqual([]);
    expect(timingDoubts([call(false), call(false), call(false)])).toEqual([]);
  });

  it.each<[string, readonly Turn[]]>([
    ['after answers that were left', Array.from({ length: 5 }, () => call(false, { finish: undefined }))],
    [
      'after failed tries',
      Array.from({ length: 5 }, () =>
        call(false, { failedTries: [{ dispatch: 0, failed: 1, fault: 'refused', waitedMs: 0 }] }),
      ),
    ],
    ['at one endpoint after another', ['a', 'b', 'c', 'd', 'e'].map((endpoint) => call(false, { endpoint }))],
  ])('may be new %s', (_when, turns) => {
    expect(timingDoubts(turns)).toEqual([]);
  });
});

describe('streams', () => {
  it('are in doubt where most long answers came all at once', () => {
    expect(timingDoubts([atOnce, atOnce, streamed])).toEqual([
      '2 of 3 long answers came all at once: something on the way holds streams back',
    ]);
    const inOneRead = answer({ firstContent: 500, lastContent: 500 }, { firstChunkCharacters: 400 });
    expect(timingDoubts([inOneRead])).toHaveLength(1);
    expect(timingDoubts([atOnce, streamed])).toEqual([]);
    // 4,000 tokens/s, as fast as any.
    expect(timingDoubts([answer({ firstContent: 500, lastContent: 525 })])).toEqual([]);
  });

  it('are not judged by short answers, nor by tool calls that a provider sends whole', () => {
    const short = { ...atOnce, contentCharacters: 40 };
    const tool = answer({ firstContent: 500, firstText: undefined, firstTool: 500, lastContent: 500 });
    expect(timingDoubts([short, short, { ...tool, stamps: { ...tool.stamps, firstText: undefined } }])).toEqual([]);
  });

  it('have their tokens an event over all turns that know them', () => {
    const coarse = aTurn({}, { usage: { output: 90 }, contentChunks: 10 });
    const fine = aTurn({}, { usage: { output: 30 }, contentChunks: 30 });
    expect(tokensPerEvent([coarse, fine, aTurn({}, { usage: {} })])).toBe(3);
    expect(tokensPerEvent([aTurn({}, { usage: {} })])).toBeUndefined();
  });
});
