import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Column } from '../../../report/table/column.ts';
import { csvHead, csvRows } from '../../../report/table/format/csv.ts';
import type { Redact } from '../../../store/redact.ts';
import { encodeStreams, streamsName } from '../../../store/streams.ts';
import type { Endpoints } from '../../../wiring/endpoints.ts';

/** A file of a probe's folder. */
export type ProbeFile = { readonly path: string; readonly content: string };

/** Writes a probe's files, readable by their owner only, with every key struck out. */
export const writeProbe = async (folder: string, files: readonly ProbeFile[], redact: Redact): Promise<void> => {
  for (const { path, content } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await writeFile(target, redact(content), { mode: 0o600 });
  }
};

/** One JSON object a line. */
export const jsonLines = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** A table as CSV. */
export const tableFile = <Row>(path: string, rows: readonly Row[], columns: readonly Column<Row>[]): ProbeFile => {
  const cells = rows.map((row) => columns.map((column) => column.value(row)));
  return { path, content: csvHead(columns) + csvRows(cells, { columns, raw: false }) };
};

/** What was recorded, where recording was asked for. */
export const streamFiles = (recorder: Endpoints['recorder']): readonly ProbeFile[] =>
  recorder === undefined ? [] : [{ path: streamsName, content: encodeStreams(recorder.takeAll()) }];
