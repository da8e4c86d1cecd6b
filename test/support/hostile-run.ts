import type { Manifest } from '../../src/domain/run.ts';
import type { TrialRecord } from '../../src/domain/trial.ts';
import { hostileTexts } from './hostile.ts';
import { aManifest } from './records.ts';
import { syntheticRun } from './synthetic-run.ts';

const hostile = (place: number): string => hostileTexts[place % hostileTexts.length] ?? '';

/** A made-up run in which every name that comes from outside is an attack: one task a text, contenders, suites, reasons, codes. */
export const hostileRun = (): { manifest: Manifest; records: TrialRecord[] } => {
  const { manifest, records } = syntheticRun({ tasks: hostileTexts.length, attempts: 1, infraErrors: 0.3 });
  const contenderName = (name: string): string =>
    name === 'Spark' ? `Spark ${hostile(0)}${hostile(5)}` : `Codex ${hostile(1)}${hostile(7)}`;
  const number = (task: string): number => Number(task.slice(5));
  const contenders = manifest.contenders.map((contender) => ({
    ...contender,
    name: contenderName(contender.name),
    settings: { effort: hostile(12) },
  }));
  return {
    manifest: aManifest({
      ...manifest,
      name: hostile(0),
      runId: hostile(8),
      contenders,
      config: { note: hostileTexts },
      suites: [{ name: hostile(1), version: '1', format: 'harbor', source: hostile(2), tasks: 1 }],
    }),
    records: records.map((record) => ({
      ...record,
      contender: contenderName(record.contender),
      task: `${hostile(number(record.task))}${record.task}`,
      suite: `${hostile(number(record.task) + 1)}`,
      category: hostile(number(record.task) + 2),
      tags: [hostile(number(record.task) + 3)],
      verdict: record.verdict && { ...record.verdict, reason: hostileTexts.join(' ') },
      infraError: record.infraError && { ...record.infraError, code: hostile(3), message: hostile(4) },
    })),
  };
};
