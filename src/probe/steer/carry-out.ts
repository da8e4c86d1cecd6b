import type { ModelRequest } from '../../domain/model/message.ts';
import type { Turn } from '../../domain/model/turn.ts';
import { createRandom } from '../../measure/random/random.ts';
import { shuffled } from '../../measure/random/shuffle.ts';
import type { ArmClient, Failure, SteeringWay } from '../probe.ts';
import { promptOf, redirection } from '../prompt.ts';

/** One redirected call: a line of calls.jsonl. */
export type SteeredCall = {
  readonly arm: string;
  readonly way: SteeringWay;
  readonly round: number;
  /** The answer that was stopped, with what stopping it cost; undefined where it was over before. */
  readonly interrupted?: Turn | undefined;
  readonly turn?: Turn | undefined;
  readonly failure?: Failure | undefined;
};

/** An arm and one of the ways in which its answers can be stopped. */
export type SteeringCase = { readonly client: ArmClient; readonly way: SteeringWay };

export type SteerOptions = {
  readonly afterOutputTokens: number;
  readonly rounds: number;
  readonly seed: number;
  readonly salt: string;
  readonly signal: AbortSignal;
  readonly onCall: (call: SteeredCall) => void;
};

const promptTokens = 100;
/** Of the new answer: enough to see it begin. */
const redirectedOutput = 64;

/** Every way of every arm. */
export const steeringCases = (clients: readonly ArmClient[]): readonly SteeringCase[] =>
  clients.flatMap((client) => client.ways.map((way) => ({ client, way })));

const requestOf = ({ client, way }: SteeringCase, round: number, options: SteerOptions): ModelRequest => {
  const { salt, seed, afterOutputTokens } = options;
  const name = `${salt} ${client.id} ${way}`;
  return {
    messages: [{ role: 'user', text: promptOf({ salt: `${name} ${round}`, tokens: promptTokens, seed }) }],
    tools: [],
    sessionId: name.replace(/[^\w.-]+/g, '-'),
    // Long enough to be stopped midway, and no longer.
    maxOutputTokens: afterOutputTokens * 4 + redirectedOutput,
    recordedAs: `steer ${way}`,
  };
};

const redirected = (request: ModelRequest, saidSoFar: string): ModelRequest => ({
  ...request,
  messages: [
    ...request.messages,
    ...(saidSoFar === '' ? [] : [{ role: 'assistant', text: saidSoFar, reasoning: '', toolCalls: [] } as const]),
    { role: 'user', text: redirection },
  ],
  maxOutputTokens: redirectedOutput,
});

const steerOnce = async (one: SteeringCase, round: number, options: SteerOptions): Promise<SteeredCall> => {
  const { client, way } = one;
  const request = requestOf(one, round, options);
  const { interrupted, turn, failure } = await client.steer(request, {
    way,
    afterOutputTokens: options.afterOutputTokens,
    redirect: (saidSoFar) => redirected(request, saidSoFar),
  });
  return { arm: client.id, way, round, interrupted, turn, failure };
};

/** Every case once a round, in a seeded order, side by side; the first round, which connects, is not kept. */
export const carryOutSteering = async (
  cases: readonly SteeringCase[],
  options: SteerOptions,
): Promise<readonly SteeredCall[]> => {
  const calls: SteeredCall[] = [];
  for (const one of cases) await steerOnce(one, -1, options);
  for (let round = 0; round < options.rounds; round += 1) {
    for (const one of shuffled(cases, createRandom(options.seed, `steering round ${round}`))) {
      if (options.signal.aborted) return calls;
      const call = await steerOnce(one, round, options);
      // What the signal cut short is no fault of the endpoint.
      if (options.signal.aborted) return calls;
      calls.push(call);
      options.onCall(call);
    }
  }
  return calls;
};
