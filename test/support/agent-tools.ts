import type { AgentTools, Model, ModelSteering, Reply } from '../../src/agent/agent.ts';
import type { ModelRequest, ToolCall } from '../../src/domain/model/message.ts';
import type { ExecResult, Shell } from '../../src/sandbox/sandbox.ts';
import { manualClock } from './clock.ts';
import { aTurn } from './turns.ts';

export type ScriptedReply = {
  readonly text?: string;
  readonly calls?: readonly (readonly [name: string, argumentsText: string])[];
  readonly outputTokens?: number;
  readonly finish?: 'stop' | 'length';
  /** The call fails. */
  readonly error?: Error;
  /** Where the instruction is to change, it does so in the midst of this answer; the next reply answers the new one. */
  readonly isInterrupted?: boolean;
};

const output = (text: string) => ({ text, bytes: text.length, truncated: false });

/** What a command printed, as an exec result. */
export const anExecResult = (overrides: Partial<ExecResult> = {}): ExecResult => ({
  exitCode: 0,
  stdout: output(''),
  stderr: output(''),
  durationMs: 1,
  ended: 'exit',
  ...overrides,
});

/** A model that says its lines in order, and keeps what it was asked. */
export const scriptedModel = (
  replies: readonly ScriptedReply[],
): Model & {
  readonly requests: Omit<ModelRequest, 'sessionId'>[];
  readonly steerings: (ModelSteering | undefined)[];
} => {
  const requests: Omit<ModelRequest, 'sessionId'>[] = [];
  const steerings: (ModelSteering | undefined)[] = [];
  return {
    requests,
    steerings,
    complete: async (request, steering) => {
      steerings.push(steering);
      const cut = steering === undefined ? undefined : replies[requests.length];
      if (steering !== undefined && cut?.isInterrupted) {
        requests.push(request);
        const { text: saidSoFar = '', outputTokens: output = 10 } = cut;
        const turn = aTurn({}, { usage: { input: 1, output } });
        const redirected = await scripted(replies, requests, { ...request, messages: steering.redirect(saidSoFar) });
        return { ...redirected, interrupted: { text: saidSoFar, reasoning: '', saidSoFar, turn } };
      }
      return scripted(replies, requests, request);
    },
  };
};

const scripted = async (
  replies: readonly ScriptedReply[],
  requests: Omit<ModelRequest, 'sessionId'>[],
  request: Omit<ModelRequest, 'sessionId'>,
): Promise<Reply> => {
  const { text = '', calls = [], outputTokens = 10, finish = 'stop', error } = replies[requests.length] ?? {};
  requests.push(request);
  if (error !== undefined) throw error;
  const toolCalls = calls.map(
    ([name, argumentsText], index): ToolCall => ({ id: `call-${requests.length}-${index}`, name, argumentsText }),
  );
  return {
    text,
    reasoning: '',
    toolCalls,
    turn: aTurn({}, { usage: { input: 1, output: outputTokens }, finish: { unified: finish, raw: finish } }),
  };
};

/** Tools for an agent whose commands are answered by `run`. */
export const agentTools = (
  model: Model,
  {
    run = () => anExecResult(),
    steps = 10,
    outputTokens,
  }: { run?: (command: readonly string[]) => ExecResult; steps?: number; outputTokens?: number } = {},
): AgentTools & { readonly commands: (readonly string[])[] } => {
  const commands: (readonly string[])[] = [];
  const shell: Shell = {
    exec: async (command) => {
      commands.push(command);
      return run(command);
    },
    readFile: async () => undefined,
    writeFile: async () => undefined,
    uploadFolder: async () => undefined,
  };
  return {
    shell,
    model,
    commands,
    clock: manualClock(),
    signal: new AbortController().signal,
    budget: { steps, outputTokens, commandTimeoutMs: 1000 },
  };
};
