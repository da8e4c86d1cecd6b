import { Chalk } from 'chalk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGates } from '../../../src/gate/file/read-gates.ts';
import type { Gate, GateFile } from '../../../src/gate/gate.ts';
import { evaluateGates } from '../../../src/gate/judge/evaluate.ts';
import { gateAnnotations } from '../../../src/gate/output/annotations.ts';
import { gateConsole } from '../../../src/gate/output/console.ts';
import { gateJson } from '../../../src/gate/output/json.ts';
import { gateJunit } from '../../../src/gate/output/junit.ts';
import { gateSummary } from '../../../src/gate/output/summary.ts';
import { type GateReport, gateExitCodes, type Verdict } from '../../../src/gate/verdict.ts';
import { aKeptProbe } from '../../support/kept-probe.ts';
import { aMeasuredRun, resolved, unresolved } from '../../support/measured-run.ts';
import { elementsNamed, parseXml } from '../../support/xml.ts';

const plain = new Chalk({ level: 0 });
const consoleOf = (report: GateReport, explain = true) => gateConsole(report, { colour: plain, explain });

const hostile = [
  '\u001b[2J\u001b]0;owned\u0007',
  '::set-output name=x::y',
  '\n::error::from a name',
  '##[error]legacy',
  '</testcase></testsuite>',
  ']]><failure/>',
  '| a | b |',
  '<script>alert(1)</script>',
  '[link](http://example.com) @everyone',
  '\u202egnirts\u202c \u2066x\u2069',
  '\u0000\u0008\u009d\ud800',
  '&amp; "quoted" \'single\' %0A::warning::z',
];

const metrics = ['pass_rate', 'agent_time', 'decode_tokens_per_s', 'infra_error_rate', 'probe_ttft'] as const;
const limits = {
  pass_rate: '50%',
  agent_time: '9 s',
  decode_tokens_per_s: '1000 tokens/s',
  infra_error_rate: '20%',
  probe_ttft: '200 ms',
} as const;

/** A gate of any shape, level and policy; JSON is YAML, so that any name can be written. */
const aGate = fc
  .record({
    metric: fc.constantFrom(...metrics),
    shape: fc.constantFrom('at_least', 'at_most', 'not_worse_than', 'better_than', 'solved'),
    contender: fc.constantFrom(undefined, 'spark', 'codex', 'absent'),
    level: fc.constantFrom('must', 'should', 'info'),
    if_inconclusive: fc.constantFrom(undefined, 'fail', 'warn', 'pass', 'run_more'),
    evidence: fc.constantFrom('proven', 'observed'),
    tag: fc.constantFrom(undefined, 'micro', 'nowhere'),
  })
  .map(({ metric, shape, contender, level, if_inconclusive, evidence, tag }) => {
    const where = tag === undefined ? undefined : { tag };
    const common = { ...(contender && { contender }), level };
    if (shape === 'solved') return { ...common, solved: 'every_attempt', ...(where && { tasks: where }) };
    const isOfProbe = metric === 'probe_ttft';
    const open = if_inconclusive === 'run_more' ? { if_inconclusive, up_to: '3 attempts' } : { if_inconclusive };
    const measured = {
      ...common,
      metric,
      evidence,
      ...(if_inconclusive && (if_inconclusive !== 'run_more' || (evidence === 'proven' && !isOfProbe)) && open),
      ...(where && !isOfProbe && { where }),
    };
    if (shape === 'at_least' || shape === 'at_most') return { ...measured, [shape]: limits[metric] };
    const other = contender === 'codex' ? 'spark' : 'codex';
    return shape === 'better_than'
      ? { ...measured, better_than: other }
      : { ...measured, not_worse_than: other, by_more_than: '10%' };
  });

const aReport = fc
  .record({
    gates: fc.array(fc.tuple(aGate, fc.constantFrom(...hostile, 'plain')), { minLength: 1, maxLength: 6 }),
    outcomes: fc.array(fc.constantFrom('yes', 'no', 'broken', 'missing'), { minLength: 24, maxLength: 24 }),
    family: fc.constantFrom('holm', 'none'),
    judged: fc.constantFrom('run', 'probe', 'both'),
  })
  .map(({ gates, outcomes, family, judged }) => ({
    family,
    judged,
    outcomes,
    text: JSON.stringify({
      version: 1,
      family,
      gates: gates.map(([gate, name], index) => ({ name: `${index} ${name}`, ...gate })),
    }),
  }));

