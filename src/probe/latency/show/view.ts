import { type Arm, armLabel } from '../../probe.ts';
import { lineChart } from '../../show/line-chart.ts';
import { notesOf } from '../../show/notes.ts';
import { milliseconds, plain } from '../../show/text.ts';
import type { ProbeView, ViewChart } from '../../show/view.ts';
import type { Comparison } from '../compare.ts';
import type { LatencyProbe } from '../latency.ts';
import type { ArmFigures } from '../summary.ts';
import { definitions } from './definitions.ts';
import { reductionsText } from './reduction-text.ts';
import { armTable, comparisonTable, loadTable, promptTable } from './tables.ts';

const armOf = ({ arms }: LatencyProbe, id: string): Arm | undefined => arms.find((arm) => arm.id === id);

const labelOf = (probe: LatencyProbe, id: string): string => {
  const arm = armOf(probe, id);
  return arm === undefined ? id : armLabel(arm);
};

/** "spark: websocket instead of sse", or "spark instead of codex" between endpoints. */
const exchangeOf = (probe: LatencyProbe, { base, other }: Comparison): string => {
  const [from, to] = [armOf(probe, base), armOf(probe, other)];
  if (from === undefined || to === undefined || from.endpoint.id !== to.endpoint.id)
    return `${labelOf(probe, other)} instead of ${labelOf(probe, base)}`;
  const endpoint = armLabel({ id: to.endpoint.id, endpoint: to.endpoint });
  return `${endpoint}: ${to.endpoint.transport} instead of ${from.endpoint.transport}`;
};

const comparisonSentence = (probe: LatencyProbe, comparison: Comparison): string => {
  const { roundTrip, ttft, overheadPerToken, timePerToken } = comparison.reductions;
  const text = reductionsText([
    ['the round trip', roundTrip],
    ['TTFT', ttft],
    overheadPerToken === undefined
      ? ['the time per token', timePerToken]
      : ['the overhead per token', overheadPerToken],
  ]);
  return `${exchangeOf(probe, comparison)} ${text ?? 'cannot be told apart'}.`;
};

const armSentence = (probe: LatencyProbe, { arm, ttftMs, decodeTokensPerSecond: rate }: ArmFigures): string => {
  const first = `${labelOf(probe, arm)}: first token after ${milliseconds.one(ttftMs.median)}`;
  return rate === undefined ? `${first}.` : `${first}, then ${plain.one(rate)} tokens/s.`;
};

const promptChart = (probe: LatencyProbe): ViewChart => {
  const title = 'TTFT by prompt size';
  const series = probe.summary.arms.map(({ arm, prompts }) => ({
    name: labelOf(probe, arm),
    points: prompts.flatMap(({ cell, ttftMs: { median: y, low, high } }) =>
      y === undefined ? [] : [{ x: cell.promptTokens, y, low, high }],
    ),
  }));
  const specification = lineChart({ title, x: 'prompt tokens (log scale)', y: 'TTFT, ms', series });
  return { id: 'ttft-by-prompt', title, lead: 'Medians and their 95% intervals; lower is better.', specification };
};

/** What a latency probe has to say. */
export const latencyView = (probe: LatencyProbe): ProbeView => {
  const { arms, comparisons } = probe.summary;
  const naming = (id: string): string => labelOf(probe, id);
  const hasPrompts = arms.some(({ prompts }) => prompts.length > 0);
  const fallbacks = arms.flatMap(({ arm, fallback }) =>
    fallback === undefined ? [] : [`${naming(arm)} was refused and fell back to ${fallback}: it is not compared.`],
  );
  return {
    title: `${probe.probeId}: how fast is it, and what is the way there worth?`,
    headline: [
      ...comparisons.map((comparison) => comparisonSentence(probe, comparison)),
      ...arms.map((figures) => armSentence(probe, figures)),
    ],
    notes: [...notesOf(probe), ...fallbacks],
    byline: [
      probe.probeId,
      probe.createdAt.slice(0, 10),
      `${probe.rounds} rounds, interleaved, seed ${probe.seed}`,
      '95% intervals',
    ],
    charts: hasPrompts ? [promptChart(probe)] : [],
    tables: [
      comparisonTable(comparisons, naming),
      armTable(arms, naming),
      promptTable(arms, naming),
      loadTable(arms, naming),
    ].filter(({ rows, head }) => rows.length > 0 && head.length > 1),
    definitions,
    version: probe.tacho.version,
  };
};
