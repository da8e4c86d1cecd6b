import { UserError } from '../../domain/errors.ts';
import type { ModelRequest } from '../../domain/model/message.ts';
import type { Turn } from '../../domain/model/turn.ts';
import { lacksOutput } from '../../measure/counted-output.ts';
import type { ArmClient, CallResult, Failure } from '../probe.ts';
import { promptOf } from '../prompt.ts';
import { type Cell, coldCell, type ProbeStep } from './plan.ts';

/** One call of a latency probe, as it is kept: a line of calls.jsonl. */
export type ProbeCall = {
  readonly arm: string;
  readonly cell: Cell;
  readonly round: number;
  /** Which of the calls made at once. */
  readonly stream: number;
  readonly turn?: Turn | undefined;
  readonly failure?: Failure | undefined;
};

/** A call with the answer that its server did not count. */
export type UncountedCall = ProbeCall & { readonly answer?: readonly string[] | undefined };

export type CarryOutOptions = {
  /** Makes this probe's prompts unlike those of any other. */
  readonly salt: string;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onCalls: (calls: readonly ProbeCall[]) => void;
};

const requestOf = (
  { arm, cell, round, stream }: Omit<ProbeCall, 'turn' | 'failure'>,
  { salt, seed }: CarryOutOptions,
): ModelRequest => ({
  messages: [
    {
      role: 'user',
      text: promptOf({ salt: `${salt} ${arm} ${cell.id} ${round} ${stream}`, tokens: cell.promptTokens, seed }),
    },
  ],
  tools: [],
  // One conversation a stream: over a persistent transport it has a connection of its own, which stays open.
  sessionId: `${salt}-${arm.replace(/[^\w.-]+/g, '-')}-${stream}`,
  maxOutputTokens: cell.outputTokens,
  recordedAs: `probe ${cell.id}`,
});

const kept = (place: Omit<ProbeCall, 'turn' | 'failure'>, { turn, failure, ...said }: CallResult): UncountedCall => {
  const isOurs = turn !== undefined && failure === undefined && lacksOutput(turn);
  return { ...place, turn, failure, ...(isOurs && { answer: [said.reasoning ?? '', said.text] }) };
};

const callAll = (client: ArmClient, step: Omit<ProbeStep, 'arm'>, options: CarryOutOptions) =>
  Promise.all(
    Array.from({ length: step.cell.streams }, async (_, stream) => {
      const place = { arm: client.id, cell: step.cell, round: step.round, stream };
      return kept(place, await client.call(requestOf(place, options)));
    }),
  );

/** Throws where an endpoint does not answer at all: nothing else can be measured then. */
const refuseDead = ({ arm, failure }: ProbeCall): void => {
  if (failure === undefined) return;
  throw new UserError(`endpoint \`${arm}\` did not answer: ${failure.message}`, {
    fix: 'check its address, key, model and protocol; `tacho probe` needs one good answer before it measures',
    exitCode: 21,
  });
};

/** The first call of an arm, on a connection made for it; then a connection for every stream, each used once. */
const warmUp = async (client: ArmClient, streams: number, options: CarryOutOptions): Promise<UncountedCall> => {
  const call = () => callAll(client, { round: 0, cell: coldCell }, options);
  const [first] = await call();
  // A server that refuses a WebSocket says so once; the call after that takes the way which is left.
  const [cold] = first?.failure === undefined ? [first] : await call();
  if (cold === undefined) throw new Error('a cold call is one call');
  refuseDead(cold);
  const cell = { ...coldCell, id: 'warm-up', streams };
  const places = Array.from({ length: streams }, (_, stream) => ({ arm: client.id, cell, round: 0, stream }));
  await Promise.all(places.map((place) => client.warmUp(requestOf(place, options))));
  await callAll(client, { round: 0, cell }, options);
  return cold;
};

/** Warms every arm up, then carries the plan out step by step; stops between two steps when the signal fires. */
export const carryOutLatency = async (
  plan: readonly ProbeStep[],
  clients: readonly ArmClient[],
  options: CarryOutOptions,
): Promise<readonly UncountedCall[]> => {
  const streams = Math.max(1, ...plan.map(({ cell }) => cell.streams));
  const byId = new Map(clients.map((client) => [client.id, client]));
  const all: UncountedCall[] = [];
  const keep = (calls: readonly UncountedCall[]): void => {
    all.push(...calls);
    options.onCalls(calls);
  };
  for (const client of clients) keep([await warmUp(client, streams, options)]);
  for (const step of plan) {
    if (options.signal.aborted) break;
    const client = byId.get(step.arm);
    if (client === undefined) continue;
    const calls = await callAll(client, step, options);
    // What the signal cut short is no fault of the endpoint.
    if (!options.signal.aborted) keep(calls);
  }
  return all;
};
