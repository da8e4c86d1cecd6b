import type { Turn } from '../../domain/model/turn.ts';
import type { Step } from '../../domain/trajectory.ts';
import { lacksOutput, withCountedOutput } from '../../measure/counted-output.ts';
import type { RecordedTurn } from '../metering/metered-tools.ts';
import type { CountTokens } from './count-tokens.ts';

type Answers = { steps: Step[]; turns: RecordedTurn[] };

/** All that came, without what a provider's template puts between; a whole answer at once, since parts have more tokens. */
const textsOf = ({ reasoning, text, toolCalls }: Step): readonly string[] =>
  [reasoning, text, ...toolCalls.map((call) => `${call.name}${call.argumentsText}`)].filter((part) => part !== '');

const estimate = async (step: Step, turn: Turn, count: CountTokens): Promise<Turn> => {
  const counts = await count(textsOf(step));
  return withCountedOutput(
    turn,
    counts.reduce((sum, tokens) => sum + tokens, 0),
  );
};

/**
 * Counts the output tokens of answers whose server stated none, after the trial, and says so in their turns. Answers of
 * which a part was hidden stay unknown, and so do all where counting is impossible.
 */
export const estimateOutput = async ({ steps, turns }: Readonly<Answers>, count: CountTokens): Promise<Answers> => {
  const estimates = new Map<Turn, Turn>();
  for (const step of steps) {
    const { turn } = step;
    if (turn === undefined || !lacksOutput(turn)) continue;
    estimates.set(turn, await estimate(step, turn, count).catch(() => turn));
  }
  if (estimates.size === 0) return { steps, turns };
  return {
    steps: steps.map((step) =>
      step.turn === undefined ? step : { ...step, turn: estimates.get(step.turn) ?? step.turn },
    ),
    turns: turns.map(({ turn, timeline }) => ({ turn: estimates.get(turn) ?? turn, timeline })),
  };
};
