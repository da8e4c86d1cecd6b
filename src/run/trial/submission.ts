import { InfraError } from '../../domain/errors.ts';
import type { Shell } from '../../sandbox/sandbox.ts';

/** A diff larger than this is no submission. */
const limitBytes = 32 * 1024 ** 2;

/**
 * The diff of the working tree against the base commit, new files included, taken with an index of its own so that the
 * repository's state is not touched. Runs in the agent's container with its git hooks and filters shut off: what it
 * can bend is its own submission only, which is then judged elsewhere.
 */
export const readSubmission = async (
  shell: Shell,
  { workdir, baseCommit }: { readonly workdir: string; readonly baseCommit: string },
): Promise<string> => {
  const quiet = '-c core.fsmonitor=false -c core.hooksPath=/dev/null -c core.pager=cat -c core.quotePath=false';
  const script = `export GIT_INDEX_FILE=/tmp/.tacho-index; rm -f $GIT_INDEX_FILE; git ${quiet} read-tree ${baseCommit} && git ${quiet} add -A && git ${quiet} diff --cached --binary --no-color --no-ext-diff --no-textconv ${baseCommit}`;
  const variables = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' };
  const result = await shell.exec(['bash', '-c', script], {
    user: 'root',
    workdir,
    variables,
    timeoutMs: 120_000,
    outputLimitBytes: limitBytes,
  });
  if (result.exitCode !== 0)
    throw new InfraError(
      'submission',
      'diff-failed',
      `git could not diff the agent's tree: ${result.stderr.text.slice(0, 300)}`,
    );
  if (result.stdout.truncated)
    throw new InfraError(
      'submission',
      'diff-too-large',
      `the submission has ${result.stdout.bytes} bytes, the limit is ${limitBytes}`,
    );
  return result.stdout.text;
};
