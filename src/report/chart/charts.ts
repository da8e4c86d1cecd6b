import { acceptabilityChart } from './acceptability-chart.ts';
import { anatomyChart } from './anatomy-chart.ts';
import type { Chart } from './chart.ts';
import { forestChart } from './forest-chart.ts';
import { frontierChart } from './frontier/frontier-chart.ts';
import { modelledChart } from './modelled-chart.ts';
import { reliabilityChart } from './reliability-chart.ts';
import { solvedChart } from './solved-chart.ts';
import { decodeChart, ttftChart } from './spread-chart.ts';

/** Every figure of the report, in reading order. */
export const charts: readonly Chart[] = [
  frontierChart('median'),
  frontierChart('mean'),
  frontierChart('per-solved'),
  solvedChart,
  anatomyChart,
  modelledChart,
  ttftChart,
  decodeChart,
  forestChart,
  reliabilityChart,
  acceptabilityChart,
];
