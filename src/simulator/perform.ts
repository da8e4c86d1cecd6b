import type { Exchange } from './exchange.ts';
import { findStreamFault } from './fault/fault.ts';
import { monotonicNs } from './pace/clock.ts';
import { type Played, TurnPlayer } from './pace/player.ts';
import type { Sink } from './pace/sink.ts';
import type { RequestStamp } from './pace/stamps.ts';
import type { Encoder } from './protocol/protocol.ts';
import type { Stage } from './stage.ts';

/** A turn being played. */
export type Performance = {
  /** Resolves when it is over, however it ended. */
  readonly done: Promise<Played>;
  /** Stops it now, or where its output item is whole. */
  interrupt(how: 'closed' | 'steered', boundary?: 'token' | 'item'): void;
  /** Content events written so far. */
  position(): number;
};

type Interruption = { readonly at: number; readonly how: 'closed' | 'steered'; readonly tokensBefore: number };

const tokensOf = (emissions: readonly { readonly tokens: number }[]) =>
  emissions.reduce((sum, emission) => sum + emission.tokens, 0);

const stampOf = (exchange: Exchange, played: Played, interruption: Interruption | undefined): RequestStamp => {
  const { arrival, choice, sessionId, timeline } = exchange;
  const isJson = !arrival.request.stream && played.terminalWritten !== undefined;
  const tokens = isJson ? tokensOf(timeline.emissions) : played.tokens;
  return {
    requestId: arrival.requestId,
    sessionId,
    model: exchange.profile.name,
    protocol: arrival.protocol.name,
    transport: arrival.request.stream ? arrival.transport : 'json',
    task: choice.task,
    attempt: choice.attempt,
    turnIndex: choice.turnIndex,
    received: arrival.receivedNs,
    opened: played.opened,
    firstContentWritten: played.chunks.at(0)?.[0],
    lastContentWritten: played.chunks.at(-1)?.[0],
    finishWritten: played.finishWritten,
    terminalWritten: played.terminalWritten,
    tokens,
    get chunks() {
      return played.chunks.list();
    },
    fault: exchange.faults.length === 0 ? undefined : exchange.faults.map((fault) => fault.kind).join(','),
    interrupted: interruption && {
      at: interruption.at,
      how: interruption.how,
      tokensAfter: tokens - interruption.tokensBefore,
      tokensSaved: tokensOf(timeline.emissions) - tokens,
    },
  };
};

/** Plays an exchange into a sink and keeps its stamps. */
export const perform = (stage: Stage, exchange: Exchange, wire: { encoder: Encoder; sink: Sink }): Performance => {
  const { timeline, arrival, profile } = exchange;
  const isStreamed = arrival.request.stream;
  const player = new TurnPlayer(isStreamed ? timeline : { ...timeline, openNs: timeline.endNs, emissions: [] }, wire, {
    scheduler: stage.scheduler,
    startNs: arrival.receivedNs,
    lateUsageMs: profile.usage.mode === 'late' ? profile.usage.late_ms : 0,
    fault: findStreamFault(exchange.faults),
  });
  let interruption: Interruption | undefined;
  const done = player.play().then((played) => {
    stage.stamps.add(stampOf(exchange, played, interruption));
    return played;
  });
  return {
    done,
    position: () => player.position,
    interrupt: (how, boundary = 'token') => {
      const tokensBefore = tokensOf(timeline.emissions.slice(0, player.position));
      interruption = { at: monotonicNs(), how, tokensBefore };
      if (boundary === 'token') player.stop();
      else player.endAfterPart();
    },
  };
};
