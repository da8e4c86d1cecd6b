import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { collect } from '../src/analysis/collect.ts';
import { reportModel } from '../src/report/model.ts';
import { renderReport } from '../src/report/render.ts';
import { readRun } from '../src/store/jsonl.ts';
import { encodeLine } from '../src/store/log-line.ts';
import { sparkAndCodex, syntheticTrials } from '../test/support/synthetic-run.ts';
import { atMost, figure, type Measure, printMeasures } from './measures.ts';

const trials = 100_000;
const turnsEach = 10;
const contenders = [
  ...sparkAndCodex,
  ...sparkAndCodex.map((one) => ({ ...one, name: `${one.name}-2`, skill: one.skill - 0.1 })),
];

/** What the measured process prints: seconds by stage, bytes of memory at the peak. */
type Stages = {
  readonly seconds: Readonly<Record<string, number>>;
  readonly peakBytes: number;
  readonly cpuSeconds: number;
};

/** A run's folder with a log of made-up records, as the store writes them. */
const writeRun = async (folder: string): Promise<number> => {
  const attempts = 10;
  const { manifest, records } = syntheticTrials({
    contenders,
    attempts,
    tasks: trials / attempts / contenders.length,
    turns: turnsEach,
    infraErrors: 0,
  });
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  async function* lines() {
    for (const record of records()) yield encodeLine(record);
  }
  await pipeline(lines, createWriteStream(join(folder, 'trials.jsonl')));
  return (await stat(join(folder, 'trials.jsonl'))).size;
};

/** Every file of a report, from the folder alone; the time of each stage. Runs in a process of its own, for its memory's sake. */
const writeReport = async (folder: string): Promise<void> => {
  const seconds: Record<string, number> = {};
  let last = performance.now();
  const lap = (stage: string): void => {
    const now = performance.now();
    seconds[stage] = (seconds[stage] ?? 0) + (now - last) / 1000;
    last = now;
  };
  const { manifest, records } = await readRun(folder);
  const collected = await collect(manifest, records());
  lap('read the log');
  const model = reportModel(manifest, collected);
  lap('aggregate');
  for await (const { path, content } of renderReport(model, { records, filesOf: async () => [] })) {
    const target = join(folder, 'report', path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    lap(
      path.startsWith('tables/')
        ? `table ${path.slice('tables/'.length)}`
        : path.startsWith('charts/')
          ? 'charts'
          : path,
    );
  }
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const stages: Stages = { seconds, peakBytes: maxRSS * 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
  process.stdout.write(JSON.stringify(stages));
};

const measured = process.argv.indexOf('--write');
if (measured > 0) await writeReport(process.argv[measured + 1] ?? '');
else {
  const folder = await mkdtemp(join(tmpdir(), 'tacho-bench-report-'));
  try {
    const logBytes = await writeRun(folder);
    const { status, stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, '--write', folder], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    if (status !== 0) throw new Error(stderr);
    const { seconds, peakBytes, cpuSeconds } = JSON.parse(stdout) as Stages;
    const page = (await stat(join(folder, 'report', 'index.html'))).size;
    const measures: readonly Measure[] = [
      ...Object.entries(seconds)
        .filter(([, value]) => value >= 0.05)
        .map(([stage, value]) => figure(stage, value, 's')),
      atMost(
        'all files',
        Object.values(seconds).reduce((sum, value) => sum + value, 0),
        { unit: 's', bound: 60 },
      ),
      atMost('peak memory', peakBytes / 2 ** 30, { unit: 'GiB', bound: 1.5 * (1e9 / 2 ** 30) }),
      figure('processor time', cpuSeconds, 's'),
      figure('log', logBytes / 1e6, 'MB'),
      figure('index.html', page / 1e6, 'MB'),
    ];
    printMeasures(
      measures,
      `Report of ${trials.toLocaleString('en-US')} trials and ${(trials * turnsEach).toLocaleString('en-US')} turns (made up; no files beside the attempts)`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
