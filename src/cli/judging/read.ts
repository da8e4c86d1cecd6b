import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type MeasuredRun, measureRun } from '../../analysis/runs/measured-run.ts';
import { UserError } from '../../domain/errors.ts';
import type { PriceList } from '../../domain/model/prices.ts';
import { withPrices } from '../../domain/run.ts';
import { suggest } from '../../domain/suggest.ts';
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
  if (!(await stat(path)).isFile())
    throw new UserError(`${shown} is a folder, not a gate file`, { where: shown, fix: 'give the gates.yaml in it' });
  return readGates(await readFile(path, 'utf8'), shown);
};

/** The turn metrics that gates name: only those are kept while reading a log. */
export const turnMetricsOf = (file: GateFile): readonly string[] => [
  ...new Set(file.gates.flatMap((gate) => (gate.kind === 'solved' ? [] : [gate.metric]))),
];

/** Prices in a gate file of an endpoint that no run has are a slip that would change nothing. Throws UserError. */
export const requirePricedEndpoints = ({ file, prices }: GateFile, runs: readonly MeasuredRun[]): void => {
  const known = [
    ...new Set(runs.flatMap(({ contenders }) => contenders.flatMap(({ endpoints }) => endpoints)).map(({ id }) => id)),
  ];
  const stranger = [...prices.keys()].find((id) => !known.includes(id));
  if (stranger === undefined || runs.length === 0) return;
  const meant = suggest(stranger, known);
  throw new UserError(`\`prices\` names the endpoint \`${stranger}\`, which the run does not have`, {
    where: file,
    fix: meant === undefined ? `it has ${known.join(', ') || 'none'}` : `did you mean \`${meant}\`?`,
  });
};

/** Reads a run's folder for gates or comparisons; of its turns only the named metrics are kept. `prices` go before those of the run. */
export const readMeasured = async (
  folder: string,
  { turnMetrics, prices = new Map() }: { readonly turnMetrics: readonly string[]; readonly prices?: PriceList },
): Promise<MeasuredRun> => {
  if (!existsSync(join(folder, 'manifest.json')) && existsSync(join(folder, 'probe.json')))
    throw new UserError(`${folder} is a probe, not a run`, { where: folder, fix: 'give it with --probe' });
  const { manifest, records } = await readRun(folder);
  return measureRun(withPrices(manifest, prices), records, turnMetrics);
};
