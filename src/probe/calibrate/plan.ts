import { createRandom } from '../../measure/random/random.ts';
import { shuffled } from '../../measure/random/shuffle.ts';

/** One way at one speed. */
export type CalibrationCase = {
  readonly id: string;
  readonly protocol: 'chat-completions' | 'responses';
  readonly transport: 'sse' | 'websocket';
  /** The simulator's own, exact. */
  readonly tokensPerSecond: number;
  /** Of one answer: enough to time a rate, few enough not to be waited for. */
  readonly outputTokens: number;
};

const speeds = [
  { tokensPerSecond: 70, outputTokens: 20 },
  { tokensPerSecond: 1000, outputTokens: 400 },
  { tokensPerSecond: 3000, outputTokens: 1500 },
] as const;

const ways = [
  { protocol: 'chat-completions', transport: 'sse' },
  { protocol: 'responses', transport: 'websocket' },
] as const;

/** From a GPU's speed to a wafer-scale chip's, over both transports. */
export const calibrationCases: readonly CalibrationCase[] = ways.flatMap((way) =>
  speeds.map((speed) => ({ id: `${way.transport}-${speed.tokensPerSecond}`, ...way, ...speed })),
);

/** Every case once a round, in a seeded order. */
export const planCalibration = (rounds: number, seed: number): readonly CalibrationCase[] =>
  Array.from({ length: rounds }, (_, round) =>
    shuffled(calibrationCases, createRandom(seed, `calibration round ${round}`)),
  ).flat();
