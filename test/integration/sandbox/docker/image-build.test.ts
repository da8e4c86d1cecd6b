import { randomUUID } from 'node:crypto';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { PreparedImage, SandboxProvider } from '../../../../src/sandbox/sandbox.ts';
import { aDockerProvider, baseImage, docker, transfer } from '../../../support/engine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { describeWithEngine } from '../../../support/with-engine.ts';

type Files = Readonly<Record<string, string>>;

const aContext = async (dockerfile: string, files: Files = {}) => {
  const folder = await temporaryFolder();
  for (const [path, text] of Object.entries({ ...files, Dockerfile: dockerfile })) {
    await mkdir(join(folder.path, path, '..'), { recursive: true });
    await writeFile(join(folder.path, path), text);
  }
  return folder;
};

type Build = { readonly progress?: (line: string) => void; readonly timeoutMs?: number; readonly signal?: AbortSignal };

/** Makes the images of this run new to the engine, which keeps those of earlier ones. */
const fresh = randomUUID();
const built = new Set<string>();

const build = async (provider: SandboxProvider, folder: string, options: Build = {}): Promise<PreparedImage> => {
  const image = await provider.prepareImage(
    {
      image: { kind: 'build', dockerfile: join(folder, 'Dockerfile'), contextFolder: folder },
      variables: {},
      limits: {},
      network: 'none',
    },
    { ...transfer, ...options },
  );
  built.add(image.reference);
  return image;
};

/** What a command prints in a container of the image. */
const printIn = async (provider: SandboxProvider, image: PreparedImage, text: string): Promise<string> => {
  await using sandbox = await provider.open(
    { image, variables: {}, limits: {}, network: 'none' },
    { labels: { run: 'image-build', trial: 'test' }, signal: transfer.signal },
  );
  return (await sandbox.shell.exec(['sh', '-c', text])).stdout.text.trim();
};

