import { expect, it } from 'vitest';
import { readGates } from '../../../../src/gate/file/read-gates.ts';
import { sentenceOf } from '../../../../src/gate/say/sentence.ts';

it.each([
  [
    'contender: spark, metric: pass_rate, not_worse_than: codex, by_more_than: 5 points',
    'spark’s pass rate must not be more than 5 points below codex’s on the tasks of both, proven with 95% confidence.',
  ],
  [
    'contender: spark, metric: agent_time, not_worse_than: baseline, by_more_than: 20%, where: { tag: [micro, edit], suite: swe }',
    'spark’s mean agent time must not be more than 20% above that in the baseline run on tasks with suite swe, tag micro or edit of both, proven with 95% confidence.',
  ],
  [
    'contender: [a, b], metric: wall_time, faster_than: codex, by_at_least: 5x, level: should',
    'a’s and b’s mean wall time should be at least 5x faster than codex’s on the tasks of both, proven with 95% confidence.',
  ],
  [
    'metric: pass_rate, better_than: codex, evidence: observed',
    'Each contender’s pass rate must be better (above) than codex’s on the tasks of both, as observed.',
  ],
  [
    'metric: ttft, statistic: p95, at_most: 800 ms',
    'Each contender’s p95 of TTFT must be at most 800 ms, proven with 95% confidence.',
  ],
  [
    'contender: spark, metric: solved_within, within: 5m, at_least: 50%',
    'spark’s share solved within 5.0 min must be at least 50%, proven with 95% confidence.',
  ],
  [
    'contender: spark, metric: frontier_probability, at_least: 90%, statistic: mean',
    'spark’s probability of being on the frontier over mean agent time must be at least 90%.',
  ],
  [
    'contender: spark, metric: frontier_probability, at_least: 90%, statistic: cost-per-solved',
    'spark’s probability of being on the frontier over cost per solved task must be at least 90%.',
  ],
  [
    'contender: spark, metric: cost, statistic: p95, at_most: 0.45 USD',
    'spark’s p95 of cost must be at most 0.45 USD, proven with 95% confidence.',
  ],
  [
    'tasks: { tag: smoke }, solved: every_attempt',
    'Each contender must solve every attempt at each task with tag smoke.',
  ],
])('a gate is one English sentence: %s', (gate, sentence) => {
  const file = readGates(`version: 1\ngates:\n  - { name: g, ${gate} }\n`, 'gates.yaml');
  expect(file.gates.map((read) => sentenceOf(read, file))).toEqual([sentence]);
});
