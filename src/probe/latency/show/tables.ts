import { counts, microseconds, milliseconds, plain, spreadText, type Writer } from '../../show/text.ts';
import type { ViewTable } from '../../show/view.ts';
import type { Spread } from '../../spread.ts';
import type { Comparison } from '../compare.ts';
import type { ArmFigures } from '../summary.ts';
import { reductionText } from './reduction-text.ts';

/** How an arm's id is shown. */
export type Naming = (arm: string) => string;

/** Comparison by comparison, in columns. */
export const comparisonTable = (comparisons: readonly Comparison[], name: Naming): ViewTable => {
  const row = (title: string, metric: keyof Comparison['reductions']): readonly string[] => [
    title,
    ...comparisons.map(({ reductions }) => {
      const found = reductions[metric];
      return found === undefined
        ? reductionText(found)
        : `${reductionText(found)}, ${found.pairs} ${found.pairs === 1 ? 'pair' : 'pairs'}`;
    }),
  ];
  return {
    id: 'comparisons',
    title: 'How much less',
    lead: 'The median over pairs of calls made side by side, with its 95% interval. Minus is less time.',
    head: ['', ...comparisons.map(({ base, other }) => `${name(other)} against ${name(base)}`)],
    rows: [
      row('round trip', 'roundTrip'),
      row('TTFT', 'ttft'),
      row('overhead per token', 'overheadPerToken'),
      row('time per token', 'timePerToken'),
    ],
  };
};

/** Figure by figure, an arm a column. */
export const armTable = (arms: readonly ArmFigures[], name: Naming): ViewTable => {
  const spread = (title: string, writer: Writer, of: (figures: ArmFigures) => Spread): readonly string[] => [
    title,
    ...arms.map((figures) => spreadText(of(figures), writer)),
  ];
  return {
    id: 'arms',
    title: 'Each way by itself',
    lead: 'Medians of calls made one at a time, with their 95% intervals.',
    head: ['', ...arms.map(({ arm }) => name(arm))],
    rows: [
      ['connecting, once', ...arms.map(({ connectMs }) => milliseconds.one(connectMs))],
      spread('round trip', milliseconds, ({ roundTripMs }) => roundTripMs),
      spread('TTFT', milliseconds, ({ ttftMs }) => ttftMs),
      spread('time per token', microseconds, ({ timePerTokenUs }) => timePerTokenUs),
      spread('of it engine', microseconds, ({ enginePerTokenUs }) => enginePerTokenUs),
      spread('of it overhead', microseconds, ({ overheadPerTokenUs }) => overheadPerTokenUs),
      ['decode tokens/s', ...arms.map(({ decodeTokensPerSecond }) => plain.one(decodeTokensPerSecond))],
      ['failed calls', ...arms.map(({ failures, calls }) => `${failures} of ${calls}`)],
    ],
  };
};

/** An arm and a prompt size a row. */
export const promptTable = (arms: readonly ArmFigures[], name: Naming): ViewTable => ({
  id: 'prompts',
  title: 'TTFT by prompt size',
  lead: 'Every prompt begins with words of its own: no cache has seen it.',
  head: ['', 'tokens asked', 'tokens counted', 'TTFT', 'p95', 'calls'],
  rows: arms.flatMap((figures) =>
    figures.prompts.map(({ cell, inputTokens, ttftMs }) => [
      name(figures.arm),
      counts.one(cell.promptTokens),
      counts.one(inputTokens.median),
      spreadText(ttftMs, milliseconds),
      milliseconds.one(ttftMs.p95),
      String(ttftMs.n),
    ]),
  ),
});

/** An arm and a number of calls at once a row. */
export const loadTable = (arms: readonly ArmFigures[], name: Naming): ViewTable => ({
  id: 'load',
  title: 'Calls at once',
  lead: 'Bursts: all calls begin together.',
  head: ['', 'at once', 'TTFT', 'p95', 'tokens/s of one', 'tokens/s of all', 'failed'],
  rows: arms.flatMap((figures) =>
    figures.loads.map((load) => [
      name(figures.arm),
      String(load.streams),
      spreadText(load.ttftMs, milliseconds),
      milliseconds.one(load.ttftMs.p95),
      plain.one(load.decodeTokensPerSecond),
      spreadText(load.totalTokensPerSecond, plain),
      String(load.failures),
    ]),
  ),
});
