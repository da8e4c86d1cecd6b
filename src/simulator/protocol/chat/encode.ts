import type { Emission } from '../../pace/timeline.ts';
import type { PlannedPart } from '../../plan/turn.ts';
import { obfuscation } from '../obfuscation.ts';
import { type EncodeContext, type Encoder, simulatorFingerprint, type WireEvent } from '../protocol.ts';
import { vendorTiming } from '../vendor-timing.ts';

const finishReasons = { stop: 'stop', 'tool-calls': 'tool_calls', length: 'length' } as const;

const usageOf = ({ turn }: EncodeContext) => ({
  prompt_tokens: turn.usage.input,
  completion_tokens: turn.usage.output,
  total_tokens: turn.usage.input + turn.usage.output,
  prompt_tokens_details: { cached_tokens: turn.usage.cachedInput },
  completion_tokens_details: { reasoning_tokens: turn.usage.reasoning },
});

const envelope = ({ requestId, profile, createdSeconds }: EncodeContext, object: string) => ({
  id: `chatcmpl-${requestId}`,
  object,
  created: createdSeconds,
  model: profile.name,
  service_tier: 'default',
  system_fingerprint: simulatorFingerprint,
});

/** The streamed chunks of Chat Completions. */
const streamed = (context: EncodeContext): Omit<Encoder, 'whole' | 'failure'> => {
  const { turn, profile, request } = context;
  const head = envelope(context, 'chat.completion.chunk');
  const prefix = `${JSON.stringify(head).slice(0, -1)},"choices":[{"index":0,"delta":`;
  const pad = obfuscation(profile.chunks.obfuscation && request.wantsObfuscation);
  const chunk = (delta: string, finishReason = 'null'): WireEvent => ({
    data: `${prefix}${delta},"logprobs":null,"finish_reason":${finishReason}}],"usage":null${pad()}}`,
  });
  const callsBefore = (part: number) => turn.parts.slice(0, part).filter((each) => each.call !== undefined).length;
  const role = profile.chunks.repeated_role ? '"role":"assistant",' : '';
  let openPart = -1;

  const toolDelta = (part: PlannedPart, emission: Emission): readonly WireEvent[] => {
    const index = callsBefore(emission.part);
    const opening =
      openPart === emission.part || part.call === undefined
        ? []
        : [{ index, id: part.call.id, type: 'function', function: { name: part.call.tool.name, arguments: '' } }];
    const delta = { index, function: { arguments: emission.text } };
    return [...opening, delta].map((call) => chunk(JSON.stringify({ tool_calls: [call] })));
  };
  return {
    open: () => (profile.chunks.role_only_first_chunk ? [chunk('{"role":"assistant","content":""}')] : []),
    content: (emission) => {
      const part = turn.parts[emission.part];
      if (part === undefined) return [];
      if (part.channel === 'tool') {
        const events = toolDelta(part, emission);
        openPart = emission.part;
        return events;
      }
      const field = part.channel === 'text' ? 'content' : profile.reasoning.field;
      const fragments = profile.chunks.empty_deltas ? ['', emission.text] : [emission.text];
      return fragments.map((text) => chunk(`{${role}"${field}":${JSON.stringify(text)}}`));
    },
    finish: () => {
      const last = chunk('{}', JSON.stringify(finishReasons[turn.finish]));
      return profile.chunks.repeated_finish ? [last, last] : [last];
    },
    terminal: () => {
      const usage = request.wantsUsage && profile.usage.mode !== 'absent' ? usageOf(context) : undefined;
      const last = { ...head, choices: [], usage, ...vendorTiming(context) };
      return [...(usage === undefined ? [] : [{ data: JSON.stringify(last) }]), { data: '[DONE]' }];
    },
  };
};

const whole = (context: EncodeContext) => {
  const { turn, profile } = context;
  const textOf = (channel: PlannedPart['channel']) =>
    turn.parts
      .filter((part) => part.channel === channel && part.sent)
      .map((part) => part.tokens.join(''))
      .join('');
  const calls = turn.parts.flatMap((part) =>
    part.call === undefined
      ? []
      : [
          {
            id: part.call.id,
            type: 'function',
            function: { name: part.call.tool.name, arguments: part.tokens.join('') },
          },
        ],
  );
  const message = {
    role: 'assistant',
    content: textOf('text') || null,
    ...(textOf('reasoning') === '' ? {} : { [profile.reasoning.field]: textOf('reasoning') }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
  return {
    ...envelope(context, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReasons[turn.finish] }],
    ...(profile.usage.mode === 'absent' ? {} : { usage: usageOf(context) }),
    ...vendorTiming(context),
  };
};

/** Puts a planned turn into Chat Completions chunks, or one completion. */
export const chatEncoder = (context: EncodeContext): Encoder => ({
  ...streamed(context),
  failure: ({ message, type, code }) => [{ data: JSON.stringify({ error: { message, type, param: null, code } }) }],
  whole: () => whole(context),
});
