import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TrialRecord } from '../../src/domain/trial.ts';
import { ttftMs } from '../../src/measure/turn-timing.ts';
import { readRun } from '../../src/store/jsonl.ts';
import { readStreams } from '../../src/store/streams.ts';
import { tacho } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { describeWithEngine } from '../support/with-engine.ts';

const key = 'sk-recorded-secret-1234567890';
const suites = 'suites:\n  - { path: terminal, tasks: [fix-syntax-error, extract-helper] }\n';
const endpoint = '{ simulate: sim-wafer, protocol: responses, transport: websocket, key_env: RECORDED_KEY }';
const recorded = `name: recorded
endpoints:
  wafer: ${endpoint}
contenders: [{ name: wafer, endpoint: wafer }]
record: true
${suites}`;
const replaying = (run: string, speed: string) => `name: again
endpoints:
  again: { replay: ${run}, speed: ${speed} }
contenders: [{ name: other, endpoint: again }]
${suites}`;

const runOf = async (folder: string, config: string) => {
  await writeFile(join(folder, 'tacho.yaml'), config);
  const before: readonly string[] = await readdir(join(folder, 'results')).catch(() => []);
  const { exitCode, stdout, stderr } = await tacho(['run'], { cwd: folder, env: { RECORDED_KEY: key } });
  expect(exitCode, String(stderr)).toBe(0);
  const [made = ''] = (await readdir(join(folder, 'results'))).filter((name) => !before.includes(name));
  const records: TrialRecord[] = [];
  for await (const record of (await readRun(join(folder, 'results', made))).records()) records.push(record);
  return { name: made, records: records.toSorted((a, b) => (a.task < b.task ? -1 : 1)), stdout: String(stdout) };
};

const answersOf = ({ records }: { readonly records: readonly TrialRecord[] }) =>
  records.map(({ task, verdict, steps, usage }) => ({ task, outcome: verdict?.outcome, steps, usage }));
const ttftsOf = ({ records }: { readonly records: readonly TrialRecord[] }) =>
  records.flatMap(({ turns }) => turns.map((turn) => ttftMs(turn) ?? Number.NaN));

describeWithEngine('a run that was recorded', () => {
  it('is replayed with its own timing, twice as fast, and at once, without its endpoint and without its key', async () => {
    await using folder = await temporaryFolder();
    const first = await runOf(folder.path, recorded);
    expect(first.records.map(({ verdict }) => verdict?.outcome)).toEqual(['resolved', 'resolved']);
    const streams = await readStreams(join(folder.path, 'results', first.name));
    expect(streams.length).toBe(first.records.reduce((sum, { turns }) => sum + turns.length, 0));
    for (const { trialId, attemptId } of first.records) {
      const path = join(folder.path, 'results', first.name, 'trials', trialId, attemptId, 'streams.jsonl');
      expect(await readFile(path, 'utf8')).not.toContain(key);
    }
    for (const [speed, factor] of [
      ['original', 1],
      ['2x', 2],
      ['instant', Number.POSITIVE_INFINITY],
    ] as const) {
      const again = await runOf(folder.path, replaying(join('results', first.name), speed));
      expect(answersOf(again)).toEqual(answersOf(first));
      const expected = ttftsOf(first).map((ttft) => ttft / factor);
      expect(ttftsOf(again)).toHaveLength(expected.length);
      for (const [index, ttft] of ttftsOf(again).entries()) expect(ttft).toBeCloseTo(expected[index] ?? Number.NaN, 3);
      expect(again.stdout).toContain('other (simulated, replayed)');
    }
  });
});
