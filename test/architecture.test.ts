import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const linesOf = (file: string) => readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length;
const sizes = new Map(globSync('src/**/*.ts', { cwd: root }).map((file) => [file, linesOf(file)]));
const ascending = [...sizes.values()].sort((a, b) => a - b);
const quantile = (share: number) => ascending[Math.ceil(share * ascending.length) - 1];

/** The directions of import are dependency-cruiser's work; test/integration/import-rules.test.ts shows that it sees them broken. */
describe('size budgets of src', () => {
  it('looks at the sources', () => {
    expect(sizes.size).toBeGreaterThan(50);
  });

  it('has no file above 300 lines', () => {
    expect([...sizes].filter(([, lines]) => lines > 300)).toEqual([]);
  });

  it('keeps the median file at 70 lines or fewer', () => {
    expect(quantile(0.5)).toBeLessThanOrEqual(70);
  });

  it('keeps nine files in ten at 150 lines or fewer', () => {
    expect(quantile(0.9)).toBeLessThanOrEqual(150);
  });

  it('has no folder of more than ten files: a bigger one is split by noun', () => {
    const folders = Map.groupBy(sizes.keys(), (file) => file.slice(0, file.lastIndexOf('/')));
    expect([...folders].filter(([, files]) => files.length > 10).map(([folder]) => folder)).toEqual([]);
  });
});
