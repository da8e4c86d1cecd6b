import { exclusiveHypervolumes, hypervolume } from '../../measure/frontier/hypervolume.ts';
import type { Frontier } from './frontier.ts';

/** How much of the plane of time (up to a limit) and pass rate the contenders make attainable, and what each of them adds. Shares of the whole, 0…1. */
export type Attainable = {
  readonly limitMs: number;
  readonly share: number;
  readonly added: readonly { readonly contender: string; readonly share: number }[];
};

/** Hypervolume of the contenders within a time limit that comes from the configuration, never from the data. Undefined without a contender inside. */
export const attainableWithin = ({ placed }: Frontier, limitMs: number): Attainable | undefined => {
  const points = placed.map(({ contender, spent, passRate }) => ({ contender, cost: spent.value, value: passRate }));
  if (limitMs <= 0 || !points.some(({ cost }) => cost < limitMs)) return undefined;
  const added = exclusiveHypervolumes(points, limitMs);
  return {
    limitMs,
    share: hypervolume(points, limitMs) / limitMs,
    added: points.map(({ contender }, place) => ({ contender, share: (added[place] ?? 0) / limitMs })),
  };
};
