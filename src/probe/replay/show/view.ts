import { armLabel } from '../../probe.ts';
import { lineChart } from '../../show/line-chart.ts';
import { notesOf } from '../../show/notes.ts';
import { milliseconds, plain } from '../../show/text.ts';
import type { ProbeView, ViewChart } from '../../show/view.ts';
import type { AgentReplay } from '../replay.ts';
import type { LoadFigures } from '../summary.ts';
import { answerTable, contextTable, loadTable, slowDownText } from './tables.ts';

type Naming = (arm: string) => string;

const definitions: ProbeView['definitions'] = [
  [
    'job',
    'the conversation of one recorded trial, turn by turn: every request holds what was recorded before it, whatever is answered now; the answer may be as long as the recorded one',
  ],
  ['completion time', 'first dispatch of a job → end of its last answer, the pauses for its recorded tools inside'],
  ['jobs/min', 'completed jobs ÷ time from the first start to the last end of a block, its tail inside'],
  ['slow-down', 'geometric mean over jobs of (completion time at so many agents ÷ of the same job with one agent)'],
  ['context', 'input tokens of a call, as the endpoint counts them'],
  [
    'cached',
    'cached ÷ all input tokens; no cache can be shared between two conversations, since each begins with words of its own',
  ],
  ['output', 'output tokens ÷ those recorded; a model cannot be made to say as much as another did'],
];

const sentence = (figures: LoadFigures, name: Naming): string => {
  const slowDown = figures.slowDown === undefined ? '' : `, ${slowDownText(figures.slowDown)} as long as alone`;
  return `${name(figures.arm)}, ${figures.agents} ${figures.agents === 1 ? 'agent' : 'agents'}: a job in ${milliseconds.one(figures.jobMs.median)}${slowDown}; ${plain.one(figures.jobsPerMinute)} jobs/min.`;
};

/** The least and the most agents of every arm: how far load carries. */
const extremes = (figures: readonly LoadFigures[]): readonly LoadFigures[] =>
  [...Map.groupBy(figures, ({ arm }) => arm).values()].flatMap((own) => {
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) return [];
    return first === last ? [first] : [last, first];
  });

const jobChart = ({ figures }: AgentReplay, name: Naming): ViewChart => {
  const title = 'Completion time under load';
  const series = [...Map.groupBy(figures, ({ arm }) => arm)].map(([arm, own]) => ({
    name: name(arm),
    points: own.flatMap(({ agents, jobMs: { median, low, high } }) =>
      median === undefined ? [] : [{ x: agents, y: median / 1000, low: low && low / 1000, high: high && high / 1000 }],
    ),
  }));
  const specification = lineChart({ title, x: 'agents at once (log scale)', y: 'median job, s', series });
  return { id: 'jobs', title, lead: 'Medians and their 95% intervals; lower is better.', specification };
};

/** What an agent replay has to say. */
export const replayView = (replay: AgentReplay): ProbeView => {
  const { figures, source } = replay;
  const name: Naming = (id) => {
    const arm = replay.arms.find((candidate) => candidate.id === id);
    return arm === undefined ? id : armLabel(arm);
  };
  const pauses = replay.pauses === 0 ? 'without tool pauses' : `tool pauses × ${replay.pauses}`;
  const isLoad = new Set(figures.map(({ agents }) => agents)).size > 1;
  return {
    title: `${replay.probeId}: agents under load`,
    headline: extremes(figures).map((found) => sentence(found, name)),
    notes: notesOf(replay),
    byline: [
      replay.probeId,
      replay.createdAt.slice(0, 10),
      `${source.jobs} jobs of ${source.turns} turns from ${source.runId}, ${pauses}`,
      `seed ${replay.seed}`,
    ],
    charts: isLoad ? [jobChart(replay, name)] : [],
    tables: [loadTable(figures, name), answerTable(figures, name), contextTable(figures, name)],
    definitions,
    version: replay.tacho.version,
  };
};
