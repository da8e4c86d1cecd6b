import { healthOf } from '../../analysis/contender/health.ts';
import type { ReportModel } from '../model.ts';

/** Above this share of trials a disturbed clock is no accident any more. */
const tolerableShare = 0.05;

/** Said where so many clocks were disturbed that the run's times and rates are in doubt. */
const disturbedClock = ({ selection }: ReportModel): string | undefined => {
  const { degraded, trials } = healthOf(selection.trials);
  return degraded <= trials * tolerableShare
    ? undefined
    : `The clock is not to be trusted in ${degraded} of ${trials} trials (degraded): times and rates of this run may be off; trials.csv says why.`;
};

const incomplete = ({ quality: { planned, pending } }: ReportModel): string | undefined =>
  pending === 0 ? undefined : `This run is not complete: ${pending} of ${planned} planned trials have no record yet.`;

/** What must stand beside the answer of a report: why it may not hold. */
export const caveats = (model: ReportModel): readonly string[] =>
  [incomplete(model), disturbedClock(model)].filter((text) => text !== undefined);
