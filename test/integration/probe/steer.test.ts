import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCsv } from '../../support/parse-csv.ts';
import { tacho } from '../../support/tacho.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('tacho probe --steer stops answers in every way that an endpoint has', async () => {
  await using folder = await temporaryFolder();
  const flags = ['--steer', '--steer-after', '60', '--rounds', '3', '--json', '-r', folder.path];
  const target = ['--simulate', 'exact', '--protocol', 'responses'];
  const { exitCode, stdout, stderr } = await tacho(['probe', ...target, ...flags]);
  expect(exitCode, String(stderr)).toBe(0);
  const { kind, figures } = JSON.parse(String(stdout));
  expect(kind).toBe('steering');
  expect(figures.map(({ arm, how }: { arm: string; how: string[] }) => [arm, how])).toEqual([
    ['exact/sse', ['sse-abort']],
    ['exact/websocket', ['websocket-close']],
    ['exact/websocket', ['steer-event']],
  ]);
  for (const { calls, failures, wastedTokens, wastedIsEstimate, redirectTtftMs, how } of figures) {
    expect([calls, failures]).toEqual([3, 0]);
    expect(wastedTokens.median).toBeGreaterThanOrEqual(59);
    expect(wastedIsEstimate).toBe(how[0] !== 'steer-event');
    // The simulator's engine takes 100 ms to its first token, whoever asks and however.
    expect(redirectTtftMs.median).toBeGreaterThan(99);
  }
  const kept = join(folder.path, 'probes', (await readdir(join(folder.path, 'probes')))[0] ?? '');
  const rows = readCsv(await readFile(join(kept, 'calls.csv'), 'utf8'));
  expect(rows).toHaveLength(9);
  expect(new Set(rows.map(({ how }) => how))).toEqual(new Set(['sse-abort', 'websocket-close', 'steer-event']));
  expect(await readFile(join(kept, 'index.html'), 'utf8')).toContain('Interrupted and redirected');
});
