import { createRandom } from '../../measure/random/random.ts';
import { shuffled } from '../../measure/random/shuffle.ts';

/** What one cell of a latency probe is for; `cold` is the first call of an arm, on a connection made for it. */
export type CellKind = 'cold' | 'round-trip' | 'prompt' | 'output' | 'load';

/** A kind of call: how long its prompt and its answer are (tokens, as asked for), and how many are made at once. */
export type Cell = {
  readonly id: string;
  readonly kind: CellKind;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly streams: number;
};

/** The sizes that a user may choose. */
export type Sizes = {
  readonly promptTokens: readonly number[];
  readonly outputTokens: readonly number[];
  readonly streams: readonly number[];
};

/** The shortest answer that every provider grants (OpenAI refuses fewer than 16 output tokens). */
const briefOutput = 16;
const briefPrompt = 100;
const loadPrompt = 1000;
const loadOutput = 128;

/** The smallest exchange, before anything is warm. */
export const coldCell: Cell = {
  id: 'cold',
  kind: 'cold',
  promptTokens: briefPrompt,
  outputTokens: briefOutput,
  streams: 1,
};

/** The cells of a probe: the smallest exchange, each prompt size, each answer size, each number of streams. */
export const cellsOf = (sizes: Sizes): readonly Cell[] => [
  { ...coldCell, id: 'round-trip', kind: 'round-trip' },
  ...sizes.promptTokens.map(
    (promptTokens): Cell => ({
      id: `prompt-${promptTokens}`,
      kind: 'prompt',
      promptTokens,
      outputTokens: briefOutput,
      streams: 1,
    }),
  ),
  ...sizes.outputTokens.map(
    (outputTokens): Cell => ({
      id: `output-${outputTokens}`,
      kind: 'output',
      promptTokens: briefPrompt,
      outputTokens,
      streams: 1,
    }),
  ),
  ...sizes.streams.map(
    (streams): Cell => ({
      id: `load-${streams}`,
      kind: 'load',
      promptTokens: loadPrompt,
      outputTokens: loadOutput,
      streams,
    }),
  ),
];

/** One entry of the plan: all calls of a cell at one arm. */
export type ProbeStep = { readonly round: number; readonly cell: Cell; readonly arm: string };

/**
 * Every round visits every cell once, in a seeded order, and for each cell all arms side by side, in a seeded order: a
 * drift of the network or of the provider falls on all arms alike, and every call has its twins in time.
 */
export const planProbe = (
  cells: readonly Cell[],
  { arms, rounds, seed }: { readonly arms: readonly string[]; readonly rounds: number; readonly seed: number },
): readonly ProbeStep[] =>
  Array.from({ length: rounds }, (_, round) =>
    shuffled(cells, createRandom(seed, `cells of round ${round}`)).flatMap((cell) =>
      shuffled(arms, createRandom(seed, `arms of ${cell.id} in round ${round}`)).map((arm) => ({ round, cell, arm })),
    ),
  ).flat();

/** What a plan will ask for, in tokens: to be said before it is spent. */
export const costOf = (steps: readonly ProbeStep[]): { readonly calls: number; readonly tokens: number } => ({
  calls: steps.reduce((sum, { cell }) => sum + cell.streams, 0),
  tokens: steps.reduce((sum, { cell }) => sum + cell.streams * (cell.promptTokens + cell.outputTokens), 0),
});
