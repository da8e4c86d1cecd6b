import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { timePhases } from '../../../../src/endpoint/transport/connection-phases.ts';

/** A socket that connects nowhere, and says at which millisecond what happened. */
const phasesOf = (socket: Socket, happenings: readonly (readonly [string, number])[]) => {
  let nowMs = 1000;
  const phases = timePhases(socket, { now: () => nowMs * 1e6, wall: () => new Date(nowMs) });
  for (const [event, atMs] of happenings) {
    nowMs = 1000 + atMs;
    socket.emit(event);
  }
  nowMs = 5000;
  socket.destroy();
  return phases();
};

describe('timePhases', () => {
  it('ends each phase where the next begins, so that they add up', () => {
    const happenings = [
      ['lookup', 30],
      ['connect', 50],
      ['secureConnect', 90],
    ] as const;
    expect(phasesOf(new TLSSocket(new Socket()), happenings)).toEqual({ dnsMs: 30, tcpMs: 20, tlsMs: 40 });
    expect(phasesOf(new Socket(), happenings)).toEqual({ dnsMs: 30, tcpMs: 20 });
  });

  it('leaves out what did not happen: no name to look up, not yet connected', () => {
    expect(phasesOf(new Socket(), [['connect', 20]])).toEqual({ tcpMs: 20 });
    expect(phasesOf(new TLSSocket(new Socket()), [['connect', 20]])).toEqual({ tcpMs: 20 });
    expect(phasesOf(new Socket(), [])).toEqual({});
  });

  it('takes the first look-up, connection and handshake', () => {
    const twice = [
      ['lookup', 10],
      ['lookup', 20],
      ['connect', 30],
      ['connect', 40],
    ] as const;
    expect(phasesOf(new Socket(), twice)).toEqual({ dnsMs: 10, tcpMs: 20 });
  });
});
