import type { ProbeCall } from '../../probe/latency/carry-out.ts';
import { readingOf } from '../../probe/latency/reading.ts';
import { type Arm, armLabel } from '../../probe/probe.ts';
import { milliseconds, plain } from '../../probe/show/text.ts';
import { spreadOf } from '../../probe/spread.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import type { Output } from '../output.ts';

const redrawMs = 200;
const barWidth = 24;

const armLine = (arm: Arm, calls: readonly ProbeCall[]): string => {
  const own = calls.filter((call) => call.arm === arm.id && call.cell.kind !== 'cold');
  const readings = own.flatMap(({ turn }) => (turn === undefined ? [] : [readingOf(turn)]));
  const median = (values: readonly (number | undefined)[]) => spreadOf(values).median;
  const perToken = median(readings.map(({ timePerTokenUs }) => timePerTokenUs));
  const failed = own.filter(({ failure }) => failure !== undefined).length;
  return [
    `  ${sanitiseLine(armLabel(arm)).padEnd(32)}`,
    `round trip ${milliseconds.one(median(readings.map(({ roundTripMs }) => roundTripMs)))}`.padEnd(20),
    `TTFT ${milliseconds.one(median(readings.map(({ ttftMs }) => ttftMs)))}`.padEnd(14),
    `${plain.one(perToken === undefined ? undefined : 1e6 / perToken)} tokens/s`,
    failed === 0 ? '' : `  ${failed} failed`,
  ].join(' ');
};

/** Shows a latency probe as it goes: medians so far on a terminal, else a line a tenth. Always dispose. */
export const showLatency = (
  output: Output,
  { arms, calls: total }: { readonly arms: readonly Arm[]; readonly calls: number },
): Disposable & { readonly tell: (calls: readonly ProbeCall[]) => void } => {
  const seen: ProbeCall[] = [];
  let drawn = 0;
  let told = 0;
  const draw = (): void => {
    const share = Math.min(1, seen.length / Math.max(1, total));
    const bar = '█'.repeat(Math.round(share * barWidth)).padEnd(barWidth, '░');
    const lines = [`${bar} ${seen.length}/${total} calls`, ...arms.map((arm) => armLine(arm, seen))];
    const erase = drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`;
    output.err(`${erase}${lines.map((line) => line.slice(0, output.columns())).join('\n')}\n`);
    drawn = lines.length;
  };
  const timer = output.live ? setInterval(draw, redrawMs) : undefined;
  timer?.unref();
  return {
    tell: (calls) => {
      seen.push(...calls);
      const tenth = Math.floor((seen.length / Math.max(1, total)) * 10);
      if (output.live || tenth <= told) return;
      told = tenth;
      output.err(`${seen.length}/${total} calls\n`);
    },
    [Symbol.dispose]: () => {
      clearInterval(timer);
      if (output.live) draw();
    },
  };
};
