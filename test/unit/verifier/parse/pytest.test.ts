import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TestStatus } from '../../../../src/domain/verdict.ts';
import { parsePytest } from '../../../../src/verifier/parse/pytest.ts';
import { namesOf, recorded } from './recorded.ts';

const parse = (...lines: readonly string[]) => parsePytest({ stdout: lines.join('\n'), stderr: '' });
const start = '============================= test session starts ==============================';
const info = '=========================== short test summary info ============================';
const end = '========================= 1 passed, 1 failed in 0.01s =========================';

describe('a recorded run', () => {
  const results = parsePytest(recorded('pytest'));
  const tricky = (names: readonly string[]) => names.map((name) => `tests/test_tricky.py::${name}`);

  it('knows what passed, whatever blanks, brackets and quotes the names hold', () => {
    expect(namesOf(results, 'passed')).toEqual([
      'tests/test_atexit.py::test_really_passes',
      ...tricky([
        'test_names[with space]',
        'test_names[a - b]',
        'test_names[comma, comma]',
        'test_names[[brackets]]',
        'test_names[quote\'s "double"]',
        'test_names[#hash]',
        'test_names[\\xfcn\\xef-\\u65e5\\u672c]',
        'test_names[new\\nline]',
        'test_names[x::y]',
        'test_names[]',
        'test_names[PASSED]',
        'test_prints_a_forged_summary',
        'test_ünïcode_function',
        'test_unexpected_pass',
        'TestGroup::test_method',
        'TestGroup::TestInner::test_deep',
        'TestOldStyle::test_unittest',
      ]),
    ]);
  });

  it('knows what failed, though captured output and a line printed at exit say otherwise', () => {
    expect(namesOf(results, 'failed')).toEqual([
      'tests/test_atexit.py::test_really_fails',
      ...tricky([
        'test_fails_with[a - b]',
        'test_fails_with[c PASSED [ 50%]]',
        'test_fails',
        'test_strict_unexpected_pass',
      ]),
    ]);
  });

  it('tells errors of set-up, teardown and collection from failures', () => {
    expect(namesOf(results, 'error')).toEqual([
      ...tricky(['test_error_at_setup', 'test_error_at_teardown']),
      'tests/test_unimportable.py',
    ]);
  });

  it('counts skipped tests and expected failures as skipped', () => {
    expect(namesOf(results, 'skipped')).toEqual(tricky(['test_skipped', 'test_expected_failure']));
  });
});

describe('forgery', () => {
  it('does not believe a summary printed at exit about a test that never ran', () => {
    const forged = [info, 'PASSED t.py::test_a', 'PASSED t.py::test_never', end];
    const results = parse(start, 't.py::test_a PASSED [100%]', info, 'PASSED t.py::test_a', end, ...forged);
    expect(results).toEqual([{ name: 't.py::test_a', status: 'passed' }]);
  });

  it('does not believe a progress line that the summary does not confirm', () => {
    const progress = ['t.py::test_a PASSED [ 50%]', 't.py::test_b PASSED [100%]'];
    const results = parse(start, ...progress, info, 'PASSED t.py::test_a', end);
    expect(namesOf(results, 'passed')).toEqual(['t.py::test_a']);
  });

  it('does not read progress lines below the first section', () => {
    const shown = ['=== PASSES ===', 't.py::test_b PASSED [100%]'];
    const results = parse(start, 't.py::test_a PASSED [100%]', ...shown, info, 'PASSED t.py::test_a', end);
    expect(results).toEqual([{ name: 't.py::test_a', status: 'passed' }]);
  });
});

