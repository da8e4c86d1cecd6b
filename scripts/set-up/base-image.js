import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { aptInstall, mayInstallPackages } from './apt.js';
import { logFile, root, stateFolder } from './paths.js';
import { run } from './run.js';
import { SetUpError } from './step.js';

/** The one image that the tasks of the built-in suites stand on. */
const BASE = 'tacho/base:trixie';
/** What that one stands on: Docker Hub's, or one made from Debian packages where no registry can be reached. */
const DEBIAN = 'tacho/debian:trixie';
const PUBLISHED_DEBIAN = 'debian:trixie-slim';
const RECIPE_LABEL = 'tacho.recipe';

const RECIPE_FOLDER = join(root, 'images', 'base');
/** Where Debian's and Red Hat's families keep the certificates that a company adds to the public ones. */
const EXTRA_CERTIFICATE_FOLDERS = ['/usr/local/share/ca-certificates', '/etc/pki/ca-trust/source/anchors'];
const REGISTRY_SILENCE_MS = 15_000;
const PULL_LIMIT_MS = 300_000;
const BUILD_LIMIT_MS = 900_000;

/**
 * Makes the base image where it is missing or its recipe has changed; the tag moves only once the new image is there.
 * @param {import('./step.js').Announce} announce
 */
export async function prepareBaseImage(announce) {
  const certificates = extraCertificates();
  const recipe = recipeHash([join(RECIPE_FOLDER, 'Dockerfile'), ...certificates]);
  if ((await labelOf(BASE)) === recipe) return { note: `${BASE} is there` };
  if (!(await imageExists(DEBIAN))) await getDebian(announce);
  announce(`building ${BASE}, about a minute`);
  await build(recipe, certificates);
  return { note: `${BASE} built` };
}

/**
 * A hash over names and contents, in the given order.
 * @param {readonly string[]} files
 */
export function recipeHash(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(basename(file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

function extraCertificates() {
  return EXTRA_CERTIFICATE_FOLDERS.filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.(crt|pem)$/.test(name))
      .sort()
      .map((name) => join(folder, name)),
  );
}

/** @param {string} reference */
async function imageExists(reference) {
  return (await run('docker', ['image', 'inspect', reference])).code === 0;
}

/** @param {string} reference */
async function labelOf(reference) {
  const format = `{{index .Config.Labels "${RECIPE_LABEL}"}}`;
  const { code, output } = await run('docker', ['image', 'inspect', '--format', format, reference]);
  return code === 0 ? output : undefined;
}

/** @param {import('./step.js').Announce} announce */
async function getDebian(announce) {
  announce(`pulling ${PUBLISHED_DEBIAN}`);
  const limits = { firstOutputMs: REGISTRY_SILENCE_MS, timeoutMs: PULL_LIMIT_MS, log: logFile('docker-pull') };
  const pulled = await run('docker', ['pull', PUBLISHED_DEBIAN], limits);
  if (pulled.code === 0) return docker(['tag', PUBLISHED_DEBIAN, DEBIAN], 'docker-tag');
  announce('no registry answers; making Debian from its packages with mmdebstrap');
  await bootstrapDebian(pulled.output);
}

/** @param {string} whyNoPull */
async function bootstrapDebian(whyNoPull) {
  if (!(await isThere('mmdebstrap'))) {
    if (!mayInstallPackages()) {
      const fix = `Make an image called ${DEBIAN} from Debian trixie by hand, or run set-up as root on Debian or Ubuntu.`;
      throw new SetUpError(`${PUBLISHED_DEBIAN} could not be pulled.`, { output: whyNoPull, fix });
    }
    const installed = await aptInstall(['mmdebstrap', 'debian-archive-keyring']);
    if (installed.code !== 0) throw new SetUpError('apt-get could not install mmdebstrap.', installed);
  }
  const archive = join(stateFolder, 'debian.tar');
  const log = logFile('mmdebstrap');
  const made = await run('mmdebstrap', ['--variant=minbase', 'trixie', archive], { log, timeoutMs: BUILD_LIMIT_MS });
  if (made.code !== 0) {
    const fix = 'Is a Debian mirror reachable from here?';
    throw new SetUpError('mmdebstrap could not make a Debian.', { output: made.output, log, fix });
  }
  await docker(['import', archive, DEBIAN], 'docker-import');
  rmSync(archive);
}

/** @param {string} command */
async function isThere(command) {
  return (await run(command, ['--version'])).code !== 127;
}

/**
 * @param {string} recipe
 * @param {readonly string[]} certificates
 */
async function build(recipe, certificates) {
  const context = join(stateFolder, 'base');
  rmSync(context, { recursive: true, force: true });
  cpSync(RECIPE_FOLDER, context, { recursive: true });
  const folder = join(context, 'ca');
  mkdirSync(folder);
  for (const file of certificates) cpSync(file, join(folder, basename(file).replace(/\.pem$/, '.crt')));
  const proxies = Object.keys(process.env).filter((name) => /^(https?|no)_proxy$/i.test(name));
  const options = proxies.flatMap((name) => ['--build-arg', name]);
  await docker(['build', '--tag', BASE, '--label', `${RECIPE_LABEL}=${recipe}`, ...options, context], 'docker-build');
  rmSync(context, { recursive: true });
}

/**
 * @param {readonly string[]} args
 * @param {string} logName
 */
async function docker(args, logName) {
  const log = logFile(logName);
  const { code, output } = await run('docker', args, { log, timeoutMs: BUILD_LIMIT_MS });
  if (code !== 0) throw new SetUpError(`docker ${args[0]} failed.`, { output, log });
}
