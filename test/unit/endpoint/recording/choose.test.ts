import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamChooser } from '../../../../src/endpoint/recording/choose.ts';
import { aStream } from '../../../support/recordings.ts';

const stream = (sessionId: string, turn: number, mark: string, opening = 'task-1') =>
  aStream({ sessionId, place: { opening, turn }, frames: [[0, { kind: 'data', data: mark }]] });
const markOf = (chosen: ReturnType<ReturnType<typeof streamChooser>>) => {
  const frame = chosen?.frames[0]?.[1];
  return frame?.kind === 'data' ? frame.data : undefined;
};

const streams = [
  stream('one', 0, 'one/0'),
  stream('one', 1, 'one/1'),
  stream('two', 0, 'two/0 failed'),
  stream('two', 0, 'two/0'),
  stream('two', 1, 'two/1'),
];
const at = (turn: number, opening = 'task-1') => ({ opening, turn });

describe('the choice of a recorded answer', () => {
  it('gives a session the recording of its own name', () => {
    const choose = streamChooser(streams);
    expect(markOf(choose('two', at(1)))).toBe('two/1');
    expect(markOf(choose('one', at(1)))).toBe('one/1');
  });

  it('gives new sessions one recording after the other, and keeps each to its own', () => {
    const choose = streamChooser(streams);
    expect(['a', 'b', 'c'].map((session) => markOf(choose(session, at(0))))).toEqual([
      'one/0',
      'two/0 failed',
      'one/0',
    ]);
    expect(['c', 'b', 'a'].map((session) => markOf(choose(session, at(1))))).toEqual(['one/1', 'two/1', 'one/1']);
  });

  it('answers another try with the next recorded try, over and over', () => {
    const choose = streamChooser(streams);
    expect([1, 2, 3].map(() => markOf(choose('two', at(0))))).toEqual(['two/0 failed', 'two/0', 'two/0 failed']);
  });

  it('knows nothing of another conversation or a later turn', () => {
    const choose = streamChooser(streams);
    expect(choose('one', at(0, 'task-2'))).toBeUndefined();
    expect(choose('one', at(2))).toBeUndefined();
    expect(streamChooser([])('one', at(0))).toBeUndefined();
  });

  it('spreads any number of sessions evenly over the recordings', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 40 }), (recorded, asking) => {
        const choose = streamChooser(
          Array.from({ length: recorded }, (_, index) => stream(`r${index}`, 0, `${index}`)),
        );
        const counts = Map.groupBy(
          Array.from({ length: asking }, (_, index) => markOf(choose(`s${index}`, at(0)))),
          (mark) => mark,
        );
        const sizes = [...counts.values()].map(({ length }) => length);
        expect(Math.max(...sizes) - (sizes.length < recorded ? 0 : Math.min(...sizes))).toBeLessThanOrEqual(1);
      }),
    );
  });
});
