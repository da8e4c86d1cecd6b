import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRun } from '../../src/store/jsonl.ts';
import { parseCsv } from '../support/parse-csv.ts';
import { tacho } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { describeWithEngine } from '../support/with-engine.ts';

const profile = {
  name: 'silent',
  description: 'states no usage',
  tier: 'gpu',
  ttft: { distribution: 'constant', ms: 20 },
  rate: { tokens_per_second: 500 },
  styles: { careful: 1, hasty: 0 },
};

const config = {
  endpoints: { silent: { simulate: './silent.yaml' }, telling: { simulate: './telling.yaml' } },
  contenders: [
    { name: 'counted-by-us', endpoint: 'silent' },
    { name: 'counted-by-the-server', endpoint: 'telling' },
  ],
  suites: [{ path: 'terminal', tasks: ['fix-syntax-error'] }],
};

/** The rows of a table as records. */
const rowsOf = (csv: string): readonly Record<string, string>[] => {
  const [head = [], ...rows] = parseCsv(csv);
  return rows.map((row) => Object.fromEntries(head.map((name, place) => [name, row[place] ?? ''])));
};

describeWithEngine('a server that states no usage', () => {
  it('has its output tokens counted by a tokenizer, and everybody is told that they are an estimate', async () => {
    await using folder = await temporaryFolder();
    const silent = { ...profile, usage: { mode: 'absent' } };
    await writeFile(join(folder.path, 'silent.yaml'), JSON.stringify(silent));
    await writeFile(join(folder.path, 'telling.yaml'), JSON.stringify({ ...profile, name: 'telling' }));
    await writeFile(join(folder.path, 'tacho.yaml'), JSON.stringify(config));
    const { exitCode, stderr, stdout } = await tacho(['run'], { cwd: folder.path });
    expect(exitCode, stderr).toBe(0);
    const [name = ''] = await readdir(join(folder.path, 'results'));
    const run = join(folder.path, 'results', name);
    const records = await Array.fromAsync((await readRun(run)).records());
    const silentTurns = records.find(({ contender }) => contender === 'counted-by-us')?.turns ?? [];
    expect(silentTurns.length).toBeGreaterThan(1);
    for (const { usage, outputCountedBy, contentCharacters } of silentTurns) {
      expect(outputCountedBy).toBe('o200k_base');
      expect(usage.input).toBeUndefined();
      expect(contentCharacters / (usage.output ?? 0)).toBeGreaterThan(2);
      expect(contentCharacters / (usage.output ?? 0)).toBeLessThan(6);
    }
    const read = (path: string) => readFile(join(run, 'report', path), 'utf8');
    const turns = rowsOf(await read('tables/turns.csv'));
    const sources = Map.groupBy(turns, (row) => row.contender ?? '');
    expect(new Set(sources.get('counted-by-us')?.map((row) => row.usage_source))).toEqual(
      new Set(['tokenizer:o200k_base']),
    );
    expect(new Set(sources.get('counted-by-the-server')?.map((row) => row.usage_source))).toEqual(new Set(['server']));
    const contenders = rowsOf(await read('tables/contenders.csv'));
    expect(contenders.map((row) => [row.contender, row.tokens_estimated])).toEqual([
      ['counted-by-us', 'true'],
      ['counted-by-the-server', 'false'],
    ]);
    const label = 'counted-by-us (simulated, tokens estimated)';
    for (const text of [stdout, await read('summary.md'), await read('index.html')]) expect(text).toContain(label);
    expect(stdout).not.toContain('counted-by-the-server (simulated, tokens estimated)');
  });
});
