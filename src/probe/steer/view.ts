import { reductionText } from '../latency/show/reduction-text.ts';
import { armLabel } from '../probe.ts';
import { notesOf } from '../show/notes.ts';
import { counts, milliseconds, spreadText } from '../show/text.ts';
import type { ProbeView } from '../show/view.ts';
import type { SteeringProbe } from './steer.ts';
import type { SteeringFigures } from './summary.ts';

const definitions: ProbeView['definitions'] = [
  ['time to stop', 'the instruction changed → the old answer was over for us: its stream left, or its last event read'],
  [
    'late tokens',
    'tokens of the old answer that came after the instruction had changed; what a server goes on generating after its stream was left is seen by nobody here',
  ],
  ['wasted tokens', 'all output tokens of the old answer; ≈ where they are estimated as characters received ÷ 4'],
  ['redirect TTFT', 'the instruction changed → first content of the new answer, stopping and asking anew inside'],
  ['counts TTFT', 'dispatch → first content of the old answer, for comparison'],
];

const words: Readonly<Record<SteeringFigures['how'][number], string>> = {
  'sse-abort': 'leaving the stream',
  'websocket-close': 'closing the connection',
  'steer-event': 'response.steer',
};

type Naming = (figures: SteeringFigures) => string;

const sentence = (figures: SteeringFigures, name: Naming): string => {
  const { timeToStopMs, lateTokens, redirectTtftMs } = figures;
  return `${name(figures)}: stopped after ${milliseconds.one(timeToStopMs.median)} with ${counts.one(lateTokens.median)} tokens too many, the new answer begins after ${milliseconds.one(redirectTtftMs.median)}.`;
};

const row = (figures: SteeringFigures, name: Naming): readonly string[] => [
  name(figures),
  spreadText(figures.timeToStopMs, milliseconds),
  spreadText(figures.lateTokens, counts),
  `${figures.wastedIsEstimate ? '≈ ' : ''}${counts.one(figures.wastedTokens.median)}`,
  spreadText(figures.redirectTtftMs, milliseconds),
  reductionText(figures.reduction),
  milliseconds.one(figures.ttftMs.median),
  `${figures.failures} of ${figures.calls}`,
];

/** What a steering probe has to say. */
export const steeringView = (probe: SteeringProbe): ProbeView => {
  const labels = new Map(probe.arms.map((arm) => [arm.id, armLabel(arm)]));
  const name: Naming = ({ arm, way, how }) => {
    const stopped = how.map((one) => words[one]).join(' or ') || way;
    return `${labels.get(arm) ?? arm}, by ${stopped}`;
  };
  const refusals = probe.figures.flatMap(({ arm, refused }) =>
    refused === undefined ? [] : [`${labels.get(arm) ?? arm} would not be told with response.steer: ${refused}`],
  );
  return {
    title: `${probe.probeId}: how soon does it turn?`,
    headline: probe.figures.map((figures) => sentence(figures, name)),
    notes: [...notesOf(probe), ...refusals],
    byline: [
      probe.probeId,
      probe.createdAt.slice(0, 10),
      `${probe.rounds} rounds, interleaved, seed ${probe.seed}`,
      `the instruction changes after ${probe.afterOutputTokens} output tokens`,
    ],
    charts: [],
    tables: [
      {
        id: 'steering',
        title: 'Interrupted and redirected',
        lead: 'Medians with their 95% intervals; the last but two against the first row, pair by pair.',
        head: [
          '',
          'time to stop',
          'late tokens',
          'wasted tokens',
          'redirect TTFT',
          'against the first',
          'counts TTFT',
          'failed',
        ],
        rows: probe.figures.map((figures) => row(figures, name)),
      },
    ],
    definitions,
    version: probe.tacho.version,
  };
};