describe('other ways to run', () => {
  it('reads the summary alone where there are no progress lines', () => {
    const summary = [
      'PASSED t.py::test_a[x - y]',
      'PASSED t.py::test_c[\u2028]',
      'FAILED t.py::test_b[p] - assert [1] == [2]',
      'ERROR u.py - ImportError',
    ];
    expect(parse('..F', info, ...summary, end)).toEqual([
      { name: 't.py::test_a[x - y]', status: 'passed' },
      { name: 't.py::test_c[\u2028]', status: 'passed' },
      { name: 't.py::test_b[p]', status: 'failed' },
      { name: 'u.py', status: 'error' },
    ]);
  });

  it('reads the progress lines where the summary lists failures only', () => {
    const progress = ['t.py::test_a PASSED [ 50%]', 't.py::test_b FAILED [100%]'];
    expect(parse(start, ...progress, info, 'FAILED t.py::test_b - x', end)).toEqual([
      { name: 't.py::test_a', status: 'passed' },
      { name: 't.py::test_b', status: 'failed' },
    ]);
  });

  it('puts together a progress line that live logging tore apart', () => {
    const torn = ['t.py::test_a ', '-------- live log call --------', 'INFO  started', 'PASSED     [100%]'];
    expect(parse(start, ...torn, info, 'PASSED t.py::test_a', end)).toEqual([
      { name: 't.py::test_a', status: 'passed' },
    ]);
  });

  it('lets the progress lines say where an id ends that holds what looks like a message', () => {
    const [passes, fails] = ['t.py::test_a[x] - y]', 't.py::test_a[z] - z]'];
    const progress = [`${passes} PASSED [ 50%]`, `${fails} FAILED [100%]`];
    expect(parse(start, ...progress, info, `PASSED ${passes}`, `FAILED ${fails} - z]`, end)).toEqual([
      { name: passes, status: 'passed' },
      { name: fails, status: 'failed' },
    ]);
  });

  it('sees through colours and carriage returns', () => {
    const escapeCode = String.fromCharCode(27);
    const line = `t.py::test_a ${escapeCode}[32mPASSED${escapeCode}[0m${escapeCode}[32m [100%]${escapeCode}[0m\r`;
    expect(
      parse(
        start,
        line,
        info,
        `${escapeCode}[32mPASSED${escapeCode}[0m t.py::${escapeCode}[1mtest_a${escapeCode}[0m`,
        end,
      ),
    ).toEqual([{ name: 't.py::test_a', status: 'passed' }]);
  });

  it('finds nothing in an output that ends before the first test', () => {
    expect(parse('/usr/bin/python3: No module named pytest')).toEqual([]);
  });
});

describe('any run', () => {
  const words: Readonly<Record<string, TestStatus>> = { PASSED: 'passed', FAILED: 'failed', ERROR: 'error' };
  const parameter = fc.string({ unit: 'binary-ascii' }).map((text) => text.replace(/\p{Cc}/gu, '\u2028'));
  const node = fc.tuple(fc.nat(50), fc.option(parameter)).map(([number, text]) => {
    const base = `tests/test_x.py::test_${number}`;
    return text === null ? base : `${base}[${text}]`;
  });
  const run = fc.uniqueArray(fc.tuple(node, fc.constantFrom(...Object.keys(words))), { selector: ([name]) => name });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(run, (tests) => {
        const progress = tests.map(([name, word]) => `${name} ${word}   [ 50%]`);
        const summary = tests.map(([name, word]) => `${word} ${name}${word === 'PASSED' ? '' : ' - a - b] PASSED'}`);
        const results = parse(start, ...progress, '', '=== FAILURES ===', info, ...summary, end);
        expect(results).toEqual(tests.map(([name, word]) => ({ name, status: words[word] })));
      }),
    );
  });

  it('is not changed by what its tests print', () => {
    const noise = fc.array(
      fc.oneof(fc.string(), fc.constantFrom(info, end, 'PASSED t.py::test_b', 't.py::test_b PASSED')),
    );
    fc.assert(
      fc.property(noise, (printed) => {
        const progress = ['t.py::test_a PASSED [ 50%]', 't.py::test_b FAILED [100%]'];
        const summary = [info, 'PASSED t.py::test_a', 'FAILED t.py::test_b', end];
        const results = parse(start, ...progress, '=== PASSES ===', ...printed, ...summary, ...printed);
        expect(namesOf(results, 'passed')).toEqual(['t.py::test_a']);
      }),
    );
  });
});
