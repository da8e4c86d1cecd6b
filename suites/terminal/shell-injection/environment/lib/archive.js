// Packs files of the desk into an archive.
const { mkdir, stat } = require('node:fs/promises');
const path = require('node:path');
const { run } = require('./shell.js');
const { inside } = require('./paths.js');

async function archive(folders, { name, files }) {
  for (const file of files) inside(folders.files, file);
  await mkdir(folders.archives, { recursive: true });
  const target = path.join(folders.archives, `${name}.tar.gz`);
  await run(`tar -czf ${target} ${files.join(' ')}`, { cwd: folders.files });
  return { archive: `${name}.tar.gz`, bytes: (await stat(target)).size };
}

module.exports = { archive };
