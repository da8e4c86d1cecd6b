import type { Config } from '../../run/config/schema.ts';
import { resumeRun, startRun } from '../../run/session.ts';
import { openSession } from '../../wiring.ts';
import { packageRoot, packageVersion } from '../package-root.ts';
import type { CommandContext } from '../program.ts';
import { showProgress } from '../progress/progress.ts';
import { finishRun } from './finish.ts';
import { watchInterrupt } from './interrupt.ts';

/** Starts a run of a configuration, or goes on with the one in `resumeFolder`; shows it, reports it, sets the exit code. */
export const carryOutRun = async (config: Config, context: CommandContext, resumeFolder?: string): Promise<void> => {
  using interrupt = watchInterrupt(context.output);
  await using wired = await openSession(config, {
    version: packageVersion,
    fixtures: packageRoot,
    variables: context.variables,
    signal: interrupt.signal,
  });
  let folder = resumeFolder;
  {
    using progress = showProgress(context.output, wired.labels);
    const session = { ...wired.session, emit: progress.emit };
    if (folder === undefined)
      folder = await startRun(session, config.results, (made) => context.output.err(`Run folder: ${made}\n`));
    else await resumeRun(session, folder);
  }
  await finishRun(folder, { context, interrupt });
};
