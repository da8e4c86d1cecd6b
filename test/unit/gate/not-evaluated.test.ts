import { describe, expect, it } from 'vitest';
import type { TrialRecord } from '../../../src/domain/trial.ts';
import { judge } from '../../support/gate-report.ts';
import { aKeptProbe } from '../../support/kept-probe.ts';
import { aMeasuredRun, resolved, unresolved } from '../../support/measured-run.ts';

const good = () => aMeasuredRun({ tasks: 30, trial: () => ({ verdict: resolved }) });
const broken: Partial<TrialRecord> = {
  verdict: undefined,
  stop: 'infra-error',
  infraError: { phase: 'endpoint', code: 'x', message: 'x' },
};

/** Verdict, exit code, reason and finding of the first check. */
const said = (report: ReturnType<typeof judge>) => {
  const [check] = report.gates[0]?.checks ?? [];
  return { verdict: report.verdict, exitCode: report.exitCode, reason: check?.reason, finding: check?.finding };
};

const notEvaluated = { verdict: 'not_evaluated', exitCode: 12 };
const rate = '  - { name: g, contender: spark, metric: pass_rate, at_least: 50% }\n';
const baselineGate =
  '  - { name: g, contender: spark, metric: pass_rate, not_worse_than: baseline, by_more_than: 20 points }\n';

describe('what cannot be evaluated never passes', () => {
  it('a metric that the run does not hold', async () => {
    const run = await aMeasuredRun({ tasks: 30, trial: () => ({ verdict: resolved, turns: [] }) });
    const absent = judge('  - { name: g, metric: ttft, statistic: p95, at_most: 1 s }\n', { run });
    expect(said(absent)).toMatchObject({ ...notEvaluated, reason: 'metric-absent' });
  });

  it('a metric of a probe without a probe, and one of a run without a run', async () => {
    const ofProbe = judge('  - { name: g, metric: probe_round_trip, at_most: 10 ms }\n', { run: await good() });
    expect(said(ofProbe)).toMatchObject({ ...notEvaluated, reason: 'probe-missing' });
    expect(said(ofProbe).finding).toContain('give its folder with --probe');
    for (const gate of [rate, '  - { name: g, solved: every_attempt }\n']) {
      const ofRun = judge(gate, { probe: aKeptProbe({}) });
      expect(said(ofRun)).toMatchObject({ ...notEvaluated, reason: 'run-missing' });
      expect(said(ofRun).finding).toContain('give its folder with --run');
    }
  });

  it('a contender that the run does not have, with the nearest', async () => {
    const report = judge(rate.replace('spark', 'sprak'), { run: await good() });
    expect(said(report)).toMatchObject({ ...notEvaluated, reason: 'contender-missing' });
    expect(said(report).finding).toContain('did you mean spark?');
    const other = judge('  - { name: g, contender: spark, metric: pass_rate, better_than: cdex }\n', {
      run: await good(),
    });
    expect(said(other)).toMatchObject({ ...notEvaluated, reason: 'contender-missing' });
  });

  it('no trial at all, none of the contender, none on the tasks', async () => {
    const empty = await aMeasuredRun({ tasks: 0, trial: () => ({}) });
    expect(said(judge(rate, { run: empty }))).toMatchObject({ ...notEvaluated, reason: 'no-trials' });
    const none = judge(rate.replace('at_least', 'where: { tag: mirco }, at_least'), { run: await good() });
    expect(said(none)).toMatchObject({ ...notEvaluated, reason: 'no-task' });
    expect(said(none).finding).toContain('did you mean tag micro?');
    const noContender = await aMeasuredRun({ contenders: [], trial: () => ({}) });
    expect(said(judge('  - { name: g, metric: pass_rate, at_least: 50% }\n', { run: noContender }))).toMatchObject(
      notEvaluated,
    );
  });

  it('only trials that nobody judged', async () => {
    const run = await aMeasuredRun({ tasks: 5, trial: () => broken });
    expect(said(judge(rate, { run }))).toMatchObject({ ...notEvaluated, reason: 'metric-absent' });
    expect(said(judge('  - { name: g, tasks: {}, solved: every_attempt }\n', { run }))).toMatchObject(notEvaluated);
  });

  it('too few tasks in common', async () => {
    const run = await aMeasuredRun({
      tasks: 20,
      trial: ({ contender, task }) => (contender === 'codex' && task < 3 ? broken : { verdict: resolved }),
    });
    const report = judge(
      '  - { name: g, contender: spark, metric: pass_rate, not_worse_than: codex, by_more_than: 90 points }\n',
      { run },
    );
    expect(said(report)).toMatchObject({ ...notEvaluated, reason: 'overlap' });
    expect(said(report).finding).toContain('only 17 of 20 tasks');
  });

  it('a run that is not finished, unless the missing trials cannot matter', async () => {
    const part = (missing: number, solved: number) =>
      aMeasuredRun({
        tasks: 100,
        contenders: ['spark'],
        trial: ({ task }) => (task >= 100 - missing ? undefined : { verdict: task < solved ? resolved : unresolved }),
      });
    const observed = rate.replace('50%', '60%, evidence: observed');
    expect(said(judge(rate, { run: await part(10, 80) }))).toMatchObject({ ...notEvaluated, reason: 'unfinished' });
    // Curtailment: 60 of 100 are reached; 41 can no longer be made good; 50 + 20 to come may do.
    expect(judge(observed, { run: await part(30, 60) }).verdict).toBe('pass');
    expect(judge(observed, { run: await part(29, 30) }).verdict).toBe('fail');
    expect(said(judge(observed, { run: await part(20, 50) }))).toMatchObject({ ...notEvaluated, reason: 'unfinished' });
    const counted = judge(
      rate,
      { run: await part(90, 10) },
      'trials_without_a_verdict: { missing: count_as_failed }\n',
    );
    expect(counted.verdict).toBe('fail');
    const all = '  - { name: g, tasks: {}, solved: every_attempt }\n';
    expect(judge(all, { run: await part(10, 90) }).verdict).toBe('not_evaluated');
    expect(judge(all, { run: await part(10, 80) }).verdict).toBe('fail');
  });
});

