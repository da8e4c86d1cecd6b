import { withCountedOutput } from '../../measure/counted-output.ts';
import type { Arm } from '../probe.ts';
import type { ProbeCall, UncountedCall } from './carry-out.ts';

/** Counts the output tokens of the answers that no server counted, after all calls; where that is impossible they stay unknown. */
export const countOutput = (
  calls: readonly UncountedCall[],
  count: (texts: readonly string[]) => Promise<readonly number[]>,
): Promise<readonly ProbeCall[]> =>
  Promise.all(
    calls.map(async ({ answer, ...call }) => {
      if (answer === undefined || call.turn === undefined) return call;
      const counts = await count(answer).catch(() => undefined);
      const output = counts?.reduce((sum, tokens) => sum + tokens, 0);
      return output === undefined ? call : { ...call, turn: withCountedOutput(call.turn, output) };
    }),
  );

/** The arms, those whose tokens are an estimate marked so. */
export const markEstimated = (arms: readonly Arm[], calls: readonly ProbeCall[]): readonly Arm[] => {
  const estimated = new Set(calls.flatMap(({ arm, turn }) => (turn?.outputCountedBy === undefined ? [] : [arm])));
  return arms.map((arm) => (estimated.has(arm.id) ? { ...arm, tokensEstimated: true } : arm));
};
