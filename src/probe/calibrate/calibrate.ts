import type { ProbeHeader } from '../probe.ts';
import type { CalibrationFigures } from './compare.ts';

/** A finished calibration: what our own client adds, against the simulator's write stamps. */
export type Calibration = Omit<ProbeHeader, 'arms'> & {
  readonly kind: 'calibration';
  readonly rounds: number;
  readonly figures: readonly CalibrationFigures[];
};