/** Its arms are called as the contenders of the run. */
const probe = aKeptProbe({
  codex: { signMs: 50, ttftMs: 300, perTokenUs: 1200 },
  spark: { signMs: 10, ttftMs: 150, perTokenUs: 1140 },
});

const reportOf = async ({
  text,
  outcomes,
  judged,
}: {
  readonly text: string;
  readonly outcomes: readonly string[];
  readonly judged: 'run' | 'probe' | 'both';
}) => {
  const run = await aMeasuredRun({
    tasks: 12,
    trial: ({ contender, task }) => {
      const outcome = outcomes[(contender === 'spark' ? 0 : 12) + task];
      if (outcome === 'missing') return undefined;
      if (outcome === 'broken')
        return { verdict: undefined, stop: 'infra-error', infraError: { phase: 'endpoint', code: 'x', message: 'x' } };
      return { verdict: outcome === 'yes' ? resolved : unresolved, agentMs: 8_000 + 300 * task };
    },
  });
  const sources = { ...(judged !== 'probe' && { run }), ...(judged !== 'run' && { probe }) };
  return evaluateGates(readGates(text, 'gates.yaml'), sources, { ifInconclusive: 'fail' });
};

const worst = (codes: readonly number[]) => [10, 12, 11].find((code) => codes.includes(code)) ?? 0;

describe('one verdict object', () => {
  it('text, JSON, JUnit, GitHub’s outputs and the exit code always agree', async () => {
    await fc.assert(
      fc.asyncProperty(aReport, async (input) => {
        const report = await reportOf(input);
        const blocking = report.gates.filter(({ effect }) => effect === 'blocks');

        expect(report.exitCode).toBe(worst(blocking.map(({ verdict }) => gateExitCodes[verdict])));
        for (const { verdict, effect, level } of report.gates) {
          if (verdict === 'pass') expect(effect).toBe('none');
          if (verdict === 'not_evaluated' && level === 'must') expect(effect).toBe('blocks');
        }

        const json = JSON.parse(gateJson(report));
        expect(json).toEqual(JSON.parse(JSON.stringify(report)));

        const text = consoleOf(report);
        expect(text).toContain(`(exit code ${report.exitCode})`);
        const marks: Readonly<Record<Verdict, string>> = {
          pass: '✓',
          fail: '✗',
          inconclusive: '?',
          not_evaluated: '!',
        };
        expect(
          text
            .split('\n')
            .filter((line) => /^[✓✗?!] /.test(line))
            .map((line) => line[0]),
        ).toEqual(report.gates.map(({ verdict }) => marks[verdict]));

        const junit = parseXml(gateJunit(report));
        const cases = elementsNamed(junit, 'testcase');
        const red = elementsNamed(junit, 'failure').length + elementsNamed(junit, 'error').length;
        expect(cases).toHaveLength(report.gates.length);
        expect(red).toBe(blocking.length);
        expect(red > 0).toBe(report.exitCode !== 0);
        expect(elementsNamed(junit, 'error').length > 0).toBe(
          blocking.some(({ verdict }) => verdict === 'not_evaluated'),
        );
        expect(cases.filter(({ children }) => children.every(({ name }) => name === 'system-out'))).toHaveLength(
          report.counts.pass,
        );
        expect(junit.attributes).toMatchObject({
          tests: String(report.gates.length),
          errors: String(elementsNamed(junit, 'error').length),
        });

        const errors = gateAnnotations(report, 'gates.yaml').filter((line) => line.startsWith('::error '));
        expect(errors).toHaveLength(blocking.length);
        expect(gateSummary(report)).toContain(`exit code ${report.exitCode};`);
      }),
      { numRuns: 150 },
    );
  });
});

