import { join, resolve } from 'node:path';
import type { Calibration } from '../../probe/calibrate/calibrate.ts';
import { compareToTruth, type Reading } from '../../probe/calibrate/compare.ts';
import { calibrationCases, planCalibration } from '../../probe/calibrate/plan.ts';
import { calibrationView } from '../../probe/calibrate/view.ts';
import { systemClock } from '../../run/metering/clock.ts';
import { watchLoop } from '../../run/metering/loop-delay.ts';
import { takePrecedence } from '../../run/metering/precedence.ts';
import { openCalibration } from '../../wiring/calibration.ts';
import type { CommandContext } from '../program.ts';
import { type Interrupt, watchInterrupt } from '../running/interrupt.ts';
import { jsonLines } from './session/files.ts';
import { finishProbe, stoppingProbe } from './session/finish.ts';
import { headerOf } from './session/header.ts';
import { countOf, type ProbeOptions, seedOf } from './session/options.ts';

const measure = async (
  plan: ReturnType<typeof planCalibration>,
  { output }: CommandContext,
  interrupt: Interrupt,
): Promise<readonly Reading[]> => {
  await using client = await openCalibration(calibrationCases, systemClock);
  // The first call of a case connects: it is not measured.
  for (const one of calibrationCases) await client.call(one);
  const readings: Reading[] = [];
  for (const [done, one] of plan.entries()) {
    if (interrupt.signal.aborted) break;
    readings.push(await client.call(one));
    if ((done + 1) % calibrationCases.length === 0) output.err(`${done + 1}/${plan.length} calls\n`);
  }
  return readings;
};

/** `tacho probe --calibrate`: what our own client adds, against the simulator's write stamps. */
export const probeCalibration = async (options: ProbeOptions, context: CommandContext): Promise<void> => {
  using interrupt = watchInterrupt(context.output, stoppingProbe);
  await using precedence = await takePrecedence(context.variables);
  const { scheduling } = precedence;
  const rounds = countOf('--rounds', options.rounds);
  const seed = seedOf(options.seed ?? '1');
  const { arms: _none, ...header } = headerOf('calibration', { arms: [], seed, clock: systemClock, scheduling });
  const loopDelay = watchLoop();
  const readings = await measure(planCalibration(rounds, seed), context, interrupt);
  const figures = compareToTruth(calibrationCases, readings);
  const calibration: Calibration = { ...header, kind: 'calibration', degraded: loopDelay().doubts, rounds, figures };
  const folder = join(resolve(context.workingFolder, options.results), 'probes', calibration.probeId);
  const files = [{ path: 'calls.jsonl', content: jsonLines(readings) }];
  await finishProbe(
    { folder, model: calibration, view: calibrationView(calibration), files },
    { context, interrupt, json: options.json === true, redact: (text) => text },
  );
};
