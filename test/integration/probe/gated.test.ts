import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot, tacho } from '../../support/tacho.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const claims = join(projectRoot, 'suites', 'claims', 'codex-spark.yaml');
const rehearsal = join(projectRoot, 'suites', 'claims', 'rehearsal', 'tacho.yaml');
const brief = ['--rounds', '12', '--prompt-tokens', '100', '--output-tokens', '256', '--concurrency', 'none'];

describe('the rehearsal of the claims about the way there', () => {
  // A machine that is busy with other things may well spoil one try; it does not spoil three.
  it('a probe of the simulator with the published overheads lets them pass', { retry: 2 }, async () => {
    await using folder = await temporaryFolder();
    const which = ['-c', rehearsal, '-e', 'spark-sse', 'spark', '--transports', 'configured'];
    const probed = await tacho(['probe', ...which, ...brief, '-r', folder.path]);
    expect(probed.exitCode).toBe(0);
    const [id = ''] = await readdir(join(folder.path, 'probes'));
    const kept = join(folder.path, 'probes', id);
    const { exitCode, stdout } = await tacho(['gate', claims, '--probe', kept, '--json', '--no-github']);
    // All other claims need a run.
    expect(exitCode).toBe(12);
    const report = JSON.parse(String(stdout));
    expect(JSON.parse(await readFile(join(kept, 'verdict.json'), 'utf8'))).toEqual(report);
    expect(report.probe).toEqual({ probeId: id });
    const judged: readonly { readonly name: string; readonly verdict: string }[] = report.gates;
    expect(
      judged.filter(({ verdict }) => verdict !== 'not_evaluated').map(({ name, verdict }) => [name, verdict]),
    ).toEqual([
      ['Round trips cost a fifth over the WebSocket', 'pass'],
      ['Tokens cost 30% less over the WebSocket', 'pass'],
      ['Time to first token is halved over the WebSocket, of single calls', 'pass'],
    ]);
  });

  it.each([
    [['--probe', 'nowhere'], /holds no probe.*\n.*results\/probes/s],
    [['--probe', join(projectRoot, 'fixtures', 'runs', 'demo')], /is a run, not a probe/],
    [[], /need a run or a probe/],
  ])('explains %j', async (flags, says) => {
    const { exitCode, stderr } = await tacho(['gate', claims, ...flags]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(says);
  });
});
