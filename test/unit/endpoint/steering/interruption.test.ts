import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../../../../src/domain/model/turn.ts';
import { interruptionOf } from '../../../../src/endpoint/steering/interruption.ts';
import { aTurn } from '../../../support/records.ts';

const facts = { how: 'sse-abort', decided: 100e6, stopped: 101e6, redirected: 180e6, refused: undefined } as const;

describe('what an interruption cost', () => {
  it('is what the server says was written; late is what came after the decision', () => {
    const turn = aTurn({ contentCharacters: 400, usage: { output: 120 } });
    const timeline: readonly TimelineEntry[] = [
      [50e6, 100, 'text'],
      [100e6, 200, 'text'],
      [100.5e6, 100, 'text'],
    ];
    expect(interruptionOf(turn, timeline, facts)).toEqual({
      ...facts,
      wastedTokens: 120,
      wastedIsEstimate: false,
      lateTokens: 30,
    });
  });

  it('is estimated from the characters where the stream was left before the server could count', () => {
    const turn = aTurn({ contentCharacters: 402, usage: {} });
    expect(interruptionOf(turn, [[1, 402, 'text']], facts)).toMatchObject({
      wastedTokens: 101,
      wastedIsEstimate: true,
      lateTokens: 0,
    });
  });

  it('never has more late tokens than wasted ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 50 }))),
        fc.option(fc.nat(500)),
        (chunks, output) => {
          const timeline = chunks.map(([ms, characters]): TimelineEntry => [ms * 1e6, characters, 'text']);
          const contentCharacters = chunks.reduce((sum, [, characters]) => sum + characters, 0);
          const turn = aTurn({ contentCharacters, usage: output === null ? {} : { output } });
          const { wastedTokens, lateTokens } = interruptionOf(turn, timeline, facts);
          expect(lateTokens).toBeGreaterThanOrEqual(0);
          expect(lateTokens).toBeLessThanOrEqual(wastedTokens);
        },
      ),
    );
  });
});
