import type { Message, ModelRequest, ToolDefinition } from '../../domain/model/message.ts';

/** One recorded turn: what was answered, what the tools or the user said to it, and how long that took. */
export type JobTurn = {
  readonly answer: Extract<Message, { role: 'assistant' }>;
  readonly results: readonly Message[];
  /** Time that the tools took, in milliseconds. */
  readonly pauseMs: number;
  /** Undefined where the endpoint did not state it. */
  readonly outputTokens: number | undefined;
};

/** The conversation of one recorded trial, to be held again. */
export type Job = {
  readonly trialId: string;
  readonly suite: string;
  readonly task: string;
  readonly contender: string;
  readonly opening: string;
  readonly turns: readonly JobTurn[];
};

/** Where a recorded turn does not say how long it was. */
const unknownOutput = 1024;
/** OpenAI refuses fewer. */
const leastOutput = 16;

const toolsOf = ({ turns }: Job): readonly ToolDefinition[] => {
  const names = new Set(turns.flatMap(({ answer }) => answer.toolCalls.map(({ name }) => name)));
  return [...names].map((name) => ({
    name,
    description: 'A tool of the recorded agent.',
    parameters: { type: 'object', properties: {}, additionalProperties: true },
  }));
};

/** After an answer without a tool call somebody must say something. */
const spoken = ({ answer, results }: JobTurn): readonly Message[] =>
  results.length > 0 ? [answer, ...results] : [answer, { role: 'user', text: 'Go on.' }];

/**
 * What is asked in a turn: the recorded conversation up to there, whatever was answered now, so that every context is as
 * long as it was. The salt stands before everything: no cache knows this conversation from another.
 */
export const requestOf = (
  job: Job,
  turn: number,
  { salt, sessionId }: { readonly salt: string; readonly sessionId: string },
): ModelRequest => ({
  messages: [{ role: 'user', text: `[${salt}]\n\n${job.opening}` }, ...job.turns.slice(0, turn).flatMap(spoken)],
  tools: toolsOf(job),
  sessionId,
  maxOutputTokens: Math.max(leastOutput, job.turns[turn]?.outputTokens ?? unknownOutput),
  recordedAs: `job ${job.trialId}`,
});

/** How the recorded pauses are kept: 1 as they were, 0 not at all, or a factor. */
export type PauseScale = number;
