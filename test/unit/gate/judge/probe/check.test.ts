import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareArms } from '../../../../../src/probe/latency/compare.ts';
import type { KeptProbe } from '../../../../../src/probe/latency/latency.ts';
import { judge } from '../../../../support/gate-report.ts';
import { aKeptProbe } from '../../../../support/kept-probe.ts';
import { turnWith } from '../../../../support/probe-calls.ts';

const sse = { signMs: 50, ttftMs: 300, perTokenUs: 1200 };
const published = { sse, websocket: { signMs: 10, ttftMs: 150, perTokenUs: 1140 } };

/** Calls that are slower from round to round, all arms of a round alike: a drift that pairing takes out. */
const drifting: (calls: KeptProbe['calls']) => KeptProbe['calls'] = (calls) =>
  calls.map((call) => {
    const times = call.arm === 'sse' ? published.sse : published.websocket;
    const slower = 1 + call.round / 4;
    const { signMs, ttftMs, perTokenUs } = times;
    const late = { signMs: signMs * slower, ttftMs: ttftMs * slower, perTokenUs };
    return { ...call, turn: turnWith(late, call.cell.outputTokens) };
  });

const faster = (metric: string, by: string, more = ''): string =>
  `  - { name: g, contender: websocket, metric: ${metric}, faster_than: sse, by_at_least: ${by}${more} }\n`;

const checkOf = (gate: string, probe: KeptProbe | undefined) => {
  const report = judge(gate, { probe });
  const [check] = report.gates[0]?.checks ?? [];
  if (check === undefined) throw new Error('a gate without a check');
  return { ...check, exitCode: report.exitCode };
};

describe('gates judged on a probe', () => {
  it.each([
    ['probe_round_trip', '75%', '85%', 5],
    ['probe_ttft', '45%', '55%', 2],
    ['probe_per_token_overhead', '25%', '35%', 1 / 0.7],
    ['probe_time_per_token', '4%', '6%', 1 / 0.95],
  ])('%s: less than was measured is proven, more is refuted', (metric, less, more, times) => {
    const probe = aKeptProbe(published);
    const proven = checkOf(faster(metric, less), probe);
    expect([proven.verdict, proven.exitCode]).toEqual(['pass', 0]);
    expect(proven.observed).toBeCloseTo(times, 6);
    expect(proven.label).toBe('websocket (simulated)');
    expect([checkOf(faster(metric, more), probe).verdict]).toEqual(['fail']);
  });

  it('pairs calls, so that a drift of all arms proves and refutes nothing', () => {
    const drifted = aKeptProbe(published, { spoil: drifting });
    expect(checkOf(faster('probe_ttft', '45%'), drifted)).toMatchObject({ verdict: 'pass', nCalls: 16 });
    expect(checkOf(faster('probe_ttft', '55%'), drifted).verdict).toBe('fail');
    // By itself the arm is as wide as its drift: 150 … 412 ms.
    const alone = '  - { name: g, contender: websocket, metric: probe_ttft, at_most: 290 ms }\n';
    expect(checkOf(alone, drifted).verdict).toBe('inconclusive');
  });

  it('says the same reduction as the probe itself', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.2, max: 3, noNaN: true }), { minLength: 8, maxLength: 8 }), (factors) => {
        const spoiled = aKeptProbe(published, {
          spoil: (calls) =>
            calls.map((call) =>
              call.arm === 'sse'
                ? call
                : {
                    ...call,
                    turn: turnWith({ ...sse, ttftMs: 300 * (factors[call.round] ?? 1) }, call.cell.outputTokens),
                  },
            ),
        });
        const [comparison] = compareArms(spoiled.probe.arms, spoiled.calls);
        const { observed = 0 } = checkOf(faster('probe_ttft', '1%'), spoiled);
        expect(1 - 1 / observed).toBeCloseTo(comparison?.reductions.ttft?.reduction ?? Number.NaN, 9);
      }),
      { numRuns: 50 },
    );
  });

  it('takes differences, medians and quantiles of single arms', () => {
    const probe = aKeptProbe(published, { rounds: 40 });
    const text = (more: string) => `  - { name: g, contender: websocket, metric: probe_ttft, ${more} }\n`;
    expect(checkOf(text('better_than: sse, by_at_least: 140 ms'), probe).verdict).toBe('pass');
    expect(checkOf(text('better_than: sse, by_at_least: 160 ms'), probe).verdict).toBe('fail');
    expect(checkOf(text('not_worse_than: sse, by_more_than: 10%'), probe).verdict).toBe('pass');
    expect(checkOf(text('statistic: p95, at_most: 160 ms'), probe)).toMatchObject({ verdict: 'pass', nCalls: 80 });
    expect(checkOf(text('at_most: 140 ms, evidence: observed'), probe).verdict).toBe('fail');
  });

  it('proves nothing with few calls, and says how to get more', () => {
    const few = aKeptProbe(published, { rounds: 4 });
    const found = checkOf(faster('probe_round_trip', '75%'), few);
    expect(found.verdict).toBe('inconclusive');
    expect(found.advice).toContain('--rounds');
    expect(checkOf(faster('probe_round_trip', '75%', ', evidence: observed'), few).verdict).toBe('pass');
  });

  it('is about every arm where it names none', () => {
    const report = judge('  - { name: g, metric: probe_ttft, at_most: 1 s }\n', { probe: aKeptProbe(published) });
    expect(report.gates[0]?.checks.map(({ contender }) => contender)).toEqual(['sse', 'websocket']);
    expect([report.run, report.probe]).toEqual([undefined, { probeId: 'probe-1' }]);
  });
});

