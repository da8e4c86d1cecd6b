import type { Task } from '../../domain/task.ts';
import type { Step } from '../../domain/trajectory.ts';
import type { StopReason } from '../../domain/trial.ts';
import type { Agent, AgentTools, Model } from '../agent.ts';
import { shellLoop } from '../shell-loop/shell-loop.ts';
import { requirePartner } from './partner.ts';

export type CascadeOptions = {
  /** Model calls the first model gets before the partner takes over; its whole budget where undefined. */
  readonly firstSteps?: number | undefined;
  /** A command of the user's own, run after the first model's submission; a failure hands over. Never the task's tests. */
  readonly check?: string | undefined;
};

/** Said to the partner, who finds the container as the first model left it. */
const handOver = ({ steering, ...task }: Task, reason: string): Task => ({
  ...task,
  instruction: `${task.instruction}${steering === undefined ? '' : `\n\n${steering.instruction}`}\n\nAnother engineer worked on this before you and ${reason}. The container is as they left it: look at what is there, keep what is right, mend what is not.`,
});

const checkFailed = async (command: string | undefined, { shell, budget, signal }: AgentTools): Promise<boolean> => {
  if (command === undefined) return false;
  const result = await shell.exec(['bash', '-c', command], { timeoutMs: budget.commandTimeoutMs, signal });
  return result.exitCode !== 0;
};

const reasonToHandOver = async (
  stop: StopReason,
  options: CascadeOptions,
  tools: AgentTools,
): Promise<string | undefined> => {
  if (stop === 'gave-up' || stop === 'output-limit' || stop === 'context-limit') return 'gave up';
  if (stop === 'step-limit') return 'ran out of steps';
  if (stop === 'submitted' && (await checkFailed(options.check, tools))) return 'declared it done, but a check failed';
  return undefined;
};

/** Two models in one trial: the first works; where it gives up, runs out of steps or fails the user's check, the partner goes on. */
export const cascade = (options: CascadeOptions = {}): Agent => ({
  name: 'cascade',
  version: '1',
  async *solve(task, tools): AsyncGenerator<Step, StopReason> {
    const partner: Model = requirePartner(tools);
    const { steps } = tools.budget;
    const firstSteps = Math.min(options.firstSteps ?? steps, steps);
    const stop = yield* shellLoop.solve(task, { ...tools, budget: { ...tools.budget, steps: firstSteps } });
    const reason = await reasonToHandOver(stop, options, tools);
    if (reason === undefined) return stop;
    return yield* shellLoop.solve(handOver(task, reason), { ...tools, model: partner });
  },
});
