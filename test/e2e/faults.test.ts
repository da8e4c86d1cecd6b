import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { millisecondsBetween } from '../../src/domain/time.ts';
import type { Span, TrialRecord } from '../../src/domain/trial.ts';
import { ttftMs } from '../../src/measure/turn-timing.ts';
import { loadAttempts } from '../../src/simulator/attempts.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { readRun } from '../../src/store/jsonl.ts';
import { type FaultCase, faultCases } from '../support/fault-cases.ts';
import { aProfile } from '../support/simulator.ts';
import { projectRoot, tacho } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { describeWithEngine } from '../support/with-engine.ts';

const infraRetries = 1;
const requestRetries = 2;
/** Nothing here may take longer than its tries, their waits and the agent's commands. */
const longestAgentMs = 30_000;

const profileOf = (name: string, { profile }: FaultCase) => ({
  name,
  description: 'an endpoint that fails',
  tier: 'gpu',
  ttft: { distribution: 'constant', ms: 20 },
  rate: { tokens_per_second: 1000 },
  styles: { careful: 1, hasty: 0 },
  ...profile,
});

const stack = new AsyncDisposableStack();
let outcome: Awaited<ReturnType<typeof tacho>>;
/** Every attempt with its spans, by contender, in the order of the log. */
let attempts: ReadonlyMap<string, readonly { readonly record: TrialRecord; readonly spans: readonly Span[] }[]>;

/** Takes connections and never says a word. */
const startSilence = async (): Promise<string> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stack.defer(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
};

const startServer = async (name: string, fault: FaultCase): Promise<string> => {
  const attempts = await loadAttempts(join(projectRoot, 'fixtures', 'attempts'));
  const simulator = stack.use(await startSimulator({ profiles: [aProfile(profileOf(name, fault))], attempts }));
  return simulator.url;
};

const endpointOf = async (folder: string, [name, fault]: readonly [string, FaultCase]): Promise<object> => {
  if (fault.apart === 'silence') return { url: await startSilence(), model: name, ...fault.endpoint };
  if (fault.apart === 'server') return { url: await startServer(name, fault), model: name, ...fault.endpoint };
  await writeFile(join(folder, `${name}.yaml`), JSON.stringify(profileOf(name, fault)));
  return { simulate: join(folder, `${name}.yaml`), ...fault.endpoint };
};

const configOf = async (folder: string): Promise<string> => {
  const entries = Object.entries(faultCases);
  const endpoints = await Promise.all(
    entries.map(async (entry) => [entry[0], await endpointOf(folder, entry)] as const),
  );
  return JSON.stringify({
    name: 'faults',
    endpoints: Object.fromEntries(endpoints),
    contenders: entries.map(([name]) => ({ name, endpoint: name })),
    suites: [{ path: 'terminal', tasks: ['fix-syntax-error'] }],
    concurrency: 8,
    retries: { infra: infraRetries, request: requestRetries },
  });
};

const spansOf = async (run: string, { trialId, attemptId }: TrialRecord): Promise<readonly Span[]> => {
  const text = await readFile(join(run, 'trials', trialId, attemptId, 'spans.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
};

const lengthOf = (span: Span | undefined): number => (span === undefined ? 0 : span.endMs - span.startMs);

/** One run, its trials in Docker, every fault of the simulator met by a contender of its own. */
describeWithEngine('a trial whose endpoint fails', () => {
  beforeAll(async () => {
    const folder = stack.use(await temporaryFolder()).path;
    await writeFile(join(folder, 'tacho.yaml'), await configOf(folder));
    outcome = await tacho(['run'], { cwd: folder });
    const [name = ''] = await readdir(join(folder, 'results'));
    const run = join(folder, 'results', name);
    const records = await Array.fromAsync((await readRun(run)).records());
    const all = await Promise.all(records.map(async (record) => ({ record, spans: await spansOf(run, record) })));
    attempts = Map.groupBy(all, ({ record }) => record.contender);
  }, 300_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  it('leaves a run that says how much of it has no result', () => {
    expect(outcome.exitCode, outcome.stderr).toBe(23);
    const broken = Object.values(faultCases).filter(({ ends }) => typeof ends === 'object').length;
    expect(outcome.stdout + outcome.stderr).toContain(`${broken} of ${Object.keys(faultCases).length} trials`);
  });

  it.each(Object.entries(faultCases))('%s', (name, { tries, ends, verdict }) => {
    const isBroken = typeof ends === 'object';
    const met = attempts.get(name) ?? [];
    // An infra error is repeated as another attempt, as the configuration allows; everything else stands.
    expect(met.map(({ record }) => record.attempt)).toEqual(isBroken ? [0, 1] : [0]);
    for (const { record, spans } of met) {
      const failedTries = record.turns.flatMap((turn) => turn.failedTries);
      expect(failedTries.map(({ fault, status }) => [fault, status])).toEqual(
        tries.map(({ fault, status }) => [fault, status]),
      );
      expect(record.stop).toBe(isBroken ? 'infra-error' : ends);
      expect(record.infraError?.code).toBe(isBroken ? `endpoint-${ends.broken}` : undefined);
      expect(record.verdict?.outcome).toBe(verdict);
      expect(record.agentMs).toBeLessThan(longestAgentMs);
      // Every wait is a span of its own, as long as it was meant to be, and in no time to first token.
      const waits = spans.filter(({ detail }) => detail === 'back-off');
      const waited = failedTries.map(({ waitedMs }) => waitedMs);
      expect(waits).toHaveLength(waited.filter((milliseconds) => milliseconds > 0).length);
      for (const [place, waitedMs] of waited.entries()) {
        expect(waitedMs).toBeGreaterThanOrEqual(tries[place]?.waitsMs ?? 0);
        expect(lengthOf(waits[place])).toBeGreaterThan(waitedMs - 2);
      }
      for (const turn of record.turns) {
        const { failed = 0, waitedMs = 0 } = turn.failedTries.at(-1) ?? {};
        expect(millisecondsBetween(failed, turn.stamps.dispatch)).toBeGreaterThan(waitedMs - 2);
      }
      // The last try says what it failed of; only what was answered has a time to first token.
      const failures = record.turns.flatMap(({ failure }) => failure?.fault ?? []);
      expect(failures).toEqual(isBroken ? [ends.broken] : name === 'context-overflow' ? [name] : []);
      const answered = record.turns.filter(({ failure }) => failure === undefined);
      const ttft = answered.reduce((sum, turn) => sum + (ttftMs(turn) ?? 0), 0);
      expect(record.segments.ttft).toBeCloseTo(ttft, 3);
    }
  });
});
