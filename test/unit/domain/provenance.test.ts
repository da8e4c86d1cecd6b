import { expect, test } from 'vitest';
import { labelOf, provenanceOf } from '../../../src/domain/run.ts';

test.each([
  [{ simulated: false }, undefined, 'spark'],
  [{ simulated: true }, 'simulated', 'spark (simulated)'],
  [{ simulated: false, replayed: true }, 'replayed', 'spark (replayed)'],
  [{ simulated: true, replayed: true }, 'simulated, replayed', 'spark (simulated, replayed)'],
])('%j is said beside the name', (origin, provenance, label) => {
  expect(provenanceOf(origin)).toBe(provenance);
  expect(labelOf('spark', origin)).toBe(label);
});
