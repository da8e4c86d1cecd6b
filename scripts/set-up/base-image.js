import { join } from 'node:path';
import { buildImage } from './build-image.js';
import { prepareDebianImage } from './debian-image.js';
import { root } from './paths.js';

/** The one image that the tasks of the built-in suites stand on. */
const BASE = { folder: join(root, 'images', 'base'), tag: 'tacho/base:trixie' };

/**
 * Makes the base image where it is missing or its recipe has changed.
 * @param {import('./step.js').Announce} announce
 */
export async function prepareBaseImage(announce) {
  const built = await buildImage(BASE, async () => {
    await prepareDebianImage(announce);
    announce(`building ${BASE.tag}, about a minute`);
  });
  return { note: `${BASE.tag} ${built ? 'built' : 'is there'}` };
}
