import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** One source file a broken rule; all else that they need is in `PROJECT`. */
const VIOLATIONS: Record<string, { file: string; content: string }> = {
  '1-no-cycle': {
    file: 'src/measure/mean.ts',
    content: "import type { Total } from './total.ts';\nexport type Mean = Total;",
  },
  '2-domain-alone': { file: 'src/domain/path.ts', content: "export { join } from 'node:path';" },
  '3-pure-no-io': { file: 'src/report/page.ts', content: "export { readFile } from 'node:fs/promises';" },
  '3-pure-no-adapter': { file: 'src/analysis/rate.ts', content: "export { log } from '../store/log.ts';" },
  '4-engine': { file: 'src/run/engine.ts', content: "export { default } from 'dockerode';" },
  '4-sockets': { file: 'src/run/call.ts', content: "export { request } from 'undici';" },
  '4-files': { file: 'src/run/read.ts', content: "export { readFile } from 'node:fs/promises';" },
  '5-adapters-behind-contracts': {
    file: 'src/run/agent.ts',
    content: "export const nop = () => import('../agent/nop.ts');",
  },
  '6-cli-on-top': { file: 'src/run/print.ts', content: "export { main } from '../cli/main.ts';" },
  '7-no-test-in-src': { file: 'src/run/fake.ts', content: "export { fake } from '../../test/fake.ts';" },
  '8-shipped': { file: 'src/cli/check.ts', content: "export { test } from 'vitest';" },
};

const PROJECT: Record<string, string> = {
  'src/measure/total.ts': "import type { Mean } from './mean.ts';\nexport type Total = Mean | number;",
  'src/store/log.ts': 'export const log = 1;',
  'src/agent/agent.ts': 'export type Agent = { readonly name: string };',
  'src/agent/nop.ts': "import type { Agent } from './agent.ts';\nexport const nop: Agent = { name: 'nop' };",
  'src/run/contract.ts': "export type { Agent } from '../agent/agent.ts';",
  'src/run/lifetime.ts': 'export async function use(open: () => AsyncDisposable) {\n  await using _opened = open();\n}',
  'src/wiring.ts': "export { nop } from './agent/nop.ts';",
  'src/cli/main.ts': 'export const main = 1;',
  'test/fake.ts': 'export const fake = 1;',
};

type Cruise = { modules: { source: string }[]; summary: { violations: { from: string; rule: { name: string } }[] } };

describe('the rules of import', () => {
  let folder: string;
  let cruise: Cruise;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tacho-import-rules-'));
    const files = { ...PROJECT, ...Object.fromEntries(Object.values(VIOLATIONS).map((v) => [v.file, v.content])) };
    for (const [file, content] of Object.entries(files)) {
      await mkdir(join(folder, dirname(file)), { recursive: true });
      await writeFile(join(folder, file), content);
    }
    for (const shared of ['node_modules', 'package.json', 'tsconfig.json'])
      await symlink(join(root, shared), join(folder, shared));
    const config = join(root, '.dependency-cruiser.cjs');
    const options = { cwd: folder, preferLocal: true, localDir: root, reject: false } as const;
    const { stdout } = await execa('depcruise', ['--config', config, '--output-type', 'json', 'src', 'test'], options);
    cruise = JSON.parse(stdout);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each(Object.entries(VIOLATIONS))('%s is seen broken', (name, { file }) => {
    const broken = cruise.summary.violations.filter((violation) => violation.from === file);
    expect(broken.map((violation) => violation.rule.name)).toContain(name);
  });

  it('complains about nothing else', () => {
    const allowed = new Set([...Object.values(VIOLATIONS).map(({ file }) => file), 'src/measure/total.ts']);
    expect(cruise.summary.violations.filter(({ from }) => !allowed.has(from))).toEqual([]);
  });

  it('reads every source, also one with `await using`', () => {
    expect(cruise.modules.map(({ source }) => source)).toContain('src/run/lifetime.ts');
  });
});
