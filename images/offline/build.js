// `node images/offline/build.js`: makes the stand-in bases of README.md. Plain JavaScript for Node >= 20, no dependency.
import { join } from 'node:path';
import { buildImage } from '../../scripts/set-up/build-image.js';
import { prepareDebianImage } from '../../scripts/set-up/debian-image.js';
import { root } from '../../scripts/set-up/paths.js';
import { describeFailure, SetUpError, step } from '../../scripts/set-up/step.js';

const folder = join(root, 'images', 'offline');
/** @type {Record<string, string>} The published reference that a stage of the Dockerfile stands in for. */
const STAND_INS = { ubuntu: 'ubuntu:24.04', python: 'python:3.13-slim-bookworm' };

try {
  for (const [target, published] of Object.entries(STAND_INS)) {
    await step(`Stand-in for ${published}`, async (announce) => {
      const tag = `tacho/offline-${published}`;
      const built = await buildImage({ folder, tag, target }, async () => {
        await prepareDebianImage(announce);
        announce(`building ${tag}`);
      });
      return { note: `${tag} ${built ? 'built' : 'is there'}` };
    });
  }
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(describeFailure(error));
  process.exitCode = 1;
}
