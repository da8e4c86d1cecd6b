import type { Crossing } from '../../analysis/curve/solved-by-time.ts';
import type { PlacedContender } from '../../analysis/frontier/frontier.ts';
import { duration, percent, percentRange } from '../format.ts';
import type { ReportModel } from '../model.ts';

/** A piece of a sentence; where it names a contender, renderers may colour it. */
export type Phrase = { readonly text: string; readonly contender?: string | undefined };

/** The answer to "which model, when?", and the doubt it deserves. */
export type VerdictText = { readonly answer: readonly Phrase[]; readonly doubt: readonly Phrase[] };

const plain = (text: string): Phrase => ({ text });

type Names = (contender: string) => Phrase;

const namesOf = (model: ReportModel): Names => {
  const labels = new Map(model.contenders.map(({ name, label }) => [name, label]));
  return (contender) => ({ text: labels.get(contender) ?? contender, contender });
};

const facts = (placed: readonly PlacedContender[], name: Names): readonly Phrase[] =>
  placed.flatMap(({ contender, passRate, passRateInterval, spent }, index) => {
    const rate = `${percent(passRate)} (${percentRange(passRateInterval)})`;
    return [
      ...(index === 0 ? [] : [plain('; ')]),
      name(contender),
      plain(
        index === 0 ? ` solves ${rate} in ${duration(spent.value)} median` : ` ${rate} in ${duration(spent.value)}`,
      ),
    ];
  });

/** Who leads until when, if the lead passes from each contender of the frontier to the next slower one, in order. */
const handovers = (
  front: readonly PlacedContender[],
  crossings: readonly Crossing[],
): readonly Crossing[] | undefined => {
  const found = front
    .slice(1)
    .map((later, index) =>
      crossings.find((crossing) => crossing.earlier === front[index]?.contender && crossing.later === later.contender),
    );
  const known = found.filter((crossing) => crossing !== undefined);
  const ascending = known.every((crossing, index) => index === 0 || crossing.time > (known[index - 1]?.time ?? 0));
  return known.length === found.length && ascending ? known : undefined;
};

/** One sentence names so many contenders at most. */
const mostNamed = 3;

const advice = (
  placed: readonly PlacedContender[],
  { crossings, name }: { crossings: readonly Crossing[]; name: Names },
): readonly Phrase[] => {
  const front = placed.filter(({ onFrontier }) => onFrontier);
  const [fast, right] = [front[0], front.at(-1)];
  if (fast === undefined || right === undefined) return [];
  if (front.length === 1) {
    const isTied = placed.some((other) => other !== fast && other.passRate === fast.passRate);
    const why = isTied ? ', the fastest, and none is more often right' : ', the fastest and the most often right';
    return [plain(': choose '), name(fast.contender), plain(why)];
  }
  const passes = front.length > mostNamed ? undefined : handovers(front, crossings);
  if (passes === undefined)
    return [
      plain(': choose '),
      name(fast.contender),
      plain(' when speed matters, '),
      name(right.contender),
      plain(' when being right does'),
    ];
  return [
    plain(': choose '),
    ...passes.flatMap(({ earlier, time }, index) => [
      name(earlier),
      plain(index === 0 ? ` when you would wait less than ${duration(time)}, ` : ` up to ${duration(time)}, `),
    ]),
    name(right.contender),
    plain(' when it may take longer'),
  ];
};

const signed = (ratio: number): string => `${ratio < 0 ? '−' : '+'}${Math.abs(Math.round(ratio * 100))}`;

/** Says how sure the difference between the fastest and the most right is. */
const doubtOf = (
  front: readonly PlacedContender[],
  { model, name }: { model: ReportModel; name: Names },
): readonly Phrase[] => {
  const [fast, right] = [front[0], front.at(-1)];
  if (fast === undefined || right === undefined || fast === right) return [];
  const pair = model.summary.comparisons.find(
    ({ first, second }) => [first, second].includes(fast.contender) && [first, second].includes(right.contender),
  );
  if (pair?.passRate === undefined) return [];
  const sign = pair.first === right.contender ? 1 : -1;
  const { difference, low, high } = pair.passRate;
  const [least, most] = sign === 1 ? [low, high] : [-high, -low];
  const times = pair.speedUp === undefined ? undefined : sign === 1 ? 1 / pair.speedUp.ratio : pair.speedUp.ratio;
  const proven =
    least > 0 ? 'a difference beyond chance' : 'which is not proven: there may be no difference, or the opposite one';
  return [
    plain(`On the same ${pair.nTasks} tasks `),
    name(right.contender),
    plain(
      ` solves ${Math.abs(Math.round(difference * 100))} points ${sign * difference < 0 ? 'less' : 'more'} (${signed(least)} to ${signed(most)}), ${proven}.`,
    ),
    ...(times === undefined
      ? []
      : [plain(' '), name(fast.contender), plain(` is ${times.toFixed(1)}× faster, task by task.`)]),
  ];
};

/** The first sentence of every report, from the frontier over median agent time. */
export const verdictText = (model: ReportModel): VerdictText => {
  const { placed } = model.summary.frontiers.median;
  const name = namesOf(model);
  if (placed.length === 0)
    return { answer: [plain('No trial of this run has a verdict yet: there is nothing to compare.')], doubt: [] };
  const front = placed.filter(({ onFrontier }) => onFrontier);
  const isMany = front.length > mostNamed;
  const named = isMany ? [...front.slice(0, 1), ...front.slice(-1)] : front;
  const shown = placed.length <= mostNamed ? placed : named;
  const between = isMany ? [plain(`; ${front.length - 2} others between them`)] : [];
  const noneSolved = placed.every(({ passRate }) => passRate === 0);
  const nothingToChoose = plain(': no trial was solved, so there is nothing to choose between');
  const chosen = (): readonly Phrase[] =>
    noneSolved ? [nothingToChoose] : advice(placed, { crossings: model.summary.solvedByTime.crossings, name });
  const choice = placed.length === 1 ? [] : chosen();
  return { answer: [...facts(shown, name), ...between, ...choice, plain('.')], doubt: doubtOf(front, { model, name }) };
};

/** The phrases as one plain text. */
export const phraseText = (phrases: readonly Phrase[]): string => phrases.map(({ text }) => text).join('');
