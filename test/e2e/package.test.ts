import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const INSTALL = ['install', '--no-audit', '--no-fund', '--prefer-offline'];

/** All files below a folder of the project, as paths from its root. */
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

/** The package as its users get it: packed, installed into an empty project, started from somewhere else. */
describe('the npm package', () => {
  let folder: string;
  let elsewhere: string;
  const tacho = (...args: string[]) =>
    execa(join(folder, 'node_modules', '.bin', 'tacho'), args, { cwd: elsewhere, reject: false });
  const installed = (...path: string[]) => join(folder, 'node_modules', 'tacho', ...path);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tacho-package-'));
    elsewhere = join(folder, 'elsewhere');
    await mkdir(elsewhere);
    const { stdout } = await execa('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
    const archive = /"filename": "([^"]+)"/.exec(stdout)?.[1];
    await execa('npm', ['init', '--yes'], { cwd: folder });
    await execa('npm', [...INSTALL, join(folder, String(archive))], { cwd: folder });
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('says its version', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(await tacho('--version')).toMatchObject({ exitCode: 0, stdout: version, stderr: '' });
  });

  it('says what it can do', async () => {
    const { exitCode, stdout } = await tacho('--help');
    expect(exitCode).toBe(0);
    for (const command of ['run', 'resume', 'report', 'check', 'simulate'])
      expect(stdout).toMatch(new RegExp(`^ +${command}\\b`, 'm'));
  });

  it('shows the recorded run from any folder, into that folder', async () => {
    const { exitCode, stdout } = await tacho('demo', '--recorded');
    expect(exitCode).toBe(0);
    const page = /^Report.*: (.+index\.html)$/m.exec(stdout)?.[1];
    expect(page).toBe(join(await realpath(elsewhere), 'results', 'recorded-demo', 'report', 'index.html'));
    expect(await readFile(String(page), 'utf8')).toContain('simulated');
  });

  it('holds every file of the suites, of the simulator and of the images as it is here', async () => {
    const { files } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { files: string[] };
    const folders = files.filter((path) => /^(suites|images|fixtures\/.+)$/.test(path));
    const shipped = folders.flatMap((folder) => filesIn(folder));
    expect(shipped.length).toBeGreaterThan(100);
    for (const path of shipped) {
      expect((await readFile(installed(path))).equals(await readFile(join(root, path))), path).toBe(true);
    }
  });

  it.each(['src', 'test', 'node_modules', '.tacho', 'results'])('does not hold %s', (path) => {
    expect(existsSync(installed(path))).toBe(false);
  });
});
