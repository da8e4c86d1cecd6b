import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Environment } from '../../src/domain/task.ts';
import type { PreparedImage, Sandbox, SandboxProvider, SandboxSpec } from '../../src/sandbox/sandbox.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const labels = { run: 'contract', trial: 'contract' };
const never = new AbortController().signal;
const script = (text: string): readonly string[] => ['sh', '-c', text];

/**
 * What every SandboxProvider must do. `environment` names an image with a POSIX shell, coreutils, procps and a user `nobody`; it has no
 * WORKDIR of its own.
 */
export const sandboxContract = (name: string, makeProvider: () => SandboxProvider, environment: Environment): void => {
  describe(`sandbox contract: ${name}`, () => {
    let provider: SandboxProvider;
    let image: PreparedImage;
    let shared: Sandbox;
    const open = (spec: Partial<SandboxSpec> = {}): Promise<Sandbox> =>
      provider.open({ image, variables: {}, limits: {}, network: 'none', ...spec }, { labels, signal: never });
    const print = async (text: string, sandbox = shared): Promise<string> =>
      (await sandbox.shell.exec(script(text))).stdout.text.trim();

    beforeAll(async () => {
      provider = makeProvider();
      image = await provider.prepareImage(environment, { timeoutMs: 300_000, signal: never });
      shared = await open();
    });
    afterAll(() => provider[Symbol.asyncDispose]());

    describe('engine and images', () => {
      it('tells what it is', async () => {
        const info = await provider.info();
        expect(Object.values(info).every((value) => value.length > 0)).toBe(true);
      });

      it('prepares the same image twice', async () => {
        expect(await provider.prepareImage(environment, { timeoutMs: 300_000, signal: never })).toEqual(image);
        expect(image.imageId).toMatch(/^sha256:/);
        expect(shared.imageId).toBe(image.imageId);
      });

      it('names an image that cannot be had', async () => {
        const reference = 'localhost:1/no-such/image:tag';
        const missing = provider.prepareImage(
          { ...environment, image: { kind: 'reference', reference } },
          { timeoutMs: 60_000, signal: never },
        );
        await expect(missing).rejects.toMatchObject({
          phase: 'image',
          code: 'image-not-found',
          message: expect.stringContaining(reference),
        });
        await expect(missing).rejects.toThrow(/images\.mirrors/);
      });
    });

    describe('commands', () => {
      it('gives exit code and both streams apart', async () => {
        const result = await shared.shell.exec(script('echo out; echo err >&2; exit 3'));
        expect(result).toMatchObject({
          ended: 'exit',
          exitCode: 3,
          stdout: { text: 'out\n', bytes: 4, truncated: false },
          stderr: { text: 'err\n', bytes: 4, truncated: false },
        });
        expect(result.durationMs).toBeGreaterThan(0);
      });

      it('passes arguments as they are, without a shell', async () => {
        const odd = ['a b', '$HOME', '"', "'", '', '*', '\\n', 'é\n'];
        const { stdout } = await shared.shell.exec(['printf', '%s|', ...odd]);
        expect(stdout.text).toBe(`${odd.join('|')}|`);
      });

      it('runs programs, not builtins of its own shell', async () => {
        expect((await shared.shell.exec(['eval', 'true'])).exitCode).toBe(127);
        expect((await shared.shell.exec(['exit', '3'])).exitCode).toBe(127);
      });

      it('tells a command that is not there by 127, and one that is no program by 126', async () => {
        const missing = await shared.shell.exec(['no-such-command']);
        expect([missing.ended, missing.exitCode]).toEqual(['exit', 127]);
        expect(missing.stderr.text).toContain('no-such-command');
        expect((await shared.shell.exec(['/etc/passwd'])).exitCode).toBe(126);
      });

      it.each([{ workdir: '/no/such/folder' }, { user: 'no-such-user' }])(
        'throws when it cannot start with %j',
        async (options) => {
          await expect(shared.shell.exec(['true'], options)).rejects.toMatchObject({
            name: 'InfraError',
            phase: 'sandbox',
            code: 'command-not-started',
          });
        },
      );

      it('gives 128 + n for a command that a signal ended', async () => {
        const { ended, exitCode, stderr } = await shared.shell.exec(script('kill -9 $$'));
        expect([ended, exitCode, stderr.text]).toEqual(['exit', 137, '']);
      });

      it('outlives a command that signals its own process group', async () => {
        const trapped = await shared.shell.exec(script('trap "exit 5" TERM; kill -TERM 0; sleep 5'));
        expect([trapped.ended, trapped.exitCode]).toEqual(['exit', 5]);
        const killed = await shared.shell.exec(script('kill -9 0'));
        expect([killed.ended, killed.exitCode]).toEqual(['exit', 137]);
      });

      it('takes user, folder and variables', async () => {
        const options = { user: 'nobody', workdir: '/tmp', variables: { ODD: 'a b=$c\n"' } };
        const { stdout } = await shared.shell.exec(script('id -un; pwd; printf %s "$ODD"'), options);
        expect(stdout.text).toBe('nobody\n/tmp\na b=$c\n"');
      });

      it('gives a sandbox its user, folder and variables, which a command may override', async () => {
        await using sandbox = await open({ user: 'nobody', workdir: '/var/made', variables: { A: '1', B: '2' } });
        const { stdout } = await sandbox.shell.exec(script('id -un; pwd; echo $A$B'), { variables: { B: '3' } });
        expect(stdout.text).toBe('nobody\n/var/made\n13\n');
      });

      it('feeds text and bytes to its input', async () => {
        expect((await shared.shell.exec(['cat'], { stdin: 'é\nx' })).stdout.text).toBe('é\nx');
        const million = await shared.shell.exec(['md5sum'], { stdin: new Uint8Array(3_000_000) });
        expect(million.stdout.text).toBe('c9fc2d3dd83ab67a129ac10b09c9ebbb  -\n');
      });

      it('gives no input as /dev/null', async () => {
        expect(await print('readlink /proc/self/fd/0')).toBe('/dev/null');
        expect((await shared.shell.exec(['cat'], { stdin: '' })).stdout.text).toBe('');
      });

      it('ends well with a command that leaves its input unread', async () => {
        const { exitCode, stdout } = await shared.shell.exec(script('echo done'), { stdin: new Uint8Array(5_000_000) });
        expect([exitCode, stdout.text]).toEqual([0, 'done\n']);
      });

      it('bounds a flood of output, keeps head and tail and counts every byte', async () => {
        const flood = 'echo first; head -c 30000000 /dev/zero | tr "\\0" x; echo; echo last';
        const { stdout } = await shared.shell.exec(script(flood), { outputLimitBytes: 1000 });
        expect(stdout).toMatchObject({ bytes: 30_000_012, truncated: true });
        expect(stdout.text).toMatch(/^first\nx+\n\[… 299\d+ bytes omitted …\]\nx+\nlast\n$/);
      });

      it('waits for a command that redirects its own output', async () => {
        const { exitCode } = await shared.shell.exec(script('exec >/dev/null 2>&1; sleep 0.5; exit 4'));
        expect(exitCode).toBe(4);
      });

      it('runs many at a time', async () => {
        const results = await Promise.all(
          Array.from({ length: 24 }, (_, index) => shared.shell.exec(script(`echo ${index}; exit ${index}`))),
        );
        expect(results.map(({ exitCode, stdout }) => `${exitCode} ${stdout.text}`)).toEqual(
          results.map((_, index) => `${index} ${index}\n`),
        );
      });
    });

    describe('processes', () => {
      const living = (marker: string, sandbox = shared) =>
        print(`pgrep -fc "[${marker[0]}]${marker.slice(1)}" || :`, sandbox);

      it('returns from a command that leaves something in the background, which lives on', async () => {
        const started = performance.now();
        const result = await shared.shell.exec(script('echo hi; sleep 4301 & exit 3'));
        expect([result.exitCode, result.stdout.text]).toEqual([3, 'hi\n']);
        expect(performance.now() - started).toBeLessThan(4000);
        expect(await living('sleep 4301')).toBe('1');
      });

      it('lets a service that goes on writing live after its command', async () => {
        await shared.shell.exec(
          script('(i=0; while :; do i=$((i+1)); echo $i; echo $i >/tmp/count; sleep 0.05; done) &'),
        );
        const before = Number(await print('cat /tmp/count'));
        await expect.poll(async () => Number(await print('cat /tmp/count'))).toBeGreaterThan(before + 5);
      });

      it.each([
        ['a child', 'sleep 4311'],
        ['a background child', 'sleep 4312 & sleep 4313'],
        ['one that left the session', 'setsid sleep 4314 & sleep 4315'],
        ['a daemon', '(setsid sh -c "sleep 4316 & sleep 4317" &) ; sleep 4318'],
        ['one without environment', 'setsid env -i sleep 4319 & sleep 4319'],
        ['one that ignores signals', 'trap "" TERM INT HUP; sleep 4310'],
      ])('ends at a time-out with %s', async (_, text) => {
        const result = await shared.shell.exec(script(`echo begun; ${text}`), { timeoutMs: 400 });
        expect(result).toMatchObject({ ended: 'time-out', stdout: { text: 'begun\n' } });
        expect(result.exitCode).toBeUndefined();
        expect(result.durationMs).toBeGreaterThanOrEqual(390);
        expect(await living('sleep 431')).toBe('0');
      });

      it('ends what another user started', async () => {
        const result = await shared.shell.exec(script('setsid sleep 4321 & sleep 4322'), {
          user: 'nobody',
          timeoutMs: 300,
        });
        expect([result.ended, await living('sleep 432')]).toEqual(['time-out', '0']);
      });

      it('spares a service that an earlier command started, and other commands', async () => {
        await shared.shell.exec(script('setsid sleep 4331 >/dev/null 2>&1 &'));
        const other = shared.shell.exec(script('sleep 2; echo survived'));
        const result = await shared.shell.exec(script('sleep 4332'), { timeoutMs: 300 });
        expect([result.ended, await living('sleep 4331'), await living('sleep 4332')]).toEqual(['time-out', '1', '0']);
        expect((await other).stdout.text).toBe('survived\n');
      });

      it('ends at an abort, and never begins after one', async () => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 300);
        const aborted = await shared.shell.exec(script('setsid sleep 4341 & sleep 4342'), {
          signal: controller.signal,
        });
        expect([aborted.ended, aborted.exitCode, await living('sleep 434')]).toEqual(['aborted', undefined, '0']);
        const unborn = await shared.shell.exec(script('touch /tmp/unborn'), { signal: controller.signal });
        expect([unborn.ended, await print('ls /tmp/unborn 2>&1 || :')]).toEqual([
          'aborted',
          expect.stringContaining('No such'),
        ]);
      });

      it('ends every process, daemons of other users too, and stays usable', async () => {
        await using sandbox = await open();
        await sandbox.shell.exec(script('setsid sleep 4351 & sleep 4352 &'));
        await sandbox.shell.exec(script('setsid sleep 4353 &'), { user: 'nobody' });
        expect(await living('sleep 435', sandbox)).toBe('3');
        await sandbox.endProcesses();
        expect(await living('sleep 435', sandbox)).toBe('0');
        await sandbox.endProcesses();
        expect(await print('echo usable', sandbox)).toBe('usable');
      });

      it('reaps orphans', async () => {
        await shared.shell.exec(script('setsid sh -c "sleep 0.1 & exit" ; (sleep 0.1 &)'));
        await expect.poll(() => print('ps -eo stat | grep -c ^Z || :')).toBe('0');
      });

      it('outlives a command that ends every process it can', async () => {
        await using sandbox = await open();
        const result = await sandbox.shell.exec(script('kill -9 -1; sleep 1; kill -9 $$'));
        expect(result.ended).toBe('exit');
        expect(await print('echo alive', sandbox)).toBe('alive');
      });

      it('ends a storm of processes that fills its limit', async () => {
        await using sandbox = await open({ limits: { pids: 40 } });
        const storm = 'while :; do sh -c "setsid sleep 4361 & setsid sleep 4361 & :" ; done';
        const result = await sandbox.shell.exec(script(storm), { timeoutMs: 1500 });
        expect(result.ended).toBe('time-out');
        await sandbox.endProcesses();
        expect(await living('sleep 4361', sandbox)).toBe('0');
      });
    });

    describe('files', () => {
      const textOf = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

      it('writes and reads text and bytes, with folders and modes', async () => {
        const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
        await shared.shell.writeFile('/deep/er/file', bytes);
        await shared.shell.writeFile('/deep/er/run', '#!/bin/sh\necho ran é\n', { mode: 0o750 });
        expect(Buffer.from((await shared.shell.readFile('/deep/er/file')) ?? []).equals(bytes)).toBe(true);
        expect(await print('/deep/er/run; stat -c "%a %U" /deep/er/run /deep/er/file /deep')).toBe(
          'ran é\n750 root\n644 root\n755 root',
        );
      });

      it('has no file where there is none, a folder, a pipe or a loop of links', async () => {
        await shared.shell.exec(script('mkfifo /pipe; ln -s loop /loop; ln -s /nowhere /dangling'));
        for (const path of ['/no/such/file', '/etc', '/pipe', '/dev/zero', '/loop', '/dangling'])
          expect([path, await shared.shell.readFile(path)]).toEqual([path, undefined]);
      });

      it('reads an empty file as empty', async () => {
        await shared.shell.writeFile('/empty', '');
        expect(textOf(await shared.shell.readFile('/empty'))).toBe('');
      });

      it('reads through links inside the sandbox', async () => {
        await shared.shell.exec(script('mkdir -p /a/b; echo seen >/a/b/c; ln -s ../a/b/c /a/link; ln -s /a /other'));
        expect(textOf(await shared.shell.readFile('/a/link'))).toBe('seen\n');
        expect(textOf(await shared.shell.readFile('/other/b/c'))).toBe('seen\n');
      });

      it('refuses a file above the limit, however little of it is real', async () => {
        await shared.shell.exec(script('truncate -s 1T /sparse; printf 12345 >/five'));
        await expect(shared.shell.readFile('/sparse')).rejects.toMatchObject({ code: 'file-too-large' });
        await expect(shared.shell.readFile('/five', { limitBytes: 4 })).rejects.toMatchObject({
          code: 'file-too-large',
        });
        expect(textOf(await shared.shell.readFile('/five', { limitBytes: 5 }))).toBe('12345');
      });

      it('writes and reads where the engine mounts memory', async () => {
        await shared.shell.writeFile('/dev/shm/note', 'kept', { mode: 0o600 });
        expect(await print('cat /dev/shm/note')).toBe('kept');
        expect(textOf(await shared.shell.readFile('/dev/shm/note'))).toBe('kept');
        expect(await shared.shell.readFile('/dev/shm/none')).toBeUndefined();
        await expect(shared.shell.readFile('/dev/shm/note', { limitBytes: 3 })).rejects.toMatchObject({
          code: 'file-too-large',
        });
      });

      it('replaces a link at the destination instead of following it', async () => {
        await shared.shell.exec(script('echo old >/target; ln -s /target /planted'));
        await shared.shell.writeFile('/planted', 'new');
        expect(await print('cat /target /planted; stat -c %F /planted')).toBe('old\nnewregular file');
      });

      it('reads without the help of programs that may have been planted', async () => {
        await using sandbox = await open();
        await sandbox.shell.writeFile('/reward', '0');
        await sandbox.shell.exec(
          script('for tool in cat head tar; do printf "#!/bin/sh\necho 1\n" >"$(command -v $tool)"; done'),
        );
        expect(textOf(await sandbox.shell.readFile('/reward'))).toBe('0');
      });

      it('uploads a folder with modes, links and empty folders, and leaves what is there', async () => {
        await using folder = await temporaryFolder();
        await mkdir(join(folder.path, 'inner', 'empty'), { recursive: true });
        await writeFile(join(folder.path, 'inner', 'run.sh'), 'echo hi\n', { mode: 0o755 });
        await writeFile(join(folder.path, 'big'), 'x'.repeat(300_000));
        await symlink('inner/run.sh', join(folder.path, 'link'));
        await shared.shell.writeFile('/tests/before', 'stays');
        await shared.shell.uploadFolder(folder.path, '/tests');
        const listing =
          'cd /tests; stat -c "%n %F %a %U" inner inner/empty inner/run.sh; readlink link; wc -c <big; sh link; cat before';
        expect(await print(listing)).toBe(
          [
            'inner directory 755 root',
            'inner/empty directory 755 root',
            'inner/run.sh regular file 755 root',
            'inner/run.sh',
            '300000',
            'hi',
            'stays',
          ].join('\n'),
        );
      });

      it('uploads past a link that was planted at the destination', async () => {
        await using folder = await temporaryFolder();
        await writeFile(join(folder.path, 'test.sh'), 'exit 1\n');
        await shared.shell.exec(script('mkdir /mine; ln -s /mine /checks'));
        await shared.shell.uploadFolder(folder.path, '/checks');
        expect(await print('stat -c %F /checks; ls /checks; ls -A /mine')).toBe('directory\ntest.sh');
      });

      it('throws when the host folder is not there', async () => {
        await expect(shared.shell.uploadFolder('/no/such/host/folder', '/x')).rejects.toMatchObject({
          name: 'InfraError',
        });
      });
    });

    describe('limits and network', () => {
      it('holds memory', async () => {
        await using sandbox = await open({ limits: { memoryBytes: 64 * 2 ** 20 } });
        const { exitCode } = await sandbox.shell.exec(script('head -c 200000000 /dev/zero | tail'));
        expect(exitCode).not.toBe(0);
        expect(await print('echo alive', sandbox)).toBe('alive');
      });

      it('takes more CPUs than there are', async () => {
        await using sandbox = await open({ limits: { cpus: 4096 } });
        expect(await print('echo ran', sandbox)).toBe('ran');
      });

      it('has no network but its own loopback', async () => {
        expect(await print('ls /sys/class/net')).toBe('lo');
      });

      it('has a network when it is public', async () => {
        await using sandbox = await open({ network: 'public' });
        expect((await print('ls /sys/class/net', sandbox)).split('\n').length).toBeGreaterThan(1);
      });
    });

    describe('life', () => {
      it('removes once, however often it is disposed of, and never rejects', async () => {
        const sandbox = await open();
        await Promise.all([sandbox[Symbol.asyncDispose](), sandbox[Symbol.asyncDispose]()]);
        await sandbox[Symbol.asyncDispose]();
        await expect(sandbox.shell.exec(['true'])).rejects.toMatchObject({
          name: 'InfraError',
          code: 'container-gone',
        });
        await expect(sandbox.shell.readFile('/etc/passwd')).rejects.toMatchObject({
          name: 'InfraError',
          code: 'container-gone',
        });
        await expect(sandbox.shell.writeFile('/x', '')).rejects.toMatchObject({
          name: 'InfraError',
          code: 'container-gone',
        });
      });

      it('removes while a command runs, which then throws', async () => {
        const sandbox = await open();
        const running = sandbox.shell.exec(script('sleep 60'));
        const outcome = expect(running).rejects.toMatchObject({ name: 'InfraError', phase: 'sandbox' });
        await expect.poll(() => print('pgrep -c sleep || :', sandbox)).toBe('1');
        await sandbox[Symbol.asyncDispose]();
        await outcome;
      });

      it('is removed while a command is aborted, whose answer is that it was', async () => {
        const sandbox = await open();
        const controller = new AbortController();
        const running = sandbox.shell.exec(script('sleep 60'), { signal: controller.signal });
        await expect.poll(() => print('pgrep -c sleep || :', sandbox)).toBe('1');
        const removal = sandbox[Symbol.asyncDispose]();
        controller.abort();
        expect((await running).ended).toBe('aborted');
        await removal;
      });

      it('opens nothing after an abort', async () => {
        const opening = provider.open(
          { image, variables: {}, limits: {}, network: 'none' },
          { labels, signal: AbortSignal.abort(new Error('cancelled')) },
        );
        await expect(opening).rejects.toThrow('cancelled');
      });

      it('leaves nothing where an opening is aborted, at whatever moment', async () => {
        const run = 'contract-aborted';
        for (const afterMs of [0, 1, 2, 4, 8, 16, 32, 64]) {
          const controller = new AbortController();
          const opening = provider.open(
            { image, variables: {}, limits: {}, network: 'none' },
            { labels: { run, trial: 'x' }, signal: controller.signal },
          );
          await sleep(afterMs);
          controller.abort(new Error('cancelled'));
          await opening.then(
            (sandbox) => sandbox[Symbol.asyncDispose](),
            () => undefined,
          );
        }
        // What an engine still makes of a call that was left.
        await sleep(500);
        expect(await provider.sweep({ run })).toBe(0);
      });

      it('disposes of what is open when the provider goes', async () => {
        const other = makeProvider();
        const sandbox = await other.open(
          { image, variables: {}, limits: {}, network: 'none' },
          { labels, signal: never },
        );
        await other[Symbol.asyncDispose]();
        await expect(sandbox.shell.exec(['true'])).rejects.toMatchObject({ code: 'container-gone' });
      });

      it('sweeps a run by name, and leaves others alone', async () => {
        const own = { labels: { run: 'contract-swept', trial: 'x' }, signal: never };
        const spec: SandboxSpec = { image, variables: {}, limits: {}, network: 'none' };
        const [first, second] = [await provider.open(spec, own), await provider.open(spec, own)];
        await provider.sweep();
        expect(await print('echo alive', first)).toBe('alive');
        expect(await provider.sweep({ run: 'contract-swept' })).toBe(2);
        expect(await provider.sweep({ run: 'contract-swept' })).toBe(0);
        await expect(second.shell.exec(['true'])).rejects.toMatchObject({ code: 'container-gone' });
        expect(await print('echo alive')).toBe('alive');
      });
    });
  });
};
