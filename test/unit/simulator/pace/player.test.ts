import { describe, expect, test } from 'vitest';
import type { Fault, StreamFault } from '../../../../src/simulator/fault/fault.ts';
import { TurnPlayer } from '../../../../src/simulator/pace/player.ts';
import { Scheduler } from '../../../../src/simulator/pace/scheduler.ts';
import type { Timeline } from '../../../../src/simulator/pace/timeline.ts';
import type { Encoder } from '../../../../src/simulator/protocol/protocol.ts';

const ms = 1e6;
const timeline: Timeline = {
  openNs: 5 * ms,
  emissions: [0, 1, 2, 3].map((index) => ({
    dueNs: (20 + index) * ms,
    part: index < 2 ? 0 : 1,
    text: `t${index} `,
    tokens: 1,
  })),
  endNs: 23 * ms,
  engine: { queueMs: 0, prefillMs: 20, decodeMs: 4 },
};
const encoder: Encoder = {
  open: () => [{ data: 'open' }],
  content: ({ text }) => [{ data: text }],
  finish: () => [{ data: 'finish' }],
  terminal: () => [{ data: 'terminal' }],
  failure: () => [{ data: 'failure' }],
  whole: () => ({}),
};

/** A player whose clock is what `fire` is told; everything it does is written down. */
const aPlayer = (options: { fault?: Fault; lateUsageMs?: number } = {}) => {
  const written: string[] = [];
  const scheduler = new Scheduler();
  const sink = {
    open: () => written.push('headers'),
    write: (events: readonly { data: string }[]) => written.push(events.map((event) => event.data).join('')),
    end: () => written.push('end'),
    abort: (how: string) => written.push(`abort ${how}`),
  };
  const fault = options.fault as StreamFault | undefined;
  const startNs = Number(process.hrtime.bigint()) + 3600e9;
  const player = new TurnPlayer(
    timeline,
    { encoder, sink },
    { scheduler, startNs, lateUsageMs: options.lateUsageMs ?? 0, fault },
  );
  const at = (milliseconds: number) => player.fire(startNs + milliseconds * ms);
  return { player, written, at, dueMs: () => (player.dueNs - startNs) / ms };
};

describe('TurnPlayer', () => {
  test('headers and opening first, then each event on its deadline, then the end', () => {
    const { at, written, dueMs } = aPlayer();
    expect(dueMs()).toBe(5);
    at(5);
    expect(written).toEqual(['headers', 'open']);
    expect(dueMs()).toBe(20);
    at(20);
    at(21);
    expect(written.slice(2)).toEqual(['t0 ', 't1 ']);
    at(23);
    expect(written.slice(4)).toEqual(['t2 t3 ', 'finish', 'terminal', 'end']);
    expect(dueMs()).toBe(Number.POSITIVE_INFINITY);
  });

  test('a late tick sends all that is due in one write, but never more than the first event at first', () => {
    const { at, written } = aPlayer();
    at(22.5);
    expect(written).toEqual(['headers', 'open', 't0 ']);
    at(22.5);
    expect(written.at(-1)).toBe('t1 t2 ');
  });

  test('the first and the last event are edges, those between are not', () => {
    const { player, at } = aPlayer();
    const edges = [5, 20, 21, 22].map((milliseconds) => {
      at(milliseconds);
      return player.isEdge;
    });
    expect(edges).toEqual([true, false, false, true]);
  });

  test('late usage comes after its wait', () => {
    const { at, written, dueMs } = aPlayer({ lateUsageMs: 50 });
    for (const milliseconds of [5, 20, 23]) at(milliseconds);
    expect(written.at(-1)).toBe('finish');
    expect(dueMs()).toBe(73);
    at(73);
    expect(written.slice(-2)).toEqual(['terminal', 'end']);
  });

  test('a stall moves the rest of the stream', () => {
    const { at, written, dueMs } = aPlayer({ fault: { kind: 'stall', after_tokens: 2, ms: 1000 } });
    for (const milliseconds of [5, 20, 22.5]) at(milliseconds);
    expect(written.at(-1)).toBe('t1 ');
    expect(dueMs()).toBeCloseTo(1022.5, 3);
  });

  test('a stall for ever leaves nothing due', async () => {
    const { at, player, dueMs } = aPlayer({ fault: { kind: 'stall', after_tokens: 1 } });
    const played = player.play();
    for (const milliseconds of [5, 20]) at(milliseconds);
    expect(dueMs()).toBe(Number.POSITIVE_INFINITY);
    player.stop();
    expect(await played).toMatchObject({ tokens: 1, terminalWritten: undefined });
  });

  test.each([
    [{ kind: 'truncate', after_tokens: 2 }, 'abort close'],
    [{ kind: 'reset_stream', after_tokens: 2 }, 'abort reset'],
    [{ kind: 'stream_error', after_tokens: 2, form: 'error' }, 'end'],
  ] as const)('%o ends it after two tokens', async (fault, last) => {
    const { at, player, written } = aPlayer({ fault });
    const played = player.play();
    for (const milliseconds of [5, 20, 23]) at(milliseconds);
    expect(written.at(-1)).toBe(last);
    expect(written).not.toContain('finish');
    expect(await played).toMatchObject({ tokens: 2, terminalWritten: undefined });
  });

  test('told to end after its part, it finishes that and no more', () => {
    const { at, player, written } = aPlayer();
    for (const milliseconds of [5, 20]) at(milliseconds);
    player.endAfterPart();
    at(23);
    player.stop();
    expect(written.slice(2)).toEqual(['t0 ', 't1 ', 'finish', 'terminal', 'end']);
  });
});
