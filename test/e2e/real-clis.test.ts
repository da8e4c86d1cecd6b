import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/server.ts';
import { type CliPlace, runClaudeCode, runCodex, runOpencode } from '../support/agent-clis.ts';
import { aProfile, aScript } from '../support/simulator.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const script = aScript({
  attempts: [
    {
      name: 'in-three-turns',
      style: 'careful',
      turns: [
        { reasoning: 'First write it.', text: 'I write the file.', bash: 'printf "hello there" > hello.txt; ls' },
        { text: 'Now I check it.', bash: 'cat hello.txt | tee seen.txt' },
        { submit: 'The file greets.' },
      ],
    },
  ],
});

let simulator: Simulator;
beforeAll(async () => {
  const fast = { ttft: { distribution: 'constant', ms: 30 }, rate: { tokens_per_second: 500 } };
  simulator = await startSimulator({
    attempts: [script],
    profiles: [
      aProfile(fast),
      aProfile({ ...fast, name: 'http-only', websocket: { accept: false } }),
      aProfile({ ...fast, name: 'forgetful', faults: [{ kind: 'previous_response_not_found', times: 2 }] }),
    ],
  });
});
afterAll(() => simulator[Symbol.asyncDispose]());

type Outcome = { readonly exitCode?: number | undefined; readonly stdout: unknown; readonly stderr: unknown };

/** Set-up names each CLI's binary in the environment; without it its tests are skipped and say so, or fail where CI=true. */
const describeWithCli = (name: string, variable: string, tests: (binary: string) => void) => {
  const binary = process.env[variable] ?? '';
  const isSkipped = binary === '' && process.env.CI !== 'true';
  if (isSkipped) console.info(`skipped: ${name}: ${variable} is not set; \`npm test\` installs it where npm can`);
  describe.skipIf(isSkipped)(name, () => tests(binary));
};

/** Lets a CLI work through the script and looks at what a user would: its exit, its words, the folder. */
const holdConversation = async (converse: (place: CliPlace, prompt: string) => Promise<Outcome>) => {
  await using scratch = await temporaryFolder();
  const place = {
    work: join(scratch.path, 'work'),
    home: join(scratch.path, 'home'),
    url: simulator.url,
    model: 'sim-test',
  };
  await mkdir(place.work);
  const before = simulator.stamps().length;
  const outcome = await converse(place, `Please do this. ${script.instruction} Thank you.\n`);
  expect(outcome.exitCode, `${outcome.stdout}\n${outcome.stderr}`).toBe(0);
  expect(String(outcome.stdout)).toContain('The file greets.');
  expect(await readFile(join(place.work, 'hello.txt'), 'utf8')).toBe('hello there');
  expect(await readFile(join(place.work, 'seen.txt'), 'utf8')).toBe('hello there');
  const stamps = simulator.stamps().slice(before);
  const turns = stamps.filter((stamp) => stamp.task === script.task);
  expect(turns.map((stamp) => stamp.turnIndex)).toEqual([0, 1, 2]);
  expect(new Set(stamps.map((stamp) => stamp.sessionId)).size).toBe(1);
  expect(turns.every((stamp) => stamp.terminalWritten !== undefined)).toBe(true);
  return { stamps, turns };
};

describeWithCli('Codex CLI', 'TACHO_CODEX', (binary) => {
  test('holds a whole conversation over SSE', async () => {
    const { turns } = await holdConversation((place, prompt) => runCodex(binary, place, { prompt, websocket: false }));
    expect(turns.map((stamp) => stamp.transport)).toEqual(['sse', 'sse', 'sse']);
  });

  test('holds a whole conversation over one WebSocket, after a warm-up', async () => {
    const { stamps } = await holdConversation((place, prompt) => runCodex(binary, place, { prompt, websocket: true }));
    expect(stamps.map((stamp) => [stamp.transport, stamp.tokens > 0])).toEqual([
      ['websocket', false],
      ['websocket', true],
      ['websocket', true],
      ['websocket', true],
    ]);
  });
});

describeWithCli('Codex CLI on a WebSocket that fails', 'TACHO_CODEX', (binary) => {
  const at = (place: CliPlace, profile: string) => ({ ...place, url: place.url.replace('/v1', `/p/${profile}/v1`) });

  test('goes on over SSE where the upgrade is answered with 426', async () => {
    const { turns } = await holdConversation((place, prompt) =>
      runCodex(binary, at(place, 'http-only'), { prompt, websocket: true }),
    );
    expect(turns.map((stamp) => stamp.transport)).toEqual(['sse', 'sse', 'sse']);
  });

  test('sends the whole context again where its last response is not found', async () => {
    const { turns } = await holdConversation((place, prompt) =>
      runCodex(binary, at(place, 'forgetful'), { prompt, websocket: true, retries: 5 }),
    );
    expect(turns.map((stamp) => stamp.transport)).toEqual(['websocket', 'websocket', 'websocket']);
  });
});

describeWithCli('Claude Code', 'TACHO_CLAUDE', (binary) => {
  test('holds a whole conversation over Messages', async () => {
    const { turns } = await holdConversation((place, prompt) => runClaudeCode(binary, place, { prompt }));
    expect(turns.map((stamp) => stamp.protocol)).toEqual(['messages', 'messages', 'messages']);
  });
});

describeWithCli('opencode', 'TACHO_OPENCODE', (binary) => {
  test.each([
    ['chat', '@ai-sdk/openai-compatible'],
    ['responses', '@ai-sdk/openai'],
    ['messages', '@ai-sdk/anthropic'],
  ])('holds a whole conversation over %s', async (protocol, npm) => {
    const { turns } = await holdConversation((place, prompt) => runOpencode(binary, place, { prompt, npm }));
    expect(turns.map((stamp) => stamp.protocol)).toEqual([protocol, protocol, protocol]);
  });
});
