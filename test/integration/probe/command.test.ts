import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chunk, done, finishChunk, roleChunk, usageChunk } from '../../support/chat-frames.ts';
import { eventStream, startRawServer } from '../../support/raw-server.ts';
import { tacho } from '../../support/tacho.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const brief = ['--rounds', '1', '--prompt-tokens', '100', '--output-tokens', 'none', '--concurrency', '2'];
const key = 'sk-probe-secret-1234567890';

const probeFolder = async (results: string): Promise<string> => {
  const [only] = await readdir(join(results, 'probes'));
  return join(results, 'probes', only ?? '');
};

const answered = [roleChunk(), chunk({ content: 'one' }), chunk({ content: ' two' }), finishChunk()].join('');
const usage = usageChunk({ prompt_tokens: 90, completion_tokens: 2, total_tokens: 92 });

describe('tacho probe', () => {
  it('prints one object, and keeps calls, table and page', async () => {
    await using folder = await temporaryFolder();
    const { exitCode, stdout } = await tacho(['probe', '--simulate', 'exact', ...brief, '--json', '-r', folder.path]);
    expect(exitCode).toBe(0);
    const probe = JSON.parse(String(stdout));
    expect(probe).toMatchObject({ kind: 'latency', arms: [{ id: 'exact', endpoint: { simulated: true } }] });
    expect(probe.summary.arms[0]).toMatchObject({ calls: 5, failures: 0, ttftMs: { n: 1 } });
    const kept = await probeFolder(folder.path);
    expect((await readdir(kept)).sort()).toEqual(['calls.csv', 'calls.jsonl', 'index.html', 'probe.json']);
    const lines = (await readFile(join(kept, 'calls.csv'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(1 + 5);
    expect(lines[1]).toMatch(/^exact,exact,sim-exact,chat-completions,sse,true,cold,/);
    expect(await readFile(join(kept, 'index.html'), 'utf8')).toContain('Every endpoint here is simulated');
  });

  it('counts tokens itself where the endpoint does not, after the probe, and says that they are an estimate', async () => {
    await using folder = await temporaryFolder();
    await using server = await startRawServer((response) => {
      response.writeHead(200, eventStream);
      response.end(answered + done());
    });
    const from = ['probe', '--url', server.address, '--model', 'm', ...brief, '-r', folder.path];
    const { exitCode, stdout, stderr } = await tacho(from);
    expect(exitCode, String(stderr)).toBe(0);
    expect(stdout).toContain('(tokens estimated)');
    const kept = await probeFolder(folder.path);
    const [head = '', ...rows] = (await readFile(join(kept, 'calls.csv'), 'utf8')).trim().split('\n');
    const place = (name: string): number => head.split(',').indexOf(name);
    for (const row of rows.map((line) => line.split(','))) {
      // "one two"
      expect([row[place('output_tokens')], row[place('usage_source')]]).toEqual(['2', 'tokenizer:o200k_base']);
    }
    expect(await readFile(join(kept, 'index.html'), 'utf8')).toContain('tokens estimated');
    expect(await readFile(join(kept, 'calls.jsonl'), 'utf8')).not.toContain('one');
  });

  it('never asks the same twice, sends the key, keeps it out of everything, and counts what fails', async () => {
    await using folder = await temporaryFolder();
    await using server = await startRawServer((response, { earlierOnConnection: _, headers }) => {
      const isThird = server.received.filter(({ method }) => method === 'POST').length === 5;
      if (isThird) {
        response.writeHead(500, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { message: `no luck with ${String(headers.authorization)}` } }));
      } else {
        response.writeHead(200, eventStream);
        response.end(answered + usage + done());
      }
    });
    const { exitCode, stdout, stderr } = await tacho(
      ['probe', '--url', server.address, '--model', 'm', '--key-env', 'PROBE_KEY', ...brief, '-r', folder.path],
      { env: { PROBE_KEY: key } },
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/failed calls +1 of 5/);
    expect(stdout).not.toContain('simulated');
    const prompts = server.received.filter(({ method }) => method === 'POST').map(({ body }) => body);
    expect(new Set(prompts).size).toBe(prompts.length);
    expect(server.received[0]?.headers.authorization).toBe(`Bearer ${key}`);
    const kept = await probeFolder(folder.path);
    const files = await Promise.all((await readdir(kept)).map((name) => readFile(join(kept, name), 'utf8')));
    expect([...files, String(stdout), String(stderr)].filter((text) => text.includes(key))).toEqual([]);
    expect(files.some((text) => text.includes('server-error'))).toBe(true);
  });

  it('records streams without the key, in whatever form and however often quoted a server says it', async () => {
    const canary = 'canary/9"x+Y&z=12345';
    const forms = [
      canary,
      encodeURIComponent(canary),
      Buffer.from(canary).toString('base64'),
      JSON.stringify({ key: canary }),
    ];
    const said = `${forms.join(' ')} ${JSON.stringify(forms)}`;
    const slashed = (value: unknown): string => JSON.stringify(value).replaceAll('/', '\\/');
    await using folder = await temporaryFolder();
    await using server = await startRawServer((response) => {
      const calls = server.received.filter(({ method }) => method === 'POST').length;
      if (calls % 3 === 0) {
        response.writeHead(429, { 'content-type': 'application/json', 'x-ratelimit-note': canary, 'retry-after': '0' });
        response.end(slashed({ error: { message: said } }));
        return;
      }
      response.writeHead(200, { ...eventStream, 'x-request-id': canary });
      response.write(chunk({ content: said }));
      if (calls % 3 === 1) response.end(finishChunk() + usage + done());
      else response.end(`event: error\ndata: ${slashed({ error: { message: said } })}\n\n`);
    });
    const flags = ['--url', server.address, '--model', 'm', '--key-env', 'PROBE_KEY', '--record', ...brief];
    const { exitCode, stdout, stderr } = await tacho(['probe', ...flags, '-r', folder.path], {
      env: { PROBE_KEY: canary },
    });
    expect(exitCode, String(stderr)).toBe(0);
    const kept = await probeFolder(folder.path);
    const streams = await readFile(join(kept, 'streams.jsonl'), 'utf8');
    expect(streams.match(/\[redacted:PROBE_KEY\]/g)?.length).toBeGreaterThan(20);
    for (const line of streams.trim().split('\n')) JSON.parse(line);
    const files = await Promise.all((await readdir(kept)).map((name) => readFile(join(kept, name), 'utf8')));
    const traces = [canary, 'canary/', 'canary%2F', 'canary\\', Buffer.from(canary).toString('base64').slice(0, 12)];
    for (const trace of traces)
      expect(
        [...files, String(stdout), String(stderr)].filter((text) => text.includes(trace)),
        trace,
      ).toEqual([]);
  });

  it('says what is wrong where an endpoint does not answer at all', async () => {
    await using server = await startRawServer((response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"error":{"message":"no such key","code":"invalid_api_key"}}');
    });
    const { exitCode, stderr } = await tacho(['probe', '--url', server.address, '--model', 'm', ...brief]);
    expect(exitCode).toBe(21);
    expect(stderr).toMatch(/endpoint `m` did not answer: .*401.*no such key/);
  });

  it('does not compare a transport that the endpoint refused', async () => {
    await using folder = await temporaryFolder();
    const profile = join(folder.path, 'no-websocket.yaml');
    await writeFile(
      profile,
      `name: sim-no-websocket\ndescription: refuses the upgrade\ntier: other\nttft: { distribution: constant, ms: 20 }\nrate: { tokens_per_second: 1000 }\nwebsocket: { accept: false }\n`,
    );
    const flags = ['--simulate', profile, '--protocol', 'responses', ...brief, '-r', folder.path];
    const { stdout } = await tacho(['probe', ...flags]);
    expect(stdout).toMatch(/websocket instead of sse cannot be told apart/);
    expect(stdout).toMatch(/websocket \(simulated\) was refused and fell back to sse/);
  });

  it('refuses two profiles of one name, which no request could tell apart, and takes the same one twice', async () => {
    await using folder = await temporaryFolder();
    const ofRate = (rate: number): string =>
      `name: mine\ndescription: mine\ntier: other\nttft: { distribution: constant, ms: 5 }\nrate: { tokens_per_second: ${rate} }\n`;
    for (const [name, rate] of Object.entries({ slow: 100, quick: 2000 }))
      await writeFile(join(folder.path, `${name}.yaml`), ofRate(rate));
    const config = join(folder.path, 'tacho.yaml');
    const probe = async (first: string, second: string) => {
      await writeFile(config, `endpoints: { one: { simulate: ${first} }, other: { simulate: ${second} } }\n`);
      // From another folder: a profile's path is relative to the configuration.
      return tacho(['probe', '-c', config, ...brief, '--prompt-tokens', 'none', '-r', folder.path]);
    };
    const refused = await probe('slow.yaml', 'quick.yaml');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/`one` and `other` differ, but both are named `mine`[\s\S]*`name` of its own/);
    expect((await probe('slow.yaml', 'slow.yaml')).exitCode).toBe(0);
  });

  it.each([
    [['--simulate', 'exact', '--transports', 'pigeon'], /`pigeon` is not known/],
    [['--simulate', 'exact', '--transports', 'websocket'], /nothing to probe/],
    [['--simulate', 'exakt'], /did you mean `exact`/],
    [['--simulate', 'exact', '--rounds', 'many'], /--rounds: expected a count/],
    [['--simulate', 'exact', '--rounds', '0'], /--rounds: expected a count above 0/],
    [['--simulate', 'exact', '--seed', 'seven'], /--seed: expected a whole number/],
    [['--simulate', 'exact', '--steer', '--replay', '.'], /--steer and --replay are probes of different things/],
    [['--url', 'http://127.0.0.1:1/v1'], /--model: a real endpoint needs `model`/],
    [[], /no configuration file/],
  ])('explains %j', async (flags, says) => {
    await using folder = await temporaryFolder();
    const { exitCode, stderr } = await tacho(['probe', ...flags], { cwd: folder.path });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(says);
  });
});

