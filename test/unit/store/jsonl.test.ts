import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../src/domain/run.ts';
import type { TrialRecord } from '../../../src/domain/trial.ts';
import { createStore, openStore, readRun } from '../../../src/store/jsonl.ts';
import { makeRedact } from '../../../src/store/redact.ts';
import { hostileTexts } from '../../support/hostile.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const manifest = { schema: 1, runId: 'run', plan: [], tacho: { version: '0' } } as unknown as Manifest;
const redact = makeRedact({ API_KEY: 'sk-canary-123456' });
const record = (attemptId: string, text = ''): TrialRecord =>
  ({ attemptId, trialId: 'trial', text }) as unknown as TrialRecord;

const idsIn = async (folder: string): Promise<readonly string[]> => {
  const ids: string[] = [];
  for await (const { attemptId } of (await readRun(folder)).records()) ids.push(attemptId);
  return ids;
};

describe('the run store', () => {
  it('keeps records in order and an attempt id once, also when many append at a time', async () => {
    await using scratch = await temporaryFolder();
    const folder = join(scratch.path, 'run');
    await using store = await createStore(folder, { manifest, redact });
    await Promise.all(['a', 'b', 'a', 'c', 'b'].map((id) => store.append(record(id))));
    expect(await idsIn(folder)).toEqual(['a', 'b', 'c']);
  });

  it('drops a torn last line, and goes on after it', async () => {
    await using scratch = await temporaryFolder();
    const folder = join(scratch.path, 'run');
    {
      await using store = await createStore(folder, { manifest, redact });
      await store.append(record('a'));
    }
    const path = join(folder, 'trials.jsonl');
    const line = await readFile(path, 'utf8');
    await appendFile(path, line.replace('"a"', '"b"').slice(0, 30));
    expect(await idsIn(folder)).toEqual(['a']);
    await using store = await openStore(folder, { redact });
    await store.append(record('c'));
    expect(await idsIn(folder)).toEqual(['a', 'c']);
  });

  it('reads back every text, line separators that are no line feed among them', async () => {
    await using scratch = await temporaryFolder();
    const folder = join(scratch.path, 'run');
    await using store = await createStore(folder, { manifest, redact });
    const texts = [...hostileTexts, 'a\u2028b\u2029c\u0085d\re\r\nf\vg', 'é'.repeat(2 ** 20)];
    for (const [place, text] of texts.entries()) await store.append(record(String(place), text));
    const found: unknown[] = [];
    for await (const read of (await readRun(folder)).records()) found.push((read as unknown as { text: string }).text);
    expect(found).toEqual(texts);
  });

  it('reads a log whose line ends a checkout has changed', async () => {
    await using scratch = await temporaryFolder();
    const folder = join(scratch.path, 'run');
    {
      await using store = await createStore(folder, { manifest, redact });
      for (const id of ['a', 'b']) await store.append(record(id));
    }
    const path = join(folder, 'trials.jsonl');
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'));
    expect(await idsIn(folder)).toEqual(['a', 'b']);
  });

  it('says which line was altered', async () => {
    await using scratch = await temporaryFolder();
    const folder = join(scratch.path, 'run');
    {
      await using store = await createStore(folder, { manifest, redact });
      await store.append(record('a', 'unresolved'));
      await store.append(record('b'));
    }
    const path = join(folder, 'trials.jsonl');
    await writeFile(path, (await readFile(path, 'utf8')).replace('unresolved', 'resolved'));
    await expect(idsIn(folder)).rejects.toMatchObject({ where: `${path}:1:1` });
  });

  it('writes no secret, neither into the log nor beside it', async () => {
    await using scratch = await temporaryFolder();
    const folder = join(scratch.path, 'run');
    await using store = await createStore(folder, { manifest, redact });
    await store.append(record('a', 'the key is sk-canary-123456'));
    await store.writeArtifact({ trialId: 't', attemptId: 'a' }, 'verifier/out.txt', 'sk-canary-123456');
    for (const file of ['trials.jsonl', 'trials/t/a/verifier/out.txt']) {
      const content = await readFile(join(folder, file), 'utf8');
      expect(content).toContain('[redacted:API_KEY]');
      expect(content).not.toContain('canary');
    }
  });

  it('refuses a second writer, and a path that leads outside', async () => {
    await using scratch = await temporaryFolder();
    const folder = join(scratch.path, 'run');
    await using store = await createStore(folder, { manifest, redact });
    await expect(openStore(folder, { redact })).rejects.toThrow(/being written by process/);
    await expect(store.writeArtifact({ trialId: 't', attemptId: 'a' }, '../../escape', 'x')).rejects.toThrow(/outside/);
  });

  it("takes over a dead process's lock", async () => {
    await using scratch = await temporaryFolder();
    const folder = join(scratch.path, 'run');
    await (await createStore(folder, { manifest, redact }))[Symbol.asyncDispose]();
    await writeFile(join(folder, 'lock'), '4194303 1\n');
    await using store = await openStore(folder, { redact });
    await store.append(record('a'));
    expect(await idsIn(folder)).toEqual(['a']);
  });
});
