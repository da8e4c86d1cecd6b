import { describe, expect, it } from 'vitest';
import type { ModelRequest } from '../../../../src/domain/model/message.ts';
import type { Interruption } from '../../../../src/domain/model/turn.ts';
import type { ArmClient, Redirection } from '../../../../src/probe/probe.ts';
import { redirection } from '../../../../src/probe/prompt.ts';
import { renderProbeConsole } from '../../../../src/probe/show/console.ts';
import { carryOutSteering, type SteeredCall, steeringCases } from '../../../../src/probe/steer/carry-out.ts';
import { summariseSteering } from '../../../../src/probe/steer/summary.ts';
import { steeringView } from '../../../../src/probe/steer/view.ts';
import { anArm, turnWith } from '../../../support/probe-calls.ts';

const options = {
  afterOutputTokens: 50,
  rounds: 3,
  seed: 2,
  salt: 'steer-1',
  signal: new AbortController().signal,
  onCall: () => {},
};

const interruptedBy = (changes: Partial<Interruption> = {}): SteeredCall['interrupted'] => ({
  ...turnWith({ signMs: 5, ttftMs: 100, perTokenUs: 1000 }, 60),
  interruption: {
    how: 'sse-abort',
    decided: 160e6,
    stopped: 161e6,
    redirected: 270e6,
    wastedTokens: 60,
    wastedIsEstimate: true,
    lateTokens: 0,
    ...changes,
  },
});

const aClient = (
  id: string,
  ways: ArmClient['ways'],
  asked: (request: ModelRequest, how: Redirection) => void,
): ArmClient => ({
  ...anArm(id),
  ways,
  warmUp: async () => {},
  call: async () => ({ text: '' }),
  steer: async (request, how) => {
    asked(request, how);
    return { text: 'ten nine', interrupted: interruptedBy() };
  },
});

describe('a steering probe', () => {
  it('visits every way of every arm once a round, and does not keep the first round', async () => {
    let asked = 0;
    const clients = [
      aClient('sse', ['abort'], () => (asked += 1)),
      aClient('ws', ['abort', 'event'], () => (asked += 1)),
    ];
    const calls = await carryOutSteering(steeringCases(clients), options);
    expect(asked).toBe(3 * 4);
    for (const round of [0, 1, 2]) {
      const visited = calls.filter((call) => call.round === round).map(({ arm, way }) => `${arm} ${way}`);
      expect(visited.sort()).toEqual(['sse abort', 'ws abort', 'ws event']);
    }
  });

  it('asks never the same, and for something else midway, behind what was said', async () => {
    const openings = new Set<string>();
    const redirected: ModelRequest[] = [];
    const client = aClient('sse', ['abort'], (request, how) => {
      openings.add(request.messages[0]?.text ?? '');
      expect(request.maxOutputTokens).toBeGreaterThan(how.afterOutputTokens);
      redirected.push(how.redirect('one two'), how.redirect(''));
    });
    await carryOutSteering(steeringCases([client]), options);
    expect(openings.size).toBe(4);
    expect(redirected[0]?.messages.slice(1)).toEqual([
      { role: 'assistant', text: 'one two', reasoning: '', toolCalls: [] },
      { role: 'user', text: redirection },
    ]);
    expect(redirected[1]?.messages.map(({ role }) => role)).toEqual(['user', 'user']);
  });

  it('stops with the signal and keeps nothing of what it cut', async () => {
    const controller = new AbortController();
    let asked = 0;
    const client = aClient('sse', ['abort'], () => {
      asked += 1;
      if (asked === 3) controller.abort();
    });
    const calls = await carryOutSteering(steeringCases([client]), { ...options, signal: controller.signal });
    expect(calls).toHaveLength(1);
  });
});

const rounds = Array.from({ length: 8 }, (_, round) => round);
const calls: readonly SteeredCall[] = rounds.flatMap((round) => [
  { arm: 'spark/sse', way: 'abort', round, interrupted: interruptedBy() },
  {
    arm: 'spark/websocket',
    way: 'event',
    round,
    interrupted: interruptedBy({
      how: 'steer-event',
      stopped: 164e6,
      redirected: 215e6,
      wastedTokens: 64,
      wastedIsEstimate: false,
      lateTokens: 4,
    }),
  },
]);
const cases = [
  { arm: 'spark/sse', way: 'abort' },
  { arm: 'spark/websocket', way: 'event' },
] as const;

describe('the figures of a steering probe', () => {
  it('are times and tokens by way, and the redirect against the first way', () => {
    const [abort, event] = summariseSteering(cases, calls);
    expect(abort).toMatchObject({
      how: ['sse-abort'],
      timeToStopMs: { median: 1, n: 8 },
      lateTokens: { median: 0 },
      wastedTokens: { median: 60 },
      wastedIsEstimate: true,
      redirectTtftMs: { median: 110 },
      ttftMs: { median: 100 },
      reduction: undefined,
    });
    expect(event).toMatchObject({
      lateTokens: { median: 4 },
      wastedIsEstimate: false,
      reduction: { reduction: 0.5, pairs: 8 },
    });
  });

  it('leave out what was over before, and calls that failed', () => {
    const broken = calls.map((call): SteeredCall => {
      if (call.way === 'abort') return call;
      if (call.round === 0) return { ...call, interrupted: undefined };
      return call.round === 1 ? { ...call, failure: { fault: 'timeout', message: 'late' } } : call;
    });
    const [, event] = summariseSteering(cases, broken);
    expect(event).toMatchObject({ calls: 8, failures: 1, redirectTtftMs: { n: 6 }, reduction: { pairs: 6 } });
  });

  it('say in words what happened, and why a server would not be told', () => {
    const refused = calls.map(
      (call): SteeredCall =>
        call.way === 'abort'
          ? call
          : { ...call, interrupted: interruptedBy({ how: 'websocket-close', refused: 'Unknown event type' }) },
    );
    const header = {
      schema: 1,
      kind: 'steering',
      probeId: 'steer-1',
      createdAt: '2026-03-01T10:00:00.000Z',
      tacho: { version: '0.1.0' },
      host: { platform: 'linux', architecture: 'x64', cpus: 2, node: '24' },
      seed: 1,
      arms: [anArm('spark/sse'), anArm('spark/websocket')],
      degraded: [],
      rounds: 8,
      afterOutputTokens: 50,
    } as const;
    const text = renderProbeConsole(steeringView({ ...header, figures: summariseSteering(cases, calls) }));
    expect(text.split('\n')[1]).toBe(
      'spark/websocket (simulated), by response.steer: stopped after 4.0 ms with 4 tokens too many, the new answer begins after 55 ms.',
    );
    expect(text).toMatch(/≈ 60 .*110 ms/);
    const told = renderProbeConsole(steeringView({ ...header, figures: summariseSteering(cases, refused) }));
    expect(told).toContain('would not be told with response.steer: Unknown event type');
    expect(told).toContain('by closing the connection');
  });
});
