import { describe, expect, it } from 'vitest';
import type { Interruption, Turn } from '../../../src/domain/model/turn.ts';
import type { Step } from '../../../src/domain/trajectory.ts';
import type { CountTokens } from '../../../src/run/tokens/count-tokens.ts';
import { estimateOutput } from '../../../src/run/tokens/estimate-output.ts';
import { aTurn } from '../../support/turns.ts';

const interruption: Interruption = {
  how: 'sse-abort',
  decided: 1,
  stopped: 2,
  wastedTokens: 18,
  wastedIsEstimate: true,
  lateTokens: 4,
};

/** One token a word. */
const words: CountTokens = async (texts) => texts.map((text) => text.split(' ').length);

const aStep = (turn: Turn): Step => ({
  startedAt: '2026-11-21T12:00:00.000Z',
  reasoning: 'think it over',
  text: 'so be it',
  toolCalls: [{ id: 'c', name: 'bash', argumentsText: '{"command": "ls -l"}' }],
  observations: [],
  turn,
});

const estimated = async (turn: Turn, count = words) => {
  const { steps, turns } = await estimateOutput({ steps: [aStep(turn)], turns: [{ turn, timeline: [] }] }, count);
  expect(steps[0]?.turn).toBe(turns[0]?.turn);
  return turns[0]?.turn;
};

describe('estimateOutput', () => {
  it('counts reasoning, text and tool calls where the server stated no output, and says by what', async () => {
    const turn = await estimated(aTurn({}, { usage: { input: 40 } }));
    expect(turn).toMatchObject({ usage: { input: 40, output: 9 }, outputCountedBy: 'o200k_base' });
  });

  it('leaves what the server stated alone, and counts nothing', async () => {
    const counted = () => Promise.reject(new Error('nobody asked'));
    const turn = aTurn({}, { usage: { output: 7 } });
    expect(await estimated(turn, counted)).toBe(turn);
  });

  it.each<[string, Partial<Turn>]>([
    ['reasoning was hidden', { reasoningHidden: true }],
    ['nothing came', { contentCharacters: 0 }],
    ['the answer was stopped on purpose', { interruption }],
  ])('knows nothing where %s', async (_why, facts) => {
    const turn = aTurn({}, { usage: {}, ...facts });
    expect(await estimated(turn)).toBe(turn);
  });

  it('knows nothing where counting fails', async () => {
    const turn = aTurn({}, { usage: {} });
    expect(await estimated(turn, () => Promise.reject(new Error('no tokenizer')))).toBe(turn);
  });

  it('leaves a turn without a step alone: nobody kept its words', async () => {
    const turn = aTurn({}, { usage: {} });
    const { turns } = await estimateOutput({ steps: [], turns: [{ turn, timeline: [] }] }, words);
    expect(turns).toEqual([{ turn, timeline: [] }]);
  });
});
