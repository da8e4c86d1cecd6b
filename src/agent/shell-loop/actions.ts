import { z } from 'zod';
import type { Message, ToolCall } from '../../domain/model/message.ts';
import type { Observation } from '../../domain/trajectory.ts';
import type { AgentTools, Reply } from '../agent.ts';
import { describeResult } from './observation.ts';
import { nudge } from './prompt.ts';

const bashArguments = z.object({ command: z.string() });

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

/** Does what a reply says, one call after the other; nothing after `submit`. */
export const takeActions = async (reply: Reply, tools: AgentTools): Promise<readonly Observation[]> => {
  const observations: Observation[] = [];
  for (const call of reply.toolCalls) {
    observations.push(await act(call, tools));
    if (call.name === 'submit') break;
  }
  return observations;
};

/** What a reply and its results add to the conversation. */
export const continued = (reply: Reply, observations: readonly Observation[]): readonly Message[] => {
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
