import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { UserError } from '../domain/errors.ts';
import type { TrialRecord } from '../domain/trial.ts';
import { decodeLine } from './log-line.ts';

/**
 * The records of a trials.jsonl in order. A torn last line (a crash in mid-write) is dropped; a damaged line before it
 * is an error, since something other than a crash altered the log.
 */
export async function* readLog(path: string): AsyncGenerator<TrialRecord> {
  if (!existsSync(path)) return;
  let number = 0;
  let damaged: number | undefined;
  for await (const line of createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
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
