import { describe, expect, it } from 'vitest';
import { parseProcessTable, processesOf } from '../../../../../src/sandbox/docker/exec/process-table.ts';

type Row = { pid: number; parent: number; session?: number; startedAt: number; name?: string; state?: string };

const line = ({ pid, parent, session = pid, startedAt, name = 'sh', state = 'S' }: Row): string =>
  `${pid} (${name}) ${state} ${parent} ${session} ${session} 0 -1 4194560 76 0 2 0 0 0 0 0 20 0 1 0 ${startedAt} 3366912 426 18446744073709551615${' 0'.repeat(27)}`;
const table = (...rows: Row[]) => parseProcessTable(`${rows.map(line).join('\n')}\n`);

const first: Row = { pid: 1, parent: 0, session: 1, startedAt: 10 };
const cat: Row = { pid: 7, parent: 1, session: 1, startedAt: 11 };
const service: Row = { pid: 20, parent: 1, startedAt: 50 };
const leader: Row = { pid: 30, parent: 0, startedAt: 100 };
const of = (...rows: Row[]) => [...processesOf({ pid: 30, startedAt: 100 }, table(first, cat, service, ...rows))];

describe('parseProcessTable', () => {
  it('reads a row as the kernel writes it', () => {
    const stat =
      '7 (cat) R 1 1 1 0 -1 4194560 76 0 2 0 0 0 0 0 20 0 1 0 291289 3366912 426 18446744073709551615 93970614263808 93970614286985 140735612050080 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 93970614303216 93970614304960 93971492253696 140735612055380 140735612055413 140735612055413 140735612055531 0';
    expect(parseProcessTable(stat)).toEqual([{ pid: 7, parent: 1, session: 1, startedAt: 291289, dead: false }]);
  });

  it('is not misled by a hostile process name', () => {
    expect(table({ ...leader, name: ') S 1 1\n1 (x) S' })).toMatchObject([{ pid: 30, parent: 0, startedAt: 100 }]);
    expect(table({ ...leader, name: '' }, cat).map(({ pid }) => pid)).toEqual([30, 7]);
  });
});

describe('processesOf', () => {
  it('finds the leader, its children and theirs', () => {
    const child = { pid: 31, parent: 30, session: 30, startedAt: 101 };
    expect(of(leader, child, { pid: 32, parent: 31, session: 30, startedAt: 102 })).toEqual([30, 31, 32]);
  });

  it('finds what left by setsid while its parent lives, and after', () => {
    expect(of(leader, { pid: 31, parent: 30, startedAt: 101 })).toEqual([30, 31]);
    expect(of({ pid: 31, parent: 1, startedAt: 101 }, { pid: 32, parent: 31, startedAt: 102 })).toEqual([31, 32]);
  });

  it('finds an orphan of the session', () => {
    expect(of(leader, { pid: 31, parent: 1, session: 30, startedAt: 101 })).toEqual([30, 31]);
  });

  it('spares the first process, its child that was started anew, an earlier service and its new workers', () => {
    const anew = { ...cat, pid: 40, startedAt: 110 };
    expect(of(leader, anew, { pid: 41, parent: 20, startedAt: 120 })).toEqual([30]);
  });

  it('spares other commands, even later ones, and their orphans', () => {
    const other = { pid: 50, parent: 0, startedAt: 200 };
    expect(of(leader, other, { pid: 51, parent: 50, session: 50, startedAt: 201 })).toEqual([30]);
    expect(of(leader, other, { pid: 52, parent: 1, session: 50, startedAt: 201 })).toEqual([30]);
  });

  it('does not take a later process of the same pid for the leader', () => {
    expect(of({ ...leader, startedAt: 500 })).toEqual([]);
  });

  it('leaves out the dead', () => {
    expect(of({ ...leader, state: 'Z' })).toEqual([]);
  });
});
