import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall, mayInstallPackages } from './apt.js';
import { docker, imageExists } from './docker.js';
import { logFile, stateFolder } from './paths.js';
import { run } from './run.js';
import { SetUpError } from './step.js';

/** What every image of ours stands on: Docker Hub's, or one made from Debian packages where no registry can be reached. */
const DEBIAN = 'tacho/debian:trixie';
const PUBLISHED_DEBIAN = 'debian:trixie-slim';

const REGISTRY_SILENCE_MS = 15_000;
const PULL_LIMIT_MS = 300_000;
const BOOTSTRAP_LIMIT_MS = 900_000;

/**
 * Makes sure that `tacho/debian:trixie` is there.
 * @param {import('./step.js').Announce} announce
 */
export async function prepareDebianImage(announce) {
  if (await imageExists(DEBIAN)) return;
  announce(`pulling ${PUBLISHED_DEBIAN}`);
  const limits = { firstOutputMs: REGISTRY_SILENCE_MS, timeoutMs: PULL_LIMIT_MS, log: logFile('docker-pull') };
  const pulled = await run('docker', ['pull', PUBLISHED_DEBIAN], limits);
  if (pulled.code === 0) return docker(['tag', PUBLISHED_DEBIAN, DEBIAN]);
  announce('no registry answers; making Debian from its packages with mmdebstrap');
  await installMmdebstrap(pulled.output);
  const archive = join(stateFolder, 'debian.tar');
  await bootstrap(archive);
  await docker(['import', archive, DEBIAN]);
  rmSync(archive);
}

/** @param {string} whyNoPull */
async function installMmdebstrap(whyNoPull) {
  if ((await run('mmdebstrap', ['--version'])).code !== 127) return;
  if (!mayInstallPackages()) {
    const fix = `Make an image called ${DEBIAN} from Debian trixie by hand, or run set-up as root on Debian or Ubuntu.`;
    throw new SetUpError(`${PUBLISHED_DEBIAN} could not be pulled.`, { output: whyNoPull, fix });
  }
  const installed = await aptInstall(['mmdebstrap', 'debian-archive-keyring']);
  if (installed.code !== 0) throw new SetUpError('apt-get could not install mmdebstrap.', installed);
}

/** @param {string} archive */
async function bootstrap(archive) {
  const log = logFile('mmdebstrap');
  const limits = { log, timeoutMs: BOOTSTRAP_LIMIT_MS };
  const { code, output } = await run('mmdebstrap', ['--variant=minbase', 'trixie', archive], limits);
  if (code === 0) return;
  const fix = 'Is a Debian mirror reachable from here?';
  throw new SetUpError('mmdebstrap could not make a Debian.', { output, log, fix });
}
