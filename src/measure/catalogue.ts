import { contenderMetrics } from './catalogue/contender-metrics.ts';
import { trialMetrics } from './catalogue/trial-metrics.ts';
import { turnMetrics } from './catalogue/turn-metrics.ts';

/** Every published metric, by what it is a value of. */
export const catalogue = { turn: turnMetrics, trial: trialMetrics, contender: contenderMetrics } as const;
