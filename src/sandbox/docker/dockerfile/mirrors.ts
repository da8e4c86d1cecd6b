import { canonicalReference, splitReference } from './reference.ts';

/** Image reference, or the beginning of some, to its replacement. */
export type Mirrors = Readonly<Record<string, string>>;

/** A prefix ends where a part of a reference ends: `python` is one of `python:3.13`, not of `python-slim`. */
const remainderAfter = (prefix: string, reference: string): string | undefined => {
  if (!reference.startsWith(prefix)) return undefined;
  const remainder = reference.slice(prefix.length);
  return /[/:@]$/.test(prefix) || remainder === '' || /^[/:@]/.test(remainder) ? remainder : undefined;
};

/** Every way in which a key may name the reference: as it is written, and in full. */
const remainderOf = (key: string, reference: string): string | undefined => {
  const canonical = canonicalReference(reference);
  if (canonicalReference(key) === canonical) return '';
  const fullKey = /[/:@]$/.test(key) ? key : splitReference(canonicalReference(key)).repository;
  return (
    remainderAfter(key, reference) ??
    remainderAfter(key, canonical) ??
    (splitReference(key).suffix === '' ? remainderAfter(fullKey, canonical) : undefined)
  );
};

/**
 * The reference that stands in for `reference`: the mirror of the very reference if there is one, else that of the longest prefix, else
 * itself. A replacement with a tag or digest stands in for every tag of its prefix.
 */
export const mirrorReference = (reference: string, mirrors: Mirrors): string => {
  const matches = Object.entries(mirrors)
    .map(([key, replacement]) => ({ key, replacement, remainder: remainderOf(key, reference) }))
    .filter((match) => match.remainder !== undefined)
    .sort((a, b) => Number(b.remainder === '') - Number(a.remainder === '') || b.key.length - a.key.length);
  const best = matches[0];
  if (best?.remainder === undefined) return reference;
  const complete = splitReference(best.replacement).suffix !== '' && /^[:@]/.test(best.remainder);
  return complete ? best.replacement : best.replacement + best.remainder;
};
