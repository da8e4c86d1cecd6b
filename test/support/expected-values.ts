import { expect } from 'vitest';

/** Any JSON value. */
export type Json = number | string | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Keys whose text explains; every other leaf is a value that some check must look at. */
const EXPLANATIONS = new Set(['_about', 'formula', 'note', 'identity', 'monte_carlo_rule', 'trials', 'data']);

/** A part of a file of expected values that remembers which of its leaves were looked at. */
export interface ExpectedValues {
  keys(): string[];
  /** The part under a key. */
  part(key: string): ExpectedValues;
  /** The value under a key, as an input of a check. */
  given<T extends Json>(key: string): T;
  /** Asserts that a computed value is the expected one to 1e-9 of its size. */
  agree(key: string, actual: unknown): void;
  /** Asserts that a computed value is exactly the expected one. */
  same(key: string, actual: unknown): void;
  /** Paths of the leaves that nobody has looked at. */
  unseen(): string[];
}

/** Opens a file of expected values. */
export function expectedValues(root: Json): ExpectedValues {
  const seen = new Set<string>();
  const open = (value: Json, path: string): ExpectedValues => {
    const child = (key: string): Json => {
      const found = new Map(entries(value)).get(key);
      if (found === undefined) throw new Error(`no expected value ${path}/${key}`);
      return found;
    };
    const take = (key: string): Json => {
      for (const leaf of leaves(child(key), `${path}/${key}`)) seen.add(leaf);
      return child(key);
    };
    return {
      keys: () => entries(value).map(([key]) => key),
      part: (key) => open(child(key), `${path}/${key}`),
      given: <T extends Json>(key: string) => take(key) as T,
      agree: (key, actual) => expectClose(actual, take(key), `${path}/${key}`),
      same: (key, actual) => expect(actual, `${path}/${key}`).toStrictEqual(take(key)),
      unseen: () => leaves(value, path).filter((leaf) => !seen.has(leaf)),
    };
  };
  return open(root, '');
}

function entries(value: Json): [string, Json][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function leaves(value: Json, path: string): string[] {
  const key = path.slice(path.lastIndexOf('/') + 1);
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' && EXPLANATIONS.has(key) ? [] : [path];
  return entries(value).flatMap(([name, child]) => leaves(child, `${path}/${name}`));
}

function expectClose(actual: unknown, expected: Json, path: string): void {
  if (Array.isArray(expected)) {
    const list = Array.isArray(actual) ? actual : [];
    expect(list, path).toHaveLength(expected.length);
    for (const [i, value] of expected.entries()) expectClose(list[i], value, `${path}/${i}`);
    return;
  }
  if (typeof expected !== 'number') throw new Error(`${path} is not a number`);
  expect(actual, path).toBeTypeOf('number');
  expect(Math.abs(Number(actual) - expected), `${path}: ${actual} against ${expected}`).toBeLessThanOrEqual(
    1e-9 * Math.abs(expected) + 1e-15,
  );
}
