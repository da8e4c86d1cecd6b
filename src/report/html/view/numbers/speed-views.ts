import { durationAt } from '../../../../analysis/contender/modelled.ts';
import type { SpeedSpread, Spread } from '../../../../analysis/contender/spread.ts';
import { duration, number, unknown, valueText } from '../../../format.ts';
import type { ReportModel } from '../../../model.ts';
import { type HtmlNode, h } from '../../node.ts';
import { contenderName } from '../part/phrases.ts';
import { tableTwin, tableView } from '../part/table.ts';

const quantiles = ['p5', 'p25', 'p50', 'p75', 'p95'] as const;

const spreadTwin = (
  model: ReportModel,
  {
    caption,
    unit,
    scale,
    spread,
  }: { caption: string; unit: 's' | 'tokens/s'; scale: number; spread: (spreads: SpeedSpread) => Spread | undefined },
): HtmlNode =>
  tableTwin({
    caption,
    head: ['Contender', 'Values', ...quantiles],
    rows: model.summary.contenders.map(({ contender }, place) => {
      const found = spread(model.summary.spreads[place] ?? {});
      return [
        contenderName(model, contender),
        found === undefined ? unknown : String(found.count),
        ...quantiles.map((quantile) => valueText(found === undefined ? undefined : found[quantile] * scale, unit)),
      ];
    }),
  });

/** TTFT quantiles as a table. */
export const ttftTwin = (model: ReportModel): HtmlNode =>
  spreadTwin(model, { caption: 'TTFT by turn', unit: 's', scale: 0.001, spread: ({ ttftMs }) => ttftMs });

/** Decode speed quantiles as a table. */
export const decodeTwin = (model: ReportModel): HtmlNode =>
  spreadTwin(model, {
    caption: 'Decode tokens/s by trial',
    unit: 'tokens/s',
    scale: 1,
    spread: ({ decodeTokensPerSecond }) => decodeTokensPerSecond,
  });

/** Modelled against measured duration as a table, with what the model does not explain. */
export const modelledTwin = (model: ReportModel): HtmlNode =>
  tableTwin({
    caption: 'Modelled and measured duration of a mean trial',
    head: ['', ...model.summary.contenders.map(({ contender }) => contenderName(model, contender))],
    rows: (
      [
        ['Modelled: output ÷ decode speed', 'generationMs'],
        ['Modelled: prefill and network (measured TTFT)', 'prefillMs'],
        ['Modelled: tools', 'toolMs'],
        ['Modelled duration', 'totalMs'],
        ['Measured agent time', 'measuredMs'],
        ['Gap: measured − modelled', 'gapMs'],
      ] as const
    ).map(([label, key]) => [
      label,
      ...model.summary.modelled.map((modelled) =>
        modelled === null ? unknown : `${modelled[key] < 0 ? '−' : ''}${duration(Math.abs(modelled[key]))}`,
      ),
    ]),
  });

/** Decode speeds that the slider can be set to: from 10 to 10,000 tokens/s, evenly on a log scale. */
export const sliderSpeeds: readonly number[] = Array.from({ length: 61 }, (_, place) =>
  Math.round(10 ** (1 + place / 20)),
);

/** Where the slider stands at first. */
export const sliderStart = sliderSpeeds.indexOf(1000);

/** A mean trial of each contender if its tokens came at another speed and all else stayed. Modelled. */
export const whatIfTable = (model: ReportModel, tokensPerSecond: number): HtmlNode =>
  tableView({
    caption: 'Modelled agent time at another decode speed',
    head: [
      'Contender',
      'Measured',
      'at tokens/s',
      `Modelled at ${number(tokensPerSecond)} tokens/s`,
      'Modelled speed-up',
      'Modelled limit at infinite speed',
    ],
    rows: model.summary.contenders.flatMap(({ contender }, place) => {
      const modelled = model.summary.modelled[place];
      if (modelled === undefined || modelled === null) return [];
      const then = durationAt(modelled, tokensPerSecond);
      return [
        [
          contenderName(model, contender),
          duration(modelled.measuredMs),
          number(modelled.decodeTokensPerSecond),
          duration(then),
          `${(modelled.measuredMs / then).toFixed(2)}×`,
          duration(durationAt(modelled, Number.POSITIVE_INFINITY)),
        ],
      ];
    }),
  });

/** The slider and what it shows. Without scripts the table stands for the speed that it starts with. */
export const whatIfView = (model: ReportModel): HtmlNode =>
  h(
    'div',
    { class: 'what-if-slider' },
    h(
      'label',
      {},
      'What if tokens came at ',
      h('output', { id: 'slider-value' }, number(sliderSpeeds[sliderStart] ?? 1000)),
      ' tokens/s? ',
      h('input', {
        type: 'range',
        id: 'slider',
        min: 0,
        max: sliderSpeeds.length - 1,
        value: sliderStart,
        hidden: true,
      }),
      ' Modelled, not measured: only the time spent generating changes.',
    ),
    h('div', { id: 'slider-table' }, whatIfTable(model, sliderSpeeds[sliderStart] ?? 1000)),
  );
