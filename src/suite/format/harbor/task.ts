import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Difficulty, ImageSource, Task, TaskSteering } from '../../../domain/task.ts';
import { folderDigest, listFiles } from '../../folder-digest.ts';
import type { TaskFile } from './schema.ts';
import { parseTaskFile } from './task-file.ts';
import { unsupportedReason } from './unsupported.ts';
import { resolveVariables } from './variables.ts';

const difficulties: readonly string[] = ['easy', 'medium', 'hard'];

/** "2G" → bytes; G, M and K are powers of 1024. */
const bytesOf = (size: string): number => {
  const [, number = '0', unit = 'M'] = /^([\d.]+)\s*([GMK])/i.exec(size) ?? [];
  return Number(number) * 1024 ** ({ K: 1, M: 2, G: 3 }[unit.toUpperCase()] ?? 2);
};

/** Leading canary comments are for crawlers, not for the agent. */
export const stripCanary = (instruction: string): string =>
  instruction.replace(/^(?:\s*(?:<!--[^\n]*canary[^\n]*-->|#[^\n]*canary[^\n]*)\s*\n)+/i, '').trim();

const imageOf = (folder: string, file: TaskFile): ImageSource => {
  const dockerfile = join(folder, 'environment', 'Dockerfile');
  const build = existsSync(dockerfile)
    ? ({ kind: 'build', dockerfile, contextFolder: join(folder, 'environment') } as const)
    : undefined;
  const reference = file.environment?.docker_image;
  if (reference) return { kind: 'reference', reference, otherwise: build };
  return build ?? { kind: 'reference', reference: '' };
};

const networkOf = (file: TaskFile): 'none' | 'public' => {
  const environment = file.environment;
  return environment?.network_mode === 'no-network' || environment?.allow_internet === false ? 'none' : 'public';
};

const memoryOf = (file: TaskFile): number | undefined => {
  const environment = file.environment;
  if (environment?.memory_mb) return environment.memory_mb * 1024 ** 2;
  return environment?.memory ? bytesOf(environment.memory) : undefined;
};

type Steering = NonNullable<NonNullable<TaskFile['metadata']>['steering']>;

const steeringOf = ({ after_output_tokens: afterOutputTokens, instruction }: Steering): TaskSteering => ({
  afterOutputTokens,
  instruction: instruction.trim(),
});

const seconds = (value: number | null | undefined): number | undefined => (value ? value * 1000 : undefined);

/** Reads one Harbor task folder; a task that needs what we do not support comes back as its reason. */
export const loadHarborTask = async (
  folder: string,
  {
    suite,
    hostVariables,
  }: { readonly suite: string; readonly hostVariables: Readonly<Record<string, string | undefined>> },
): Promise<Task | { readonly id: string; readonly reason: string }> => {
  const path = join(folder, 'task.toml');
  const file = parseTaskFile(await readFile(path, 'utf8'), path);
  const files = await listFiles(folder);
  const id = basename(folder);
  const reason =
    unsupportedReason(file, files) ?? (files.includes('instruction.md') ? undefined : 'instruction.md is missing');
  if (reason !== undefined) return { id, reason };
  const difficulty = file.metadata?.difficulty ?? 'unknown';
  const variablesOf = (variables: Readonly<Record<string, string>> | undefined) =>
    resolveVariables(variables ?? {}, hostVariables, path);
  return {
    id,
    suite,
    instruction: stripCanary(await readFile(join(folder, 'instruction.md'), 'utf8')),
    environment: {
      image: imageOf(folder, file),
      workdir: file.environment?.workdir ?? undefined,
      user: file.agent?.user == null ? undefined : String(file.agent.user),
      variables: variablesOf(file.environment?.env),
      limits: { cpus: file.environment?.cpus ?? undefined, memoryBytes: memoryOf(file) },
      network: networkOf(file),
    },
    check: {
      kind: 'reward-file',
      testsFolder: join(folder, 'tests'),
      variables: variablesOf(file.verifier?.env),
      user: file.verifier?.user == null ? undefined : String(file.verifier.user),
      prefer: 'reward.json',
      announcesReport: (await readFile(join(folder, 'tests', 'test.sh'), 'utf8')).includes('/logs/verifier/ctrf.json'),
    },
    solution: files.includes('solution/solve.sh')
      ? { kind: 'script', folder: join(folder, 'solution'), variables: variablesOf(file.solution?.env) }
      : undefined,
    budget: {
      agentMs: seconds(file.agent?.timeout_sec),
      verifierMs: seconds(file.verifier?.timeout_sec) ?? 600_000,
      buildMs: seconds(file.environment?.build_timeout_sec) ?? 600_000,
    },
    ...(file.metadata?.steering === undefined ? {} : { steering: steeringOf(file.metadata.steering) }),
    difficulty: (difficulties.includes(difficulty) ? difficulty : 'unknown') as Difficulty,
    category: file.metadata?.category ?? 'uncategorised',
    tags: file.metadata?.tags ?? [],
    digest: await folderDigest(folder),
  };
};
