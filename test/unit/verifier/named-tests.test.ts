import { describe, expect, it } from 'vitest';
import { editSizeOf, filesOfPatch } from '../../../src/domain/patch.ts';
import { judgeTests } from '../../../src/verifier/named-tests.ts';

const check = { failToPass: ['new'], passToPass: ['old', 'other'] };
const results = (statuses: Readonly<Record<string, 'passed' | 'failed' | 'skipped' | 'error'>>) =>
  Object.entries(statuses).map(([name, status]) => ({ name, status }));

describe('judgeTests', () => {
  it('resolves only when every expected test passed', () => {
    expect(judgeTests(check, results({ new: 'passed', old: 'passed', other: 'passed', extra: 'failed' })).outcome).toBe(
      'resolved',
    );
    for (const status of ['failed', 'skipped', 'error'] as const) {
      expect(judgeTests(check, results({ new: 'passed', old: 'passed', other: status })).outcome).toBe('unresolved');
    }
    expect(judgeTests(check, results({ new: 'passed', old: 'passed' }))).toMatchObject({
      outcome: 'unresolved',
      tests: { expected: 3, passed: 2, missing: ['other'] },
    });
  });

  it('calls a suite that never ran invalid, not unresolved', () => {
    expect(judgeTests(check, []).outcome).toBe('invalid');
  });
});

const patch = `diff --git a/a.py b/a.py
--- a/a.py
+++ b/a.py
@@ -1,2 +1,3 @@
 same
-old
+new
+++ not a header
diff --git a/b c.py b/b c.py
new file mode 100644
--- /dev/null
+++ b/b c.py
@@ -0,0 +1 @@
+one
`;

describe('a patch', () => {
  it('tells its files and its size', () => {
    expect(filesOfPatch(patch)).toEqual(['a.py', 'b c.py']);
    expect(editSizeOf(patch)).toEqual({ files: 2, insertions: 3, deletions: 1 });
    expect(editSizeOf('')).toEqual({ files: 0, insertions: 0, deletions: 0 });
  });
});
