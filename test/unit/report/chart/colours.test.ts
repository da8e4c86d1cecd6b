import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contenderColours } from '../../../../src/report/chart/theme.ts';

const css = readFileSync(new URL('../../../../src/report/html/client/page.css', import.meta.url), 'utf8');

it('every colour of a contender is another, and the page has it light, dark and as a class', () => {
  expect(new Set(contenderColours).size).toBe(contenderColours.length);
  for (const index of contenderColours.keys()) {
    const values = [...css.matchAll(new RegExp(`--contender-${index}: (#\\w{6});`, 'g'))].map(([, value]) => value);
    expect(values, `--contender-${index}`).toHaveLength(2);
    expect(css).toMatch(new RegExp(`\\.c${index} \\{\\s+color: var\\(--contender-${index}\\);`));
  }
  expect(css).not.toContain(`--contender-${contenderColours.length}`);
});
