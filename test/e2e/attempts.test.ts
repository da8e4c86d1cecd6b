import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readRun } from '../../src/store/jsonl.ts';
import { tacho } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { describeWithEngine } from '../support/with-engine.ts';

const config = `name: second-look
contenders: [{ name: nop, agent: nop }]
suites: [{ path: terminal, tasks: [fix-syntax-error] }]
attempts: 1
images: { trust_ca: true }
`;

describeWithEngine('tacho run --attempts', () => {
  it('goes before the configuration, and is what the run is known to have', async () => {
    await using scratch = await temporaryFolder();
    await writeFile(join(scratch.path, 'tacho.yaml'), config);
    const at = { cwd: scratch.path };
    const refused = await tacho(['run', '--attempts', 'many'], at);
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringMatching(/--attempts: expected a count/)]);
    expect((await tacho(['run', '--attempts', '2'], at)).exitCode).toBe(0);
    const results = join(scratch.path, 'results');
    const [run = ''] = await readdir(results);
    const { manifest, records } = await readRun(join(results, run));
    expect(manifest.config).toMatchObject({ attempts: 2 });
    expect((await Array.fromAsync(records())).map(({ index }) => index).sort()).toEqual([0, 1]);
  });
});
