import { binomialCdf, binomialProbability } from '../distribution/binomial.ts';
import { chiSquaredTail } from '../distribution/chi-squared.ts';

/** McNemar's test in its usual forms. The mid-p form is the one to use; the exact one is conservative. */
export interface McNemarTest {
  /** min(1, 2·P(Bin(b+c, ½) ≤ min(b, c))). */
  readonly exactP: number;
  /** The exact p-value less P(Bin(b+c, ½) = min(b, c)). */
  readonly midP: number;
  /** (b−c)²/(b+c), asymptotically χ² with 1 degree of freedom; undefined without a discordant pair, as are the next three. */
  readonly chiSquared: number | undefined;
  readonly chiSquaredP: number | undefined;
  /** (|b−c|−1)²/(b+c), with Edwards' continuity correction. */
  readonly correctedChiSquared: number | undefined;
  readonly correctedChiSquaredP: number | undefined;
}

/**
 * Whether two contenders differ, from the tasks that only one of them resolved (McNemar 1947; mid-p: Fagerland, Lydersen & Laake 2013). Without a
 * discordant pair there is no evidence: p = 1.
 */
export function mcNemar(firstOnly: number, secondOnly: number): McNemarTest {
  const discordant = firstOnly + secondOnly;
  const fewer = Math.min(firstOnly, secondOnly);
  const exactP = Math.min(1, 2 * binomialCdf(fewer, discordant, 0.5));
  const midP = discordant === 0 ? 1 : exactP - binomialProbability(fewer, discordant, 0.5);
  const distance = Math.abs(firstOnly - secondOnly);
  const chiSquared = discordant === 0 ? undefined : distance ** 2 / discordant;
  const correctedChiSquared = discordant === 0 ? undefined : (distance - 1) ** 2 / discordant;
  return {
    exactP,
    midP,
    chiSquared,
    chiSquaredP: tail(chiSquared),
    correctedChiSquared,
    correctedChiSquaredP: tail(correctedChiSquared),
  };
}

function tail(statistic: number | undefined): number | undefined {
  return statistic === undefined ? undefined : chiSquaredTail(statistic);
}
