import { resolve } from 'node:path';
import type { RegisterCommand } from '../program.ts';
import { carryOutRun } from '../running/carry-out.ts';
import { readConfig } from '../running/run-config.ts';

/** `tacho run`: carries out a configuration. */
export const registerRun: RegisterCommand = (program, context) => {
  program
    .command('run')
    .description('run the suites of a configuration against its contenders and write the report')
    .option('-c, --config <file>', 'configuration file', 'tacho.yaml')
    .action(async ({ config }: { config: string }) => {
      await carryOutRun(await readConfig(resolve(context.workingFolder, config), context.variables), context);
    });
};
