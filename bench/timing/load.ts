import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../../src/measure/sample/quantile.ts';
import type { Client, OpenClient, Reading } from './clients.ts';
import type { Truth } from './protocol.ts';
import { exactProfile, startServer } from './server.ts';

export type Load = {
  readonly tokensPerSecond: number;
  readonly streams: number;
  readonly tokensPerCall: number;
  readonly callsPerStream: number;
};

/** How far a client was from the simulator's own stamps. Times in milliseconds, rates as a share of the true rate. */
export type Comparison = {
  readonly calls: number;
  /** Client's TTFT − (first write − the client's dispatch): how late the first token was stamped. */
  readonly ttftErrorsMs: readonly number[];
  /** Client's TTFT − (first write − request received): the request's way there included, which is no error. */
  readonly roundTripsMs: readonly number[];
  readonly decodeErrors: readonly number[];
  /** The simulator's own rate against the one asked for. */
  readonly serverErrors: readonly number[];
  /** Sum over the streams of their decode rates as the client read them. */
  readonly consumedTokensPerSecond: number;
  readonly clientCpuUsPerToken: number;
  readonly serverCpuUsPerToken: number;
};

/** Streams that call one after the other, begun evenly over the time of one token wave, against a simulator of their own. */
export const runLoad = async (load: Load, open: OpenClient): Promise<Comparison> => {
  const model = `sim-${load.tokensPerSecond}`;
  const profiles = [exactProfile(model, load.tokensPerSecond)];
  await using server = await startServer({ profiles, script: { tokens: load.tokensPerCall } });
  await using client = open(server.address, model);
  await client.call('warm-up');
  const { cpuMs: serverCpuBefore } = await server.truths();
  const cpuBefore = process.cpuUsage();
  const callMs = (load.tokensPerCall / load.tokensPerSecond) * 1000 + 100;
  const streams = Array.from({ length: load.streams }, (_, stream) =>
    runStream(client, { stream, calls: load.callsPerStream, delayMs: (stream / load.streams) * callMs }),
  );
  const readings = (await Promise.all(streams)).flat();
  const cpu = process.cpuUsage(cpuBefore);
  const { truths, cpuMs: serverCpuAfter } = await server.truths();
  const of = new Map(truths.map((truth) => [truth.sessionId, truth]));
  const pairs = readings.map((reading) => ({ reading, truth: truthOf(of, reading) }));
  const tokens = pairs.reduce((sum, { truth }) => sum + truth.tokens, 0);
  return {
    ...compare(pairs, load),
    clientCpuUsPerToken: (cpu.user + cpu.system) / tokens,
    serverCpuUsPerToken: ((serverCpuAfter - serverCpuBefore) * 1000) / tokens,
  };
};

const runStream = async (
  client: Client,
  { stream, calls, delayMs }: { readonly stream: number; readonly calls: number; readonly delayMs: number },
): Promise<readonly Reading[]> => {
  await sleep(delayMs);
  const readings: Reading[] = [];
  for (let call = 0; call < calls; call += 1) readings.push(await client.call(`${stream}-${call}`));
  return readings;
};

const truthOf = (truths: ReadonlyMap<string, Truth>, { sessionId }: Reading): Truth => {
  const truth = truths.get(sessionId);
  if (truth === undefined) throw new Error(`the simulator knows nothing of call ${sessionId}`);
  return truth;
};

type Pair = { readonly reading: Reading; readonly truth: Truth };

/** Tokens per second as the simulator wrote them: ratio of sums, where there are several answers. */
export const trueRate = (truths: readonly Truth[]): number => {
  const tokens = truths.reduce((sum, { tokens, firstTokens }) => sum + tokens - firstTokens, 0);
  const ns = truths.reduce((sum, { firstWritten, lastWritten }) => sum + lastWritten - firstWritten, 0);
  return (tokens / ns) * 1e9;
};

const compare = (pairs: readonly Pair[], load: Load) => ({
  calls: pairs.length,
  ttftErrorsMs: pairs.map(({ reading, truth }) => (reading.firstContent - truth.firstWritten) / 1e6),
  roundTripsMs: pairs.map(({ reading, truth }) => reading.ttftMs - (truth.firstWritten - truth.received) / 1e6),
  decodeErrors: pairs.map(({ reading, truth }) => reading.decodeTokensPerSecond / trueRate([truth]) - 1),
  serverErrors: pairs.map(({ truth }) => trueRate([truth]) / load.tokensPerSecond - 1),
  consumedTokensPerSecond:
    (load.streams * pairs.reduce((sum, { reading }) => sum + reading.decodeTokensPerSecond, 0)) / pairs.length,
});

/** Quantile of the sizes of errors; 1 is the worst. */
export const worstAt = (errors: readonly number[], q: number): number =>
  quantile(
    errors.map((error) => Math.abs(error)),
    q,
  ) ?? Number.NaN;
