import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ServerMessage, ServerOrder, Truth } from './protocol.ts';

export type TimingServer = AsyncDisposable & {
  readonly address: string;
  truths(): Promise<{ readonly truths: readonly Truth[]; readonly cpuMs: number }>;
};

/** Starts the simulator as a child process. */
export const startServer = async (order: ServerOrder): Promise<TimingServer> => {
  const child = fork(join(import.meta.dirname, '..', 'timing-server.ts'), [JSON.stringify(order)]);
  const ready = await nextMessage(child);
  if (ready.kind !== 'ready') throw new Error('the simulator did not start');
  return {
    address: ready.address,
    truths: async () => {
      child.send('truths');
      const answer = await nextMessage(child);
      if (answer.kind !== 'truths') throw new Error('the simulator gave no stamps');
      return answer;
    },
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
};

const nextMessage = async (child: ChildProcess): Promise<ServerMessage> => {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the simulator's process ended with ${code}`);
  });
  const [message] = await Promise.race([once(child, 'message'), failed]);
  return message as ServerMessage;
};

/** A profile whose every token is due at an exact instant. */
export const exactProfile = (name: string, tokensPerSecond: number): unknown => ({
  name,
  description: 'Exact timing for a benchmark',
  tier: 'other',
  ttft: { distribution: 'constant', ms: 100 },
  rate: { tokens_per_second: tokensPerSecond },
  styles: { careful: 1, hasty: 0 },
});
