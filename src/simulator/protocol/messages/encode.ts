import type { PlannedPart } from '../../plan/turn.ts';
import type { EncodeContext, Encoder, WireEvent } from '../protocol.ts';
import { problemBody } from './problem.ts';

const stopReasons = { stop: 'end_turn', 'tool-calls': 'tool_use', length: 'max_tokens' } as const;

const event = (type: string, fields: object): WireEvent => ({ event: type, data: JSON.stringify({ type, ...fields }) });

/** Anthropic's `input_tokens` leave out what was read from the cache or written to it. */
const inputUsage = ({ turn, request }: EncodeContext) => {
  const uncached = turn.usage.input - turn.usage.cachedInput;
  return {
    input_tokens: request.wantsCacheWrite ? 0 : uncached,
    cache_creation_input_tokens: request.wantsCacheWrite ? uncached : 0,
    cache_read_input_tokens: turn.usage.cachedInput,
  };
};

const emptyBlock = (part: PlannedPart) => {
  if (part.channel === 'reasoning') return { type: 'thinking', thinking: '', signature: '' };
  if (part.call === undefined) return { type: 'text', text: '' };
  return { type: 'tool_use', id: part.call.id, name: part.call.tool.name, input: {} };
};

const fullBlock = (part: PlannedPart, isCut: boolean) => {
  const text = part.tokens.join('');
  if (part.channel === 'reasoning') return { type: 'thinking', thinking: text, signature: 'simulated' };
  if (part.call === undefined) return { type: 'text', text };
  return { type: 'tool_use', id: part.call.id, name: part.call.tool.name, input: isCut ? {} : JSON.parse(text) };
};

const deltaPrefixes = {
  reasoning: '"type":"thinking_delta","thinking"',
  text: '"type":"text_delta","text"',
  tool: '"type":"input_json_delta","partial_json"',
} as const;

const messageOf = (context: EncodeContext, content: readonly unknown[], stopReason: string | null, output: number) => ({
  id: `msg_${context.requestId}`,
  type: 'message',
  role: 'assistant',
  model: context.profile.name,
  content,
  stop_reason: stopReason,
  stop_sequence: null,
  usage: { ...inputUsage(context), output_tokens: output, service_tier: 'standard' },
});

/** Puts a planned turn into the events of Anthropic Messages, or one message. */
export const messagesEncoder = (context: EncodeContext): Encoder => {
  const { turn, profile } = context;
  const sent = turn.parts.filter((part) => part.sent);
  const stopReason = stopReasons[turn.finish];
  let open: PlannedPart | undefined;

  const openBlock = (part: PlannedPart): readonly WireEvent[] => {
    open = part;
    const index = sent.indexOf(part);
    const start = event('content_block_start', { index, content_block: emptyBlock(part) });
    if (part.channel !== 'tool') return [start];
    return [start, event('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json: '' } })];
  };
  const closeBlock = (): readonly WireEvent[] => {
    if (open === undefined) return [];
    const index = sent.indexOf(open);
    const delta = { type: 'signature_delta', signature: 'simulated' };
    const signature = open.channel === 'reasoning' ? [event('content_block_delta', { index, delta })] : [];
    open = undefined;
    return [...signature, event('content_block_stop', { index })];
  };
  return {
    open: () => [event('message_start', { message: messageOf(context, [], null, 1) }), event('ping', {})],
    content: (emission) => {
      const part = turn.parts[emission.part];
      if (part === undefined) return [];
      const before = open === part ? [] : [...closeBlock(), ...openBlock(part)];
      const fragments = profile.chunks.empty_deltas ? ['', emission.text] : [emission.text];
      const head = `{"type":"content_block_delta","index":${sent.indexOf(part)},"delta":{${deltaPrefixes[part.channel]}:`;
      const deltas = fragments.map((text) => ({
        event: 'content_block_delta',
        data: `${head}${JSON.stringify(text)}}}`,
      }));
      return [...before, ...deltas];
    },
    finish: closeBlock,
    terminal: () => {
      const usage = { ...inputUsage(context), output_tokens: turn.usage.output };
      const delta = { stop_reason: stopReason, stop_sequence: null };
      return [
        event('message_delta', { delta, ...(profile.usage.mode === 'absent' ? {} : { usage }) }),
        event('message_stop', {}),
      ];
    },
    failure: (problem) => [event('error', problemBody(problem))],
    whole: () =>
      messageOf(
        context,
        sent.map((part, index) => fullBlock(part, turn.finish === 'length' && index === sent.length - 1)),
        stopReason,
        turn.usage.output,
      ),
  };
};
