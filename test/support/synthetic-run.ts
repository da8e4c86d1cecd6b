import type { Turn } from '../../src/domain/model/turn.ts';
import type { ContenderDescription, EndpointDescription, Manifest } from '../../src/domain/run.ts';
import type { Difficulty } from '../../src/domain/task.ts';
import type { TrialRecord, TrialSpec } from '../../src/domain/trial.ts';
import { createRandom, type Random } from '../../src/measure/random/random.ts';
import { aManifest, aRecord } from './records.ts';

/** How a made-up contender behaves: no model is behind it, the numbers are drawn. */
export type SyntheticContender = {
  readonly name: string;
  readonly tier: EndpointDescription['tier'];
  readonly skill: number;
  readonly tokensPerSecond: number;
  readonly ttftMs: number;
  readonly steps: number;
};

export type SyntheticOptions = {
  readonly seed?: number;
  readonly tasks?: number;
  readonly attempts?: number;
  readonly contenders?: readonly SyntheticContender[];
  /** Share of trials whose first attempt ends in an infra error. */
  readonly infraErrors?: number;
  /** Model calls of every trial; drawn where it is not given. */
  readonly turns?: number;
};

export const sparkAndCodex: readonly SyntheticContender[] = [
  { name: 'Spark', tier: 'wafer-scale', skill: 0.58, tokensPerSecond: 1000, ttftMs: 60, steps: 7 },
  { name: 'Codex', tier: 'gpu', skill: 0.8, tokensPerSecond: 68, ttftMs: 420, steps: 9 },
];

const categories = ['systems', 'web', 'data', 'security'] as const;
const languages = ['python', 'go', 'javascript'] as const;
const difficulties: readonly Difficulty[] = ['easy', 'medium', 'hard'];

/** A number spread by about `spread` (0.3 = 30%) around the middle, never negative. */
const around = (random: Random, middle: number, spread = 0.3): number =>
  middle * Math.exp(spread * (random.uniform() + random.uniform() + random.uniform() - 1.5) * 2);

const endpointOf = ({ name }: Pick<SyntheticContender, 'name'>): string => `${name}-endpoint`;

const syntheticTurn = (contender: SyntheticContender, random: Random): Turn => {
  const output = Math.round(around(random, 260, 0.7)) + 4;
  const ttft = around(random, contender.ttftMs, 0.4) * 1e6;
  const decode = (output / around(random, contender.tokensPerSecond, 0.04)) * 1e9;
  return {
    endpoint: endpointOf(contender),
    stamps: {
      dispatch: 0,
      headers: ttft / 2,
      firstEvent: ttft,
      firstContent: ttft,
      firstTool: ttft,
      lastContent: ttft + decode,
      terminal: ttft + decode + 1e6,
    },
    contentChunks: output,
    contentCharacters: output * 4,
    firstChunkCharacters: 4,
    usage: { input: Math.round(around(random, 5000, 0.6)), output },
    finish: { unified: 'tool-calls', raw: 'tool_calls' },
    failedTries: [],
  };
};

const sumTurns = (turns: readonly Turn[], part: (turn: Turn) => number): number =>
  turns.reduce((sum, turn) => sum + part(turn), 0);

const syntheticSegments = (turns: readonly Turn[], random: Random): TrialRecord['segments'] => ({
  queue: around(random, 200),
  'sandbox-set-up': around(random, 450),
  'model-wait': random.uniform() < 0.1 ? around(random, 800) : 0,
  ttft: sumTurns(turns, ({ stamps }) => (stamps.firstContent ?? 0) / 1e6),
  decode: sumTurns(turns, ({ stamps }) => ((stamps.terminal ?? 0) - (stamps.firstContent ?? 0)) / 1e6),
  tool: sumTurns(turns, () => around(random, 450, 0.8)),
  harness: around(random, 120),
  verify: around(random, 1500),
  teardown: around(random, 150),
});

type Entry = { readonly spec: TrialSpec; readonly number: number; readonly contender: SyntheticContender };

/** Where made-up trials time out. */
const timeLimitMs = 300_000;

const taskLabels = (number: number) => ({
  difficulty: difficulties[number % difficulties.length] ?? 'unknown',
  category: categories[number % categories.length] ?? 'systems',
  tags: number % 5 === 0 ? ['micro', 'edit'] : number % 3 === 0 ? ['multi-file'] : [],
  language: languages[number % languages.length],
});

