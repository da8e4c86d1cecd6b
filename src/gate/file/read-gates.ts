import { suggest } from '../../domain/suggest.ts';
import { type Mistake, mistakesError, shown } from '../../yaml/mistake.ts';
import { openYaml, type YamlSource } from '../../yaml/open.ts';
import { check } from '../../yaml/parse.ts';
import type { Gate, GateFile } from '../gate.ts';
import { checkShape } from './check-shape.ts';
import type { PlaceOf } from './check-statistic.ts';
import { type Header, headerSchema } from './gates-file.ts';
import { mendOf, mendOfHeader } from './mend.ts';
import { type Shape, type ShapeKey, shapeKeys, shapes } from './shapes.ts';

type Raw = Header['gates'][number];
type Found = { readonly mistakes: readonly Mistake[]; readonly gate?: Gate };

const reference = 'docs/gates.md';

const nothingSaid = (raw: Raw, place: PlaceOf): Mistake => {
  const wrong = Object.keys(raw).flatMap((key) => {
    const meant = suggest(key, shapeKeys);
    return meant === undefined ? [] : [{ key, meant }];
  })[0];
  return {
    place: place(),
    message: `gate ${JSON.stringify(raw.name ?? 'without a name')} says nothing that must hold`,
    fix:
      wrong === undefined
        ? `add one of ${shapeKeys.map((key) => `\`${key}\``).join(', ')}`
        : `\`${shown(wrong.key)}\`: did you mean \`${wrong.meant}\`?`,
  };
};

/** Checks a gate by the one shape that its key names: a union of all shapes would only say that none fits. */
const readGate = (source: YamlSource, raw: Raw, index: number): Found => {
  const place: PlaceOf = (...path) => source.place(['gates', index, ...path]);
  const keyPlace = (key: string) => source.place(['gates', index], key);
  const [key, second] = shapeKeys.filter((candidate) => raw[candidate] !== undefined) as readonly ShapeKey[];
  if (key === undefined) return { mistakes: [nothingSaid(raw, place)] };
  if (second !== undefined)
    return {
      mistakes: [
        {
          place: keyPlace(second),
          message: `one gate says one thing, this one says \`${key}\` and \`${second}\``,
          fix: 'write two gates',
        },
      ],
    };
  const checked = check(raw, {
    schema: shapes[key],
    source,
    at: ['gates', index],
    reference,
    mend: mendOf(raw, key),
  });
  return checked.value === undefined
    ? { mistakes: checked.mistakes }
    : checkShape({ key, ...checked.value } as Shape, place);
};

type Listed = readonly [number, Raw];

const isGate = (entry: readonly [number, unknown]): entry is Listed =>
  typeof entry[1] === 'object' && entry[1] !== null && !Array.isArray(entry[1]);

const doubledNames = (source: YamlSource, raws: readonly Listed[]): readonly Mistake[] =>
  raws.flatMap(([index, { name }]) =>
    typeof name === 'string' && raws.some(([earlier, raw]) => earlier < index && raw.name === name)
      ? [
          {
            place: source.place(['gates', index, 'name']),
            message: `two gates are called ${JSON.stringify(name)}`,
            fix: 'give each gate a name of its own',
          },
        ]
      : [],
  );

/** Reads gates.yaml. Throws UserError with every mistake, its file:line:column and how to mend it. */
export const readGates = (text: string, file: string): GateFile => {
  const source = openYaml(text, file);
  const header = check(source.value, {
    schema: headerSchema,
    source,
    at: [],
    reference,
    mend: mendOfHeader(source.value),
  });
  const listed = (source.value as { readonly gates?: unknown }).gates;
  const raws = Array.isArray(listed) ? listed.entries().toArray().filter(isGate) : [];
  const found = raws.map(([index, raw]) => readGate(source, raw, index));
  const mistakes = [...header.mistakes, ...found.flatMap((gate) => gate.mistakes), ...doubledNames(source, raws)];
  if (header.value === undefined || mistakes.length > 0) throw mistakesError(mistakes);
  const { missing, ...policy } = header.value.trials_without_a_verdict;
  return {
    file,
    baseline: header.value.baseline,
    confidence: header.value.confidence,
    family: header.value.family,
    ifInconclusive: header.value.if_inconclusive,
    policy: { ...policy, missing: missing === 'count_as_failed' ? missing : 'exclude' },
    refusesUnfinished: missing === 'refuse',
    prices: new Map(Object.entries(header.value.prices)),
    gates: found.flatMap(({ gate }) => gate ?? []),
  };
};
