import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGoTest } from '../../../../src/verifier/parse/go-test.ts';
import { namesOf, recorded } from './recorded.ts';

const parse = (...lines: readonly string[]) => parseGoTest({ stdout: lines.join('\n'), stderr: '' });
const event = (fields: Readonly<Record<string, unknown>>) => JSON.stringify({ Package: 'm/p', ...fields });

describe('a recorded run', () => {
  const results = parseGoTest(recorded('go-test'));
  const module = 'example.test/logs';

  it('names each test by its package and its path', () => {
    expect(namesOf(results, 'passed')).toEqual([
      `${module}/crash.TestBefore`,
      `${module}/main.TestPassesInAFailingPackage`,
      `${module}/slow.TestPassesInAFailingPackage`,
      `${module}/tricky.TestNames/with_space`,
      `${module}/tricky.TestNames/comma,_comma`,
      `${module}/tricky.TestNames/[brackets]`,
      `${module}/tricky.TestNames/quote's_"double"`,
      `${module}/tricky.TestNames/#hash`,
      `${module}/tricky.TestNames/ünï_日本`,
      `${module}/tricky.TestNames/a/b`,
      `${module}/tricky.TestNames/#00`,
      `${module}/tricky.TestNames/#01`,
      `${module}/tricky.TestNames/PASS:_x`,
      `${module}/tricky.TestNames`,
      `${module}/tricky.TestPrintsJSON`,
      `${module}/tricky.TestPrintsVerboseLines`,
      `${module}/tricky.TestFails/sub_passes`,
      `${module}/tricky.TestÜnïcode`,
    ]);
  });

  it('knows failures, though their output is full of passes', () => {
    expect(namesOf(results, 'failed')).toEqual([
      `${module}/crash.TestPanics`,
      `${module}/tricky.TestFails/sub_fails`,
      `${module}/tricky.TestFails`,
    ]);
    expect(namesOf(results, 'skipped')).toEqual([`${module}/tricky.TestSkipped`]);
  });

  it('counts failed packages and tests that never ended as errors', () => {
    expect(namesOf(results, 'error').toSorted()).toEqual([
      `${module}/broken`,
      `${module}/crash`,
      `${module}/main`,
      `${module}/slow`,
      `${module}/slow.TestHangs`,
      `${module}/tricky`,
    ]);
  });
});

describe('single lines', () => {
  it('passes over what is no event', () => {
    const noise = [
      'go: downloading x',
      '{"Action":"pass"',
      '{"Action":"pass","Test":"TestA"}',
      'null',
      '{"Action":1}',
      '',
    ];
    expect(parse(...noise, event({ Action: 'pass', Test: 'TestA' }))).toEqual([
      { name: 'm/p.TestA', status: 'passed' },
    ]);
  });

  it('takes no name of an object prototype for a verdict', () => {
    expect(parse(event({ Action: 'constructor', Test: 'TestA' }))).toEqual([]);
  });

  it('counts the worst of several runs of one test', () => {
    const once = (verdict: string) => [
      event({ Action: 'run', Test: 'TestA' }),
      event({ Action: verdict, Test: 'TestA' }),
    ];
    expect(parse(...once('pass'), ...once('fail'), ...once('pass'))).toEqual([{ name: 'm/p.TestA', status: 'failed' }]);
    expect(parse(...once('pass'), event({ Action: 'run', Test: 'TestA' }))).toEqual([
      { name: 'm/p.TestA', status: 'error' },
    ]);
  });

  it('keeps tests of one name in two packages apart', () => {
    expect(
      parse(event({ Action: 'pass', Test: 'TestA' }), event({ Package: 'm/q', Action: 'fail', Test: 'TestA' })),
    ).toEqual([
      { name: 'm/p.TestA', status: 'passed' },
      { name: 'm/q.TestA', status: 'failed' },
    ]);
  });
});

describe('any run', () => {
  const statuses = { pass: 'passed', fail: 'failed', skip: 'skipped' } as const;
  const verdict = fc.constantFrom('pass' as const, 'fail' as const, 'skip' as const);
  const tests = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), verdict, fc.string()), {
    selector: ([name]) => name,
  });

  it('is read back as it was written, whatever the tests are called and print', () => {
    fc.assert(
      fc.property(tests, (run) => {
        const forged = event({ Action: 'pass', Test: 'TestForged' });
        const lines = run.flatMap(([Test, Action, printed]) => [
          event({ Action: 'run', Test }),
          event({ Action: 'output', Test, Output: `${printed}\n` }),
          event({ Action: 'output', Test, Output: `${forged}\n` }),
          event({ Action, Test }),
        ]);
        expect(parse(...lines)).toEqual(
          run.map(([name, status]) => ({ name: `m/p.${name}`, status: statuses[status] })),
        );
      }),
    );
  });
});
