import { appendFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { gateAnnotations } from '../../gate/output/annotations.ts';
import { gateSummary } from '../../gate/output/summary.ts';
import type { GateReport } from '../../gate/verdict.ts';
import type { CommandContext } from '../program.ts';

/** The gate file as GitHub knows it: from the root of the checkout. */
const fileInCheckout = (path: string, { variables, workingFolder }: CommandContext): string =>
  relative(variables.GITHUB_WORKSPACE ?? workingFolder, path);

/**
 * Annotations by `write`, the job summary, and two step outputs that are words of ours: nothing from outside reaches GITHUB_OUTPUT, where a line
 * would be a variable.
 */
export const tellGithub = async (
  report: GateReport,
  {
    path,
    context,
    write,
  }: { readonly path: string; readonly context: CommandContext; readonly write: (text: string) => void },
): Promise<void> => {
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: outputs } = context.variables;
  for (const line of gateAnnotations(report, fileInCheckout(path, context))) write(`${line}\n`);
  if (summary) await appendFile(summary, `${gateSummary(report)}\n`);
  if (outputs) await appendFile(outputs, `verdict=${report.verdict}\nexit-code=${report.exitCode}\n`);
};
