import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type MeasuredRun, measureRun } from '../../analysis/runs/measured-run.ts';
import { UserError } from '../../domain/errors.ts';
import { readGates } from '../../gate/file/read-gates.ts';
import type { GateFile } from '../../gate/gate.ts';
import { readRun } from '../../store/jsonl.ts';

/** Reads and checks a gate file. Throws UserError with every mistake; `shown` is the path as people and annotations see it. */
export const readGateFile = async (path: string, shown: string): Promise<GateFile> => {
  if (!existsSync(path))
    throw new UserError(`there is no gate file ${shown}`, {
      where: shown,
      fix: 'give the path of a gates.yaml; docs/gates.md has examples',
    });
  return readGates(await readFile(path, 'utf8'), shown);
};

/** The turn metrics that gates name: only those are kept while reading a log. */
export const turnMetricsOf = (file: GateFile): readonly string[] => [
  ...new Set(file.gates.flatMap((gate) => (gate.kind === 'solved' ? [] : [gate.metric]))),
];

/** Reads a run's folder for gates or comparisons; of its turns only the named metrics are kept. */
export const readMeasured = async (folder: string, turnMetrics: readonly string[]): Promise<MeasuredRun> => {
  const { manifest, records } = await readRun(folder);
  return measureRun(manifest, records, turnMetrics);
};
