/**
 * Writes `suites/swe/instances.jsonl` from `suites/swe/instances/<slug>/`: `node scripts/make-swe-suite.ts`.
 * Needs git, no Docker: the base commit of a repository follows from its sources alone.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
const suite = join(root, 'suites/swe');

const instanceSchema = z.strictObject({
  repo: z.string(),
  language: z.enum(['python', 'js', 'go']),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  tags: z.array(z.string()),
  issue_specificity: z.array(z.string()),
  issue_categories: z.array(z.string()),
  selected_tests: z.array(z.string()).min(1),
  fail_to_pass: z.array(z.string()).min(1),
  pass_to_pass: z.array(z.string()),
});

type Instance = z.output<typeof instanceSchema>;
type Row = Readonly<Record<string, string>>;

const logParsers = { python: 'pytest', js: 'node-test', go: 'go-test' } as const;

/** As in the image recipes: these and the sources make the hash of the commit. */
const commitVariables = {
  GIT_AUTHOR_NAME: 'Tacho',
  GIT_AUTHOR_EMAIL: 'tacho@example.invalid',
  GIT_AUTHOR_DATE: '2025-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'Tacho',
  GIT_COMMITTER_EMAIL: 'tacho@example.invalid',
  GIT_COMMITTER_DATE: '2025-01-01T00:00:00Z',
  // The settings of whoever runs this must not matter.
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'core.fileMode=false', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...commitVariables },
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

/** A git repository with the one commit that the image of this repository holds. */
const commitSources = (repo: string): { readonly folder: string; readonly commit: string } => {
  const folder = mkdtempSync(join(tmpdir(), `tacho-${repo}-`));
  const filter = (path: string) => !/\/(__pycache__|\.pytest_cache)(\/|$)/.test(path);
  cpSync(join(root, 'fixtures/repos', repo), folder, { recursive: true, filter });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'Import the sources');
  return { folder, commit: git(folder, 'rev-parse', 'HEAD') };
};

/** Throws git's words where the patches do not apply, one after the other. */
const checkPatches = (folder: string, ...patches: readonly string[]): void => {
  git(folder, 'read-tree', 'HEAD');
  for (const patch of patches) git(folder, 'apply', '--cached', patch);
  git(folder, 'read-tree', 'HEAD');
};

/** The published four lines; only the last is meant to be run, and it names no later commit: test_patch brings the tests. */
const setCommandOf = (commit: string, language: Instance['language']): string => {
  const tests = language === 'go' ? "':(glob)**/*_test.go'" : 'tests';
  return [
    `git reset --hard ${commit}`,
    'git clean -fd ',
    `git checkout ${commit} `,
    `git checkout ${commit} -- ${tests}`,
  ].join('\n');
};

const rowOf = (slug: string, { folder, commit }: { folder: string; commit: string }, instance: Instance): Row => {
  const path = (name: string) => join(suite, 'instances', slug, name);
  const text = (name: string) => readFileSync(path(name), 'utf8');
  checkPatches(folder, path('gold.patch'), path('test.patch'));
  return {
    repo: `tacho/${instance.repo}`,
    instance_id: `instance_tacho__${slug}`,
    base_commit: commit,
    patch: text('gold.patch'),
    test_patch: text('test.patch'),
    problem_statement: text('problem_statement.md'),
    requirements: text('requirements.md'),
    interface: text('interface.md'),
    repo_language: instance.language,
    fail_to_pass: JSON.stringify(instance.fail_to_pass),
    pass_to_pass: JSON.stringify(instance.pass_to_pass),
    issue_specificity: JSON.stringify(instance.issue_specificity),
    issue_categories: JSON.stringify(instance.issue_categories),
    before_repo_set_cmd: setCommandOf(commit, instance.language),
    selected_test_files_to_run: JSON.stringify(instance.selected_tests),
    dockerhub_tag: '',
    log_parser: logParsers[instance.language],
    difficulty: instance.difficulty,
    tags: JSON.stringify(instance.tags),
  };
};

/** The content of `instances.jsonl`: a line an instance, sorted by id. Throws where a file is malformed or a patch does not apply. */
export const makeSweSuite = (): string => {
  const commits = new Map<string, ReturnType<typeof commitSources>>();
  try {
    const slugs = readdirSync(join(suite, 'instances')).toSorted();
    const rows = slugs.map((slug) => {
      const instance = instanceSchema.parse(
        parse(readFileSync(join(suite, 'instances', slug, 'instance.toml'), 'utf8')),
      );
      const sources = commits.get(instance.repo) ?? commitSources(instance.repo);
      commits.set(instance.repo, sources);
      return rowOf(slug, sources, instance);
    });
    return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  } finally {
    for (const { folder } of commits.values()) rmSync(folder, { recursive: true, force: true });
  }
};

if (import.meta.main) writeFileSync(join(suite, 'instances.jsonl'), makeSweSuite());
