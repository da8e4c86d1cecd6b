import { join, resolve } from 'node:path';
import type { TrialRecord } from '../../domain/trial.ts';
import { configSchema } from '../../run/config/schema.ts';
import { startRun } from '../../run/session.ts';
import { readRun } from '../../store/jsonl.ts';
import { openSession } from '../../wiring.ts';
import { exitCode } from '../exit-codes.ts';
import { watchInterrupt } from '../interrupt.ts';
import { packageRoot, packageVersion } from '../package-root.ts';
import type { CommandContext, RegisterCommand } from '../program.ts';
import { showProgress } from '../progress/progress.ts';
import { readConfig, suitePath } from '../run-config.ts';

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
      using interrupt = watchInterrupt(output);
      const config = await configFor(suites, options, context);
      await using wired = await openSession(config, {
        version: packageVersion,
        fixtures: packageRoot,
        variables: context.variables,
        signal: interrupt.signal,
      });
      let folder = '';
      {
        using progress = showProgress(output, wired.labels);
        folder = await startRun({ ...wired.session, emit: progress.emit }, config.results, (made) =>
          output.err(`Run folder: ${made}\n`),
        );
      }
      const rows = await rowsOf(folder);
      const unsupported = wired.session.suites.flatMap((suite) =>
        suite.unsupported.map((task) => ({ suite: suite.name, ...task })),
      );
      if (options.json) output.out(`${JSON.stringify({ tasks: rows, unsupported })}\n`);
      else {
        for (const row of rows)
          output.out(
            `${row.ok ? 'ok  ' : 'FAIL'} ${row.suite}/${row.id}  oracle ${row.oracle}  nop ${row.nop}${row.reason === undefined ? '' : `  (${row.reason})`}\n`,
          );
        for (const task of unsupported) output.out(`skip ${task.suite}/${task.id}  unsupported: ${task.reason}\n`);
      }
      const failed = rows.filter((row) => !row.ok).length;
      output.err(
        failed === 0
          ? `${rows.length} tasks: both controls as they must be\n`
          : `${failed} of ${rows.length} tasks fail their controls\n`,
      );
      context.exit(interrupt.code() ?? (failed === 0 ? exitCode.ok : exitCode.controlsFailed));
    });
};
