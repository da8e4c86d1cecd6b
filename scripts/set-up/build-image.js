import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { docker, imageExists } from './docker.js';
import { stateFolder } from './paths.js';
import { run } from './run.js';

const RECIPE_LABEL = 'tacho.recipe';
/** Where Debian's and Red Hat's families keep the certificates that a company adds to the public ones. */
const EXTRA_CERTIFICATE_FOLDERS = ['/usr/local/share/ca-certificates', '/etc/pki/ca-trust/source/anchors'];

/**
 * A folder with a Dockerfile, of which `target` is the stage wanted, and the tag that the image gets.
 * @typedef {{ folder: string, tag: string, target?: string }} Recipe
 */

/**
 * Builds the image where it is missing or its recipe has changed; resolves to whether it did. The build finds the host's extra
 * certificates in ca/. The tag moves only once the new image is there.
 * @param {Recipe} recipe
 * @param {() => Promise<void>} beforeBuild is called only where there is something to build
 */
export async function buildImage({ folder, tag, target }, beforeBuild) {
  const certificates = extraCertificates();
  const hash = contentHash([...filesOf(folder), ...certificates]);
  if ((await labelOf(tag)) === hash) return false;
  await beforeBuild();
  const context = join(stateFolder, 'build');
  rmSync(context, { recursive: true, force: true });
  cpSync(folder, context, { recursive: true });
  mkdirSync(join(context, 'ca'));
  for (const file of certificates) cpSync(file, join(context, 'ca', basename(file).replace(/\.pem$/, '.crt')));
  const options = [...(target ? ['--target', target] : []), ...proxyOptions()];
  await docker(['build', '--tag', tag, '--label', `${RECIPE_LABEL}=${hash}`, ...options, context]);
  rmSync(context, { recursive: true });
  return true;
}

/**
 * A hash over names and contents, in the given order.
 * @param {readonly string[]} files
 */
export function contentHash(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(basename(file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

function extraCertificates() {
  return EXTRA_CERTIFICATE_FOLDERS.filter((folder) => existsSync(folder))
    .flatMap(filesOf)
    .filter((file) => /\.(crt|pem)$/.test(file));
}

/** @param {string} folder */
function filesOf(folder) {
  const paths = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  return paths.filter((path) => statSync(path).isFile()).sort();
}

/** Docker hands these to the build without keeping them in the image. */
function proxyOptions() {
  const names = Object.keys(process.env).filter((name) => /^(https?|no)_proxy$/i.test(name));
  return names.flatMap((name) => ['--build-arg', name]);
}

/** @param {string} reference */
async function labelOf(reference) {
  if (!(await imageExists(reference))) return undefined;
  const format = `{{index .Config.Labels "${RECIPE_LABEL}"}}`;
  return (await run('docker', ['image', 'inspect', '--format', format, reference])).output;
}
