import { once } from 'node:events';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const module = join(import.meta.dirname, '..', '..', '..', 'bin', 'node24.js');

/** Starts a launcher whose child runs `program`, and waits until the child has said that it is ready. */
const launch = async (program: string) => {
  const child = `${program}; console.log('ready'); setTimeout(() => process.exit(9), 20_000)`;
  const launcher = `import { runPassingSignals } from ${JSON.stringify(module)};
    process.exitCode = await runPassingSignals(process.execPath, ['-e', ${JSON.stringify(child)}]);`;
  const running = execa(process.execPath, ['--input-type=module', '-e', launcher], { stdin: 'ignore', reject: false });
  await once(running.stdout, 'data');
  return { running };
};

describe('runPassingSignals', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('passes %s on, once, and the exit code back', async (signal) => {
    const { running } = await launch(
      `process.on('${signal}', () => { console.log('got it'); setTimeout(() => process.exit(7), 200) })`,
    );
    running.kill(signal);
    const { exitCode, stdout } = await running;
    expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: 'ready\ngot it' });
  });

  it('says 128 + n for a child that signal n ended', async () => {
    const { running } = await launch("setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100)");
    expect(await running).toMatchObject({ exitCode: 137 });
  });
});
