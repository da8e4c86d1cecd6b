import { join } from 'node:path';
import { readRun } from '../../store/jsonl.ts';
import { exitCode } from '../exit-codes.ts';
import type { CommandContext } from '../program.ts';
import type { Interrupt } from './interrupt.ts';
import { writeReport } from './write-report.ts';

/** A run in which more than this share of trials has no verdict is not complete. */
const toleratedShareWithoutVerdict = 0.1;

/** After a run's last trial: report, summary, path, exit code. */
export const finishRun = async (
  folder: string,
  { context, interrupt }: { readonly context: CommandContext; readonly interrupt: Interrupt },
): Promise<void> => {
  const { output, exit } = context;
  const stopped = interrupt.code();
  if (stopped !== undefined) {
    output.err(`Stopped. Go on with: tacho resume ${folder}\n`);
    exit(stopped);
    return;
  }
  const summary = await writeReport(folder, output);
  output.out(summary.console);
  output.out(`\nReport: ${join(folder, 'report', 'index.html')}\n`);
  const { manifest, records } = await readRun(folder);
  const judged = new Set<string>();
  for await (const record of records()) if (record.infraError === undefined) judged.add(record.trialId);
  const missing = manifest.plan.length - judged.size;
  if (missing > manifest.plan.length * toleratedShareWithoutVerdict) {
    output.err(
      `${missing} of ${manifest.plan.length} trials have no result because our side or an endpoint broke; see the report's data quality panel. Try: tacho resume ${folder}\n`,
    );
    exit(exitCode.runIncomplete);
  }
};
