import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAttempts } from '../../../src/simulator/attempts.ts';
import { loadProfiles } from '../../../src/simulator/profile.ts';
import { startSimulator } from '../../../src/simulator/server.ts';
import { aProfile } from '../../support/simulator.ts';
import { post } from './wire.ts';

test('the shipped profiles and attempts load; the two of the demo are fifteen times apart', async () => {
  const profiles = await loadProfiles('fixtures/profiles');
  const rateOf = (name: string) => profiles.find((profile) => profile.name === name)?.rate.tokens_per_second ?? 0;
  expect(rateOf('sim-wafer') / rateOf('sim-gpu')).toBe(15);
  const attempts = await loadAttempts('fixtures/attempts');
  expect(new Set(attempts.map((script) => script.instruction)).size).toBe(attempts.length);
});

test('mistakes in files are told with their place', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tacho-'));
  await writeFile(join(folder, 'bad.yaml'), 'name: x\nrate: 3\n');
  await expect(loadProfiles(folder)).rejects.toThrow(/bad\.yaml:2:7: `rate`: /);
  await expect(loadProfiles(join(folder, 'absent'))).rejects.toThrow(/no such file or folder/);
  await expect(loadProfiles('fixtures/profiles/gpu.yaml', 'fixtures/profiles')).rejects.toThrow(
    /two profiles are named/,
  );
  await rm(folder, { recursive: true });
});

test('the write log holds a line for every request', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tacho-'));
  const writeLog = join(folder, 'stamps.jsonl');
  const simulator = await startSimulator({ profiles: [aProfile()], attempts: [], writeLog });
  const body = { model: 'sim-test', stream: true, messages: [{ role: 'user', content: 'Hello' }] };
  await post(`${simulator.url}/chat/completions`, body);
  const kept = simulator.stamps();
  await simulator[Symbol.asyncDispose]();
  const lines = (await readFile(writeLog, 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(kept)));
  await rm(folder, { recursive: true });
});
