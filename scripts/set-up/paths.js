import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Where set-up keeps its logs and the engine's pid file; ignored by git. */
export const stateFolder = join(root, '.tacho');

/** @param {string} name */
export const logFile = (name) => join(stateFolder, `${name}.log`);
