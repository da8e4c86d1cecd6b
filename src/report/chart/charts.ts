import { anatomyChart } from './anatomy-chart.ts';
import type { Chart } from './chart.ts';
import { frontierChart } from './frontier-chart.ts';
import { solvedChart } from './solved-chart.ts';

/** Every figure of the report, in reading order. */
export const charts: readonly Chart[] = [
  frontierChart('median'),
  frontierChart('mean'),
  frontierChart('per-solved'),
  solvedChart,
  anatomyChart,
];
