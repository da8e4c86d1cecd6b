import { type EncodeContext, simulatorFingerprint } from '../protocol.ts';
import { vendorTiming } from '../vendor-timing.ts';

/** The id under which a request's response can be continued. */
export const responseIdOf = (requestId: string): string => `resp_${requestId}`;

const usageOf = ({ turn, profile }: EncodeContext, output: number) =>
  profile.usage.mode === 'absent'
    ? null
    : {
        input_tokens: turn.usage.input,
        input_tokens_details: { cached_tokens: turn.usage.cachedInput },
        output_tokens: output,
        output_tokens_details: { reasoning_tokens: Math.min(output, turn.usage.reasoning) },
        total_tokens: turn.usage.input + output,
      };

/** The `response` object as it stands in lifecycle events; `output` counts tokens once it is over. */
export const responseObject = (
  context: EncodeContext,
  state: {
    readonly status: 'in_progress' | 'completed' | 'incomplete' | 'failed';
    readonly output: readonly unknown[];
    readonly outputTokens?: number | undefined;
    readonly incompleteReason?: string | undefined;
  },
) => ({
  id: responseIdOf(context.requestId),
  object: 'response',
  created_at: context.createdSeconds,
  status: state.status,
  error: null,
  incomplete_details: state.incompleteReason === undefined ? null : { reason: state.incompleteReason },
  instructions: null,
  max_output_tokens: context.request.maxOutputTokens ?? null,
  metadata: { simulated: 'true', system_fingerprint: simulatorFingerprint },
  model: context.profile.name,
  output: state.output,
  parallel_tool_calls: false,
  previous_response_id: context.request.chain?.previousResponseId ?? null,
  service_tier: 'default',
  store: context.request.chain?.store ?? false,
  temperature: 1,
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
  usage: state.outputTokens === undefined ? null : usageOf(context, state.outputTokens),
  ...(state.outputTokens === undefined ? {} : vendorTiming(context)),
});
