import { frontierAxes } from '../../analysis/estimate.ts';
import type { Chart } from './chart.ts';
import { acceptabilityChart } from './choice/acceptability-chart.ts';
import { forestChart } from './choice/forest-chart.ts';
import { reliabilityChart } from './choice/reliability-chart.ts';
import { frontierChart } from './frontier/frontier-chart.ts';
import { anatomyChart } from './time/anatomy-chart.ts';
import { modelledChart } from './time/modelled-chart.ts';
import { solvedChart } from './time/solved-chart.ts';
import { decodeChart, ttftChart } from './time/spread-chart.ts';

/** Every figure of the report, in reading order. */
export const charts: readonly Chart[] = [
  ...frontierAxes.map(frontierChart),
  solvedChart,
  anatomyChart,
  modelledChart,
  ttftChart,
  decodeChart,
  forestChart,
  reliabilityChart,
  acceptabilityChart,
];
