import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { UserError } from '../../../domain/errors.ts';
import type { ImageBuild, Suite, Task } from '../../../domain/task.ts';
import { folderDigest } from '../../folder-digest.ts';
import type { SuiteFormat } from '../../suite.ts';
import { readSuiteFile } from '../../suite-file.ts';
import { instructionOf, parseRows, type Row } from './row.ts';

const imageFile = z.object({ context: z.string() });

/** What a repository needs to become an image: `images/<repo>/{Dockerfile,image.toml}`. */
const imageOf = async (folder: string, row: Row): Promise<ImageBuild> => {
  const recipe = join(folder, 'images', row.repo.split('/').at(-1) ?? row.repo);
  const dockerfile = join(recipe, 'Dockerfile');
  if (!existsSync(dockerfile))
    throw new UserError(`no image recipe for repository ${row.repo}`, {
      where: dockerfile,
      fix: 'add images/<repo>/Dockerfile and image.toml',
    });
  const { context } = imageFile.parse(parse(await readFile(join(recipe, 'image.toml'), 'utf8')));
  return { kind: 'build', dockerfile, contextFolder: resolve(recipe, context) };
};

const taskOf = async (
  row: Row,
  {
    folder,
    suite,
    imageDigest,
  }: { folder: string; suite: string; imageDigest: (image: ImageBuild) => Promise<string> },
): Promise<Task> => {
  const image = await imageOf(folder, row);
  const runScript = await readFile(join(folder, 'run_scripts', row.instance_id, 'run_script.sh'), 'utf8');
  const digest = createHash('sha256')
    .update(JSON.stringify(row))
    .update(runScript)
    .update(await imageDigest(image))
    .digest('hex');
  return {
    id: row.instance_id,
    suite,
    instruction: instructionOf(row),
    environment: {
      image,
      workdir: '/app',
      variables: {},
      limits: { cpus: 1, memoryBytes: 2 * 1024 ** 3 },
      network: 'none',
    },
    check: {
      kind: 'named-tests',
      baseCommit: row.base_commit,
      testPatch: row.test_patch,
      runScript,
      selectors: row.selected_test_files_to_run,
      parser: row.log_parser,
      failToPass: row.fail_to_pass,
      passToPass: row.pass_to_pass,
    },
    solution: { kind: 'patch', patch: row.patch },
    budget: { agentMs: 3_000_000, verifierMs: 600_000, buildMs: 600_000 },
    difficulty: row.difficulty,
    category: row.issue_categories[0] ?? 'uncategorised',
    tags: row.tags,
    language: row.repo_language,
    digest,
  };
};

const load = async (path: string): Promise<Suite> => {
  const folder = resolve(path);
  const rows = parseRows(await readFile(join(folder, 'instances.jsonl'), 'utf8'), join(path, 'instances.jsonl'));
  const { name, version } = await readSuiteFile(folder);
  // All rows of one repository share one context: hash it once.
  const digests = new Map<string, Promise<string>>();
  const imageDigest = (image: ImageBuild): Promise<string> => {
    const known =
      digests.get(image.dockerfile) ??
      readFile(image.dockerfile, 'utf8').then((text) => folderDigest(image.contextFolder, [text]));
    digests.set(image.dockerfile, known);
    return known;
  };
  const tasks = await Promise.all(rows.map((row) => taskOf(row, { folder, suite: name, imageDigest })));
  return { name, version, format: 'swe-bench-pro', tasks, unsupported: [] };
};

/** SWE-bench-Pro-style rows: a folder with instances.jsonl, run_scripts/ and images/. */
export const sweBenchProFormat: SuiteFormat = {
  name: 'swe-bench-pro',
  recognises: async (path) => existsSync(join(path, 'instances.jsonl')),
  load,
};
