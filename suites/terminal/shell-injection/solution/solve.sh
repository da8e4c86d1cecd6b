#!/bin/bash
# No shell and no grep any more; tar gets its names through a list on its standard input.
set -e
cd /app
rm lib/shell.js
cat > lib/failure.js <<'JS'
// An error that the client is told, with its status.
module.exports.failure = (status, message) => Object.assign(new Error(message), { status });
JS
cat > lib/paths.js <<'JS'
// Where a file that the client names lies.
const { stat } = require('node:fs/promises');
const path = require('node:path');
const { failure } = require('./failure.js');

/** The path below the folder, without detours: 400 when the name is none or leads out, 404 when there is no such file. */
async function inside(folder, name) {
  if (typeof name !== 'string' || name === '' || name.includes('\0')) throw failure(400, 'a file name is missing');
  const relative = path.normalize(name);
  if (path.isAbsolute(name) || relative === '..' || relative.startsWith('../')) throw failure(400, 'outside of the desk');
  const found = await stat(path.join(folder, relative)).catch(() => undefined);
  if (!found?.isFile()) throw failure(404, 'no such file');
  return relative;
}

module.exports = { inside };
JS
cat > lib/search.js <<'JS'
// Lines that contain a text, in all files of the desk.
const { readdir, readFile } = require('node:fs/promises');
const path = require('node:path');
const { failure } = require('./failure.js');

const MOST_HITS = 100;
const byCodePoints = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

async function search(folders, text) {
  if (!text || text.includes('\n')) throw failure(400, 'a text of one line is missing');
  const entries = await readdir(folders.files, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folders.files, path.join(entry.parentPath ?? entry.path, entry.name)));
  const hits = [];
  for (const file of files.sort(byCodePoints)) {
    const lines = (await readFile(path.join(folders.files, file), 'utf8')).split('\n');
    lines.forEach((line, at) => {
      if (line.includes(text)) hits.push({ file, line: at + 1, text: line });
    });
    if (hits.length >= MOST_HITS) break;
  }
  return hits.slice(0, MOST_HITS);
}

module.exports = { search };
JS
cat > lib/info.js <<'JS'
// Size, number of lines and checksum of a file.
const { createHash } = require('node:crypto');
const { readFile } = require('node:fs/promises');
const path = require('node:path');
const { inside } = require('./paths.js');

async function describe(folders, file) {
  const content = await readFile(path.join(folders.files, await inside(folders.files, file)));
  const lines = content.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 0);
  return { file, bytes: content.length, lines, sha256: createHash('sha256').update(content).digest('hex') };
}

module.exports = { describe };
JS
cat > lib/archive.js <<'JS'
// Packs files of the desk into an archive.
const { spawn } = require('node:child_process');
const { mkdir, stat } = require('node:fs/promises');
const path = require('node:path');
const { failure } = require('./failure.js');
const { inside } = require('./paths.js');

/** Every name stands behind `./`, so none can be an option, in a list that is separated by NUL bytes. */
function pack(target, folder, names) {
  return new Promise((resolve, reject) => {
    const options = ['-czf', target, '-C', folder, '--null', '--verbatim-files-from', '-T', '-'];
    const tar = spawn('tar', options, { stdio: ['pipe', 'ignore', 'inherit'] });
    tar.on('error', reject);
    tar.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`tar ended with ${code}`))));
    tar.stdin.on('error', reject);
    tar.stdin.end(names.map((name) => `./${name}\0`).join(''));
  });
}

async function archive(folders, order) {
  const { name, files } = order ?? {};
  if (typeof name !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) throw failure(400, 'not a name for an archive');
  if (!Array.isArray(files) || files.length === 0) throw failure(400, 'a list of files is missing');
  const names = [];
  for (const file of files) names.push(await inside(folders.files, file));
  await mkdir(folders.archives, { recursive: true });
  const target = path.join(folders.archives, `${name}.tar.gz`);
  await pack(target, folders.files, names);
  return { archive: `${name}.tar.gz`, bytes: (await stat(target)).size };
}

module.exports = { archive };
JS
python3 - <<'PY'
from pathlib import Path

path = Path("/app/server.js")
source = path.read_text()
source = source.replace("JSON.parse(await body(request))", "parse(await body(request))")
source = source.replace("async function answer", '''function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw failure(400, 'the body is not JSON');
  }
}

async function answer''')
source = source.replace("const { archive } =", "const { failure } = require('./lib/failure.js');\nconst { archive } =")
path.write_text(source)
PY