describe('a baseline', () => {
  const baseline = (changes: Partial<TrialRecord> = {}, config: unknown = {}) =>
    aMeasuredRun({ runId: 'main', tasks: 30, trial: () => ({ verdict: resolved, ...changes }), manifest: { config } });

  it('that is comparable is compared with', async () => {
    const report = judge(baselineGate, { run: await good(), baseline: await baseline() });
    expect([report.verdict, report.gates[0]?.checks[0]?.against]).toEqual(['pass', 'spark in main']);
  });

  it('that is not there, or lacks the contender', async () => {
    expect(said(judge(baselineGate, { run: await good() }))).toMatchObject({
      ...notEvaluated,
      reason: 'baseline-missing',
    });
    const other = await aMeasuredRun({ runId: 'main', contenders: ['codex'], tasks: 30, trial: () => ({}) });
    expect(said(judge(baselineGate, { run: await good(), baseline: other }))).toMatchObject({
      ...notEvaluated,
      reason: 'contender-missing',
    });
  });

  it.each([
    [
      'task digest',
      { taskDigest: 'sha256:other' },
      {},
      /task digest of terminal\/task-0, terminal\/task-1, terminal\/task-2 and 27 more/,
    ],
    ['agent', { agent: { name: 'shell', version: '2' } }, {}, /agent of spark: shell 1 here, shell 2 there/],
    [
      'sandbox',
      { environment: { limits: { cpus: 4 }, network: 'public' as const } },
      {},
      /sandbox limits of .*1 CPUs, 2048 MiB.*4 CPUs/,
    ],
    ['budget', {}, { budgets: { time: 60_000 } }, /budgets\.time: not set here, 60000 there/],
  ])('that differs in %s is refused, and the key is named', async (_, changes, config, finding) => {
    const report = judge(baselineGate, { run: await good(), baseline: await baseline(changes, config) });
    expect(said(report)).toMatchObject({ ...notEvaluated, reason: 'baseline-incompatible' });
    expect(said(report).finding).toMatch(finding);
  });

  it('that differs in its surroundings is told, not refused', async () => {
    const old = await aMeasuredRun({
      runId: 'main',
      tasks: 30,
      trial: () => ({ verdict: resolved }),
      manifest: { tacho: { version: '0.0.9' } },
    });
    const report = judge(baselineGate, { run: await good(), baseline: old });
    expect(report.verdict).toBe('pass');
    expect(report.gates[0]?.checks[0]?.notes.join()).toMatch(/Tacho version: 0\.1\.0 here, 0\.0\.9 there/);
  });

  it('whose other tasks changed is compared on those that did not: a filter leaves them out', async () => {
    const changed = await aMeasuredRun({
      runId: 'main',
      tasks: 30,
      trial: ({ task }) => ({ verdict: resolved, ...(task === 29 ? { taskDigest: 'sha256:other' } : {}) }),
    });
    const some = baselineGate.replace(
      'metric',
      `where: { task: [${Array.from({ length: 29 }, (_, i) => `task-${i}`).join(', ')}] }, metric`,
    );
    expect(judge(baselineGate, { run: await good(), baseline: changed }).verdict).toBe('not_evaluated');
    expect(judge(some, { run: await good(), baseline: changed }).verdict).toBe('pass');
  });
});

describe('trials without a verdict', () => {
  const run = (odd: Partial<TrialRecord>) =>
    aMeasuredRun({ tasks: 20, contenders: ['spark'], trial: ({ task }) => (task < 10 ? { verdict: resolved } : odd) });
  const observed = rate.replace('50%', '100%, evidence: observed');
  const rateOf = async (odd: Partial<TrialRecord>, header = '') =>
    judge(observed, { run: await run(odd) }, header).gates[0]?.checks[0];

  it('an infra error is left out, tampering and an unjudged time-out are failures; both can be said otherwise', async () => {
    expect(await rateOf(broken)).toMatchObject({ observed: 1, withoutVerdict: { excluded: 10, countedAsFailed: 0 } });
    const tampered: Partial<TrialRecord> = { verdict: { outcome: 'tampered', mode: 'live', reason: 'x' } };
    expect(await rateOf(tampered)).toMatchObject({
      observed: 0.5,
      withoutVerdict: { excluded: 0, countedAsFailed: 10 },
    });
    expect(await rateOf({ verdict: undefined, stop: 'time-limit' })).toMatchObject({ observed: 0.5 });
    expect(await rateOf(broken, 'trials_without_a_verdict: { infra_error: count_as_failed }\n')).toMatchObject({
      observed: 0.5,
    });
    expect(await rateOf(tampered, 'trials_without_a_verdict: { tampered: exclude }\n')).toMatchObject({ observed: 1 });
  });

  it('a judged time-out keeps its grade', async () => {
    expect(await rateOf({ verdict: resolved, stop: 'time-limit' })).toMatchObject({ observed: 1 });
  });
});
