import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tacho } from '../support/tacho.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const good = `endpoints:
  fast:
    simulate: sim-wafer
contenders:
  - name: fast
    endpoint: fast
suites: [terminal]
results: results
`;

/** A port of this machine at which nothing listens. */
const deadPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 1;
};

const real = (port: number): string =>
  good.replace('simulate: sim-wafer', `url: http://127.0.0.1:${port}/v1\n    model: m`);

type Mistake = {
  readonly name: string;
  readonly config: (port: number) => string;
  readonly code: number;
  readonly says: readonly RegExp[];
  readonly env?: Readonly<Record<string, string>>;
};

const mistakes: readonly Mistake[] = [
  {
    name: 'an unknown key',
    config: () => `${good}concurency: 2\n`,
    code: 2,
    says: [/unknown key `concurency`/, /tacho\.yaml:9:1/, /did you mean `concurrency`/],
  },
  {
    name: 'a missing key of an endpoint',
    config: (port) => real(port).replace('model: m', 'model: m\n    key_env: NO_SUCH_KEY'),
    code: 21,
    says: [/NO_SUCH_KEY/, /tacho\.yaml:5:\d+/, /export NO_SUCH_KEY/],
  },
  {
    name: 'a bad suite path',
    config: () => good.replace('[terminal]', '[suites/terminl]'),
    code: 2,
    says: [/no suite at/, /tacho\.yaml:7:\d+/],
  },
  {
    name: 'a suite that is none',
    config: () => good.replace('[terminal]', '[empty]'),
    code: 2,
    says: [/no suite of a known format/, /task\.toml/],
  },
  { name: 'a dead endpoint', config: real, code: 21, says: [/endpoint `fast` cannot be reached/, /ECONNREFUSED/] },
  {
    name: 'an engine that is down',
    config: () => good,
    code: 20,
    says: [/engine|Docker/i, /no-such-socket/],
    env: { DOCKER_HOST: 'unix:///no-such-socket' },
  },
  {
    name: 'broken YAML',
    config: () => good.replace('[terminal]', '[terminal'),
    code: 2,
    says: [/not valid YAML/, /tacho\.yaml:\d+:\d+/],
  },
  {
    name: 'an unknown endpoint',
    config: () => good.replace('endpoint: fast', 'endpoint: fats'),
    code: 2,
    says: [/endpoint `fats` is not known/, /tacho\.yaml:6:15/, /did you mean `fast`/],
  },
  {
    name: 'an unknown agent',
    config: () => good.replace('endpoint: fast', 'endpoint: fast\n    agent: orcale'),
    code: 2,
    says: [/agent `orcale`/, /did you mean `oracle`/],
  },
  {
    name: 'a duration without its unit',
    config: () => `${good}budgets: { time: 10 }\n`,
    code: 2,
    says: [/budgets\.time/, /tacho\.yaml:9:18/],
  },
  {
    name: 'an unknown simulator profile',
    config: () => good.replace('sim-wafer', 'sim-waffer'),
    code: 2,
    says: [/sim-waffer/, /did you mean `sim-wafer`/],
  },
  {
    name: 'a filter that leaves no task',
    config: () => good.replace('[terminal]', '[{ path: terminal, tasks: [nothing-*] }]'),
    code: 2,
    says: [/filters leave no task/],
  },
];

describe('tacho run on a configuration with a typical mistake', () => {
  it.each(mistakes)('$name: says what, where and how to mend it', async ({ config, code, says, env }) => {
    await using scratch = await temporaryFolder();
    await mkdir(join(scratch.path, 'empty'));
    await writeFile(join(scratch.path, 'tacho.yaml'), config(await deadPort()));
    const { exitCode, stderr } = await tacho(['run'], { cwd: scratch.path, env: env ?? {} });
    for (const pattern of says) expect(stderr).toMatch(pattern);
    expect(stderr).not.toMatch(/unexpected error|node:internal|\.ts:\d+:\d+/);
    expect(exitCode).toBe(code);
  });

  it('no configuration at all', async () => {
    await using scratch = await temporaryFolder();
    const { exitCode, stderr } = await tacho(['run'], { cwd: scratch.path });
    expect(stderr).toMatch(/no configuration file/);
    expect(exitCode).toBe(2);
  });

  it('an unknown command: suggests the one that was meant', async () => {
    const { exitCode, stderr } = await tacho(['rnu']);
    expect(stderr).toMatch(/Did you mean run/);
    expect(exitCode).toBe(2);
  });
});
