import { join } from 'node:path';
import { renderProbeConsole } from '../../../probe/show/console.ts';
import { probePage } from '../../../probe/show/page.ts';
import type { ProbeView } from '../../../probe/show/view.ts';
import type { Redact } from '../../../store/redact.ts';
import type { CommandContext } from '../../program.ts';
import type { Interrupt } from '../../running/interrupt.ts';
import { type ProbeFile, writeProbe } from './files.ts';

/** Said when a probe is interrupted. */
export const stoppingProbe = 'Stopping: what was measured so far is shown. Once more stops at once.';

/** A finished probe of any kind, ready to be shown and kept. */
export type FinishedProbe = {
  readonly folder: string;
  readonly model: object;
  readonly view: ProbeView;
  readonly files: readonly ProbeFile[];
};

/** Writes a probe's folder, prints what it found, says where it is kept, and sets the exit code. */
export const finishProbe = async (
  { folder, model, view, files }: FinishedProbe,
  {
    context,
    interrupt,
    json,
    redact,
  }: {
    readonly context: CommandContext;
    readonly interrupt: Interrupt;
    readonly json: boolean;
    readonly redact: Redact;
  },
): Promise<void> => {
  const own = [
    { path: 'probe.json', content: `${JSON.stringify(model, null, 1)}\n` },
    { path: 'index.html', content: await probePage(view) },
  ];
  await writeProbe(folder, [...own, ...files], redact);
  if (json) context.output.out(`${redact(JSON.stringify(model))}\n`);
  else context.output.out(redact(renderProbeConsole(view)));
  context.output.err(`\nProbe: ${join(folder, 'index.html')}\n`);
  const stopped = interrupt.code();
  if (stopped !== undefined) context.exit(stopped);
};
