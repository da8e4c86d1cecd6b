import type { ReportModel } from '../../model.ts';
import { sanitiseLine } from '../../sanitise.ts';
import { caveats } from '../../verdict/caveats.ts';
import { verdictText } from '../../verdict/verdict.ts';
import { type HtmlNode, h } from '../node.ts';
import { sentence } from './part/phrases.ts';

const many = (count: number, one: string): string => `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`;

/** Whether all contenders that call a model call a simulated one. */
const simulation = ({ contenders }: ReportModel): string | undefined => {
  const models = contenders.filter(({ endpoints }) => endpoints.length > 0);
  const simulated = models.filter(({ simulated }) => simulated);
  if (simulated.length === 0) return undefined;
  const who = simulated.length === models.length ? 'Every endpoint of this run is' : 'Endpoints marked so are';
  return `${who} simulated: speed is paced by a profile and attempts are scripted; verdicts are the real verifiers'.`;
};

/** Whether anybody's answers were played back. */
const replay = ({ contenders }: ReportModel): string | undefined =>
  contenders.some(({ replayed }) => replayed)
    ? 'Replayed endpoints played a recording back: their speed is the recorded one, scaled as configured; verdicts are of now.'
    : undefined;

/** Whether somebody's output tokens are our count. */
const estimate = ({ contenders }: ReportModel): string | undefined =>
  contenders.some(({ tokensEstimated }) => tokensEstimated)
    ? 'Tokens estimated: a server stated no output tokens for some answers; a tokenizer counted what came (usage_source in turns.csv).'
    : undefined;

/** The answer to "which model, when?", then how much stands behind it. */
export const headerView = (model: ReportModel): readonly HtmlNode[] => {
  const { answer, doubt } = verdictText(model);
  const { nTasks, nTrials } = model.summary;
  const notes = [simulation(model), replay(model), estimate(model)].filter((note) => note !== undefined);
  return [
    h('h1', { class: 'verdict' }, ...sentence(model, answer)),
    doubt.length > 0 && h('p', { class: 'doubt' }, ...sentence(model, doubt)),
    h(
      'p',
      { class: 'byline' },
      h('span', {}, `${sanitiseLine(model.run.name)}`),
      h('span', {}, `${many(nTasks, 'task')}, ${many(nTrials, 'trial')}`),
      h('span', {}, sanitiseLine(model.run.createdAt.slice(0, 10))),
      h('span', {}, '95% intervals, clustered by task'),
    ),
    ...[...notes, ...caveats(model)].map((note) => h('p', { class: 'note' }, note)),
  ].filter((node) => node !== false);
};
