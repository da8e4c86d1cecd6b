import { isContextOverflow } from '../../domain/model/endpoint-error.ts';
import type { Step } from '../../domain/trajectory.ts';
import type { StopReason } from '../../domain/trial.ts';
import type { Agent, Reply } from '../agent.ts';
import { continued, takeActions } from './actions.ts';
import { openingMessages, tools as toolDefinitions } from './prompt.ts';
import { interruptedStep, outputTokensOf, redirected, steeringFor } from './steering.ts';

/** A model that answers this often in a row without acting has given up. */
const patience = 3;

const ending = (reply: Reply, idleReplies: number): StopReason | undefined => {
  if (reply.toolCalls.some((call) => call.name === 'submit')) return 'submitted';
  if (idleReplies < patience) return undefined;
  return reply.turn.finish?.unified === 'length' ? 'output-limit' : 'gave-up';
};

const outgrown = (error: unknown): undefined => {
  if (!isContextOverflow(error)) throw error;
};

/**
 * The loop that most of a benchmark is about: ask the model, do what it says, show it what happened. One tool, `bash`,
 * each call a shell of its own; linear history; `submit` ends it. Time is watched from outside (run/budget). An instruction
 * that is to change does so in the midst of an answer, or, where the model is done before, when it submits.
 */
export const shellLoop: Agent = {
  name: 'shell',
  version: '1',
  async *solve(task, tools): AsyncGenerator<Step, StopReason> {
    let messages = openingMessages(task);
    let pending = task.steering;
    let outputTokens = 0;
    let idleReplies = 0;
    for (let step = 0; step < tools.budget.steps; step += 1) {
      if (tools.budget.outputTokens !== undefined && outputTokens >= tools.budget.outputTokens) return 'token-limit';
      const startedAt = tools.clock.wall().toISOString();
      const steering = steeringFor(pending, { messages, outputTokens });
      const reply = await tools.model.complete({ messages, tools: toolDefinitions }, steering).catch(outgrown);
      if (reply === undefined) return 'context-limit';
      if (reply.interrupted !== undefined && pending !== undefined) {
        yield interruptedStep(reply.interrupted, { startedAt, redirect: pending.instruction });
        messages = redirected(messages, reply.interrupted.saidSoFar, pending.instruction);
        outputTokens += outputTokensOf(reply.interrupted.turn);
        pending = undefined;
      }
      const observations = await takeActions(reply, tools);
      idleReplies = reply.toolCalls.length === 0 ? idleReplies + 1 : 0;
      const stop = ending(reply, idleReplies);
      const redirect = stop === 'submitted' ? pending?.instruction : undefined;
      const { text, reasoning, toolCalls, turn } = reply;
      yield { startedAt, text, reasoning, toolCalls, observations, turn, ...(redirect !== undefined && { redirect }) };
      outputTokens += outputTokensOf(turn);
      if (stop !== undefined && redirect === undefined) return stop;
      messages = [...messages, ...continued(reply, observations)];
      if (redirect === undefined) continue;
      messages = redirected(messages, '', redirect);
      pending = undefined;
    }
    return 'step-limit';
  },
};
