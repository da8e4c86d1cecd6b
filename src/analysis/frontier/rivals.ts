import type { Frontier } from './frontier.ts';

/** The two contenders that a reader has to choose between. */
export type Rivals = { readonly fast: string; readonly right: string };

/**
 * The fastest and the most often right contender of the frontier; where one contender is both, it and the most often right of the others.
 * Undefined below two contenders with a pass rate and a time.
 */
export const rivalsOf = ({ placed }: Frontier): Rivals | undefined => {
  const front = placed.filter(({ onFrontier }) => onFrontier);
  const [fast, right] = [front[0], front.at(-1)];
  if (fast === undefined || right === undefined) return undefined;
  if (fast !== right) return { fast: fast.contender, right: right.contender };
  const [other] = placed
    .filter((candidate) => candidate !== fast)
    .sort((left, further) => further.passRate - left.passRate);
  return other === undefined ? undefined : { fast: fast.contender, right: other.contender };
};
