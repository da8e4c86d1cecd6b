import { measurables } from '../../analysis/evidence/measurables.ts';
import { suggest } from '../../domain/suggest.ts';
import { marginAdvice } from './comparison.ts';
import type { ShapeKey } from './shapes.ts';
import { exampleOf } from './units.ts';

/** A gate as it stands in the file. */
type Raw = Readonly<Record<string, unknown>>;

type Synonyms = Readonly<Record<string, string>>;

const known = (synonyms: Synonyms, word: unknown): string | undefined =>
  typeof word === 'string' && Object.hasOwn(synonyms, word) ? synonyms[word] : undefined;

/** Words that other tools use for our keys. */
const keySynonyms: Synonyms = {
  model: 'contender',
  models: 'contender',
  agent: 'contender',
  tasks: 'where',
  filter: 'where',
  threshold: 'at_least` or `at_most',
  min: 'at_least',
  max: 'at_most',
  severity: 'level',
  percentile: 'statistic: p95',
  quantile: 'statistic: p95',
  attempts: 'up_to: 10 attempts',
};

/** What else a key is called in a gate of this shape. */
const shapeSynonyms: Readonly<Partial<Record<ShapeKey, Synonyms>>> = {
  not_worse_than: {
    by_at_least: 'by_more_than',
    margin: 'by_more_than',
    tolerance: 'by_more_than',
    not_worse_by: 'by_more_than',
  },
  better_than: { by_more_than: 'by_at_least', margin: 'by_at_least', by: 'by_at_least' },
  faster_than: { by_more_than: 'by_at_least', margin: 'by_at_least', by: 'by_at_least' },
  solved: { where: 'tasks' },
};

const metricSynonyms: Synonyms = {
  accuracy: 'pass_rate',
  score: 'pass_rate',
  resolved: 'pass_rate',
  success_rate: 'pass_rate',
  duration: 'agent_time',
  time: 'agent_time',
  throughput: 'decode_tokens_per_s',
  tokens_per_second: 'decode_tokens_per_s',
  time_to_first_token: 'ttft',
  error_rate: 'infra_error_rate',
  round_trip: 'probe_round_trip',
  round_trip_overhead: 'probe_round_trip',
  per_token_overhead: 'probe_per_token_overhead',
};

const levelSynonyms: Synonyms = {
  error: 'must',
  required: 'must',
  fail: 'must',
  warn: 'should',
  warning: 'should',
  optional: 'info',
};

const names = measurables().map(({ name }) => name);
const list = names.join(', ');

/** The metric that is meant; a quantile is no part of its name. */
const metricMend = (word: unknown): string => {
  if (typeof word !== 'string') return `one of: ${list}`;
  const plain = word.replaceAll(/[\s-]+/g, '_').toLowerCase();
  const [, before, after] = /^(p\d+)_|_(p\d+)$/.exec(plain) ?? [];
  const statistic = before ?? after;
  const bare = plain.replace(/^p\d+_|_p\d+$/, '').replace(/_m?s$/, '');
  const meant = known(metricSynonyms, bare) ?? suggest(bare, names);
  if (meant === undefined) return `one of: ${list}`;
  return statistic === undefined ? `did you mean ${meant}?` : `did you mean ${meant} with \`statistic: ${statistic}\`?`;
};

const quantityMend = (at: string, { [at]: value, metric: name }: Raw): string => {
  const metric = measurables().find((candidate) => candidate.name === name);
  if (typeof value === 'string' && /^\d+(\.\d+)?\s*m$/.test(value))
    return `minutes are \`min\`: \`${value.replace(/\s*m$/, ' min')}\``;
  if (at.startsWith('by_'))
    return metric === undefined ? 'write `5 points` (absolute), `5%` or `1.5x` (relative)' : marginAdvice(metric);
  return `write it with its unit, like \`${metric === undefined ? '800 ms' : exampleOf(metric)}\``;
};

/** How to write the value of a key that is there, but not understood. */
const valueMends: Readonly<Record<string, (raw: Raw) => string | undefined>> = {
  metric: ({ metric }) => metricMend(metric),
  level: ({ level }) => {
    const meant = known(levelSynonyms, level);
    return meant === undefined ? undefined : `did you mean ${meant}?`;
  },
  statistic: () => 'write `mean`, `median`, `min`, `max` or one such as `p95`',
  contender: () =>
    'name one, as in `contender: spark`, or several, as in `[spark, codex]`; without the key every one is meant',
  at_least: (raw) => quantityMend('at_least', raw),
  at_most: (raw) => quantityMend('at_most', raw),
  by_more_than: (raw) => quantityMend('by_more_than', raw),
  by_at_least: (raw) => quantityMend('by_at_least', raw),
};

/** How to write what a gate could not say: from its shape and its metric, where they are known. */
export const mendOf =
  (raw: Raw, shape: ShapeKey) =>
  (path: readonly PropertyKey[], key?: string): string | undefined => {
    const [at] = path.map(String);
    if (key !== undefined && at === undefined) {
      const meant = known(shapeSynonyms[shape] ?? {}, key) ?? known(keySynonyms, key);
      return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
    }
    return at === undefined || path.length !== 1 || raw[at] === undefined ? undefined : valueMends[at]?.(raw);
  };

/** How to write what the file says beside its gates. */
export const mendOfHeader =
  (value: unknown) =>
  ([at, index]: readonly PropertyKey[], key?: string): string | undefined => {
    if (key !== undefined) return undefined;
    const { if_inconclusive: ifInconclusive, gates } = value as Raw;
    if (at === undefined) return 'begin with `version: 1`, then `gates:`';
    if (at === 'version') return 'write `version: 1`';
    if (at === 'if_inconclusive' && ifInconclusive === 'run_more')
      return 'say `run_more` of a gate, with `up_to: 10 attempts`';
    if (at === 'gates' && gates !== undefined && (index !== undefined || !Array.isArray(gates)))
      return 'write each gate as an entry of the list: `- { name: …, metric: pass_rate, at_least: 60% }`';
    return undefined;
  };
