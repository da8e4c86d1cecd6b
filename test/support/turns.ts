import type { Turn, TurnStamps } from '../../src/domain/model/turn.ts';

/** A turn whose stamps are given in milliseconds after its dispatch. */
export const aTurn = (stampsMs: Partial<TurnStamps>, turn: Partial<Turn> = {}): Turn => {
  const dispatch = 5_000_000_000;
  const stamps = Object.fromEntries(Object.entries(stampsMs).map(([name, ms]) => [name, dispatch + Number(ms) * 1e6]));
  return {
    endpoint: 'e',
    contentChunks: 10,
    contentCharacters: 100,
    firstChunkCharacters: 10,
    usage: { output: 100 },
    failedTries: [],
    ...turn,
    stamps: { ...stamps, dispatch },
  };
};
