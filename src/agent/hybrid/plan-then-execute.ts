import type { Step } from '../../domain/trajectory.ts';
import type { StopReason } from '../../domain/trial.ts';
import type { Agent } from '../agent.ts';
import { shellLoop } from '../shell-loop/shell-loop.ts';
import { requirePartner } from './partner.ts';

const planner = `You are a software architect. Write a short, concrete plan for the task below: what to look at, what to change, how to check it.
Another engineer with a shell in the task's container will carry it out; you have no tools.`;

/** Two models in one trial: the partner plans in one call, the contender's own endpoint carries the plan out. */
export const planThenExecute: Agent = {
  name: 'plan-then-execute',
  version: '1',
  async *solve(task, tools): AsyncGenerator<Step, StopReason> {
    const startedAt = tools.clock.wall().toISOString();
    const messages = [
      { role: 'system', text: planner },
      { role: 'user', text: task.instruction },
    ] as const;
    const { text, reasoning, turn } = await requirePartner(tools).complete({ messages, tools: [] });
    yield { startedAt, text, reasoning, toolCalls: [], observations: [], turn };
    const planned = {
      ...task,
      instruction: `${task.instruction}\n\nA plan to follow, unless it proves wrong:\n\n${text}`,
    };
    return yield* shellLoop.solve(planned, { ...tools, budget: { ...tools.budget, steps: tools.budget.steps - 1 } });
  },
};
