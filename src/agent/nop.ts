import type { Step } from '../domain/trajectory.ts';
import type { StopReason } from '../domain/trial.ts';
import type { Agent } from './agent.ts';

/** The control that must not be resolved: does nothing. */
export const nop: Agent = {
  name: 'nop',
  version: '1',
  // biome-ignore lint/correctness/useYield: doing nothing is what this agent is for
  async *solve(): AsyncGenerator<Step, StopReason> {
    return 'submitted';
  },
};
