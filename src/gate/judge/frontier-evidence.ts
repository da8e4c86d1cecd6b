import { type FrontierAxis, frontierAxes } from '../../analysis/estimate.ts';
import type { Absent, Evidence } from '../../analysis/evidence/evidence.ts';
import { resampleContenders } from '../../analysis/resample/resampling.ts';
import type { MeasuredRun } from '../../analysis/runs/measured-run.ts';
import { narrow } from '../../analysis/selection.ts';
import { frontierProbabilities } from '../../measure/frontier/probabilities.ts';
import type { ValueGate } from '../gate.ts';
import { contendersOf } from './subject.ts';
import { isAbout } from './tasks.ts';

/** About how many trials to draw in all replicates together. */
const effort = 2_000_000;

/** What a gate on the frontier draws pass rates against; over median agent times where it does not say. */
export const axisOf = ({ statisticWord }: Pick<ValueGate, 'statisticWord'>): FrontierAxis =>
  frontierAxes.find((axis) => axis === statisticWord) ?? 'median';

/** How surely a contender is on the frontier of its run, over the gate's tasks and axis. It states its own doubt: there is no bound. */
export const frontierEvidence = (run: MeasuredRun, contender: string, gate: ValueGate): Evidence | Absent => {
  const contenders = contendersOf(run);
  const selection = narrow({ contenders, tasks: run.tasks, trials: run.trials }, (task) => isAbout(gate.where, task));
  const axis = axisOf(gate);
  const { replicates } = resampleContenders(selection, { seed: run.seed, effort });
  const points = replicates.map((replicate) =>
    replicate.points.map(({ passRate, [axis]: cost }) =>
      passRate === undefined || cost === undefined ? undefined : { cost, value: passRate },
    ),
  );
  const observed = frontierProbabilities(points)?.onFrontier[contenders.indexOf(contender)];
  if (observed === undefined || !points.some((row) => row[contenders.indexOf(contender)] !== undefined))
    return { absent: `${contender} has no pass rate and no place on the axis on these tasks` };
  return {
    observed,
    method: `joint task bootstrap, ${replicates.length} replicates, seed ${run.seed}`,
    nTasks: selection.tasks.length,
    nTrials: selection.trials.length,
  };
};
