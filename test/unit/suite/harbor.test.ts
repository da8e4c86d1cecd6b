import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { harborFormat } from '../../../src/suite/format/harbor/format.ts';
import { stripCanary } from '../../../src/suite/format/harbor/task.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const write = async (folder: string, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
};

const files = {
  'task.toml':
    'version = "1.0"\n[metadata]\ndifficulty = "medium"\ncategory = "security"\ntags = ["git"]\n[agent]\ntimeout_sec = 900.0\n[verifier]\ntimeout_sec = 30\n[environment]\ncpus = 1\nmemory = "2G"\n',
  'instruction.md': '<!-- benchmark canary GUID 1 -->\n\nDo the thing.\n',
  'environment/Dockerfile': 'FROM x\n',
  'tests/test.sh': 'pytest --ctrf /logs/verifier/ctrf.json\n',
  'solution/solve.sh': 'true\n',
};

const load = async (overrides: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>> = {}) => {
  await using scratch = await temporaryFolder();
  await write(join(scratch.path, 'suite', 'one'), { ...files, ...overrides });
  const suite = await harborFormat(variables).load(join(scratch.path, 'suite'));
  return { task: suite.tasks[0], unsupported: suite.unsupported, name: suite.name };
};

describe('the Harbor task format', () => {
  it('reads old names and units into ours', async () => {
    const { task, name } = await load({});
    expect(name).toBe('suite');
    expect(task).toMatchObject({
      id: 'one',
      suite: 'suite',
      instruction: 'Do the thing.',
      difficulty: 'medium',
      tags: ['git'],
      environment: { limits: { cpus: 1, memoryBytes: 2 * 1024 ** 3 }, network: 'public' },
      check: { kind: 'reward-file', announcesReport: true },
      budget: { agentMs: 900_000, verifierMs: 30_000, buildMs: 600_000 },
    });
  });

  it('reads an instruction that is to change', async () => {
    const steering = '[metadata.steering]\nafter_output_tokens = 40\ninstruction = """\nDo the other thing.\n"""\n';
    expect((await load({ 'task.toml': steering })).task?.steering).toEqual({
      afterOutputTokens: 40,
      instruction: 'Do the other thing.',
    });
    expect((await load({})).task).not.toHaveProperty('steering');
    await expect(load({ 'task.toml': steering.replace('40', '0') })).rejects.toThrow(
      /metadata\.steering\.after_output_tokens/,
    );
  });

  it('takes no-network from the new and the old name', async () => {
    expect(
      (await load({ 'task.toml': '[environment]\nnetwork_mode = "no-network"\n' })).task?.environment.network,
    ).toBe('none');
    expect((await load({ 'task.toml': '[environment]\nallow_internet = false\n' })).task?.environment.network).toBe(
      'none',
    );
  });

  it('prefers the published image and keeps the Dockerfile for where it cannot be had', async () => {
    const { task } = await load({ 'task.toml': '[environment]\ndocker_image = "a/b:1"\n' });
    expect(task?.environment.image).toMatchObject({
      kind: 'reference',
      reference: 'a/b:1',
      otherwise: { kind: 'build' },
    });
  });

  it.each([
    ['[[steps]]\nname = "a"\n', /multi-step/],
    ['[environment]\ngpus = 1\n', /GPU/],
    ['[environment]\nos = "windows"\n', /Windows/],
    ['[environment]\nnetwork_mode = "allowlist"\n', /allowlist/],
    ['[verifier]\nenvironment_mode = "separate"\n', /separate verifier/],
  ])('names what it cannot run: %s', async (toml, reason) => {
    const { task, unsupported } = await load({ 'task.toml': toml });
    expect(task).toBeUndefined();
    expect(unsupported[0]?.reason).toMatch(reason);
  });

  it('says where a task.toml is wrong', async () => {
    await expect(load({ 'task.toml': 'version = \n' })).rejects.toMatchObject({
      where: expect.stringMatching(/task\.toml:1:\d+$/),
    });
    await expect(load({ 'task.toml': '[verifier]\ntimeout_sec = "soon"\n' })).rejects.toMatchObject({
      where: expect.stringMatching(/task\.toml:2:1$/),
    });
  });

  it('resolves variables from the host and names one that is missing', async () => {
    const toml = `[environment.env]\nA = "\${HOST_A}"\nB = "\${HOST_B:-fallback}"\n`;
    expect((await load({ 'task.toml': toml }, { HOST_A: 'yes' })).task?.environment.variables).toEqual({
      A: 'yes',
      B: 'fallback',
    });
    await expect(load({ 'task.toml': toml })).rejects.toThrow(/HOST_A/);
  });

  it('has another digest as soon as anything of the task changes, an executable bit included', async () => {
    await using scratch = await temporaryFolder();
    const folder = join(scratch.path, 'suite');
    await write(join(folder, 'one'), files);
    const digest = async () => (await harborFormat({}).load(folder)).tasks[0]?.digest;
    const first = await digest();
    expect(await digest()).toBe(first);
    await chmod(join(folder, 'one', 'tests', 'test.sh'), 0o755);
    const second = await digest();
    expect(second).not.toBe(first);
    await write(join(folder, 'one'), { 'solution/solve.sh': 'false\n' });
    expect(await digest()).not.toBe(second);
  });
});

describe('stripCanary', () => {
  it('takes leading canary lines only', () => {
    expect(stripCanary('# harbor-canary GUID 1\n# harbor-canary GUID 2\n\n# Title\ntext canary\n')).toBe(
      '# Title\ntext canary',
    );
  });
});
