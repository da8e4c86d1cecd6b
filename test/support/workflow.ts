import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';

type Step = {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
};

type Workflow = { readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>> };

/** What came of a step: not run because of its condition, an action of others, or a script with its exit code. */
export type StepOutcome = {
  readonly step: string;
  readonly kind: 'condition-not-met' | 'action' | 'script';
  readonly exitCode?: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
};

type Values = (name: string) => string;

/** The value of one operand: a quoted word, a status function or a name. */
const operand = (text: string, values: Values, succeeded: boolean): string | boolean => {
  const quoted = /^'(.*)'$/.exec(text);
  if (quoted !== null) return quoted[1] ?? '';
  if (text === 'always()') return true;
  if (text === 'success()') return succeeded;
  if (/^(steps|github|secrets)\./.test(text)) return values(text);
  throw new Error(`an expression that this test does not know: ${text}`);
};

/** Conditions of `||`, `&&` and `==`, without brackets; one that names no status function holds only while nothing has failed. */
const holds = (condition: string, values: Values, succeeded: boolean): boolean => {
  const isTrue = (term: string): boolean => {
    const [left = '', right] = term.split('==').map((part) => part.trim());
    const value = operand(left, values, succeeded);
    return right === undefined ? Boolean(value) : value === operand(right, values, succeeded);
  };
  const stated = condition.split('||').some((any) => any.split('&&').every((term) => isTrue(term.trim())));
  return stated && (succeeded || /\b(always|success|failure|cancelled)\(\)/.test(condition));
};

const filled = (text: string, values: Values): string =>
  text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_, name: string) => values(name));

const outputsIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

const nameOf = ({ name, uses, run = '' }: Step): string => name ?? uses ?? run.trim();

/** Runs a script as a runner does: bash -e, its own files for outputs and summary. */
const runScript = async (step: Step, { folder, values }: { readonly folder: string; readonly values: Values }) => {
  const scratch = await mkdtemp(join(folder, '.runner-'));
  const [script, outputs, summary] = ['script.sh', 'outputs', 'summary'].map((name) => join(scratch, name));
  if (script === undefined || outputs === undefined || summary === undefined) throw new Error('three files');
  await writeFile(script, filled(step.run ?? '', values));
  await writeFile(outputs, '');
  await writeFile(summary, '');
  const own = Object.entries(step.env ?? {}).map(([key, value]) => [key, filled(value, values)]);
  const { exitCode, stdout, stderr } = await execa('bash', ['-e', script], {
    cwd: folder,
    reject: false,
    env: {
      NO_COLOR: '1',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: folder,
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
      npm_config_offline: 'true',
      ...Object.fromEntries(own),
    },
  });
  const told = { outputs: outputsIn(await readFile(outputs, 'utf8')), summary: await readFile(summary, 'utf8') };
  return { exitCode, stdout, stderr, ...told };
};

const nothing = { stdout: '', stderr: '', summary: '', outputs: {} };

/**
 * Carries out the steps of a workflow's only job in a folder, in order, by GitHub's rules: a failed script skips the steps after it but those that say
 * `always()`. Actions of others are not carried out; `without` names scripts that are taken as done.
 */
export const runWorkflow = async (
  text: string,
  { folder, without = [] }: { readonly folder: string; readonly without?: readonly string[] },
): Promise<readonly StepOutcome[]> => {
  const [job] = Object.values((parse(text) as Workflow).jobs);
  const done: StepOutcome[] = [];
  const outputs = new Map<string, Readonly<Record<string, string>>>();
  const values: Values = (name) => {
    const [, id = '', key = ''] = /^steps\.([\w-]+)\.outputs\.([\w-]+)$/.exec(name) ?? [];
    return id === '' ? name : (outputs.get(id)?.[key] ?? '');
  };
  let succeeded = true;
  for (const step of job?.steps ?? []) {
    const named = { step: nameOf(step), ...nothing };
    if (!holds(step.if ?? 'success()', values, succeeded)) done.push({ ...named, kind: 'condition-not-met' });
    else if (step.run === undefined || without.includes(named.step)) done.push({ ...named, kind: 'action' });
    else {
      const came = await runScript(step, { folder, values });
      if (step.id !== undefined) outputs.set(step.id, came.outputs);
      succeeded &&= came.exitCode === 0;
      done.push({ ...named, kind: 'script', ...came });
    }
  }
  return done;
};
