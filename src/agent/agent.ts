import type { Carried, Message, ModelRequest, ToolCall } from '../domain/model/message.ts';
import type { Turn } from '../domain/model/turn.ts';
import type { Task } from '../domain/task.ts';
import type { Clock } from '../domain/time.ts';
import type { Step } from '../domain/trajectory.ts';
import type { StopReason } from '../domain/trial.ts';
import type { Shell } from '../sandbox/sandbox.ts';

/** A model's answer, assembled, with its timings. */
export type Reply = {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  /** To be put into the assistant message of the next request, as it is. */
  readonly carried?: Carried | undefined;
  readonly turn: Turn;
  /** The answer that was stopped for this one, as far as it came; `saidSoFar` is what the model was told it had said. */
  readonly interrupted?: (Pick<Reply, 'text' | 'reasoning' | 'turn'> & { readonly saidSoFar: string }) | undefined;
};

/** An instruction that is to change while the model is answering. */
export type ModelSteering = {
  /** Output tokens of the answer after which it changes. */
  readonly afterOutputTokens: number;
  /** The conversation to be answered then, given what was said so far; it begins with the one being answered. */
  readonly redirect: (saidSoFar: string) => readonly Message[];
};

/** A model as an agent sees it: metered, retried and limited by the run, not by the agent. */
export interface Model {
  complete(request: Omit<ModelRequest, 'sessionId'>, steering?: ModelSteering): Promise<Reply>;
}

/** What an agent may use. The whole of it ends when `signal` fires. */
export type AgentTools = {
  readonly shell: Shell;
  readonly model: Model;
  /** A second model, for hybrids. */
  readonly partner?: Model | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly budget: AgentBudget;
};

/** Limits of one trial's agent; time is watched from outside too. */
export type AgentBudget = {
  readonly steps: number;
  /** Sum of output tokens over the trial. */
  readonly outputTokens?: number | undefined;
  readonly timeMs?: number | undefined;
  readonly commandTimeoutMs: number;
};

/** The loop that turns an instruction into actions. A generator, so that the trajectory exists up to any moment. */
export interface Agent {
  readonly name: string;
  readonly version: string;
  solve(task: Task, tools: AgentTools): AsyncGenerator<Step, StopReason>;
}
