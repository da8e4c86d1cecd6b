import { z } from 'zod';
import type { Message, ToolCall } from '../../domain/model/message.ts';
import type { Job, JobTurn } from './job.ts';

/** The parts of an ATIF trajectory that a conversation is made of; everything else is passed over. */
const trajectorySchema = z.object({
  steps: z.array(
    z.object({
      source: z.string(),
      message: z.string().nullish(),
      reasoning_content: z.string().nullish(),
      tool_calls: z
        .array(z.object({ tool_call_id: z.string(), function_name: z.string(), arguments: z.unknown() }))
        .nullish(),
      observation: z
        .object({
          results: z.array(
            z.object({
              source_call_id: z.string().nullish(),
              content: z.string().nullish(),
              extra: z.object({ duration_ms: z.number().nullish() }).nullish(),
            }),
          ),
        })
        .nullish(),
      metrics: z.object({ completion_tokens: z.number().nullish() }).nullish(),
    }),
  ),
});

type TrajectoryStep = z.output<typeof trajectorySchema>['steps'][number];

/** Arguments that were no JSON are kept under `raw`. */
const argumentsText = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'raw' in value && typeof value.raw === 'string'
    ? value.raw
    : JSON.stringify(value ?? {});

const callsOf = (step: TrajectoryStep): readonly ToolCall[] =>
  (step.tool_calls ?? []).map((call) => ({
    id: call.tool_call_id,
    name: call.function_name,
    argumentsText: argumentsText(call.arguments),
  }));

/** A call that was never carried out (the trial ended there) has no result, and no place in a conversation. */
const turnOf = (step: TrajectoryStep): JobTurn => {
  const results = step.observation?.results ?? [];
  const answered = callsOf(step).filter(({ id }) => results.some((result) => result.source_call_id === id));
  const resultOf = ({ id, name }: ToolCall): Message => ({
    role: 'tool',
    toolCallId: id,
    name,
    text: results.find((result) => result.source_call_id === id)?.content ?? '',
  });
  return {
    answer: {
      role: 'assistant',
      text: step.message ?? '',
      reasoning: step.reasoning_content ?? '',
      toolCalls: answered,
    },
    results: answered.map(resultOf),
    pauseMs: results.reduce((sum, { extra }) => sum + (extra?.duration_ms ?? 0), 0),
    outputTokens: step.metrics?.completion_tokens ?? undefined,
  };
};

/** What a user said in between belongs to what follows the answer before. */
const withRemark = (turns: readonly JobTurn[], text: string): readonly JobTurn[] => {
  const last = turns.at(-1);
  if (last === undefined) return turns;
  return [...turns.slice(0, -1), { ...last, results: [...last.results, { role: 'user', text }] }];
};

/** The conversation of a trajectory.json; undefined where there is none to be held (a control, a trial without a turn). */
export const jobOf = (trial: Omit<Job, 'opening' | 'turns'>, trajectory: unknown): Job | undefined => {
  const checked = trajectorySchema.safeParse(trajectory);
  if (!checked.success) return undefined;
  const [opening, ...steps] = checked.data.steps;
  if (opening?.source !== 'user') return undefined;
  let turns: readonly JobTurn[] = [];
  for (const step of steps) {
    if (step.source === 'user') turns = withRemark(turns, step.message ?? '');
    else if (step.metrics) turns = [...turns, turnOf(step)];
  }
  return turns.length === 0 ? undefined : { ...trial, opening: opening.message ?? '', turns };
};
