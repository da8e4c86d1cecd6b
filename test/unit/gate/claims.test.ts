import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readGates } from '../../../src/gate/file/read-gates.ts';
import { evaluateGates } from '../../../src/gate/judge/evaluate.ts';
import { aKeptProbe } from '../../support/kept-probe.ts';
import { aMeasuredRun, resolved } from '../../support/measured-run.ts';
import { aTurn } from '../../support/records.ts';

const path = join(import.meta.dirname, '../../../suites/claims/codex-spark.yaml');
const claims = readGates(readFileSync(path, 'utf8'), 'codex-spark.yaml');

/** A turn of 100 tokens after the first, at a rate, after a TTFT. */
const turn = (tokensPerSecond: number, ttftMs: number) => {
  const [first, last] = [ttftMs * 1e6, (ttftMs + 100_000 / tokensPerSecond) * 1e6];
  return aTurn({ stamps: { dispatch: 0, firstContent: first, firstText: first, lastContent: last, terminal: last } });
};

const speeds: Readonly<Record<string, { readonly rate: number; readonly ttftMs: number; readonly agentMs: number }>> = {
  spark: { rate: 1100, ttftMs: 100, agentMs: 8_000 },
  'spark-sse': { rate: 1050, ttftMs: 230, agentMs: 9_000 },
  codex: { rate: 70, ttftMs: 500, agentMs: 43_000 },
};

const run = await aMeasuredRun(
  {
    contenders: Object.keys(speeds),
    tasks: 20,
    trial: ({ contender, task }) => {
      const { rate = 1, ttftMs = 1, agentMs = 1 } = speeds[contender] ?? {};
      const drift = 1 + (task % 5) / 100;
      return {
        ...(task === 0 ? { task: 'snake-game' } : {}),
        verdict: resolved,
        agentMs: agentMs * drift,
        turns: [turn(rate / drift, ttftMs * drift)],
      };
    },
  },
  ['ttft', 'latency', 'turn_input_tokens'],
);

const probe = aKeptProbe({
  'spark-sse': { signMs: 50, ttftMs: 300, perTokenUs: 1200 },
  spark: { signMs: 10, ttftMs: 150, perTokenUs: 1140 },
});

const report = evaluateGates(claims, { run }, { ifInconclusive: 'fail' });
const verdictOf = (start: string, { gates } = report) =>
  gates.filter(({ name }) => name.startsWith(start)).map(({ verdict }) => verdict);

it('every claim has its source', () => {
  expect(claims.gates.length).toBeGreaterThanOrEqual(18);
  expect(claims.gates.filter(({ source }) => source === undefined)).toEqual([]);
});

it.each([
  /more than 1,000 tokens\/s/,
  /15 times faster/,
  /1,000 tokens\/s ÷ 15/,
  /round trip −80%/,
  /token −30%/,
  /first token −50%/,
  /SWE-Bench Pro over duration/,
  /58\.4%/,
  /77\.3%/,
  /46\.1%/,
  /HumanEval, 52% against 78%/,
  /snake game, 9 s against 43 s/,
  /under 100 ms/,
  /128k context/,
])('states what was published: %s', (published) => {
  expect(claims.gates.filter(({ source = '' }) => published.test(source)).length).toBeGreaterThan(0);
});

it('claims about speed are resolved by what a run measures', () => {
  expect(verdictOf('Spark writes at least 1,000')).toEqual(['pass']);
  expect(verdictOf('Spark writes 15 times')).toEqual(['pass']);
  expect(verdictOf('The flagship writes about 70')).toEqual(['pass', 'pass']);
  expect(verdictOf('Time to first token is halved over the WebSocket, in tasks')).toEqual(['pass']);
  expect(verdictOf('Spark builds')).toEqual(['pass', 'pass']);
  expect(verdictOf('Small edits')).toEqual(['fail']);
});

it('claims about the way there are resolved by a probe set to the published overheads, and only by one', () => {
  const starts = ['Round trips cost', 'Tokens cost', 'Time to first token is halved over the WebSocket, of single'];
  const both = evaluateGates(claims, { run, probe }, { ifInconclusive: 'fail' });
  expect(starts.flatMap((start) => verdictOf(start, both))).toEqual(['pass', 'pass', 'pass']);
  expect(starts.flatMap((start) => verdictOf(start))).toEqual(['not_evaluated', 'not_evaluated', 'not_evaluated']);
  const slower = aKeptProbe({
    'spark-sse': { signMs: 50, ttftMs: 300, perTokenUs: 1200 },
    spark: { signMs: 20, ttftMs: 200, perTokenUs: 1170 },
  });
  const refuted = evaluateGates(claims, { run, probe: slower }, { ifInconclusive: 'fail' });
  expect(starts.flatMap((start) => verdictOf(start, refuted))).toEqual(['fail', 'fail', 'fail']);
});

it('what a run does not hold is not evaluated, and never passes', () => {
  const absent = report.gates.filter(({ name }) =>
    /Terminal-Bench|SWE-Bench|HumanEval|128k|Round trips|Tokens cost|mini/.test(name),
  );
  expect(absent.length).toBeGreaterThanOrEqual(11);
  expect(absent.map(({ verdict }) => verdict)).toEqual(absent.map(() => 'not_evaluated'));
  expect(report.exitCode).toBe(10);
  const others = { ...claims, gates: claims.gates.filter(({ name }) => !name.startsWith('Small edits')) };
  expect(evaluateGates(others, { run }, { ifInconclusive: 'fail' }).exitCode).toBe(12);
});
