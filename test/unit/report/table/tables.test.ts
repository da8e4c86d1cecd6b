import { parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostileRun } from '../../../support/hostile-run.ts';
import { readCsv } from '../../../support/parse-csv.ts';
import { aManifest, aRecord, aTurn } from '../../../support/records.ts';
import { reportTexts } from '../../../support/report-files.ts';
import { syntheticRun } from '../../../support/synthetic-run.ts';

const names = ['runs', 'contenders', 'metrics_long', 'trials', 'turns', 'spans', 'tool_calls'] as const;

type Files = ReadonlyMap<string, string>;

const csvOf = (files: Files, name: string) => readCsv(files.get(`tables/${name}.csv`) ?? '');

const parquetOf = async (files: Files, name: string) => {
  const bytes = Uint8Array.from(files.get(`tables/${name}.parquet`) ?? '', (character) => character.charCodeAt(0));
  return (await parquetReadObjects({ file: bytes.buffer })) as readonly Readonly<Record<string, unknown>>[];
};

/** A Parquet value as CSV writes it. */
const written = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

const run = syntheticRun({ tasks: 6, attempts: 2, infraErrors: 0.3 });
let files: Files;
let hostile: Files;

beforeAll(async () => {
  files = await reportTexts(run);
  hostile = await reportTexts(hostileRun(), { rawCsv: true });
});

describe('every table', () => {
  it.each(names)('%s says the same in CSV and in Parquet', async (name) => {
    const rows = csvOf(files, name);
    const same = await parquetOf(files, name);
    expect(rows.length).toBeGreaterThan(0);
    expect(
      same.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, written(value)]))),
    ).toEqual(rows);
  });

  it.each(names)('%s keeps hostile texts as they are in Parquet and in raw CSV alike', async (name) => {
    const same = await parquetOf(hostile, name);
    // UTF-8 has no lone surrogates: both files hold the replacement character there.
    const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('utf8');
    expect(same.map((row) => Object.values(row).map(written))).toEqual(
      csvOf(hostile, name).map((row) => Object.values(row).map(utf8)),
    );
  });

  it('has the columns that the data dictionary describes, and keys that are unique', () => {
    const description = JSON.parse(files.get('datapackage.json') ?? '') as {
      resources: {
        name: string;
        path: string;
        schema: { fields: { name: string; type: string; description: string }[]; primaryKey?: string[] };
      }[];
    };
    expect(description.resources.map(({ name }) => name)).toEqual(names);
    for (const { name, path, schema } of description.resources) {
      const rows = readCsv(files.get(path) ?? '');
      expect(
        schema.fields.map((field) => field.name),
        name,
      ).toEqual(Object.keys(rows[0] ?? {}));
      for (const field of schema.fields) expect(field.description, `${name}.${field.name}`).not.toBe('');
      if (schema.primaryKey === undefined) continue;
      const keys = rows.map((row) => JSON.stringify(schema.primaryKey?.map((column) => row[column])));
      expect(new Set(keys).size, name).toBe(keys.length);
    }
  });
});

describe('what is unknown', () => {
  it('is an empty cell in CSV and null in Parquet, never 0 and never an empty text', async () => {
    const values = (await parquetOf(files, 'trials')).flatMap((row) => Object.values(row));
    expect(values).toContain(null);
    expect(values).not.toContain('');
    const unjudged = csvOf(files, 'trials').filter(({ verdict }) => verdict === 'none');
    expect(unjudged.map(({ agent_time_s, score }) => [agent_time_s, score])).toEqual(unjudged.map(() => ['', '']));
  });
});

describe('trials', () => {
  it('has a row for every attempt and counts one of each trial', () => {
    const rows = csvOf(files, 'trials');
    expect(rows.length).toBe(run.records.length);
    expect(rows.filter(({ is_counted }) => is_counted === 'true')).toHaveLength(24);
    expect(new Set(rows.map(({ trial_id }) => trial_id)).size).toBe(24);
  });

  it('has a three-valued verdict and no score where there is none', () => {
    const rows = csvOf(files, 'trials');
    expect(new Set(rows.map(({ verdict, score }) => `${verdict}:${score}`))).toEqual(
      new Set(['passed:1', 'failed:0', 'none:']),
    );
    for (const { verdict, no_verdict_reason } of rows) expect(no_verdict_reason === '').toBe(verdict !== 'none');
  });

  it('says what is simulated in every table that names a contender', () => {
    for (const name of names) for (const row of csvOf(files, name)) expect(row.simulated, name).toBe('true');
  });

  it('is sorted: contender as in the manifest, suite, task, index, attempt', () => {
    const order = new Map(run.manifest.contenders.map(({ name }, place) => [name, place]));
    const keys = csvOf(files, 'trials').map(({ contender, suite, task, trial_index, attempt }) =>
      [order.get(contender ?? ''), suite, task, trial_index, attempt].join('\n'),
    );
    expect(keys).toEqual(keys.toSorted());
  });
});

