import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../domain/errors.ts';
import type { RecordedStream } from '../domain/model/recorded-stream.ts';
import { readLog } from './read-log.ts';

/** The name of a recording, beside an attempt's record or in a probe's folder. */
export const streamsName = 'streams.jsonl';

const frame = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dispatch') }),
  z.object({ kind: z.literal('connection'), connection: z.looseObject({ reused: z.boolean() }) }),
  z.object({ kind: z.literal('headers'), status: z.number(), headers: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('data'), event: z.string().optional(), data: z.string() }),
  z.object({ kind: z.literal('close') }),
]);

const schema = z.object({
  schema: z.literal(1),
  endpoint: z.string(),
  model: z.string(),
  protocol: z.string(),
  transport: z.string(),
  simulated: z.boolean(),
  sessionId: z.string(),
  place: z.object({ opening: z.string(), turn: z.number() }),
  frames: z.array(z.tuple([z.number(), frame])),
  failure: z
    .looseObject({ offsetNs: z.number(), fault: z.string(), message: z.string(), phase: z.string() })
    .optional(),
});

/** Recorded streams as lines of JSON. */
export const encodeStreams = (streams: readonly RecordedStream[]): string =>
  streams.map((stream) => `${JSON.stringify(stream)}\n`).join('');

const parseLine = (line: string, where: string): RecordedStream => {
  try {
    return schema.parse(JSON.parse(line)) as RecordedStream;
  } catch (cause) {
    throw new UserError('this line is no recorded stream', {
      where,
      fix: 'restore the recording from a copy, or record anew with --record',
      cause,
    });
  }
};

const readFileOf = async (path: string): Promise<readonly RecordedStream[]> =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .flatMap((line, index) => (line === '' ? [] : [parseLine(line, `${path}:${index + 1}:1`)]));

/** The recordings of a run, attempt by attempt in the order of its log: a later try of a trial comes later. */
const readRunOf = async (folder: string): Promise<readonly RecordedStream[]> => {
  const streams: RecordedStream[] = [];
  for await (const { trialId, attemptId } of readLog(join(folder, 'trials.jsonl'))) {
    const path = join(folder, 'trials', trialId, attemptId, streamsName);
    if (existsSync(path)) streams.push(...(await readFileOf(path)));
  }
  return streams;
};

/** Reads what was recorded: a streams.jsonl, or all of a run's or a probe's folder. Throws UserError where there is nothing. */
export const readStreams = async (path: string): Promise<readonly RecordedStream[]> => {
  const status = existsSync(path) ? await stat(path) : undefined;
  const own = join(path, streamsName);
  const streams =
    status === undefined
      ? []
      : !status.isDirectory()
        ? await readFileOf(path)
        : existsSync(own)
          ? await readFileOf(own)
          : await readRunOf(path);
  if (streams.length > 0) return streams;
  throw new UserError(`there is no recording at ${path}`, {
    where: path,
    fix: 'give a streams.jsonl, or the folder of a run or probe that was made with --record',
  });
};
