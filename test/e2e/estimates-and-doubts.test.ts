import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TrialRecord } from '../../src/domain/trial.ts';
import { readRun } from '../../src/store/jsonl.ts';
import { parseCsv } from '../support/parse-csv.ts';
import { tacho } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { describeWithEngine } from '../support/with-engine.ts';

const profile = {
  name: 'silent',
  description: 'states what it is told to',
  tier: 'gpu',
  ttft: { distribution: 'constant', ms: 20 },
  rate: { tokens_per_second: 500 },
  styles: { careful: 1, hasty: 0 },
};

const config = {
  endpoints: {
    silent: { simulate: './silent.yaml' },
    telling: { simulate: './telling.yaml' },
    buffered: { simulate: './buffered.yaml' },
  },
  contenders: [
    { name: 'counted-by-us', endpoint: 'silent' },
    { name: 'counted-by-the-server', endpoint: 'telling' },
    { name: 'all-at-once', endpoint: 'buffered' },
  ],
  suites: [{ path: 'terminal', tasks: ['fix-syntax-error'] }],
};

/** The rows of a table as records. */
const rowsOf = (csv: string): readonly Record<string, string>[] => {
  const [head = [], ...rows] = parseCsv(csv);
  return rows.map((row) => Object.fromEntries(head.map((name, place) => [name, row[place] ?? ''])));
};

const stack = new AsyncDisposableStack();
let stdout: string;
let records: readonly TrialRecord[];
let read: (path: string) => Promise<string>;

const recordOf = (wanted: string): TrialRecord | undefined => records.find(({ contender }) => contender === wanted);

describeWithEngine('a run', () => {
  beforeAll(async () => {
    const { path } = stack.use(await temporaryFolder());
    const write = (name: string, more: object) =>
      writeFile(join(path, `${name}.yaml`), JSON.stringify({ ...profile, name, ...more }));
    await write('silent', { usage: { mode: 'absent' } });
    await write('telling', {});
    await write('buffered', { rate: { tokens_per_second: 1e8 } });
    await writeFile(join(path, 'tacho.yaml'), JSON.stringify(config));
    const outcome = await tacho(['run'], { cwd: path });
    expect(outcome.exitCode, outcome.stderr).toBe(0);
    stdout = outcome.stdout;
    const [name = ''] = await readdir(join(path, 'results'));
    const run = join(path, 'results', name);
    records = await Array.fromAsync((await readRun(run)).records());
    read = (file) => readFile(join(run, 'report', file), 'utf8');
  });
  afterAll(() => stack[Symbol.asyncDispose]());

  it('counts by a tokenizer the output tokens that no server stated', () => {
    const { turns = [] } = recordOf('counted-by-us') ?? {};
    expect(turns.length).toBeGreaterThan(1);
    for (const { usage, outputCountedBy, contentCharacters } of turns) {
      expect(outputCountedBy).toBe('o200k_base');
      expect(usage.input).toBeUndefined();
      expect(contentCharacters / (usage.output ?? 0)).toBeGreaterThan(2);
      expect(contentCharacters / (usage.output ?? 0)).toBeLessThan(6);
    }
    expect(recordOf('counted-by-the-server')?.turns.every((turn) => turn.outputCountedBy === undefined)).toBe(true);
  });

  it('tells everybody that they are an estimate', async () => {
    const turns = rowsOf(await read('tables/turns.csv'));
    const sourcesOf = (contender: string) =>
      new Set(turns.filter((row) => row.contender === contender).map((row) => row.usage_source));
    expect(sourcesOf('counted-by-us')).toEqual(new Set(['tokenizer:o200k_base']));
    expect(sourcesOf('counted-by-the-server')).toEqual(new Set(['server']));
    const contenders = rowsOf(await read('tables/contenders.csv'));
    expect(contenders.map((row) => [row.contender, row.tokens_estimated])).toEqual([
      ['counted-by-us', 'true'],
      ['counted-by-the-server', 'false'],
      ['all-at-once', 'false'],
    ]);
    const label = 'counted-by-us (simulated, tokens estimated)';
    for (const text of [stdout, await read('summary.md'), await read('index.html')]) expect(text).toContain(label);
    expect(stdout).not.toContain('counted-by-the-server (simulated, tokens estimated)');
  });

  it('keeps the self-check of every trial, and marks one whose answers were held back', async () => {
    const rows = rowsOf(await read('tables/trials.csv'));
    for (const row of rows) {
      expect(Number(row.late_stamps_share)).toBeLessThanOrEqual(1);
      expect(Number(row.longest_pause_s)).toBeGreaterThan(0);
      // One connection for the trial: only the first call found none.
      expect(Number(row.connections_reused_share)).toBeCloseTo(1 - 1 / Number(row.steps));
    }
    expect(rows.find((row) => row.contender === 'counted-by-the-server')?.tokens_per_event).toBe('1');
    const reason = /long answers came all at once/;
    expect(recordOf('all-at-once')?.degraded.join()).toMatch(reason);
    expect(recordOf('counted-by-the-server')?.degraded.join()).not.toMatch(reason);
  });
});