/** A report of one failing gate whose every free text is the given one. */
const spoiled = async (text: string, copies = 1): Promise<GateReport> => {
  const run = await aMeasuredRun({
    tasks: 20,
    contenders: [text, 'codex'],
    trial: () => ({ verdict: unresolved }),
    runId: text,
  });
  const yaml = JSON.stringify({
    version: 1,
    gates: [{ name: 'x', metric: 'pass_rate', at_least: '90%', source: 'x' }],
  });
  const file: GateFile = readGates(yaml, 'gates.yaml');
  const gates = file.gates.flatMap((gate): readonly Gate[] =>
    Array.from({ length: copies }, (_, index) => ({
      ...gate,
      name: `${index}${text}`,
      source: text,
      contenders: [text],
      where: {},
    })),
  );
  return evaluateGates({ ...file, file: text, gates }, { run }, { ifInconclusive: 'fail' });
};

describe.each(hostile)('hostile text %j', (text) => {
  it('is inert in a terminal and on a CI console', async () => {
    const shown = consoleOf(await spoiled(text));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(shown).not.toMatch(/^\s*::/m);
    expect(shown).not.toContain('##[');
    expect(shown.split('\n').every((line) => /^(Gates|[✓✗?!] | {4}|$)/.test(line))).toBe(true);
  });

  it('is text in JUnit', async () => {
    const document = gateJunit(await spoiled(text));
    const junit = parseXml(document);
    expect(elementsNamed(junit, 'testcase')).toHaveLength(1);
    expect(elementsNamed(junit, 'failure')).toHaveLength(1);
    expect(document).not.toMatch(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });

  it('is text in Markdown: no markup, one row, no runner command', async () => {
    const summary = gateSummary(await spoiled(text));
    expect(summary).not.toMatch(/<(?!\/?(details|summary|br)\b)/);
    expect(summary).not.toMatch(/^\s*::/m);
    expect(summary).not.toMatch(/(?<!\\)\]\(|https?:|@everyone/);
    const row = summary.split('\n').find((line) => line.startsWith('| ❌'));
    expect(row?.replaceAll('\\|', '').split('|')).toHaveLength(6);
  });

  it('stays in its annotation', async () => {
    const lines = gateAnnotations(await spoiled(text), text);
    expect(lines).toHaveLength(1);
    const [, properties = '', message = ''] = /^::error ((?:(?!::).)*)::(.*)$/.exec(lines[0] ?? '') ?? [];
    expect(properties.split(',').map((part) => part.split('=')[0])).toEqual(['file', 'line', 'col', 'title']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
    expect(`${properties}${message}`).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect(message.replaceAll(/%(25|0A|0D)/g, '')).not.toContain('%');
  });

  it('is data in JSON that a terminal can be shown', async () => {
    const json = gateJson(await spoiled(text));
    expect(JSON.parse(json).gates[0].source).toBe(text.isWellFormed() ? text : JSON.parse(JSON.stringify(text)));
    expect(json).not.toMatch(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(json).not.toContain('##[');
  });
});

describe('limits of GitHub', () => {
  it('ten annotations at most, the blocking ones first', async () => {
    const report = await spoiled('x', 25);
    const mixed = {
      ...report,
      gates: report.gates.map((gate, i) => (i < 20 ? { ...gate, effect: 'warns' as const } : gate)),
    };
    const lines = gateAnnotations(mixed, 'gates.yaml');
    expect(lines).toHaveLength(10);
    expect(lines.slice(0, 5).every((line) => line.startsWith('::error '))).toBe(true);
  });

  it('a summary of any report stays below 900 KiB and says what it dropped, of the least weight first', async () => {
    const report = await spoiled('ü'.repeat(5000), 2000);
    const mixed = {
      ...report,
      gates: report.gates.map((gate, i) => (i === 1999 ? gate : { ...gate, effect: 'warns' as const })),
    };
    const summary = gateSummary(mixed);
    expect(Buffer.byteLength(summary)).toBeLessThan(900 * 1024);
    expect(summary).toMatch(/Dropped for want of room: .*details of \d+ gates; verdict\.json has all/);
    expect(summary).toContain('1999ü');
  });
});
