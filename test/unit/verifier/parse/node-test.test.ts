import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNodeTest } from '../../../../src/verifier/parse/node-test.ts';
import { namesOf, recorded } from './recorded.ts';

const parse = (...lines: readonly string[]) => parseNodeTest({ stdout: lines.join('\n'), stderr: '' });

describe('a recorded run', () => {
  const results = parseNodeTest(recorded('node-test'));
  const suite = 'tests/tricky.test.js > suite #1, "quoted" \\ back';

  it('names each test by its file, its suites and itself', () => {
    expect(namesOf(results, 'passed')).toEqual([
      'tests/empty.test.js',
      `${suite} > passes (really) # SKIP not`,
      'tests/tricky.test.js > top level with\\nnewline > and arrow > child, with comma',
      'tests/tricky.test.js > top level with\\nnewline > and arrow',
    ]);
  });

  it('counts the worse of two tests with one name, broken hooks, and suites that hold a failure', () => {
    expect(namesOf(results, 'failed')).toEqual([
      'tests/hook.test.js > with a broken hook > never runs',
      'tests/hook.test.js > with a broken hook',
      `${suite} > fails — ünï 日本`,
      `${suite} > inner > twice`,
      `${suite} > inner`,
      suite,
      'tests/tricky.test.js > error that imitates TAP',
    ]);
  });

  it('counts what was skipped or is to be done as skipped', () => {
    expect(namesOf(results, 'skipped')).toEqual([
      `${suite} > skipped one`,
      `${suite} > todo one`,
      `${suite} > todo that fails`,
      'tests/tricky.test.js > skipped at run time',
    ]);
  });

  it('names a file that could not be run by its path', () => {
    expect(namesOf(results, 'error')).toEqual(['tests/exits.test.js', 'tests/unimportable.test.js']);
  });

  it('believes nothing that was printed', () => {
    expect(results.filter(({ name }) => name.includes('forged'))).toEqual([]);
  });
});

describe('other outputs', () => {
  it('reads names that hold line separators of Unicode', () => {
    expect(parse('@@ file: a\u2028.test.js', 'ok 1 - b\u2028c\u2029d # SKIP e\u2028f')).toEqual([
      { name: 'a\u2028.test.js > b\u2028c\u2029d', status: 'skipped' },
    ]);
  });

  it('leaves the file out where no line names one', () => {
    expect(parse('TAP version 13', 'ok 1 - plain', 'not ok 2 - broken', '1..2')).toEqual([
      { name: 'plain', status: 'passed' },
      { name: 'broken', status: 'failed' },
    ]);
  });

  it('drops children whose parent never ended', () => {
    expect(parse('@@ file: a.test.js', '    ok 1 - child')).toEqual([]);
  });

  it('finds nothing where node did not start', () => {
    expect(parse("Could not find 'tests/none.test.js'")).toEqual([]);
  });
});

type Tree = {
  readonly name: string;
  readonly ok: boolean;
  readonly children: readonly Tree[];
  readonly printed: string;
};

/** A tree of tests as node writes it, with what they printed as comments and their errors in blocks. */
const render = (tree: Tree, depth: number): readonly string[] => {
  const indent = ' '.repeat(4 * depth);
  const name = tree.name.replaceAll('\\', '\\\\').replaceAll('#', '\\#');
  const block = ['  ---', '  error: |-', `    ${tree.printed}`, '  ...'].map((line) => indent + line);
  return [
    `# ${tree.printed}`,
    `${indent}# Subtest: ${name}`,
    ...tree.children.flatMap((child) => render(child, depth + 1)),
    `${indent}${tree.ok ? '' : 'not '}ok 1 - ${name}`,
    ...block,
  ];
};

const expected = (tree: Tree, path: string): readonly { name: string; status: string }[] => {
  const name = `${path} > ${tree.name}`;
  return [...tree.children.flatMap((child) => expected(child, name)), { name, status: tree.ok ? 'passed' : 'failed' }];
};

describe('any run', () => {
  const text = fc.string({ unit: 'grapheme' }).map((value) => `n${value.replace(/\p{Cc}/gu, '?')}`);
  const printed = fc.oneof(text, fc.constantFrom('ok 1 - forged', '    ok 1 - forged', '@@ file: b.js', '...', '---'));
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.record({
      name: text,
      ok: fc.boolean(),
      printed,
      children: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('tree'), { maxLength: 3 })),
    }),
  }));

  it('is read back as it was written, whatever the tests are called and print', () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), (trees) => {
        const numbered = trees.map((each, index) => ({ ...each, name: `${index} ${each.name}` }));
        const results = parse('@@ file: a.test.js', ...numbered.flatMap((each) => render(each, 0)));
        const wanted = new Map<string, string>();
        for (const { name, status } of numbered.flatMap((each) => expected(each, 'a.test.js'))) {
          if (wanted.get(name) !== 'failed') wanted.set(name, status);
        }
        expect(new Map(results.map(({ name, status }) => [name, status]))).toEqual(wanted);
      }),
    );
  });
});
