import type { SpeedUp } from '../../../measure/ratio/speed-up.ts';
import { percent, unknown } from '../../../report/format.ts';
import { milliseconds, plain, spreadText } from '../../show/text.ts';
import type { ViewTable } from '../../show/view.ts';
import type { ContextBin, LoadFigures } from '../summary.ts';

type Naming = (arm: string) => string;

const times = (ratio: number): string => ratio.toFixed(2);

/** `1.35 times (1.21–1.50)`. */
export const slowDownText = ({ ratio, low, high }: SpeedUp): string =>
  `${times(ratio)} times (${times(low)}–${times(high)})`;

const shareText = (share: number | undefined): string => (share === undefined ? unknown : percent(share));

/** An arm and a number of agents a row. */
export const loadTable = (figures: readonly LoadFigures[], name: Naming): ViewTable => ({
  id: 'load',
  title: 'Agents at once',
  lead: 'p95 needs twenty jobs; below that the slowest says as much.',
  head: ['', 'agents', 'job p50', 'p95', 'slowest', 'slow-down', 'jobs/min', 'failed'],
  rows: figures.map((load) => [
    name(load.arm),
    String(load.agents),
    milliseconds.one(load.jobMs.median),
    milliseconds.one(load.jobMs.p95),
    milliseconds.one(load.jobMs.max),
    load.slowDown === undefined ? unknown : slowDownText(load.slowDown),
    plain.one(load.jobsPerMinute),
    `${load.failedJobs} of ${load.jobs}`,
  ]),
});

/** An arm and a number of agents a row: how its calls were answered. */
export const answerTable = (figures: readonly LoadFigures[], name: Naming): ViewTable => ({
  id: 'answers',
  title: 'Answers',
  lead: 'Of all calls of all jobs.',
  head: ['', 'agents', 'TTFT', 'tokens/s of one', 'cached', 'output'],
  rows: figures.map((load) => [
    name(load.arm),
    String(load.agents),
    spreadText(load.ttftMs, milliseconds),
    plain.one(load.decodeTokensPerSecond),
    shareText(load.cachedShare),
    shareText(load.outputShare),
  ]),
});

const count = (tokens: number): string => (tokens < 1000 ? String(tokens) : `${tokens / 1000}k`);
const binName = ({ from, to }: ContextBin): string =>
  to === undefined ? `${count(from)} and more` : `${count(from)} to ${count(to)}`;

/** An arm, a number of agents and a length of context a row. */
export const contextTable = (figures: readonly LoadFigures[], name: Naming): ViewTable => ({
  id: 'contexts',
  title: 'TTFT by context length',
  lead: 'Contexts grow as they did in the recorded trials.',
  head: ['', 'agents', 'input tokens', 'TTFT', 'p95', 'calls'],
  rows: figures.flatMap((load) =>
    load.contexts.map((bin) => [
      name(load.arm),
      String(load.agents),
      binName(bin),
      spreadText(bin.ttftMs, milliseconds),
      milliseconds.one(bin.ttftMs.p95),
      String(bin.ttftMs.n),
    ]),
  ),
});
