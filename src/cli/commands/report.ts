import { join, resolve } from 'node:path';
import type { RegisterCommand } from '../program.ts';
import { writeReport } from '../running/write-report.ts';

/** `tacho report`: rebuilds every report of a run from its folder alone; never calls a model. */
export const registerReport: RegisterCommand = (program, context) => {
  program
    .command('report')
    .description("rebuild a run's reports from its folder alone")
    .argument('<run>', "the run's folder")
    .option('--raw-csv', 'leave texts in CSV files as they are, also those that a spreadsheet would take for a formula')
    .action(async (run: string, { rawCsv = false }: { rawCsv?: boolean }) => {
      const folder = resolve(context.workingFolder, run);
      const summary = await writeReport(folder, context.output, { rawCsv });
      context.output.out(summary.console);
      context.output.out(`\nReport: ${join(folder, 'report', 'index.html')}\n`);
    });
};
