import type { ChalkInstance } from 'chalk';
import { sanitise } from '../../report/sanitise.ts';
import type { ContenderTally, Tally } from './tally.ts';

const median = (values: readonly number[]): number | undefined => {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) / 2)];
};

const bar = (share: number, width: number): string => '█'.repeat(Math.round(share * width)).padEnd(width, '░');

const number = (value: number | undefined, unit: string): string =>
  value === undefined ? '–' : `${value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1)} ${unit}`;

const contenderLine = (name: string, tally: ContenderTally, colour: ChalkInstance): string => {
  const judged = tally.resolved + tally.unresolved;
  const rate = judged === 0 ? '   –' : `${Math.round((100 * tally.resolved) / judged)}%`.padStart(4);
  const tokensPerSecond = tally.decodeSeconds === 0 ? undefined : tally.outputTokens / tally.decodeSeconds;
  const counts = `${colour.green(`✓${tally.resolved}`)} ${colour.yellow(`✗${tally.unresolved}`)}${tally.noVerdict > 0 ? ` ${colour.red(`?${tally.noVerdict}`)}` : ''}`;
  return `  ${name.padEnd(28)} ${rate} solved  ${counts}   median ${number(median(tally.agentSeconds), 's')}   ${number(tokensPerSecond, 'tokens/s')}`;
};

const clip = (text: string, columns: number): string =>
  text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;

/** The live table as lines: the run's bar, a line a contender, the slowest running trials. `names` carry the `simulated` label. */
export const liveTable = (
  tally: Tally,
  {
    colour,
    columns,
    nowMs,
    names,
  }: { colour: ChalkInstance; columns: number; nowMs: number; names: ReadonlyMap<string, string> },
): readonly string[] => {
  if (tally.images !== undefined) {
    const { ready, total, last } = tally.images;
    return [clip(sanitise(`Preparing images ${ready}/${total || '…'}  ${last}`), columns)];
  }
  const share = tally.total === 0 ? 0 : tally.done / tally.total;
  const head = `${bar(share, 24)} ${tally.done}/${tally.total} trials`;
  const contenders = [...tally.contenders].map(([name, line]) => contenderLine(names.get(name) ?? name, line, colour));
  const running = [...tally.running.values()]
    .sort((left, right) => left.sinceMs - right.sinceMs)
    .slice(0, 8)
    .map(({ spec, sinceMs, step, verifying }) => {
      const doing = verifying ? 'verifying' : `step ${step + 1}`;
      return clip(
        `  ${`${((nowMs - sinceMs) / 1000).toFixed(0)} s`.padStart(6)}  ${names.get(spec.contender) ?? spec.contender}  ${spec.suite}/${spec.task}  ${doing}`,
        columns,
      );
    });
  return [head, ...contenders, ...running.map((line) => colour.dim(line))];
};
