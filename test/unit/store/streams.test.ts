import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeLine } from '../../../src/store/log-line.ts';
import { encodeStreams, readStreams } from '../../../src/store/streams.ts';
import { aStream } from '../../support/recordings.ts';
import { aRecord } from '../../support/records.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const put = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
};

const failed = aStream({
  failure: {
    offsetNs: 5,
    fault: 'rate-limited',
    message: 'slow down',
    phase: 'headers',
    status: 429,
    retryAfterMs: 100,
  },
});

describe('recorded streams', () => {
  it('come back from their file as they were, failures too', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'streams.jsonl');
    await put(path, encodeStreams([aStream(), failed]));
    expect(await readStreams(path)).toEqual([aStream(), failed]);
    expect(await readStreams(folder.path)).toEqual([aStream(), failed]);
  });

  it("of a run come attempt by attempt in the order of its log, whatever the folders' names", async () => {
    await using folder = await temporaryFolder();
    const attempts = ['z-first', 'a-second'];
    const records = attempts.map((attemptId, attempt) => aRecord({ attemptId, attempt, trialId: 't' }));
    await put(join(folder.path, 'trials.jsonl'), records.map(encodeLine).join(''));
    for (const attemptId of attempts) {
      const path = join(folder.path, 'trials', 't', attemptId, 'streams.jsonl');
      await put(path, encodeStreams([aStream({ sessionId: attemptId })]));
    }
    expect((await readStreams(folder.path)).map(({ sessionId }) => sessionId)).toEqual(attempts);
  });

  it('are missed with a word on where they should have been', async () => {
    await using folder = await temporaryFolder();
    await expect(readStreams(folder.path)).rejects.toMatchObject({ fix: expect.stringContaining('--record') });
    await expect(readStreams(join(folder.path, 'none'))).rejects.toThrow(/no recording at/);
    const path = join(folder.path, 'streams.jsonl');
    await put(path, `${encodeStreams([aStream()])}{"schema":1}\n`);
    await expect(readStreams(path)).rejects.toMatchObject({ where: `${path}:2:1` });
  });
});
