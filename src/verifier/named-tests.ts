import { InfraError } from '../domain/errors.ts';
import { filesOfPatch } from '../domain/patch.ts';
import type { NamedTestsCheck, Task, TestParser } from '../domain/task.ts';
import type { TestResult, Verdict } from '../domain/verdict.ts';
import type { ExecResult, Shell } from '../sandbox/sandbox.ts';
import type { Verification, Verifier } from './verifier.ts';

/** Text of a test runner → what each test did. Pure. */
export type ParseTests = (output: { readonly stdout: string; readonly stderr: string }) => readonly TestResult[];

const folder = '/tmp/tacho';
const mode = 'fresh';

const git = async (shell: Shell, command: string): Promise<ExecResult> =>
  shell.exec(['bash', '-c', command], {
    user: 'root',
    timeoutMs: 120_000,
    variables: { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' },
  });

/** The pristine tree plus the submission; undefined when it applied, else what git said. */
const applySubmission = async (
  shell: Shell,
  check: NamedTestsCheck,
  submission: string,
): Promise<string | undefined> => {
  const reset = await git(shell, `git reset -q --hard ${check.baseCommit} && git clean -fdq`);
  if (reset.exitCode !== 0)
    throw new InfraError(
      'verify',
      'base-commit-missing',
      `the pristine image cannot be reset to ${check.baseCommit}: ${reset.stderr.text.slice(0, 300)}`,
    );
  if (submission.trim() === '') return undefined;
  await shell.writeFile(`${folder}/submission.patch`, submission);
  const applied = await git(shell, `git apply --whitespace=nowarn ${folder}/submission.patch`);
  return applied.exitCode === 0 ? undefined : applied.stderr.text;
};

/** The hidden tests win: every file they own is put back to the base commit, then the test patch is applied. */
const applyTests = async (shell: Shell, check: NamedTestsCheck): Promise<void> => {
  await shell.writeFile(`${folder}/test.patch`, check.testPatch);
  await shell.writeFile(`${folder}/owned`, filesOfPatch(check.testPatch).join('\0'));
  await shell.writeFile(`${folder}/run_script.sh`, check.runScript, { mode: 0o755 });
  const restore = `while IFS= read -r -d '' path || [ -n "$path" ]; do rm -rf -- "$path"; git checkout -q ${check.baseCommit} -- "$path" 2>/dev/null || true; done < ${folder}/owned`;
  const applied = await git(shell, `${restore}; git apply --whitespace=nowarn ${folder}/test.patch`);
  if (applied.exitCode !== 0)
    throw new InfraError(
      'verify',
      'test-patch-failed',
      `the test patch does not apply: ${applied.stderr.text.slice(0, 300)}`,
    );
};

/** Decides from what the runner reported; only "every expected test passed" is resolved. */
export const judgeTests = (
  check: Pick<NamedTestsCheck, 'failToPass' | 'passToPass'>,
  results: readonly TestResult[],
): Verdict => {
  const expected = [...new Set([...check.failToPass, ...check.passToPass])];
  if (results.length === 0)
    return { outcome: 'invalid', mode, reason: 'the suite never ran: its output names no test' };
  const passed = new Set(results.filter(({ status }) => status === 'passed').map(({ name }) => name));
  const missing = expected.filter((name) => !passed.has(name));
  const tests = { expected: expected.length, passed: expected.length - missing.length, missing: missing.slice(0, 50) };
  if (missing.length === 0)
    return { outcome: 'resolved', mode, reason: `all ${expected.length} expected tests passed`, tests };
  return {
    outcome: 'unresolved',
    mode,
    reason: `${missing.length} of ${expected.length} expected tests did not pass, e.g. ${missing[0]}`,
    tests,
  };
};

const runTests = (
  task: Task,
  check: NamedTestsCheck,
  { shell, signal }: { shell: Shell; signal: AbortSignal },
): Promise<ExecResult> =>
  shell.exec(['bash', `${folder}/run_script.sh`, ...check.selectors], {
    user: 'root',
    timeoutMs: task.budget.verifierMs,
    outputLimitBytes: 16 * 1024 ** 2,
    signal,
  });

/**
 * Judges by named tests in a container from the pristine image (SWE-bench style): submission applied, hidden tests put
 * over it, the runner's output parsed here on the host, where the submission's code cannot reach.
 */
export const namedTestsVerifier = (
  check: NamedTestsCheck,
  parsers: Readonly<Record<TestParser, ParseTests>>,
): Verifier => ({
  verify: async (task, tools): Promise<Verification> => {
    await using sandbox = await tools.openFresh();
    const refused = await applySubmission(sandbox.shell, check, tools.submission);
    if (refused !== undefined) {
      const reason = 'the submission does not apply to the base commit';
      return {
        verdict: { outcome: 'unresolved', mode, reason },
        artifacts: [{ path: 'git-apply.txt', content: refused }],
      };
    }
    await applyTests(sandbox.shell, check);
    const result = await runTests(task, check, { shell: sandbox.shell, signal: tools.signal });
    const output = { stdout: result.stdout.text, stderr: result.stderr.text };
    const results = parsers[check.parser](output);
    const timedOut: Verdict = {
      outcome: 'invalid',
      mode,
      reason: `the tests did not end within ${Math.round(result.durationMs / 1000)} s`,
    };
    const verdict = result.ended === 'time-out' ? timedOut : judgeTests(check, results);
    const artifacts = [
      { path: 'test-stdout.txt', content: output.stdout },
      { path: 'test-stderr.txt', content: output.stderr },
      { path: 'tests.json', content: `${JSON.stringify(results, null, 1)}\n` },
    ];
    return { verdict, artifacts: artifacts.filter(({ content }) => content !== '') };
  },
});
