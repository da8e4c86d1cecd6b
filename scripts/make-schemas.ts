// `npm run schemas`: the JSON Schemas of tacho.yaml, gates.yaml and simulator profiles for editors, from the schemas that Tacho itself reads with.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { gatesSchema } from '../src/gate/file/gates-file.ts';
import { configSchema } from '../src/run/config/schema.ts';
import { profileSchema } from '../src/simulator/profile.ts';

/** draft-07, the newest that the YAML language server documents; as people write the files, before defaults and units are read. */
const draft07 = (schema: z.ZodType, title: string): string => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
};

/** The files of schemas/, by name. */
export const schemaFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ['tacho.schema.json', draft07(configSchema, 'tacho.yaml: a run of Tacho')],
    ['gates.schema.json', draft07(gatesSchema, 'gates.yaml: gates on a run of Tacho')],
    ['profile.schema.json', draft07(profileSchema, 'a profile of Tacho’s simulator')],
  ]);

if (import.meta.main) {
  const folder = join(import.meta.dirname, '..', 'schemas');
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of schemaFiles()) writeFileSync(join(folder, name), content);
}
