import { mean, sum } from '../../measure/sample/moments.ts';
import type { TrialFacts } from '../../measure/trial-facts.ts';
import { tokensPerSecond } from '../../measure/turn-timing.ts';
import { judgedOf } from '../trials.ts';

/**
 * OpenAI's way of stating a task's duration, from our own records: output tokens ÷ decode speed + prefill and network (our measured TTFT, which holds
 * both) + tool execution. Modelled, not measured. Means a judged trial, in milliseconds.
 */
export type ModelledDuration = {
  readonly outputTokens: number;
  readonly decodeTokensPerSecond: number;
  readonly generationMs: number;
  /** Prefill and network together: TTFT over all turns. */
  readonly prefillMs: number;
  readonly toolMs: number;
  readonly totalMs: number;
  /** What was measured, and what of it the model does not explain (waits, retries, harness, rounding of turns). */
  readonly measuredMs: number;
  readonly gapMs: number;
};

/** The modelled duration of a mean judged trial among those given; undefined where tokens or speed are unknown. */
export const modelledDuration = (trials: readonly TrialFacts[]): ModelledDuration | undefined => {
  const judged = judgedOf(trials).filter(({ agentMs, usage }) => agentMs !== undefined && usage.output !== undefined);
  const speed = tokensPerSecond(judged.map(({ decode }) => decode));
  const measuredMs = mean(judged.flatMap(({ agentMs }) => agentMs ?? []));
  if (speed === undefined || measuredMs === undefined) return undefined;
  const outputTokens = sum(judged.flatMap(({ usage }) => usage.output ?? [])) / judged.length;
  const generationMs = (outputTokens / speed) * 1000;
  const prefillMs = sum(judged.map(({ segments }) => segments.ttft)) / judged.length;
  const toolMs = sum(judged.map(({ segments }) => segments.tool)) / judged.length;
  const totalMs = generationMs + prefillMs + toolMs;
  return {
    outputTokens,
    decodeTokensPerSecond: speed,
    generationMs,
    prefillMs,
    toolMs,
    totalMs,
    measuredMs,
    gapMs: measuredMs - totalMs,
  };
};

/** The measured duration with another decode speed: only the time spent generating changes. Milliseconds. */
export const durationAt = (modelled: ModelledDuration, tokensPerSecondWanted: number): number =>
  modelled.measuredMs - modelled.generationMs + (modelled.outputTokens / tokensPerSecondWanted) * 1000;
