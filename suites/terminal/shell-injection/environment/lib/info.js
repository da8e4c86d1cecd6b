// Size, number of lines and checksum of a file.
const { run } = require('./shell.js');
const { inside } = require('./paths.js');

async function describe(folders, file) {
  const full = inside(folders.files, file);
  const [lines, bytes] = (await run(`wc -lc < ${full}`)).trim().split(/\s+/).map(Number);
  const sha256 = (await run(`sha256sum ${full}`)).split(' ')[0];
  return { file, bytes, lines, sha256 };
}

module.exports = { describe };
