import { join, resolve } from 'node:path';
import type { TrialRecord } from '../../domain/trial.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import { configSchema } from '../../run/config/schema.ts';
import { startRun } from '../../run/session.ts';
import { readRun } from '../../store/jsonl.ts';
import { openSession } from '../../wiring.ts';
import { exitCode } from '../exit-codes.ts';
import { packageRoot, packageVersion } from '../package-root.ts';
import type { CommandContext, RegisterCommand } from '../program.ts';
import { showProgress } from '../progress/progress.ts';
import { watchInterrupt } from '../running/interrupt.ts';
import { readConfig, suitePath } from '../running/run-config.ts';

type CheckOptions = {
  readonly json?: boolean;
  readonly config?: string;
  readonly results: string;
  readonly concurrency: string;
};

/** What a control led to, in one word: a verdict, or that our side broke. */
const wordOf = (record: TrialRecord | undefined): string =>
  record === undefined ? 'none' : record.infraError !== undefined ? 'infra-error' : (record.verdict?.outcome ?? 'none');

type ControlRow = {
  readonly id: string;
  readonly suite: string;
  readonly oracle: string;
  readonly nop: string;
  readonly ok: boolean;
  readonly reason?: string | undefined;
};

type Checked = {
  readonly tasks: readonly ControlRow[];
  readonly unsupported: readonly { readonly suite: string; readonly id: string; readonly reason: string }[];
  /** The exit code of an interrupt, where there was one. */
  readonly interruptedBy: number | undefined;
};

const rowsOf = async (folder: string): Promise<readonly ControlRow[]> => {
  const { manifest, records } = await readRun(folder);
  const last = new Map<string, TrialRecord>();
  for await (const record of records()) last.set(`${record.suite}/${record.task}/${record.contender}`, record);
  const tasks = new Map(manifest.plan.map((entry) => [`${entry.suite}/${entry.task}`, entry]));
  return [...tasks]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, { suite, task }]) => {
      const oracle = last.get(`${key}/oracle`);
      const nop = last.get(`${key}/nop`);
      const ok = wordOf(oracle) === 'resolved' && ['unresolved', 'invalid'].includes(wordOf(nop));
      const reason = ok
        ? undefined
        : [oracle, nop].map((record) => record?.infraError?.message ?? record?.verdict?.reason).join(' | ');
      return { id: task, suite, oracle: wordOf(oracle), nop: wordOf(nop), ok, reason };
    });
};

const configFor = async (
  suites: readonly string[],
  options: CheckOptions,
  { workingFolder, variables }: CommandContext,
) => {
  const base =
    options.config === undefined ? undefined : await readConfig(resolve(workingFolder, options.config), variables);
  const controls = {
    name: 'check',
    contenders: [
      { name: 'oracle', agent: 'oracle' },
      { name: 'nop', agent: 'nop' },
    ],
    suites: suites.map((path) => suitePath(path, workingFolder)),
  };
  const config = configSchema.parse({
    ...controls,
    concurrency: Number(options.concurrency),
    results: resolve(workingFolder, options.results),
  });
  return base === undefined
    ? { ...config, images: { mirrors: {}, trust_ca: true } }
    : { ...config, images: base.images };
};

/** Carries out the controls and reads them back. */
const runControls = async (
  suites: readonly string[],
  options: CheckOptions,
  context: CommandContext,
): Promise<Checked> => {
  using interrupt = watchInterrupt(context.output);
  const config = await configFor(suites, options, context);
  const { variables, output } = context;
  const opening = { version: packageVersion, fixtures: packageRoot, variables, signal: interrupt.signal };
  await using wired = await openSession(config, opening);
  using progress = showProgress(output, wired.labels);
  const session = { ...wired.session, emit: progress.emit };
  const folder = await startRun(session, config.results, (made) => output.err(`Run folder: ${made}\n`));
  const unsupported = session.suites.flatMap((suite) =>
    suite.unsupported.map((task) => ({ suite: suite.name, ...task })),
  );
  return { tasks: await rowsOf(folder), unsupported, interruptedBy: interrupt.code() };
};

const printChecked = ({ tasks, unsupported }: Checked, { out }: CommandContext['output']): void => {
  for (const { ok, suite, id, oracle, nop, reason } of tasks) {
    const why = reason === undefined ? '' : `  (${sanitiseLine(reason)})`;
    out(`${ok ? 'ok  ' : 'FAIL'} ${suite}/${id}  oracle ${oracle}  nop ${nop}${why}\n`);
  }
  for (const task of unsupported) out(`skip ${task.suite}/${task.id}  unsupported: ${sanitiseLine(task.reason)}\n`);
};

/** `tacho check`: the two controls on every task. */
export const registerCheck: RegisterCommand = (program, context) => {
  program
    .command('check')
    .description('run the controls on every task: the oracle must be resolved, the nop agent must not')
    .argument('<suite...>', 'suite folders, single task folders, or names of built-in suites')
    .option('-c, --config <file>', 'take `images` (mirrors, trust_ca) from this configuration')
    .option('-r, --results <folder>', 'where the check is kept', join('results', 'checks'))
    .option('-n, --concurrency <number>', 'trials at a time', '4')
    .option('--json', 'print one object: {"tasks": [{"id", "suite", "oracle", "nop", "ok"}]}')
    .action(async (suites: string[], options: CheckOptions) => {
      const { output } = context;
      const checked = await runControls(suites, options, context);
      const { tasks, unsupported, interruptedBy } = checked;
      if (options.json) output.out(`${JSON.stringify({ tasks, unsupported })}\n`);
      else printChecked(checked, output);
      const failed = tasks.filter(({ ok }) => !ok).length;
      const outcome = failed === 0 ? 'both controls as they must be' : `${failed} fail their controls`;
      output.err(`${tasks.length} tasks: ${outcome}\n`);
      context.exit(interruptedBy ?? (failed === 0 ? exitCode.ok : exitCode.controlsFailed));
    });
};
