import { describe, expect, it } from 'vitest';
import type { Step } from '../../../src/domain/trajectory.ts';
import type { StopReason } from '../../../src/domain/trial.ts';
import { driveAgent } from '../../../src/run/trial/budget.ts';

const aStep = (): Step => ({ startedAt: '', text: '', reasoning: '', toolCalls: [], observations: [] });
const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

const drive = (
  agent: (signal: AbortSignal) => AsyncGenerator<Step, StopReason>,
  options: { timeMs?: number; signal?: AbortSignal } = {},
) => {
  const steps: Step[] = [];
  return driveAgent(agent, {
    timeMs: options.timeMs,
    signal: options.signal ?? new AbortController().signal,
    onStep: (step) => steps.push(step),
  }).then((stop) => ({ stop, steps: steps.length }));
};

describe('driveAgent', () => {
  it('returns why the agent stopped, with its steps', async () => {
    const result = await drive(async function* () {
      yield aStep();
      yield aStep();
      return 'submitted';
    });
    expect(result).toEqual({ stop: 'submitted', steps: 2 });
  });

  it('ends an agent that hangs at its deadline and keeps the steps before', async () => {
    const result = await drive(
      async function* (signal) {
        yield aStep();
        return await never(signal);
      },
      { timeMs: 20 },
    );
    expect(result).toEqual({ stop: 'time-limit', steps: 1 });
  });

  it('calls an error caused by the deadline the deadline', async () => {
    const result = await drive(
      // biome-ignore lint/correctness/useYield: fails before its first step
      async function* (signal) {
        await never(signal);
        return 'submitted';
      },
      { timeMs: 20 },
    );
    expect(result.stop).toBe('time-limit');
  });

  it('rethrows what the agent threw by itself', async () => {
    const failing = drive(
      // biome-ignore lint/correctness/useYield: fails before its first step
      async function* () {
        throw new Error('broken');
      },
      { timeMs: 1000 },
    );
    await expect(failing).rejects.toThrow('broken');
  });

  it('is cancelled with the run, also before it began', async () => {
    const controller = new AbortController();
    const running = drive(
      async function* (signal) {
        yield aStep();
        return await never(signal);
      },
      { signal: controller.signal },
    );
    setTimeout(() => controller.abort(), 10);
    expect((await running).stop).toBe('cancelled');
    expect(
      (
        await drive(
          async function* () {
            yield aStep();
            return 'submitted';
          },
          { signal: controller.signal },
        )
      ).stop,
    ).toBe('cancelled');
  });
});