const syntheticRecord = (
  { spec, number, contender }: Entry,
  { random, turns: count }: { readonly random: Random; readonly turns: number | undefined },
): TrialRecord => {
  const { runId } = aRecord();
  const ease = [0.35, 0, -0.25][number % 3] ?? 0;
  const turns = Array.from({ length: count ?? 1 + Math.round(around(random, contender.steps, 0.5)) }, () =>
    syntheticTurn(contender, random),
  );
  const drawn = syntheticSegments(turns, random);
  const drawnMs = drawn.ttft + drawn.decode + drawn.tool + drawn.harness + drawn['model-wait'];
  const timedOut = random.uniform() < 0.03;
  const agentMs = timedOut ? Math.max(drawnMs, timeLimitMs) : drawnMs;
  const segments = { ...drawn, tool: drawn.tool + agentMs - drawnMs };
  const solved = !timedOut && random.uniform() < contender.skill + ease;
  return aRecord({
    ...spec,
    runId,
    attemptId: `${spec.trialId}-a0`,
    ...taskLabels(number),
    startedAt: new Date(Date.UTC(2026, 2, 1, 10, 0, number * 7)).toISOString(),
    endpoints: [endpointOf(contender)],
    segments,
    agentMs,
    wallMs: Object.values(segments).reduce((sum, part) => sum + part, 0),
    stop: timedOut ? 'time-limit' : 'submitted',
    verdict: {
      outcome: solved ? 'resolved' : 'unresolved',
      mode: 'live',
      reason: solved ? 'all tests passed' : '2 of 7 tests failed',
    },
    steps: turns.length,
    toolCalls: turns.length,
    turns,
    usage: {
      input: sumTurns(turns, ({ usage }) => usage.input ?? 0),
      output: sumTurns(turns, ({ usage }) => usage.output ?? 0),
    },
    edit: {
      files: 1 + Math.floor(random.uniform() * 3),
      insertions: Math.round(around(random, 25, 0.8)),
      deletions: Math.round(around(random, 6, 0.8)),
    },
  });
};

const brokenAttempt = (record: TrialRecord): TrialRecord => {
  const { verdict: _verdict, agentMs: _agentMs, ...rest } = record;
  return {
    ...rest,
    attemptId: `${record.trialId}-broken`,
    stop: 'infra-error',
    infraError: { phase: 'endpoint', code: 'endpoint-overloaded', message: 'HTTP 529' },
  };
};

const describe = (
  contenders: readonly SyntheticContender[],
): { endpoints: EndpointDescription[]; contenders: ContenderDescription[] } => ({
  endpoints: contenders.map(({ name, tier }) => ({
    id: endpointOf({ name }),
    model: `${name}-model`,
    protocol: 'chat-completions',
    transport: 'sse',
    address: 'http://127.0.0.1:1',
    tier,
    simulated: true,
    prices: {
      inputUsdPerMillionTokens: tier === 'wafer-scale' ? 4 : 1,
      outputUsdPerMillionTokens: tier === 'wafer-scale' ? 16 : 8,
      source: 'made up',
    },
  })),
  contenders: contenders.map(({ name }) => ({
    name,
    agent: 'shell',
    endpoints: [endpointOf({ name })],
    settings: {},
    simulated: true,
  })),
});

const entriesOf = ({
  tasks,
  attempts,
  contenders,
}: Required<Pick<SyntheticOptions, 'tasks' | 'attempts' | 'contenders'>>): readonly Entry[] =>
  contenders.flatMap((contender) =>
    Array.from({ length: tasks * attempts }, (_, position): Entry => {
      const number = Math.floor(position / attempts);
      const index = position % attempts;
      const task = `task-${String(number).padStart(3, '0')}`;
      const trialId = `${contender.name}-${task}-${index}`;
      const suite = number % 3 === 2 ? 'swe' : 'terminal';
      return {
        spec: { trialId, suite, task, taskDigest: `sha256:${task}`, contender: contender.name, index },
        number,
        contender,
      };
    }),
  );

/** A seeded, made-up run whose records are made one by one, for runs that do not fit in memory. It is labelled synthetic in its name. */
export const syntheticTrials = (
  options: SyntheticOptions = {},
): { manifest: Manifest; records: () => Generator<TrialRecord> } => {
  const { seed = 7, tasks = 18, attempts = 3, contenders = sparkAndCodex, infraErrors = 0.04, turns } = options;
  const entries = entriesOf({ tasks, attempts, contenders });
  const suites = ['swe', 'terminal'].map((name) => ({
    name,
    version: '1',
    format: 'harbor',
    source: `suites/${name}`,
    tasks,
  }));
  const plan = entries.map(({ spec }) => spec);
  return {
    manifest: aManifest({ name: 'synthetic (made-up numbers)', attempts, ...describe(contenders), suites, plan }),
    records: function* () {
      for (const entry of entries) {
        const random = createRandom(seed, entry.spec.trialId);
        const record = syntheticRecord(entry, { random, turns });
        const isBroken = random.uniform() < infraErrors;
        if (isBroken) yield brokenAttempt(record);
        yield isBroken ? { ...record, attempt: 1 } : record;
      }
    },
  };
};

/** The same with all records at hand. Same options, same records. */
export const syntheticRun = (options: SyntheticOptions = {}): { manifest: Manifest; records: TrialRecord[] } => {
  const { manifest, records } = syntheticTrials(options);
  return { manifest, records: [...records()] };
};
