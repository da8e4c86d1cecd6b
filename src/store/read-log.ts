import { createReadStream, existsSync } from 'node:fs';
import { UserError } from '../domain/errors.ts';
import type { TrialRecord } from '../domain/trial.ts';
import { decodeLine } from './log-line.ts';

/** Lines that end with a line feed and nothing else: readline ends them at U+2028 and U+2029 too, which JSON keeps inside of texts. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of createReadStream(path, { encoding: 'utf8', highWaterMark: 2 ** 20 })) {
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (rest !== '') yield rest;
}

/**
 * The records of a trials.jsonl in order. A torn last line (a crash in mid-write) is dropped; a damaged line before it
 * is an error, since something other than a crash altered the log.
 */
export async function* readLog(path: string): AsyncGenerator<TrialRecord> {
  if (!existsSync(path)) return;
  let number = 0;
  let damaged: number | undefined;
  for await (const line of linesOf(path)) {
    number += 1;
    if (damaged !== undefined) {
      throw new UserError('this line of the log is damaged (its checksum does not fit)', {
        where: `${path}:${damaged}:1`,
        fix: 'restore the run folder from a copy, or delete the line to have its trial run again',
      });
    }
    const record = decodeLine(line);
    if (record === undefined) damaged = number;
    else yield record as TrialRecord;
  }
}
