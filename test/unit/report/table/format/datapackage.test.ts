import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostileRun } from '../../../../support/hostile-run.ts';
import { reportTexts } from '../../../../support/report-files.ts';

type Descriptor = {
  resources: {
    name?: string;
    path?: string;
    schema: { fields: { type?: string; name?: string }[]; primaryKey?: unknown };
  }[];
};

const published = new URL('../../../../fixtures/datapackage/datapackage-2.0.json', import.meta.url);

let validate: (descriptor: unknown) => boolean;
let descriptor: Descriptor;

beforeAll(async () => {
  const schema = JSON.parse(await readFile(published, 'utf8'));
  // Not strict: the published schema carries words of its own (propertyOrder, context).
  validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  descriptor = JSON.parse((await reportTexts(hostileRun())).get('datapackage.json') ?? '');
});

describe('the data dictionary', () => {
  it('is a Data Package by the published schema', () => {
    expect(validate(descriptor)).toBe(true);
  });

  it.each([
    ['a resource without a path', (broken: Descriptor) => delete broken.resources[0]?.path],
    [
      'a field of an unknown type',
      (broken: Descriptor) => Object.assign(broken.resources[3]?.schema.fields[0] ?? {}, { type: 'text' }),
    ],
    ['a field without a name', (broken: Descriptor) => delete broken.resources[0]?.schema.fields[0]?.name],
    [
      'a key that is a number',
      (broken: Descriptor) => Object.assign(broken.resources[0]?.schema ?? {}, { primaryKey: 5 }),
    ],
  ])('would not be one with %s', (_what, damage) => {
    const broken = structuredClone(descriptor);
    damage(broken);
    expect(validate(broken)).toBe(false);
  });
});
