import { createHash } from 'node:crypto';

const checksumOf = (json: string): string => createHash('sha256').update(json).digest('hex').slice(0, 16);

/** One line of trials.jsonl: the record as JSON with a checksum of that JSON as its last key. */
export const encodeLine = (record: object): string => {
  const json = JSON.stringify(record);
  return `${json.slice(0, -1)},"checksum":"${checksumOf(json)}"}\n`;
};

const tail = /,"checksum":"([0-9a-f]{16})"\}$/;

/** The record of a line; undefined when the line is torn or altered. */
export const decodeLine = (line: string): unknown => {
  const match = tail.exec(line);
  if (match === null) return undefined;
  const json = `${line.slice(0, match.index)}}`;
  return checksumOf(json) === match[1] ? JSON.parse(json) : undefined;
};
