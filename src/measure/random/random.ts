const TWO_TO_32 = 0x1_0000_0000;
/** Products of 32 random bits with a bound up to here are exact in double precision. */
const LARGEST_BOUND = 2 ** 21;
const GOLDEN_RATIO_32 = 0x9e3779b9;

/** A reproducible stream of random numbers; the same seed and stream name give the same numbers on every machine. */
export interface Random {
  /** The next 32 random bits as an integer in 0 … 2³²−1. */
  uint32(): number;
  /** A uniform integer in 0 … bound−1 without bias (Lemire 2019, by multiplication and rejection); RangeError unless 1 ≤ bound ≤ 2²¹. */
  below(bound: number): number;
  /** A uniform number in [0, 1) with 53 random bits. */
  uniform(): number;
}

/**
 * xoshiro128** 1.1 (Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators"): 32-bit integer arithmetic only, hence the same
 * on every machine. The state comes from the seed (an integer from 0 to 2⁵³−1, else RangeError) and the name of the stream; streams of
 * different names are independent, so that adding a contender changes no other contender's numbers.
 */
export function createRandom(seed: number, stream = ''): Random {
  const uint32 = xoshiro128(initialState(seed, stream));
  return {
    uint32,
    below(bound) {
      if (!(bound >= 1 && bound <= LARGEST_BOUND && Number.isInteger(bound)))
        throw new RangeError(`no draw below ${bound}`);
      for (;;) {
        const product = uint32() * bound;
        const integer = Math.floor(product / TWO_TO_32);
        const fraction = product - integer * TWO_TO_32;
        if (fraction >= bound || fraction >= TWO_TO_32 % bound) return integer;
      }
    },
    uniform: () => ((uint32() >>> 5) * 0x400_0000 + (uint32() >>> 6)) / 2 ** 53,
  };
}

/** The bare generator from four 32-bit words of state, not all zero. */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

/** Four words by counting up from the seed and mixing; distinct counters mix to distinct words, so they are never all zero. */
function initialState(seed: number, stream: string): [number, number, number, number] {
  if (!(Number.isSafeInteger(seed) && seed >= 0))
    throw new RangeError(`a seed is an integer from 0 to 2^53 - 1, not ${seed}`);
  const high = mix(Math.floor(seed / TWO_TO_32) ^ hash(stream));
  const word = (i: number) => mix(mix((seed % TWO_TO_32) + i * GOLDEN_RATIO_32) ^ high);
  return [word(1), word(2), word(3), word(4)];
}

/** The finalizer of MurmurHash3 (Appleby 2011), a bijection of 32-bit words. */
function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** FNV-1a over the UTF-16 code units of a name. */
function hash(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return h;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
