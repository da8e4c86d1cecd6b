import { millisecondsBetween } from '../../domain/time.ts';
import { decodeTokensPerSecond } from '../../measure/turn-timing.ts';
import type { Arm } from '../probe.ts';
import { type Spread, spreadOf } from '../spread.ts';
import type { ProbeCall } from './carry-out.ts';
import { type Comparison, compareArms } from './compare.ts';
import type { Cell, CellKind } from './plan.ts';
import { readingOf } from './reading.ts';

/** A number of calls at once, and what became of them. */
export type LoadFigures = {
  readonly streams: number;
  readonly ttftMs: Spread;
  /** Of one stream. */
  readonly decodeTokensPerSecond: number | undefined;
  /** Of all streams together: output tokens of a burst ÷ its time from the first dispatch to the last content. */
  readonly totalTokensPerSecond: Spread;
  readonly failures: number;
};

/** What is published of one arm. Times in milliseconds or, where the name says so, in microseconds. */
export type ArmFigures = {
  readonly arm: string;
  readonly connectMs: number | undefined;
  readonly roundTripMs: Spread;
  readonly ttftMs: Spread;
  readonly prompts: readonly { readonly cell: Cell; readonly inputTokens: Spread; readonly ttftMs: Spread }[];
  readonly timePerTokenUs: Spread;
  readonly enginePerTokenUs: Spread;
  readonly overheadPerTokenUs: Spread;
  readonly decodeTokensPerSecond: number | undefined;
  readonly loads: readonly LoadFigures[];
  readonly calls: number;
  readonly failures: number;
  /** The transport that really carried the calls, where the endpoint refused the one asked for. */
  readonly fallback: string | undefined;
};

export type LatencySummary = { readonly arms: readonly ArmFigures[]; readonly comparisons: readonly Comparison[] };

const ofKind = (calls: readonly ProbeCall[], kind: CellKind) => calls.filter(({ cell }) => cell.kind === kind);

const turnsOf = (calls: readonly ProbeCall[]) =>
  calls.flatMap(({ turn, failure }) => (turn === undefined || failure !== undefined ? [] : [turn]));

const byCell = (
  calls: readonly ProbeCall[],
): readonly { readonly cell: Cell; readonly calls: readonly ProbeCall[] }[] =>
  [...Map.groupBy(calls, ({ cell }) => cell.id).values()]
    .flatMap((group) => (group[0] === undefined ? [] : [{ cell: group[0].cell, calls: group }]))
    .sort((left, right) => left.cell.promptTokens - right.cell.promptTokens || left.cell.streams - right.cell.streams);

const connectMs = (calls: readonly ProbeCall[]): number | undefined => {
  const connection = turnsOf(ofKind(calls, 'cold'))[0]?.connection;
  if (connection === undefined || connection.reused) return undefined;
  const { dnsMs = 0, tcpMs = 0, tlsMs = 0, upgradeMs = 0 } = connection;
  return dnsMs + tcpMs + tlsMs + upgradeMs;
};

const burstRate = (burst: readonly ProbeCall[]): number | undefined => {
  const turns = turnsOf(burst);
  const ends = turns.flatMap(({ stamps }) => stamps.lastContent ?? []);
  const tokens = turns.map(({ usage }) => usage.output);
  if (turns.length === 0 || ends.length < turns.length || tokens.some((count) => count === undefined)) return undefined;
  const start = Math.min(...turns.map(({ stamps }) => stamps.dispatch));
  const total = tokens.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return (total / millisecondsBetween(start, Math.max(...ends))) * 1000;
};

const loadOf = (cell: Cell, calls: readonly ProbeCall[]): LoadFigures => ({
  streams: cell.streams,
  ttftMs: spreadOf(turnsOf(calls).map((turn) => readingOf(turn).ttftMs)),
  decodeTokensPerSecond: decodeTokensPerSecond(turnsOf(calls)),
  totalTokensPerSecond: spreadOf([...Map.groupBy(calls, ({ round }) => round).values()].map(burstRate)),
  failures: calls.filter(({ failure }) => failure !== undefined).length,
});

const armFigures = (arm: string, calls: readonly ProbeCall[], engineRate: number | undefined): ArmFigures => {
  const readings = (kind: CellKind) => turnsOf(ofKind(calls, kind)).map((turn) => readingOf(turn, engineRate));
  const prompts = readings('prompt');
  const outputs = readings('output');
  return {
    arm,
    connectMs: connectMs(calls),
    roundTripMs: spreadOf(readings('round-trip').map(({ roundTripMs }) => roundTripMs)),
    ttftMs: spreadOf(prompts.map(({ ttftMs }) => ttftMs)),
    prompts: byCell(ofKind(calls, 'prompt')).map((group) => ({
      cell: group.cell,
      inputTokens: spreadOf(turnsOf(group.calls).map(({ usage }) => usage.input)),
      ttftMs: spreadOf(turnsOf(group.calls).map((turn) => readingOf(turn).ttftMs)),
    })),
    timePerTokenUs: spreadOf(outputs.map(({ timePerTokenUs }) => timePerTokenUs)),
    enginePerTokenUs: spreadOf(outputs.map(({ enginePerTokenUs }) => enginePerTokenUs)),
    overheadPerTokenUs: spreadOf(outputs.map(({ overheadPerTokenUs }) => overheadPerTokenUs)),
    decodeTokensPerSecond: decodeTokensPerSecond(turnsOf(ofKind(calls, 'output'))),
    loads: byCell(ofKind(calls, 'load')).map(({ cell, calls: group }) => loadOf(cell, group)),
    calls: calls.length,
    failures: calls.filter(({ failure }) => failure !== undefined).length,
    fallback: turnsOf(calls).find(({ connection }) => connection?.fallback !== undefined)?.connection?.fallback,
  };
};

/** Everything published of a latency probe, from its calls alone. */
export const summariseLatency = (
  arms: readonly Arm[],
  calls: readonly ProbeCall[],
  engineRate?: number | undefined,
): LatencySummary => ({
  arms: arms.map(({ id }) =>
    armFigures(
      id,
      calls.filter(({ arm }) => arm === id),
      engineRate,
    ),
  ),
  comparisons: compareArms(arms, calls, engineRate),
});
