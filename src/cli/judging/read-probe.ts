import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../domain/errors.ts';
import type { ProbeCall } from '../../probe/latency/carry-out.ts';
import type { KeptProbe, LatencyProbe } from '../../probe/latency/latency.ts';

const howToProbe = 'give the folder that `tacho probe` named: results/probes/<probe-id>';

const parsed = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`${where} is damaged: ${why}`, { where, fix: 'probe again' });
  }
};

/** Reads a latency probe's folder. Throws UserError where there is none, where it is of another kind, or where it is damaged. */
export const readProbe = async (folder: string): Promise<KeptProbe> => {
  const path = join(folder, 'probe.json');
  if (!existsSync(path)) {
    const isRun = existsSync(join(folder, 'manifest.json'));
    throw new UserError(`${folder} ${isRun ? 'is a run, not a probe' : 'holds no probe'}`, {
      fix: isRun ? `give it with --run; a probe has a folder of its own: ${howToProbe}` : howToProbe,
    });
  }
  const probe = parsed(await readFile(path, 'utf8'), path) as Omit<LatencyProbe, 'kind'> & { readonly kind: string };
  if (probe.kind !== 'latency' || probe.schema !== 1)
    throw new UserError(`gates cannot read the probe ${folder} (kind ${probe.kind}, schema ${probe.schema})`, {
      fix: 'give one of `tacho probe` without --replay, --steer and --calibrate',
    });
  const lines = join(folder, 'calls.jsonl');
  const calls = (await readFile(lines, 'utf8'))
    .split('\n')
    .flatMap((line, index) => (line === '' ? [] : [parsed(line, `${lines}:${index + 1}`) as ProbeCall]));
  return { probe: { ...probe, kind: 'latency' }, calls };
};
