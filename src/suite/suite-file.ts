import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { UserError } from '../domain/errors.ts';

const schema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  format: z.string().optional(),
  description: z.string().optional(),
});

/** suite.toml beside the tasks: name, version, format, description; all optional. Throws UserError when it cannot be read. */
export const readSuiteFile = async (
  folder: string,
): Promise<{ name: string; version: string; format: string | undefined }> => {
  const path = join(folder, 'suite.toml');
  if (!existsSync(path)) return { name: basename(folder), version: 'unversioned', format: undefined };
  try {
    const file = schema.parse(parse(await readFile(path, 'utf8')));
    return { name: file.name ?? basename(folder), version: file.version ?? 'unversioned', format: file.format };
  } catch (error) {
    throw new UserError(
      `suite.toml cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
      { where: path, fix: 'it holds name, version, format and description, all strings' },
    );
  }
};
