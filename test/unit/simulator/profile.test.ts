import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { schemaFiles } from '../../../scripts/make-schemas.ts';
import { faultSchema } from '../../../src/simulator/fault/fault.ts';
import { profileSchema } from '../../../src/simulator/profile.ts';

const document = readFileSync('docs/simulator.md', 'utf8');
const [, example = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(document) ?? [];

/** The names of all properties of a JSON Schema, however deep. */
const propertiesIn = (schema: unknown): readonly string[] =>
  typeof schema !== 'object' || schema === null
    ? []
    : Object.entries(schema).flatMap(([key, value]) => [
        ...(key === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : []),
        ...propertiesIn(value),
      ]);

const profileJsonSchema: unknown = JSON.parse(schemaFiles().get('profile.schema.json') ?? 'null');

describe('docs/simulator.md', () => {
  it('names every knob and every kind of fault', () => {
    const knobs = new Set(propertiesIn(profileJsonSchema));
    expect(knobs.size).toBeGreaterThan(50);
    const kinds = faultSchema.options.map(({ shape }) => shape.kind.value);
    const untold = [...knobs, ...kinds].filter((name) => !new RegExp(`\\b${name}\\b`).test(document));
    expect(untold).toEqual([]);
  });

  it('shows the defaults as they are', () => {
    const shown = parse(example);
    const { name, description, tier, ttft, rate } = shown;
    const { jitter: _jitter, ...bareRate } = rate;
    const byDefault = profileSchema.parse({ name, description, tier, ttft, rate: bareRate });
    const { faults: _faults, rate_limits: limits, ...rest } = profileSchema.parse(shown);
    expect({ ...rest, faults: [] }).toEqual(byDefault);
    const { requests_per_minute, tokens_per_minute } = limits ?? {};
    expect(
      profileSchema.parse({ ...shown, rate_limits: { requests_per_minute, tokens_per_minute } }).rate_limits,
    ).toEqual(limits);
  });
});
