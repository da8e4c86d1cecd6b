import { resolve } from 'node:path';
import { countOf } from '../probe/session/options.ts';
import type { RegisterCommand } from '../program.ts';
import { carryOutRun } from '../running/carry-out.ts';
import { readConfig } from '../running/run-config.ts';

/** `tacho run`: carries out a configuration. */
export const registerRun: RegisterCommand = (program, context) => {
  program
    .command('run')
    .description('run the suites of a configuration against its contenders and write the report')
    .option('-c, --config <file>', 'configuration file', 'tacho.yaml')
    .option('--attempts <number>', 'attempts at each task, in place of what the configuration says')
    .option('--record', 'keep the streams beside each attempt, to be replayed')
    .action(async ({ config: path, attempts, record }: { config: string; attempts?: string; record?: boolean }) => {
      const config = await readConfig(resolve(context.workingFolder, path), context.variables);
      await carryOutRun(
        {
          ...config,
          attempts: attempts === undefined ? config.attempts : countOf('--attempts', attempts),
          record: record ?? config.record,
        },
        context,
      );
    });
};