describe('turns', () => {
  it('adds up to what the contenders table says', () => {
    const turns = csvOf(files, 'turns').filter(
      ({ is_counted, contender }) => is_counted === 'true' && contender === 'Spark',
    );
    const [spark] = csvOf(files, 'contenders');
    const tokens = turns.reduce((sum, { output_tokens }) => sum + Number(output_tokens), 0);
    const seconds = turns.reduce((sum, { latency_s }) => sum + Number(latency_s), 0);
    expect(Number(spark?.end_to_end_tokens_per_s)).toBeCloseTo(tokens / seconds, 6);
  });
});

describe('costs', () => {
  it('of calls add up to those of trials, and those of counted trials with what was repeated to those of contenders', () => {
    const total = (name: string, column: string, keep: (row: Readonly<Record<string, string>>) => boolean) =>
      csvOf(files, name)
        .filter(keep)
        .reduce((sum, row) => sum + Number(row[column]), 0);
    for (const { attempt_id, cost_usd } of csvOf(files, 'trials'))
      expect(total('turns', 'cost_usd', (row) => row.attempt_id === attempt_id)).toBeCloseTo(Number(cost_usd), 12);
    for (const { contender, cost_total_usd, cost_per_trial_low_usd, cost_per_trial_usd } of csvOf(
      files,
      'contenders',
    )) {
      expect(Number(cost_total_usd)).toBeGreaterThan(0);
      expect(total('trials', 'cost_usd', (row) => row.contender === contender)).toBeCloseTo(Number(cost_total_usd), 9);
      expect(Number(cost_per_trial_low_usd)).toBeLessThan(Number(cost_per_trial_usd));
      const long = csvOf(files, 'metrics_long').find(
        (row) => row.contender === contender && row.suite === '' && row.metric === 'cost_per_trial_usd',
      );
      expect(long).toMatchObject({ value: cost_per_trial_usd, ci_low: cost_per_trial_low_usd, unit: 'USD' });
    }
  });
});

describe('the cost of a hybrid', () => {
  it('is that of each call by its own endpoint', async () => {
    const manifest = aManifest();
    const usage = { input: 1e6, output: 0 };
    const hybrid = {
      manifest: {
        ...manifest,
        endpoints: manifest.endpoints.map((endpoint) => ({
          ...endpoint,
          prices: { inputUsdPerMillionTokens: endpoint.id === 'wafer' ? 1 : 4, outputUsdPerMillionTokens: 0 },
        })),
        contenders: [{ name: 'spark', agent: 'cascade', endpoints: ['wafer', 'gpu'], settings: {}, simulated: true }],
      },
      records: [
        aRecord({
          endpoints: ['wafer', 'gpu'],
          turns: [aTurn({ endpoint: 'wafer', usage }), aTurn({ endpoint: 'gpu', usage })],
        }),
      ],
    };
    const texts = await reportTexts(hybrid);
    expect(csvOf(texts, 'turns').map(({ cost_usd }) => Number(cost_usd))).toEqual([1, 4]);
    expect(csvOf(texts, 'trials').map(({ cost_usd }) => Number(cost_usd))).toEqual([5]);
  });
});

describe('spans', () => {
  it('add up to the wall time of their attempt', () => {
    const sums = new Map<string, number>();
    for (const { attempt_id = '', duration_s } of csvOf(files, 'spans'))
      sums.set(attempt_id, (sums.get(attempt_id) ?? 0) + Number(duration_s));
    for (const { attempt_id = '', wall_time_s } of csvOf(files, 'trials'))
      expect(sums.get(attempt_id)).toBeCloseTo(Number(wall_time_s), 6);
  });
});
