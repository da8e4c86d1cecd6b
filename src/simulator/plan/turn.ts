import type { AttemptTurn } from '../attempts.ts';
import type { Profile } from '../profile.ts';
import type { Choice } from './choose.ts';
import type { OfferedTool, SimulatedRequest } from './conversation.ts';
import { splitTokens } from './tokens.ts';
import { findShellTool, findSubmitTool, shellArguments, submitArguments } from './tools.ts';

/** A run of tokens of one channel; `sent` is false for hidden reasoning, which takes its time all the same. */
export type PlannedPart = {
  readonly channel: 'reasoning' | 'text' | 'tool';
  readonly tokens: readonly string[];
  readonly sent: boolean;
  readonly call?: { readonly id: string; readonly tool: OfferedTool } | undefined;
};

/** Token counts of a turn by the simulator's own tokens; `output` includes reasoning. */
type PlannedUsage = {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
  readonly reasoning: number;
};

/** All that a model will say in one turn, before any thought of time or protocol. */
export type PlannedTurn = {
  readonly parts: readonly PlannedPart[];
  readonly finish: 'stop' | 'tool-calls' | 'length';
  readonly usage: PlannedUsage;
};

const closing = 'Simulated: nothing further to do.';
const musing = 'Simulated thought: weigh one more way to do it before going on.\n';

const reasoningPart = (turn: AttemptTurn, profile: Profile): readonly PlannedPart[] => {
  const { mode, extra_tokens } = profile.reasoning;
  if (mode === 'none') return [];
  const extra = splitTokens(musing);
  const tokens = [
    ...splitTokens(turn.reasoning ?? ''),
    ...Array.from({ length: extra_tokens }, (_, index) => extra[index % extra.length] ?? ''),
  ];
  return tokens.length === 0 ? [] : [{ channel: 'reasoning', tokens, sent: mode === 'visible' }];
};

const textPart = (text: string | undefined, times = 1): readonly PlannedPart[] => {
  if (text === undefined) return [];
  const tokens = splitTokens(text);
  return [{ channel: 'text', tokens: Array.from({ length: times }, () => tokens).flat(), sent: true }];
};

const callPart = (tool: OfferedTool, argumentsText: string, id: string): PlannedPart => ({
  channel: 'tool',
  tokens: splitTokens(argumentsText),
  sent: true,
  call: { id, tool },
});

const partsOf = (turn: AttemptTurn, tools: readonly OfferedTool[], callId: string): readonly PlannedPart[] => {
  const shell = turn.bash === undefined ? undefined : findShellTool(tools);
  const submit = turn.submit === undefined ? undefined : findSubmitTool(tools);
  const message = typeof turn.submit === 'string' ? turn.submit : closing;
  const isSaidAsText = submit === undefined && (typeof turn.submit === 'string' || turn.text === undefined);
  const said = [turn.text, turn.submit !== undefined && isSaidAsText ? message : undefined];
  const text = said.filter((line) => line !== undefined).join('\n\n');
  const parts = [
    ...textPart(text === '' ? undefined : text, turn.repeat),
    ...(shell === undefined ? [] : [callPart(shell, shellArguments(shell, turn.bash ?? ''), `${callId}_0`)]),
    ...(submit === undefined ? [] : [callPart(submit, submitArguments(submit, message), `${callId}_1`)]),
  ];
  return parts.length > 0 ? parts : textPart(closing);
};

/** Cuts the parts to a number of tokens, as a limit on output tokens does. */
const limited = (parts: readonly PlannedPart[], limit: number): readonly PlannedPart[] => {
  let left = limit;
  return parts.flatMap((part) => {
    const tokens = part.tokens.slice(0, left);
    left -= tokens.length;
    return tokens.length === 0 ? [] : [{ ...part, tokens }];
  });
};

const sizeOf = (parts: readonly PlannedPart[]) => parts.reduce((sum, part) => sum + part.tokens.length, 0);

/** Plans a turn: the script's, or a short closing one where it has run out (and `submit`, where that is offered). */
export const planTurn = (
  request: SimulatedRequest,
  choice: Choice,
  options: {
    readonly profile: Profile;
    readonly callId: string;
    readonly input: number;
    readonly cachedInput: number;
  },
): PlannedTurn => {
  const turn = choice.turn ?? { submit: true };
  const whole = [...reasoningPart(turn, options.profile), ...partsOf(turn, request.tools, options.callId)];
  const limit = request.maxOutputTokens ?? Number.POSITIVE_INFINITY;
  const parts = limited(whole, limit);
  const isCut = sizeOf(whole) > limit;
  const calls = parts.some((part) => part.channel === 'tool');
  return {
    parts,
    finish: isCut ? 'length' : calls ? 'tool-calls' : 'stop',
    usage: {
      input: options.input,
      cachedInput: options.cachedInput,
      output: sizeOf(parts),
      reasoning: sizeOf(parts.filter((part) => part.channel === 'reasoning')),
    },
  };
};
