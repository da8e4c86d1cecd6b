import type { ModelRequest } from '../domain/model/message.ts';
import type { Clock } from '../domain/time.ts';
import { collectReply } from '../endpoint/collect-reply.ts';
import { composeEndpoint } from '../endpoint/compose.ts';
import type { ModelEndpoint } from '../endpoint/endpoint.ts';
import type { Reading, Truth } from '../probe/calibrate/compare.ts';
import type { CalibrationCase } from '../probe/calibrate/plan.ts';
import { recital } from '../probe/prompt.ts';
import type { RequestStamp } from '../simulator/pace/stamps.ts';
import { profileSchema } from '../simulator/profile.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { protocols, transports } from './endpoints.ts';

const firstTokenMs = 100;

/** A profile without chance: every token is due at an exact instant. */
const profileOf = (tokensPerSecond: number) =>
  profileSchema.parse({
    name: `sim-exact-${tokensPerSecond}`,
    description: 'Exact timing for calibration',
    tier: 'other',
    ttft: { distribution: 'constant', ms: firstTokenMs },
    rate: { tokens_per_second: tokensPerSecond },
  });

/** An answer of tokens that are all of one length: the share of the first chunk is then exact. */
const script = {
  task: 'calibrate',
  instruction: recital,
  attempts: [{ name: 'recite', style: 'careful' as const, turns: [{ text: ' one two six ten', repeat: 4000 }] }],
};

const truthOf = (stamp: RequestStamp | undefined): Truth | undefined => {
  const { firstContentWritten, lastContentWritten, chunks } = stamp ?? {};
  if (stamp === undefined || firstContentWritten === undefined || lastContentWritten === undefined) return undefined;
  return {
    received: stamp.received,
    firstWritten: firstContentWritten,
    lastWritten: lastContentWritten,
    tokens: stamp.tokens,
    firstTokens: chunks?.[0]?.[1] ?? 0,
  };
};

const open = (one: CalibrationCase, simulator: Simulator, clock: Clock): ModelEndpoint =>
  composeEndpoint({
    description: {
      id: one.id,
      model: `sim-exact-${one.tokensPerSecond}`,
      protocol: one.protocol,
      transport: one.transport,
      address: simulator.url,
      tier: 'unknown',
      simulated: true,
    },
    protocol: protocols[one.protocol],
    transport: transports[one.transport],
    settings: {},
    clock,
    key: () => undefined,
  });

const call = async (one: CalibrationCase, endpoint: ModelEndpoint, simulator: Simulator): Promise<Reading> => {
  const { signal } = new AbortController();
  const request: ModelRequest = {
    messages: [{ role: 'user', text: recital }],
    tools: [],
    sessionId: `calibrate-${one.id}`,
    maxOutputTokens: one.outputTokens,
  };
  const collected = await collectReply(endpoint.stream(request, { signal }), { endpoint: one.id });
  if (collected.outcome !== 'complete') throw collected.error;
  const { turn } = collected;
  const id = turn.served?.responseId?.split('_').at(-1)?.split('-').at(-1);
  const truth = truthOf(simulator.stamps().findLast((stamp) => stamp.requestId === id));
  if (truth === undefined) throw new Error(`the simulator knows nothing of answer ${id}`);
  return { case: one.id, turn, truth };
};

/** A simulator in this process and our client to it; every reading comes with the simulator's own stamps. */
export const openCalibration = async (
  cases: readonly CalibrationCase[],
  clock: Clock,
): Promise<AsyncDisposable & { readonly call: (one: CalibrationCase) => Promise<Reading> }> => {
  await using stack = new AsyncDisposableStack();
  const speeds = [...new Set(cases.map(({ tokensPerSecond }) => tokensPerSecond))];
  const simulator = stack.use(await startSimulator({ profiles: speeds.map(profileOf), attempts: [script] }));
  const endpoints = new Map(cases.map((one) => [one.id, stack.use(open(one, simulator, clock))]));
  const opened = stack.move();
  return {
    call: (one) => {
      const endpoint = endpoints.get(one.id);
      return endpoint === undefined ? Promise.reject(new Error(`no case ${one.id}`)) : call(one, endpoint, simulator);
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
};