describe('the page of a probe', () => {
  it('opens offline without a complaint in light and dark, wide and narrow', async () => {
    await using folder = await temporaryFolder();
    await tacho(['probe', '--simulate', 'exact', ...brief, '-r', folder.path]);
    const page = pathToFileURL(join(await probeFolder(folder.path), 'index.html')).href;
    const executablePath = process.env.TACHO_CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      for (const view of [
        { width: 1280, colorScheme: 'light' },
        { width: 400, colorScheme: 'dark' },
      ] as const) {
        const context = await browser.newContext({
          offline: true,
          colorScheme: view.colorScheme,
          viewport: { width: view.width, height: 800 },
        });
        const tab = await context.newPage();
        const complaints: string[] = [];
        tab.on('console', (message) => complaints.push(message.text()));
        tab.on('pageerror', (error) => complaints.push(error.message));
        await tab.goto(page);
        await tab.locator('h1').waitFor();
        expect(await tab.title()).toMatch(/^probe-/);
        expect((await tab.locator('h1').allInnerTexts())[0]).toMatch(
          /^exact \(simulated\): first token after 1\d\d\sms\.$/,
        );
        expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(view.width);
        expect(await tab.locator('svg .mark-symbol path').count()).toBe(1);
        expect(complaints).toEqual([]);
        await context.close();
      }
    } finally {
      await browser.close();
    }
  });
});
