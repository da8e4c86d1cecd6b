import { type FrontierAxis, frontierAxes } from '../../../analysis/estimate.ts';
import { narrow } from '../../../analysis/selection.ts';
import { summarise } from '../../../analysis/summary.ts';
import { labelKinds, labelsOf } from '../../../analysis/task-labels.ts';
import type { TaskFacts } from '../../../measure/trial-facts.ts';
import type { ReportModel } from '../../model.ts';
import { byId } from './dom.ts';

/** What the reader chose. */
export type Choice = { readonly suite: string; readonly label: string; readonly axis: FrontierAxis };

/** Trials drawn in the bootstraps of a filtered page: a quick answer matters more than the third digit of an interval. */
const filterEffort = 400_000;

const select = (id: string): HTMLSelectElement => {
  const element = byId(id);
  if (!(element instanceof HTMLSelectElement)) throw new TypeError(`"${id}" is no select element`);
  return element;
};

const chosenAxis = (): FrontierAxis => {
  const value = document.querySelector<HTMLInputElement>('input[name="axis"]:checked')?.value;
  return frontierAxes.find((axis) => axis === value) ?? 'median';
};

/** The state of the controls. */
export const readChoice = (): Choice => ({
  suite: select('filter-suite').value,
  label: select('filter-label').value,
  axis: chosenAxis(),
});

const carries = (task: TaskFacts, label: string): boolean => {
  const parsed: unknown = JSON.parse(label);
  const [kind, value] = Array.isArray(parsed) ? parsed : [];
  return labelKinds.some((known) => known === kind && labelsOf(task, known).includes(String(value)));
};

/** The model of the chosen tasks; everything computed again where a filter is on. */
export const applyChoice = (model: ReportModel, { suite, label }: Choice): ReportModel => {
  if (suite === '' && label === '') return model;
  const selection = narrow(
    model.selection,
    (task) => (suite === '' || task.suite === suite) && (label === '' || carries(task, label)),
  );
  return { ...model, selection, summary: summarise(selection, { seed: model.run.seed, effort: filterEffort }) };
};
