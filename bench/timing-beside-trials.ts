import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchLoop } from '../src/run/metering/loop-delay.ts';
import { atLeast, atMost, figure, type Measure, printMeasures } from './measures.ts';
import { cases, crowd, rows } from './timing/cases.ts';
import { openTacho } from './timing/clients.ts';
import { runLoad } from './timing/load.ts';
import { type JudgedTrial, startTrials } from './timing/trials.ts';

const concurrency = 8;

/** The shortest stream of `bench:timing`: in less, one per cent is as short as a tick of the simulator, which writes once a millisecond. */
const leastDecodeMs = 400;

/** A bound holds for a clock that is said to be trusted. */
const unlessDegraded = (measures: readonly Measure[], degraded: readonly string[]): readonly Measure[] =>
  degraded.length === 0
    ? measures
    : measures.map(({ id, value, unit }) => ({ id, value, unit, bound: `degraded: ${degraded.join('; ')}` }));

/** The measurement of `bench:timing`, in the same process as the trials. */
const measureBeside = async (): Promise<readonly Measure[]> => {
  const measures: Measure[] = [];
  for (const { load, bounds } of cases) {
    const loopDelay = watchLoop();
    const found = await runLoad(load, openTacho);
    const name = `beside ${load.streams}x${load.tokensPerSecond}`;
    measures.push(...unlessDegraded(rows(name, load, { found, bounds }), loopDelay().doubts));
  }
  return measures;
};

const decodeRow = ({ name, decodeError, decodeMs }: JudgedTrial): Measure => {
  const id = `trial ${name} decode-error`;
  return decodeMs < leastDecodeMs
    ? { ...figure(id, 100 * decodeError, '%'), bound: `none: ${decodeMs.toFixed(0)} ms of decoding` }
    : atMost(id, 100 * decodeError, { unit: '%', bound: crowd.decode });
};

const trialRows = (trial: JudgedTrial): readonly Measure[] => {
  const { name, turns, ttftErrorMs, degraded } = trial;
  const ttft = atMost(`trial ${name} ttft-error-worst-of-${turns}`, ttftErrorMs, { unit: 'ms', bound: crowd.ttftP99 });
  return unlessDegraded([ttft, decodeRow(trial)], degraded);
};

const folder = await mkdtemp(join(tmpdir(), 'tacho-bench-'));
try {
  const trials = await startTrials(concurrency, folder);
  const beside = await measureBeside();
  const judged = await trials.stop();
  printMeasures(
    [
      ...beside,
      ...judged.flatMap(trialRows),
      atLeast('trials-finished', judged.length, { unit: 'trials', bound: concurrency }),
      figure('trials-degraded', judged.filter(({ degraded }) => degraded.length > 0).length, 'trials'),
    ],
    `What was read against the simulator's own stamps, with ${concurrency} Docker trials under way in the same process`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
