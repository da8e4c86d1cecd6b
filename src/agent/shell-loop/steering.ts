import type { Message } from '../../domain/model/message.ts';
import type { TaskSteering } from '../../domain/task.ts';
import type { Step } from '../../domain/trajectory.ts';
import type { ModelSteering, Reply } from '../agent.ts';

/** The conversation after the instruction changed in the midst of an answer. */
export const redirected = (
  messages: readonly Message[],
  saidSoFar: string,
  instruction: string,
): readonly Message[] => [
  ...messages,
  ...(saidSoFar === '' ? [] : [{ role: 'assistant', text: saidSoFar, reasoning: '', toolCalls: [] } as const]),
  { role: 'user', text: instruction },
];

/** When the model is to be told: what is left of the trial's output tokens, at the latest after the next one. */
export const steeringFor = (
  pending: TaskSteering | undefined,
  { messages, outputTokens }: { readonly messages: readonly Message[]; readonly outputTokens: number },
): ModelSteering | undefined =>
  pending && {
    afterOutputTokens: Math.max(1, pending.afterOutputTokens - outputTokens),
    redirect: (saidSoFar) => redirected(messages, saidSoFar, pending.instruction),
  };

/** The answer that was stopped, as a step of its own: nothing that it asked for was done. */
export const interruptedStep = (
  { text, reasoning, turn }: NonNullable<Reply['interrupted']>,
  { startedAt, redirect }: { readonly startedAt: string; readonly redirect: string },
): Step => ({ startedAt, text, reasoning, toolCalls: [], observations: [], turn, redirect });

/** Output tokens of an answer; of a stopped one as far as they are known. */
export const outputTokensOf = ({ usage, interruption }: Reply['turn']): number =>
  usage.output ?? interruption?.wastedTokens ?? 0;
