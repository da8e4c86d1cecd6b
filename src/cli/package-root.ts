import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const find = (folder: string): string => (existsSync(join(folder, 'package.json')) ? folder : find(dirname(folder)));

/** Where Tacho itself is installed: its suites, fixtures and images are beside its package.json. */
export const packageRoot = find(dirname(fileURLToPath(import.meta.url)));

/** Tacho's own version. */
export const packageVersion: string = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version;
