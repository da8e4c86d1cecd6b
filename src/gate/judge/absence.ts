import type { Absent } from '../../analysis/evidence/evidence.ts';
import type { Population } from '../../analysis/evidence/population.ts';
import type { MeasuredRun } from '../../analysis/runs/measured-run.ts';
import { whyNoCost } from '../../analysis/why-no-cost.ts';
import type { Gate, SolvedGate } from '../gate.ts';
import type { Refusal } from './subject.ts';

/** One contender of a run, with the trials that a gate is about. */
type Side = { readonly run: MeasuredRun; readonly contender: string; readonly population: Population };

const remedy =
  'declare `prices` there in tacho.yaml before the run, or by endpoint under `prices` in the gate file (docs/gates.md)';

/** What the log does not hold, as a refusal; of a cost also what would give it one. */
export const absence = (
  { metric }: Exclude<Gate, SolvedGate>,
  { absent }: Absent,
  { isCost, sides }: { readonly isCost: boolean; readonly sides: readonly Side[] },
): Refusal => {
  const missing = sides.flatMap(({ run, contender, population }) => {
    const endpoints = run.contenders.find(({ name }) => name === contender)?.endpoints ?? [];
    return whyNoCost(endpoints, population.trials, remedy) ?? [];
  });
  return { reason: 'metric-absent', why: `${metric}: ${(isCost ? missing[0] : undefined) ?? absent}` };
};
