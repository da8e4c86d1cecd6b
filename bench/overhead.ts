import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { pack } from 'tar-stream';
import type { TrialRecord } from '../src/domain/trial.ts';
import { configSchema } from '../src/run/config/schema.ts';
import { startRun } from '../src/run/session.ts';
import { readRun } from '../src/store/jsonl.ts';
import { openSession } from '../src/wiring.ts';
import { atMost, figure, type Measure, medianOf, printMeasures } from './measures.ts';

const trials = 15;

/** What a trial adds to its agent's time, in milliseconds: everything but the agent, the tests' own run included. */
const trialOverheads = async (
  resultsFolder: string,
): Promise<{
  readonly overheads: readonly number[];
  readonly segments: Readonly<Record<string, number>>;
  readonly imageId: string;
}> => {
  const config = configSchema.parse({
    name: 'overhead',
    contenders: [{ name: 'nop', agent: 'nop' }],
    suites: [join(import.meta.dirname, 'tasks', 'no-op')],
    attempts: trials,
    concurrency: 1,
    results: resultsFolder,
  });
  await using wired = await openSession(config, {
    version: 'bench',
    fixtures: '',
    variables: {},
    signal: new AbortController().signal,
  });
  const folder = await startRun({ ...wired.session, emit: () => undefined }, resultsFolder, () => undefined);
  const records: TrialRecord[] = [];
  for await (const record of (await readRun(folder)).records()) records.push(record);
  const broken = records.find(({ verdict }) => verdict?.outcome !== 'resolved');
  if (broken !== undefined)
    throw new Error(`a no-op trial was not resolved: ${JSON.stringify(broken.infraError ?? broken.verdict)}`);
  const names = Object.keys(records[0]?.segments ?? {}) as (keyof TrialRecord['segments'])[];
  return {
    overheads: records.map(({ wallMs, agentMs }) => wallMs - (agentMs ?? 0)),
    segments: Object.fromEntries(names.map((name) => [name, medianOf(records.map(({ segments }) => segments[name]))])),
    imageId: records[0]?.environment.imageId ?? '',
  };
};

const drained = (stream: NodeJS.ReadableStream): Promise<void> =>
  new Promise(
    (resolve) =>
      void stream
        .on('data', () => undefined)
        .on('end', resolve)
        .on('close', resolve),
  );

/** The bare Engine calls that such a trial cannot do without: create, start, two execs, an upload, a read, a forced removal. */
const bareCalls = async (docker: Docker, imageId: string): Promise<number> => {
  const started = performance.now();
  const container = await docker.createContainer({
    Image: imageId,
    Cmd: ['sleep', 'infinity'],
    Entrypoint: [],
    HostConfig: { NetworkMode: 'none', Init: true },
  });
  await container.start();
  const exec = async (command: string): Promise<void> => {
    const created = await container.exec({ Cmd: ['sh', '-c', command], AttachStdout: true, AttachStderr: true });
    await drained(await created.start({}));
    await created.inspect();
  };
  await exec('mkdir -p /logs/verifier');
  const tar = pack();
  tar.entry({ name: 'tests/test.sh', mode: 0o755 }, 'echo 1 > /logs/verifier/reward.txt');
  tar.finalize();
  await container.putArchive(Buffer.concat((await Array.fromAsync(tar)) as Buffer[]), { path: '/' });
  await exec('sh /tests/test.sh');
  await drained(await container.getArchive({ path: '/logs/verifier/reward.txt' }));
  await container.remove({ force: true });
  return performance.now() - started;
};

const folder = await mkdtemp(join(tmpdir(), 'tacho-bench-'));
try {
  const { overheads, segments, imageId } = await trialOverheads(folder);
  const docker = new Docker();
  const bare: number[] = [];
  for (let index = 0; index < trials; index += 1) bare.push(await bareCalls(docker, imageId));
  const overhead = medianOf(overheads);
  const measures: readonly Measure[] = [
    atMost('trial_overhead_median', overhead / 1000, { unit: 's', bound: 1 }),
    figure('bare_engine_calls_median', medianOf(bare) / 1000, 's'),
    figure('ratio_to_bare_engine_calls', overhead / medianOf(bare), '×'),
    ...Object.entries(segments).map(([name, value]) => figure(`segment_${name}_median`, value / 1000, 's')),
  ];
  printMeasures(
    measures,
    `Fixed overhead of a no-op trial, ${trials} trials one after another, agent excluded, verification included`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
