import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../../scripts/set-up/run.js';

const node = (program: string, options = {}) => run(process.execPath, ['-e', program], options);

describe('run', () => {
  it('gives the exit code and both streams', async () => {
    const result = await node("console.log('out'); console.error('err'); process.exitCode = 3");
    expect(result.code).toBe(3);
    expect(result.output.split('\n').sort()).toEqual(['err', 'out']);
  });

  it('says 127 for a command that is not there', async () => {
    expect(await run('tacho-no-such-command', [])).toMatchObject({ code: 127 });
  });

  it('ends a command at its time limit and says 124', async () => {
    expect(await node('setInterval(() => console.log(1), 50)', { timeoutMs: 500 })).toMatchObject({ code: 124 });
  });

  it('ends a command that stays silent, and lets one live that has spoken', async () => {
    expect(await node('setInterval(() => {}, 50)', { firstOutputMs: 300 })).toMatchObject({ code: 124, output: '' });
    const spoken = await node("console.log('hello'); setTimeout(() => {}, 1500)", { firstOutputMs: 1000 });
    expect(spoken).toEqual({ code: 0, output: 'hello' });
  });

  it('keeps the end of a long output in memory and the whole of it in the log', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tacho-run-'));
    const log = join(folder, 'logs', 'long.log');
    const { output } = await node("console.log('a'.repeat(200_000) + 'end')", { log });
    expect(output.length).toBeLessThan(70_000);
    expect(output.endsWith('aend')).toBe(true);
    await expect.poll(async () => (await readFile(log, 'utf8')).length).toBe(200_004);
    await rm(folder, { recursive: true });
  });
});
