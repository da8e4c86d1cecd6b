import type { Interruption } from '../../domain/model/turn.ts';
import { redirectTtftMs, timeToStopMs } from '../../measure/steering.ts';
import { ttftMs } from '../../measure/turn-timing.ts';
import { type Reduction, reductionOf } from '../latency/reduction.ts';
import type { SteeringWay } from '../probe.ts';
import { type Spread, spreadOf } from '../spread.ts';
import type { SteeredCall } from './carry-out.ts';

/** What is published of one way to stop the answers of one arm. */
export type SteeringFigures = {
  readonly arm: string;
  readonly way: SteeringWay;
  /** What really stopped them: another way where the server would not be told. */
  readonly how: readonly Interruption['how'][];
  readonly timeToStopMs: Spread;
  readonly lateTokens: Spread;
  readonly wastedTokens: Spread;
  readonly wastedIsEstimate: boolean;
  readonly redirectTtftMs: Spread;
  /** Of the answer that was stopped, for comparison: what asking costs without stopping first. */
  readonly ttftMs: Spread;
  /** Redirect TTFT against the first way of all, pair by pair. */
  readonly reduction: Reduction | undefined;
  readonly calls: number;
  readonly failures: number;
  /** Why the server would not be told, where it would not. */
  readonly refused: string | undefined;
};

type Group = readonly SteeredCall[];

const redirectOf = ({ interrupted, failure }: SteeredCall): number | undefined =>
  interrupted === undefined || failure !== undefined ? undefined : redirectTtftMs(interrupted);

const against = (base: Group, group: Group): Reduction | undefined => {
  if (base === group) return undefined;
  const byRound = new Map(base.map((call) => [call.round, call]));
  return reductionOf(
    group.map((call) => {
      const twin = byRound.get(call.round);
      return { base: twin && redirectOf(twin), other: redirectOf(call) };
    }),
  );
};

const figuresOf = (group: Group, base: Group): Omit<SteeringFigures, 'arm' | 'way'> => {
  const turns = group.flatMap(({ interrupted }) => interrupted ?? []);
  const interruptions = turns.flatMap(({ interruption }) => interruption ?? []);
  return {
    how: [...new Set(interruptions.map(({ how }) => how))],
    timeToStopMs: spreadOf(turns.map(timeToStopMs)),
    lateTokens: spreadOf(interruptions.map(({ lateTokens }) => lateTokens)),
    wastedTokens: spreadOf(interruptions.map(({ wastedTokens }) => wastedTokens)),
    wastedIsEstimate: interruptions.some(({ wastedIsEstimate }) => wastedIsEstimate),
    redirectTtftMs: spreadOf(group.map(redirectOf)),
    ttftMs: spreadOf(turns.map(ttftMs)),
    reduction: against(base, group),
    calls: group.length,
    failures: group.filter(({ failure }) => failure !== undefined).length,
    refused: interruptions.find(({ refused }) => refused !== undefined)?.refused,
  };
};

/** Everything published of a steering probe, from its calls alone; the first case is what the others are compared with. */
export const summariseSteering = (
  cases: readonly { readonly arm: string; readonly way: SteeringWay }[],
  calls: readonly SteeredCall[],
): readonly SteeringFigures[] => {
  const groups = cases.map(({ arm, way }) => calls.filter((call) => call.arm === arm && call.way === way));
  const [base = []] = groups;
  return cases.map(({ arm, way }, index) => ({ arm, way, ...figuresOf(groups[index] ?? [], base) }));
};
