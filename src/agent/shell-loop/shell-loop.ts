import { z } from 'zod';
import type { Message, ToolCall } from '../../domain/model/message.ts';
import type { Observation, Step } from '../../domain/trajectory.ts';
import type { StopReason } from '../../domain/trial.ts';
import type { Agent, AgentTools, Reply } from '../agent.ts';
import { describeResult } from './observation.ts';
import { nudge, openingMessages, tools as toolDefinitions } from './prompt.ts';

const bashArguments = z.object({ command: z.string() });

/** A model that answers this often in a row without acting has given up. */
const patience = 3;

const parseArguments = (call: ToolCall): string | undefined => {
  try {
    return bashArguments.parse(JSON.parse(call.argumentsText)).command;
  } catch {
    return undefined;
  }
};

const act = async (call: ToolCall, { shell, budget, signal }: AgentTools): Promise<Observation> => {
  if (call.name === 'submit') return { toolCallId: call.id, text: 'Submitted.' };
  const command = call.name === 'bash' ? parseArguments(call) : undefined;
  if (command === undefined) {
    return {
      toolCallId: call.id,
      text: `Not run: call bash with {"command": "..."}; got ${call.name} with ${call.argumentsText.slice(0, 200)}`,
    };
  }
  const result = await shell.exec(['bash', '-c', command], { timeoutMs: budget.commandTimeoutMs, signal });
  return {
    toolCallId: call.id,
    text: describeResult(result),
    exitCode: result.exitCode,
    durationMs: result.durationMs,
  };
};

const takeActions = async (reply: Reply, tools: AgentTools): Promise<readonly Observation[]> => {
  const observations: Observation[] = [];
  for (const call of reply.toolCalls) {
    observations.push(await act(call, tools));
    if (call.name === 'submit') break;
  }
  return observations;
};

const continued = (reply: Reply, observations: readonly Observation[]): readonly Message[] => {
  const answered = reply.toolCalls.slice(0, observations.length);
  const { text, reasoning, carried } = reply;
  const assistant: Message = { role: 'assistant', text, reasoning, toolCalls: answered, ...(carried && { carried }) };
  if (answered.length === 0) return [assistant, { role: 'user', text: nudge }];
  const results = answered.map(
    (call, index): Message => ({
      role: 'tool',
      toolCallId: call.id,
      name: call.name,
      text: observations[index]?.text ?? '',
    }),
  );
  return [assistant, ...results];
};

const ending = (reply: Reply, idleReplies: number): StopReason | undefined => {
  if (reply.toolCalls.some((call) => call.name === 'submit')) return 'submitted';
  if (idleReplies < patience) return undefined;
  return reply.turn.finish?.unified === 'length' ? 'output-limit' : 'gave-up';
};

/**
 * The loop that most of a benchmark is about: ask the model, do what it says, show it what happened. One tool, `bash`,
 * each call a shell of its own; linear history; `submit` ends it. Time is watched from outside (run/budget).
 */
export const shellLoop: Agent = {
  name: 'shell',
  version: '1',
  async *solve(task, tools): AsyncGenerator<Step, StopReason> {
    let messages = openingMessages(task);
    let outputTokens = 0;
    let idleReplies = 0;
    for (let step = 0; step < tools.budget.steps; step += 1) {
      if (tools.budget.outputTokens !== undefined && outputTokens >= tools.budget.outputTokens) return 'token-limit';
      const startedAt = tools.clock.wall().toISOString();
      const reply = await tools.model.complete({ messages, tools: toolDefinitions });
      const observations = await takeActions(reply, tools);
      const { text, reasoning, toolCalls, turn } = reply;
      yield { startedAt, text, reasoning, toolCalls, observations, turn };
      outputTokens += turn.usage.output ?? 0;
      idleReplies = toolCalls.length === 0 ? idleReplies + 1 : 0;
      const stop = ending(reply, idleReplies);
      if (stop !== undefined) return stop;
      messages = [...messages, ...continued(reply, observations)];
    }
    return 'step-limit';
  },
};
