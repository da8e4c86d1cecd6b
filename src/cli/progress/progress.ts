import type { Emit, RunEvent } from '../../run/events.ts';
import type { Output } from '../output.ts';
import { liveTable } from './live-table.ts';
import { emptyTally, tell } from './tally.ts';

const redrawMs = 200;
const heartbeatMs = 60_000;

const plainLine = (event: RunEvent, done: string): string | undefined => {
  if (event.type === 'image-end')
    return `image ${event.ready}/${event.total} ${event.task}${event.error === undefined ? '' : `: ${event.error}`}`;
  if (event.type === 'run-start')
    return `run: ${event.total} trials${event.done > 0 ? `, ${event.done} already done` : ''}`;
  if (event.type !== 'trial-end') return undefined;
  const { record } = event;
  const outcome =
    record.infraError === undefined
      ? (record.verdict?.outcome ?? 'no verdict')
      : `infra error ${record.infraError.code}${event.willRetry ? ', will retry' : ''}`;
  return `${done} ${record.contender} ${record.suite}/${record.task} #${record.index} ${outcome} ${record.stop} ${((record.agentMs ?? 0) / 1000).toFixed(1)} s`;
};

/** Shows a run as it goes: a redrawn table on a terminal, else one line a trial and a heartbeat. Always dispose. */
export const showProgress = (
  output: Output,
  names: ReadonlyMap<string, string>,
): Disposable & { readonly emit: Emit } => {
  const tally = emptyTally([...names.keys()]);
  const nowMs = (): number => performance.now();
  let drawn = 0;
  const erase = (): string => (drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`);
  const draw = (): void => {
    const lines = liveTable(tally, { colour: output.colour, columns: output.columns(), nowMs: nowMs(), names });
    output.err(`${erase()}${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  const beat = (): void => output.err(`… ${tally.done}/${tally.total} trials, ${tally.running.size} running\n`);
  const timer = output.live ? setInterval(draw, redrawMs) : setInterval(beat, heartbeatMs);
  timer.unref();
  return {
    emit: (event) => {
      tell(tally, event, nowMs());
      if (output.live) return;
      const line = plainLine(event, `${tally.done}/${tally.total}`);
      if (line !== undefined) output.err(`${line}\n`);
    },
    [Symbol.dispose]: () => {
      clearInterval(timer);
      if (output.live && drawn > 0) draw();
    },
  };
};
