import { basename, resolve } from 'node:path';
import { mergeRuns } from '../../../store/merge/merge.ts';
import type { RegisterCommand } from '../../program.ts';

/** `tacho merge`: shards of one plan become one run. */
export const registerMerge: RegisterCommand = (program, context) => {
  program
    .command('merge')
    .description('put shards of one plan together as a new run; conflicting results are refused')
    .argument('<out>', 'folder of the new run; must not exist')
    .argument('<run...>', 'folders of the shards')
    .action(async (out: string, runs: string[]) => {
      const { output, workingFolder } = context;
      const folder = resolve(workingFolder, out);
      const shards = runs.map((run) => resolve(workingFolder, run));
      const { records, doubled, planned, missing } = await mergeRuns(folder, shards, basename(folder));
      output.err(
        `${records} records of ${runs.length} runs${doubled === 0 ? '' : `, ${doubled} that several held kept once`}\n`,
      );
      if (missing > 0)
        output.err(
          `${missing} of ${planned} planned trials have no record yet; \`tacho resume ${out}\` runs them, or merge the shards that have them\n`,
        );
      output.out(`${folder}\n`);
    });
};
