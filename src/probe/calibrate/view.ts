import { unknown } from '../../report/format.ts';
import { milliseconds } from '../show/text.ts';
import type { ProbeView } from '../show/view.ts';
import type { Calibration } from './calibrate.ts';
import type { CalibrationFigures } from './compare.ts';

const shareText = (share: number | undefined): string =>
  share === undefined ? unknown : `${(share * 100).toFixed(share < 0.001 ? 3 : 2)}%`;

const worstOf = (values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
};

const row = ({ case: one, calls, ttftErrorMs, arrivalMs, decodeError }: CalibrationFigures): readonly string[] => [
  `${one.protocol} over ${one.transport}, ${one.tokensPerSecond.toLocaleString('en-US')} tokens/s`,
  milliseconds.one(ttftErrorMs.p50),
  milliseconds.one(ttftErrorMs.p99),
  milliseconds.one(arrivalMs.p50),
  milliseconds.one(arrivalMs.p99),
  shareText(decodeError.p50),
  shareText(decodeError.worst),
  String(calls),
];

const definitions: ProbeView['definitions'] = [
  [
    'TTFT error',
    'TTFT as read − (first write − request received) by the simulator: all that is ours, the way there included',
  ],
  ['arrival', "our stamp of the first token − the simulator's stamp just before it wrote it"],
  ['decode error', '|decode tokens/s as read ÷ as written − 1|'],
];

/** What a calibration has to say. */
export const calibrationView = (calibration: Calibration): ProbeView => {
  const { figures, degraded } = calibration;
  const ttft = worstOf(figures.map(({ ttftErrorMs }) => ttftErrorMs.p50));
  const decode = worstOf(figures.map(({ decodeError }) => decodeError.p50));
  return {
    title: `${calibration.probeId}: what the client adds`,
    headline: [
      `This client adds at most ${milliseconds.one(ttft)} to a median TTFT and misreads the decode rate by at most ${shareText(decode)} at the median.`,
    ],
    notes: [
      'The simulator is part of this process: it shares the event loop with the client that it judges. `npm run bench:timing` gives it a process of its own.',
      ...degraded.map((reason) => `This machine was busy: ${reason}.`),
    ],
    byline: [
      calibration.probeId,
      calibration.createdAt.slice(0, 10),
      `${calibration.rounds} rounds, interleaved, seed ${calibration.seed}`,
    ],
    charts: [],
    tables: [
      {
        id: 'errors',
        title: 'Error of the clock',
        lead: "Against the simulator's own stamps, which are on the same clock.",
        head: ['', 'TTFT p50', 'p99', 'arrival p50', 'p99', 'decode p50', 'worst', 'calls'],
        rows: figures.map(row),
      },
    ],
    definitions,
    version: calibration.tacho.version,
  };
};
