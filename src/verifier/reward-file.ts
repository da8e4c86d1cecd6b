import { InfraError } from '../domain/errors.ts';
import type { RewardFileCheck, Task } from '../domain/task.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { ExecResult, Shell } from '../sandbox/sandbox.ts';
import { isFullReward, parseReward, type Reward } from './reward.ts';
import type { Artifact, Verification, Verifier } from './verifier.ts';

const logs = '/logs/verifier';

/** Emptied and proven empty, so that nothing the agent left there can be read as a reward. */
const prepareLogs = async (shell: Shell): Promise<void> => {
  const script = `rm -rf ${logs} && mkdir -p ${logs} /logs/agent /logs/artifacts && chmod 777 ${logs} /logs/agent /logs/artifacts && test -z "$(ls -A ${logs})"`;
  const result = await shell.exec(['sh', '-c', script], { user: 'root', workdir: '/', timeoutMs: 30_000 });
  if (result.exitCode !== 0)
    throw new InfraError('verify', 'logs-not-empty', `could not empty ${logs}: ${result.stderr.text.slice(0, 200)}`);
};

const runTests = (
  task: Task,
  check: RewardFileCheck,
  { shell, signal }: { shell: Shell; signal: AbortSignal },
): Promise<ExecResult> =>
  shell.exec(['bash', '-c', 'chmod +x /tests/test.sh; exec /tests/test.sh'], {
    user: check.user ?? 'root',
    variables: check.variables,
    timeoutMs: task.budget.verifierMs,
    outputLimitBytes: 1024 ** 2,
    signal,
  });

const textOf = (content: Uint8Array | undefined): string | undefined =>
  content === undefined ? undefined : new TextDecoder().decode(content);

/** A script that announces a test report, wrote a reward without full marks and no report: its bootstrap broke. */
const bootstrapBroke = (check: RewardFileCheck, reward: Reward, report: string | undefined): boolean =>
  check.announcesReport && report === undefined && !('problem' in reward) && !isFullReward(reward.rewards);

const judge = (result: ExecResult, reward: Reward, broke: boolean): Verdict => {
  const mode = 'live';
  if (result.ended === 'time-out')
    return {
      outcome: 'invalid',
      mode,
      reason: `the tests did not end within ${Math.round(result.durationMs / 1000)} s`,
    };
  if ('problem' in reward) return { outcome: 'invalid', mode, reason: reward.problem };
  if (broke)
    return {
      outcome: 'invalid',
      mode,
      reason: 'reward below 1 but no test report: the tests did not run',
      rewards: reward.rewards,
    };
  const resolved = isFullReward(reward.rewards);
  return {
    outcome: resolved ? 'resolved' : 'unresolved',
    mode,
    reason: `the tests wrote ${JSON.stringify(reward.rewards)}`,
    rewards: reward.rewards,
  };
};

/**
 * Judges by the task's own script, in the agent's container as it was left (Harbor's shared mode): /tests uploaded only
 * now, the script's exit code ignored, the reward file decides. Without a readable reward the verdict is `invalid`.
 */
export const rewardFileVerifier = (check: RewardFileCheck): Verifier => ({
  verify: async (task, { sandbox: { shell }, signal }): Promise<Verification> => {
    await prepareLogs(shell);
    await shell.uploadFolder(check.testsFolder, '/tests');
    const result = await runTests(task, check, { shell, signal });
    const text = textOf(await shell.readFile(`${logs}/reward.txt`));
    const json = textOf(await shell.readFile(`${logs}/reward.json`));
    const reward = parseReward({ json, text }, check.prefer);
    const full = !('problem' in reward) && isFullReward(reward.rewards);
    const report = full ? undefined : textOf(await shell.readFile(`${logs}/ctrf.json`));
    const verdict = judge(result, reward, bootstrapBroke(check, reward, report));
    const files: readonly (readonly [string, string | undefined])[] = [
      ['test-stdout.txt', result.stdout.text],
      ['test-stderr.txt', result.stderr.text],
      ['reward.txt', text],
      ['reward.json', json],
      ['ctrf.json', report],
    ];
    const artifacts = files.flatMap(([path, content]): Artifact[] => (content ? [{ path, content }] : []));
    return { verdict, artifacts };
  },
});
