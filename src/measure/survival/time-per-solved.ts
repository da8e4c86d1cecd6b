import { mean, sum } from '../sample/moments.ts';

/** How long a trial took and whether it was resolved. */
export interface SolveTime {
  readonly time: number;
  readonly resolved: boolean;
}

/**
 * Time per solved task: all time spent ÷ trials resolved, the expected running time (ERT) of COCO (Hansen et al. 2021). Undefined when nothing was
 * resolved (print "∞ (0 solved)").
 */
export function timePerSolved(trials: readonly SolveTime[]): number | undefined {
  const resolved = trials.filter((trial) => trial.resolved).length;
  return resolved === 0 ? undefined : sum(trials.map(({ time }) => time)) / resolved;
}

/** Penalized average running time, PAR-2 of the SAT competitions: an unresolved trial counts as `penalty` × the time limit. Undefined without a trial. */
export function penalizedMeanTime(trials: readonly SolveTime[], limit: number, penalty = 2): number | undefined {
  return mean(trials.map(({ time, resolved }) => (resolved ? time : penalty * limit)));
}
