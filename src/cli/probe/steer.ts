import { carryOutSteering, type SteeredCall, steeringCases } from '../../probe/steer/carry-out.ts';
import { steeredColumns } from '../../probe/steer/columns.ts';
import type { SteeringProbe } from '../../probe/steer/steer.ts';
import { summariseSteering } from '../../probe/steer/summary.ts';
import { steeringView } from '../../probe/steer/view.ts';
import { systemClock } from '../../run/metering/clock.ts';
import { watchLoop } from '../../run/metering/loop-delay.ts';
import type { CommandContext } from '../program.ts';
import { jsonLines, tableFile } from './session/files.ts';
import { headerOf } from './session/header.ts';
import { type OpenProbe, openProbe } from './session/open.ts';
import { counted, countOf, type ProbeOptions } from './session/options.ts';

const measure = async (
  { clients, seed, scheduling, interrupt }: OpenProbe,
  options: ProbeOptions,
  { output }: CommandContext,
): Promise<{ readonly probe: SteeringProbe; readonly calls: readonly SteeredCall[] }> => {
  const cases = steeringCases(clients);
  const rounds = countOf('--rounds', options.rounds);
  const afterOutputTokens = countOf('--steer-after', options.steerAfter);
  output.err(`${counted(cases.length, 'way')}, ${cases.length * rounds} interrupted answers\n`);
  const header = headerOf('steer', { arms: clients, seed, clock: systemClock, scheduling });
  const loopDelay = watchLoop();
  let done = 0;
  const calls = await carryOutSteering(cases, {
    afterOutputTokens,
    rounds,
    seed,
    salt: header.probeId,
    signal: interrupt.signal,
    onCall: () => {
      done += 1;
      if (done % cases.length === 0) output.err(`${done}/${cases.length * rounds}\n`);
    },
  });
  const ways = cases.map(({ client, way }) => ({ arm: client.id, way }));
  const figures = summariseSteering(ways, calls);
  const probe = {
    ...header,
    kind: 'steering',
    degraded: loopDelay().doubts,
    rounds,
    afterOutputTokens,
    figures,
  } as const;
  return { probe, calls };
};

/** `tacho probe --steer`: interrupts answers midway, in every way that an endpoint has. */
export const probeSteering = async (options: ProbeOptions, context: CommandContext): Promise<void> => {
  await using open = await openProbe(options, context);
  const { probe, calls } = await measure(open, options, context);
  const files = [{ path: 'calls.jsonl', content: jsonLines(calls) }, tableFile('calls.csv', calls, steeredColumns)];
  await open.finish({ model: probe, view: steeringView(probe), files });
};