describe('what a probe cannot tell is not evaluated', () => {
  const lost = { turn: undefined, failure: { fault: 'timeout', message: 'too late' } };

  it.each<[string, Parameters<typeof aKeptProbe>[1], string, RegExp]>([
    [
      'an arm that it does not have',
      {},
      faster('probe_ttft', '45%').replace('websocket', 'websoket'),
      /did you mean websocket\?/,
    ],
    [
      'a probe that was stopped',
      { spoil: (calls) => calls.slice(0, 40) },
      faster('probe_ttft', '45%'),
      /40 of 96 calls/,
    ],
    [
      'too many failed calls',
      { spoil: (calls) => calls.map((call) => (call.round < 2 ? { ...call, ...lost } : call)) },
      faster('probe_ttft', '45%'),
      /only 12 of 16 pairs of calls state it, 90% are needed: 8 calls failed/,
    ],
    [
      'an arm that fell back to another transport',
      {
        spoil: (calls) =>
          calls.map((call) =>
            call.arm === 'sse' || call.turn === undefined
              ? call
              : { ...call, turn: { ...call.turn, connection: { reused: true, fallback: 'sse' } } },
          ),
      },
      faster('probe_ttft', '45%'),
      /websocket fell back to sse/,
    ],
    [
      'an overhead where the engine does not state its time',
      {
        spoil: (calls) =>
          calls.map(({ turn, ...call }) => ({ ...call, turn: turn && { ...turn, serverTiming: undefined } })),
      },
      faster('probe_per_token_overhead', '25%'),
      /--engine-rate/,
    ],
  ])('%s', (_, options, gate, why) => {
    const found = checkOf(gate, aKeptProbe(published, options));
    expect([found.verdict, found.exitCode]).toEqual(['not_evaluated', 12]);
    expect(found.finding).toMatch(why);
  });

  it('sizes that were not measured', () => {
    const probe = aKeptProbe(published);
    const none = {
      probe: { ...probe.probe, cells: probe.probe.cells.filter(({ kind }) => kind !== 'prompt') },
      calls: probe.calls.filter(({ cell }) => cell.kind !== 'prompt'),
    };
    expect(checkOf(faster('probe_ttft', '45%'), none).finding).toContain('made no such calls (--prompt-tokens');
  });

  it('a few failed calls are left out, and told', () => {
    const probe = aKeptProbe(published, {
      rounds: 12,
      spoil: (calls) =>
        calls.map((call) =>
          call.round === 0 && call.cell.id === 'prompt-100' && call.arm === 'sse' ? { ...call, ...lost } : call,
        ),
    });
    const found = checkOf(faster('probe_ttft', '45%'), probe);
    expect(found).toMatchObject({ verdict: 'pass', nCalls: 23 });
    expect(found.notes).toEqual(['1 of 144 calls failed and are left out']);
  });
});
