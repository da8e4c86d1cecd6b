import type { Turn } from '../../domain/model/turn.ts';
import type { Task } from '../../domain/task.ts';
import type { Step } from '../../domain/trajectory.ts';
import { redirectTtftMs, timeToStopMs } from '../../measure/steering.ts';
import { timingOf } from '../../measure/turn-timing.ts';

const argumentsOf = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : { value };
  } catch {
    return { raw: text };
  }
};

const interruptionOf = (turn: Turn): object | undefined =>
  turn.interruption && {
    how: turn.interruption.how,
    time_to_stop_ms: timeToStopMs(turn),
    redirect_ttft_ms: redirectTtftMs(turn),
    wasted_tokens: turn.interruption.wastedTokens,
    late_tokens: turn.interruption.lateTokens,
  };

const metricsOf = (step: Step): object | undefined => {
  if (step.turn === undefined) return undefined;
  const { usage } = step.turn;
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    cached_tokens: usage.cachedInput,
    extra: {
      endpoint: step.turn.endpoint,
      reasoning_tokens: usage.reasoning,
      completion_tokens_counted_by: step.turn.outputCountedBy,
      ...timingOf(step.turn),
      interruption: interruptionOf(step.turn),
    },
  };
};

const agentStep = (step: Step): object => ({
  timestamp: step.startedAt,
  source: 'agent',
  message: step.text,
  reasoning_content: step.reasoning || undefined,
  tool_calls: step.toolCalls.map((call) => ({
    tool_call_id: call.id,
    function_name: call.name,
    arguments: argumentsOf(call.argumentsText),
  })),
  observation: {
    results: step.observations.map(({ toolCallId, text, exitCode, durationMs }) => ({
      source_call_id: toolCallId,
      content: text,
      extra: { exit_code: exitCode, duration_ms: durationMs },
    })),
  },
  metrics: metricsOf(step),
});

const sum = (values: readonly (number | undefined)[]): number | undefined =>
  values.reduce<number | undefined>(
    (total, value) => (total === undefined || value === undefined ? undefined : total + value),
    0,
  );

/** A step, and what the user said after it. */
const stepsOf = (step: Step): readonly object[] =>
  step.redirect === undefined ? [agentStep(step)] : [agentStep(step), { source: 'user', message: step.redirect }];

/** A trial's trajectory as ATIF v1.7 (Harbor's agent trajectory format); timings stand in `metrics.extra`. */
export const trajectoryOf = (
  task: Task,
  steps: readonly Step[],
  {
    sessionId,
    agent,
    model,
  }: {
    readonly sessionId: string;
    readonly agent: { readonly name: string; readonly version: string };
    readonly model?: string | undefined;
  },
): object => {
  const all = [{ source: 'user', message: task.instruction }, ...steps.flatMap(stepsOf)];
  return {
    schema_version: 'ATIF-v1.7',
    session_id: sessionId,
    agent: { name: agent.name, version: agent.version, model_name: model },
    steps: all.map((step, index) => ({ step_id: index + 1, ...step })),
    final_metrics: {
      total_prompt_tokens: sum(steps.map((step) => step.turn?.usage.input)),
      total_completion_tokens: sum(steps.map((step) => step.turn?.usage.output)),
      total_steps: all.length,
    },
  };
};
