import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { pageAssets, target } from '../../../../scripts/build-report-page.js';
import { pageScript, pageStyle } from '../../../../src/report/html/generated/page-assets.ts';

describe("the page's bundled script and style", () => {
  it('are those of the sources as they are now (else: npm run build:page)', async () => {
    expect((await readFile(target, 'utf8')) === (await pageAssets())).toBe(true);
  });

  it('cannot end the elements that they stand in', () => {
    expect(pageScript).not.toMatch(/<\/script|<!--/i);
    expect(pageStyle).not.toMatch(/<\//);
  });
});
