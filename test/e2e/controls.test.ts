import { expect, it } from 'vitest';
import { tacho } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { describeWithEngine } from '../support/with-engine.ts';

type Row = { readonly id: string; readonly suite: string; readonly oracle: string; readonly nop: string };

describeWithEngine('tacho check', () => {
  it('resolves every task of both suites with the oracle and none with the nop agent', async () => {
    await using scratch = await temporaryFolder();
    const { stdout, exitCode, stderr } = await tacho([
      'check',
      'suites/terminal',
      'suites/swe',
      '--json',
      '--results',
      scratch.path,
    ]);
    const { tasks } = JSON.parse(String(stdout)) as { readonly tasks: readonly Row[] };
    expect(
      tasks.filter(({ oracle, nop }) => oracle !== 'resolved' || nop !== 'unresolved'),
      String(stderr),
    ).toEqual([]);
    expect(tasks.filter(({ suite }) => suite === 'terminal').length).toBeGreaterThanOrEqual(10);
    expect(tasks.filter(({ suite }) => suite === 'swe').length).toBeGreaterThanOrEqual(8);
    expect(exitCode).toBe(0);
  });
});
