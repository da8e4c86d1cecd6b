import { expect, it } from 'vitest';
import { measurables, turnMetricNamed } from '../../../../src/analysis/evidence/measurables.ts';
import { catalogue } from '../../../../src/measure/catalogue.ts';

const names = measurables().map(({ name }) => name);

it('every trial and turn metric of the catalogue can be named, each name once', () => {
  expect(new Set(names).size).toBe(names.length);
  const rates = ['decode_tokens_per_s', 'end_to_end_tokens_per_s'];
  for (const { id, unit } of catalogue.trial)
    expect(names).toContain(unit === 's' || unit === 'USD' ? id.replace(/_(s|usd)$/, '') : id);
  for (const metric of catalogue.turn.filter(({ id }) => !rates.includes(id))) {
    const name = metric.unit === 's' ? metric.id.replace(/_s$/, '') : metric.id;
    const named = [name, `turn_${name}`].flatMap((candidate) => turnMetricNamed(candidate) ?? []);
    expect(named).toEqual([metric]);
  }
});

it('a trial metric is no turn metric, and an unknown name is neither', () => {
  expect(turnMetricNamed('output_tokens')).toBeUndefined();
  expect(turnMetricNamed('agent_time')).toBeUndefined();
  expect(turnMetricNamed('nothing')).toBeUndefined();
});
