import type { Turn } from '../../src/domain/turn.ts';

/** A finished turn of 100 output tokens in 100 chunks; override what the test is about. */
export const aTurn = (overrides: Partial<Turn> = {}): Turn => ({
  endpoint: 'endpoint',
  stamps: {
    dispatch: 0,
    headers: 90e6,
    firstEvent: 95e6,
    firstContent: 100e6,
    firstText: 100e6,
    lastContent: 1090e6,
    terminal: 1100e6,
  },
  contentChunks: 100,
  contentCharacters: 400,
  firstChunkCharacters: 4,
  usage: { input: 1000, output: 100 },
  finish: { unified: 'stop', raw: 'stop' },
  failedTries: [],
  ...overrides,
});
