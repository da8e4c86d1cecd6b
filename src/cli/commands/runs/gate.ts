import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../../domain/errors.ts';
import type { GateFile } from '../../../gate/gate.ts';
import { evaluateGates } from '../../../gate/judge/evaluate.ts';
import { gateConsole } from '../../../gate/output/console.ts';
import { gateJson } from '../../../gate/output/json.ts';
import { gateJunit } from '../../../gate/output/junit.ts';
import { metricsText } from '../../../gate/output/metrics-text.ts';
import { renameContenders } from '../../../gate/rename.ts';
import { sentenceOf } from '../../../gate/say/sentence.ts';
import type { GateReport } from '../../../gate/verdict.ts';
import { sanitiseOutput } from '../../../report/sanitise.ts';
import { writeDocument } from '../../../store/manifest.ts';
import { exitCode } from '../../exit-codes.ts';
import { tellGithub } from '../../judging/github.ts';
import { readGateFile, readMeasured, requirePricedEndpoints, turnMetricsOf } from '../../judging/read.ts';
import { readProbe } from '../../judging/read-probe.ts';
import type { CommandContext, RegisterCommand } from '../../program.ts';

type GateOptions = {
  readonly run?: string;
  readonly probe?: string;
  readonly baseline?: string;
  readonly name?: Readonly<Record<string, string>>;
  readonly explain?: boolean;
  readonly check?: boolean;
  readonly metrics?: boolean;
  readonly json?: boolean;
  readonly junit?: string;
  readonly github?: boolean;
};

/** `spark=wafer`: the file's spark is the run's wafer. */
const collectName = (text: string, names: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => {
  const place = text.indexOf('=');
  if (place < 1 || place === text.length - 1)
    throw new UserError(`--name needs NAME=CONTENDER, got ${text}`, { fix: 'write --name spark=wafer' });
  return { ...names, [text.slice(0, place)]: text.slice(place + 1) };
};

/** The gates as sentences: a file that reads wrong is wrong. */
const showSentences = (file: GateFile, { output }: CommandContext): void => {
  for (const gate of file.gates)
    output.out(
      `${gate.level.padEnd(6)} ${sanitiseOutput(gate.name)}\n       ${sanitiseOutput(sentenceOf(gate, file))}\n`,
    );
  output.err(
    `${file.gates.length} gates, no mistake. How often each would pass: tacho plan --gates ${sanitiseOutput(file.file)}\n`,
  );
};

const writeFileAt = async (path: string, content: string): Promise<void> => {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeDocument(path, content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`cannot write ${path}: ${why}`, {
      where: path,
      fix: 'give the path of a file that can be written',
    });
  }
};

type Judged = { readonly report: GateReport; readonly verdictPath: string; readonly path: string };

/** All outputs of one report, and its exit code. */
const publish = async ({ report, verdictPath, path }: Judged, options: GateOptions, context: CommandContext) => {
  const { output, workingFolder, variables } = context;
  const json = gateJson(report);
  const text = gateConsole(report, { colour: output.colour, explain: options.explain ?? false });
  await writeFileAt(verdictPath, json);
  if (options.junit !== undefined) await writeFileAt(resolve(workingFolder, options.junit), gateJunit(report));
  if (options.json) output.out(json);
  (options.json ? output.err : output.out)(text);
  if (options.github ?? variables.GITHUB_ACTIONS === 'true')
    await tellGithub(report, { path, context, write: options.json ? output.err : output.out });
  context.exit(report.exitCode);
};

/** What to judge on, and where the verdict is kept: with the run, else with the probe. */
const foldersOf = (
  options: GateOptions,
  {
    ownBaseline,
    path,
    workingFolder,
  }: { readonly ownBaseline: string | undefined; readonly path: string; readonly workingFolder: string },
) => {
  const given = (folder: string | undefined, from = workingFolder) =>
    folder === undefined ? undefined : resolve(from, folder);
  const [run, probe] = [given(options.run), given(options.probe)];
  const home = run === undefined ? probe : join(run, 'report');
  if (home === undefined)
    throw new UserError('gates need a run or a probe to be judged on', {
      fix: 'give its folder with --run or --probe, or --check to look at the file alone',
    });
  return {
    run,
    probe,
    baseline: given(options.baseline) ?? given(ownBaseline, dirname(path)),
    verdict: join(home, 'verdict.json'),
  };
};

const judge = async (gates: string, options: GateOptions, context: CommandContext): Promise<void> => {
  const { workingFolder, variables } = context;
  const path = resolve(workingFolder, gates);
  const file = renameContenders(await readGateFile(path, gates), options.name ?? {});
  if (options.check) {
    showSentences(file, context);
    context.exit(exitCode.ok);
    return;
  }
  const folders = foldersOf(options, { ownBaseline: file.baseline, path, workingFolder });
  const kept = { turnMetrics: turnMetricsOf(file), prices: file.prices };
  const sources = {
    run: folders.run === undefined ? undefined : await readMeasured(folders.run, kept),
    baseline: folders.baseline === undefined ? undefined : await readMeasured(folders.baseline, kept),
    probe: folders.probe === undefined ? undefined : await readProbe(folders.probe),
  };
  requirePricedEndpoints(
    file,
    [sources.run, sources.baseline].filter((run) => run !== undefined),
  );
  const ifInconclusive = variables.CI && variables.CI !== 'false' ? 'fail' : 'warn';
  const report = evaluateGates(file, sources, { ifInconclusive });
  await publish({ report, verdictPath: folders.verdict, path }, options, context);
};

const judgeOrList = async (gates: string | undefined, options: GateOptions, context: CommandContext): Promise<void> => {
  if (options.metrics) context.output.out(metricsText());
  else if (gates !== undefined) await judge(gates, options, context);
  else
    throw new UserError('there is no gate file to judge by', {
      fix: 'give its path, as in `tacho gate gates.yaml --run RUN`; docs/gates.md has examples',
    });
};

/** `tacho gate`: judges a run, a probe or both by a file of gates; the exit code says what came out. */
export const registerGate: RegisterCommand = (program, context) => {
  program
    .command('gate')
    .description(
      'judge a run, a probe or both by a file of gates: pass, fail, inconclusive or not evaluated, with an exit code that means it',
    )
    .argument('[gates]', 'gate file (docs/gates.md)')
    .option('-r, --run <folder>', "the run's folder")
    .option('-p, --probe <folder>', 'the folder of a probe, for gates about single calls (metrics probe_…)')
    .option('-b, --baseline <folder>', 'finished run that `baseline` stands for')
    .option('--name <name=contender>', "the file's name of a contender and the run's; can be repeated", collectName)
    .option('--explain', 'say of every gate what was found, from how much, and what it would take')
    .option('--check', 'only read the file: every mistake, or every gate as a sentence')
    .option('--metrics', 'only list the metrics that a gate can name, with their formulas')
    .option('--json', 'print the verdict object (as in verdict.json) to standard output')
    .option('--junit <file>', 'write JUnit XML')
    .option('--github', 'annotations, job summary and outputs; the default where GITHUB_ACTIONS is true')
    .option('--no-github', 'none of these')
    .action((gates: string | undefined, options: GateOptions) => judgeOrList(gates, options, context));
};