describeWithEngine('building images', () => {
  afterAll(() => void docker('rmi', '--force', ...built));

  it('builds once, tells of its progress, and builds anew when anything changes', async () => {
    await using provider = aDockerProvider();
    await using folder = await aContext(
      `FROM ${baseImage}\nWORKDIR /app\nCOPY . .\nRUN ls -1A && echo built ${fresh}`,
      {
        'a.txt': 'one',
      },
    );
    const lines: string[] = [];
    const first = await build(provider, folder.path, { progress: (line) => lines.push(line) });
    expect(lines).toContain(`built ${fresh}`);
    expect(first.reference).toMatch(/^tacho\/task:[0-9a-f]{24}$/);
    expect(first.workdir).toBe('/app');

    const again: string[] = [];
    expect(await build(provider, folder.path, { progress: (line) => again.push(line) })).toEqual(first);
    expect(again).toEqual([]);

    const seen = [first.reference];
    await writeFile(join(folder.path, 'a.txt'), 'two');
    seen.push((await build(provider, folder.path)).reference);
    await chmod(join(folder.path, 'a.txt'), 0o755);
    seen.push((await build(provider, folder.path)).reference);
    await symlink('a.txt', join(folder.path, 'link'));
    const last = await build(provider, folder.path);
    expect(new Set([...seen, last.reference]).size).toBe(4);
    expect(await printIn(provider, last, 'ls -1A; cat link; stat -c %a a.txt')).toBe('Dockerfile\na.txt\nlink\ntwo755');
  });

  it('honours .dockerignore, and copies nothing of ours', async () => {
    await using provider = aDockerProvider();
    await using folder = await aContext(`FROM ${baseImage}\nWORKDIR /app\nCOPY . .`, {
      '.dockerignore': 'secret\nlogs\n!logs/keep\nDockerfile\n',
      secret: 'x',
      'logs/drop': 'x',
      'logs/keep': 'x',
      kept: 'x',
    });
    const image = await build(provider, folder.path);
    expect(await printIn(provider, image, 'find . -type f | sort')).toBe('./.dockerignore\n./kept\n./logs/keep');
    await writeFile(join(folder.path, 'Dockerfile'), `FROM ${baseImage}\nWORKDIR /app\nCOPY * .* /app/`);
    expect(await printIn(provider, await build(provider, folder.path), 'find . -type f | sort')).toBe(
      './.dockerignore\n./keep\n./kept',
    );
  });

  it('replaces the images of FROM and of COPY --from by their mirrors', async () => {
    await using provider = aDockerProvider({ mirrors: { 'ubuntu:24.04': baseImage, 'example.invalid/': 'tacho/' } });
    await using folder = await aContext(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the Dockerfile
      'ARG V=24.04\nFROM ubuntu:${V} AS one\nRUN echo one >/one\nFROM example.invalid/base:trixie\nCOPY --from=one /one /one\nCOPY --from=ubuntu:24.04 /etc/debian_version /two',
    );
    const image = await build(provider, folder.path);
    expect(await printIn(provider, image, 'cat /one; test -s /two && echo two')).toBe('one\ntwo');
  });

  it('overrides the entry point and keeps the user and the folder of the image', async () => {
    await using provider = aDockerProvider();
    await using folder = await aContext(
      `FROM ${baseImage}\nWORKDIR /srv\nUSER nobody\nENTRYPOINT ["/bin/false"]\nHEALTHCHECK CMD false`,
    );
    expect(await printIn(provider, await build(provider, folder.path), 'id -un; pwd')).toBe('nobody\n/srv');
  });

  it('throws with the last lines of a build that fails', async () => {
    await using provider = aDockerProvider();
    await using folder = await aContext(`FROM ${baseImage}\nRUN echo the very reason && exit 7`);
    const building = build(provider, folder.path);
    await expect(building).rejects.toMatchObject({ name: 'InfraError', phase: 'image', code: 'image-build-failed' });
    await expect(building).rejects.toThrow(/the very reason/);
    await expect(building).rejects.toThrow(/code: 7/);
  });

  it.each(['FROM', 'FROMAGE x', 'RUN true'])('throws on a Dockerfile that is none: %s', async (dockerfile) => {
    await using provider = aDockerProvider();
    await using folder = await aContext(dockerfile);
    await expect(build(provider, folder.path)).rejects.toMatchObject({ phase: 'image', code: 'image-build-failed' });
  });

  it('throws on a Dockerfile that is not there, and on a base that cannot be had', async () => {
    await using provider = aDockerProvider();
    await expect(build(provider, '/no/such/folder')).rejects.toMatchObject({
      phase: 'image',
      code: 'dockerfile-unreadable',
    });
    await using folder = await aContext('FROM localhost:1/none:1');
    await expect(build(provider, folder.path)).rejects.toMatchObject({ phase: 'image', code: 'image-not-found' });
  });

  it('stops at its time-out and at an abort', async () => {
    await using provider = aDockerProvider();
    await using folder = await aContext(`FROM ${baseImage}\nRUN sleep 301`);
    await expect(build(provider, folder.path, { timeoutMs: 1500 })).rejects.toMatchObject({ code: 'image-time-out' });
    const controller = new AbortController();
    const building = build(provider, folder.path, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('cancelled')), 1000);
    await expect(building).rejects.toThrow('cancelled');
    const steps = () =>
      docker('ps', '--no-trunc', '--format', '{{.Command}}')
        .split('\n')
        .filter((line) => line.includes('sleep 301'));
    await expect.poll(steps, { timeout: 10_000 }).toEqual([]);
  });

  it('builds what only BuildKit understands, and tells of its progress', async () => {
    await using provider = aDockerProvider();
    await using folder = await aContext(
      `FROM ${baseImage} AS one\nFROM one\nRUN --mount=type=bind,from=${baseImage},source=/etc,target=/mnt cat /mnt/debian_version >/seen && echo kit-built ${fresh}`,
    );
    const lines: string[] = [];
    const image = await build(provider, folder.path, { progress: (line) => lines.push(line) });
    expect(lines.join('\n')).toMatch(/RUN --mount[\s\S]*\nkit-built/);
    expect(await printIn(provider, image, 'test -s /seen && echo seen')).toBe('seen');
    await writeFile(
      join(folder.path, 'Dockerfile'),
      `FROM ${baseImage}\nRUN --mount=type=cache,target=/c echo why && exit 7`,
    );
    await expect(build(provider, folder.path)).rejects.toThrow(/exit code: 7[\s\S]*why/);
  });

  it('says that an image has no shell', async () => {
    await using provider = aDockerProvider();
    await using folder = await aContext('FROM scratch\nCOPY Dockerfile /only');
    const image = await build(provider, folder.path);
    await expect(printIn(provider, image, 'true')).rejects.toMatchObject({
      phase: 'sandbox',
      code: 'image-without-shell',
      message: expect.stringContaining(image.reference),
    });
    expect(docker('ps', '-aq', '--filter', 'label=tacho.run=image-build')).toBe('');
  });
});
