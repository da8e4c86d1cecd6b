import { createHash } from 'node:crypto';

/** A number in [0, 1) that depends on nothing but the given parts: the same on every machine. */
export const uniformOf = (...parts: readonly (string | number)[]): number =>
  createHash('sha256').update(parts.join('\u0000')).digest().readUIntBE(0, 6) / 2 ** 48;

/** A stream of numbers in [0, 1). */
export type Random = () => number;

/** Seeded generator (mulberry32, Tommy Ettinger, public domain); `seed` in [0, 1). */
export const randomFrom = (seed: number): Random => {
  let state = Math.floor(seed * 2 ** 32) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** A standard normal number (Box and Muller, 1958). */
export const standardNormal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
