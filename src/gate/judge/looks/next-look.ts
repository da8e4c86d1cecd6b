import { attemptShare } from '../../../analysis/evidence/attempt-share.ts';
import { taskKey } from '../../../analysis/trials.ts';
import { normalCdf, normalQuantile } from '../../../measure/distribution/normal.ts';
import { baselineWord, type Gate, type SolvedGate } from '../../gate.ts';
import type { Check, NextLook } from '../../verdict.ts';
import { isRefusal, type JudgeContext, metricOf, populationOf } from '../subject.ts';

/** A gate that may be looked at twice: `if_inconclusive: run_more`, `up_to: 10 attempts`. */
export type TwiceLooked = Exclude<Gate, SolvedGate> & { readonly upToAttempts: number };

export const isTwiceLooked = (gate: Gate): gate is TwiceLooked =>
  gate.kind !== 'solved' && gate.upToAttempts !== undefined;

/** This run, and one with as many attempts as were declared. */
export const looks = 2;

/**
 * The confidence of each of two looks that together are as sure as one: half of α each (Bonferroni), whatever the first one found. Looking again
 * until one likes what one sees, at the full α each time, would let far more than α of bad models pass.
 */
export const confidenceOfLook = (confidence: number): number => 1 - (1 - confidence) / looks;

/** How often a look ought to settle a gate: four times in five. */
const power = 0.8;

/** Attempts at a task that the run planned: the most that any task of these has. */
const attemptsIn = ({ run, file }: JudgeContext, gate: TwiceLooked, contender: string): number => {
  const population = populationOf(run, contender, { gate, file });
  if (isRefusal(population)) return 0;
  const groups = Map.groupBy([...population.trials, ...population.pending], taskKey);
  return Math.max(0, ...[...groups.values()].map((members) => members.length));
};

const shareOf = (gate: TwiceLooked, check: Check, { run, baseline, file }: JudgeContext): number | undefined => {
  const own = populationOf(run, check.contender, { gate, file });
  if (isRefusal(own) || check.scale === undefined) return undefined;
  if (gate.statisticWord !== undefined && gate.statisticWord !== 'mean') return undefined;
  const metric = metricOf(gate);
  const sides = [{ population: own, grows: true }];
  if (gate.kind === 'value') return attemptShare(metric, sides, 'value');
  const isBaseline = gate.against === baselineWord;
  const other = isBaseline ? baseline : run;
  const theirs = other && populationOf(other, isBaseline ? check.contender : gate.against, { gate, file });
  if (theirs === undefined || isRefusal(theirs)) return undefined;
  const scale = check.scale === 'ratio' ? 'ratio' : 'difference';
  return attemptShare(metric, [...sides, { population: theirs, grows: !isBaseline }], scale);
};

/** Distance of the observed value from the limit, and its standard error: both of logarithms where the scale is a ratio. */
const distances = (
  { observed, limit, lowerBound, upperBound, scale }: Check,
  confidence: number,
): { readonly room: number; readonly standardError: number } | undefined => {
  const scaled = (value: number) => (scale === 'ratio' ? Math.log(value) : value);
  const bounds = [lowerBound, upperBound].flatMap((bound) => bound ?? []);
  if (observed === undefined || limit === undefined || bounds.length === 0) return undefined;
  const reach = Math.max(...bounds.map((bound) => Math.abs(scaled(bound) - scaled(observed))));
  const room = Math.abs(scaled(observed) - scaled(limit));
  return Number.isFinite(reach) && Number.isFinite(room)
    ? { room, standardError: reach / normalQuantile(confidence) }
    : undefined;
};

const forecast = (
  { room, standardError }: { readonly room: number; readonly standardError: number },
  {
    share,
    attempts,
    upTo,
    z,
  }: { readonly share: number; readonly attempts: number; readonly upTo: number; readonly z: number },
): Pick<NextLook, 'chance' | 'attemptsNeeded'> => {
  const shrunk = standardError * Math.sqrt(1 - share * (1 - attempts / upTo));
  const wanted = (room / ((z + normalQuantile(power)) * standardError)) ** 2;
  const factor = share / (wanted - 1 + share);
  return {
    chance: normalCdf(room / shrunk - z),
    attemptsNeeded: wanted > 1 - share ? Math.max(attempts + 1, Math.ceil(attempts * factor)) : undefined,
  };
};

/** What another look at an inconclusive check would bring. */
export const nextLook = (gate: TwiceLooked, check: Check, context: JudgeContext): NextLook => {
  const attempts = attemptsIn(context, gate, check.contender);
  const upTo = gate.upToAttempts;
  const share = shareOf(gate, check, context);
  const confidence = confidenceOfLook(context.file.confidence);
  const found = distances(check, confidence);
  if (attempts >= upTo || share === undefined || found === undefined) return { attempts, upTo };
  return { attempts, upTo, ...forecast(found, { share, attempts, upTo, z: normalQuantile(confidence) }) };
};
