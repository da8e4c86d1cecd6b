import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { aDockerProvider, baseImage, docker, openBase } from '../../../support/engine.ts';
import { describeWithEngine } from '../../../support/with-engine.ts';

const program = join(import.meta.dirname, 'programs', 'hold-sandbox.ts');
const containersOf = (run: string): readonly string[] =>
  docker('ps', '-aq', '--filter', `label=tacho.run=${run}`).split('\n').filter(Boolean);

/** A harness in a process of its own that holds a sandbox in which a command runs. */
const startHarness = async (run: string) => {
  const harness = spawn(process.execPath, [program, run], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [id] = await once(createInterface(harness.stdout), 'line');
  return { harness, id: String(id) };
};

describeWithEngine('a harness that dies', () => {
  it('leaves no container a second after kill -9, though a command runs in it', async () => {
    const { harness, id } = await startHarness('harness-death');
    expect(containersOf('harness-death')).toEqual([id.slice(0, 12)]);
    harness.kill('SIGKILL');
    const killedAt = performance.now();
    await expect.poll(() => containersOf('harness-death'), { timeout: 20_000, interval: 50 }).toEqual([]);
    console.info(`the container was gone ${Math.round(performance.now() - killedAt)} ms after the harness`);
  });

  it('leaves what a sweep takes when its switch was disabled, and a sweep spares the living', async () => {
    await using provider = aDockerProvider();
    await using sandbox = await openBase(provider, { run: 'sweep-living' });
    const own = docker('inspect', '--format', '{{json .Config.Labels}}', sandbox.id);
    const labels: Record<string, string> = { ...JSON.parse(own), 'tacho.run': 'sweep-dead', 'tacho.pid': '4194304' };
    const elsewhere = { ...labels, 'tacho.run': 'sweep-elsewhere', 'tacho.host': 'another-machine' };
    const flags = (of: Record<string, string>) =>
      Object.entries(of).flatMap(([name, value]) => ['--label', `${name}=${value}`]);
    for (const of of [labels, elsewhere])
      docker('run', '-d', '--network', 'none', ...flags(of), baseImage, 'sleep', '600');
    try {
      expect(await provider.sweep()).toBeGreaterThanOrEqual(1);
      expect(containersOf('sweep-dead')).toEqual([]);
      expect(containersOf('sweep-elsewhere')).toHaveLength(1);
      expect(containersOf('sweep-living')).toHaveLength(1);
    } finally {
      expect(await provider.sweep({ run: 'sweep-elsewhere' })).toBe(1);
    }
  });

  it('is known by the labels of its containers', async () => {
    await using provider = aDockerProvider();
    await using sandbox = await openBase(provider, { run: 'labels' });
    const { Config, HostConfig } = JSON.parse(docker('inspect', sandbox.id))[0];
    expect(Config.Labels).toMatchObject({
      'tacho.run': 'labels',
      'tacho.trial': 'test',
      'tacho.pid': String(process.pid),
    });
    expect(HostConfig).toMatchObject({
      AutoRemove: true,
      PidsLimit: 1024,
      LogConfig: { Type: 'none' },
      NetworkMode: 'none',
    });
  });

  it('puts no variable where the engine shows it', async () => {
    await using provider = aDockerProvider();
    const canary = 'canary-5f2d';
    await using sandbox = await openBase(provider, { run: 'canary', variables: { SANDBOX_KEY: canary } });
    const result = await sandbox.shell.exec(['sh', '-c', 'echo $SANDBOX_KEY $COMMAND_KEY'], {
      variables: { COMMAND_KEY: canary },
    });
    expect(result.stdout.text).toBe(`${canary} ${canary}\n`);
    const since = new Date(Date.now() - 60_000).toISOString();
    const events = docker(
      'events',
      '--since',
      since,
      '--until',
      new Date().toISOString(),
      '--filter',
      `container=${sandbox.id}`,
    );
    expect(events).toContain('exec_create');
    expect(events + docker('inspect', sandbox.id)).not.toContain(canary);
  });
});
