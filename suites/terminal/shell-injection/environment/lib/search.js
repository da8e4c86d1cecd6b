// Lines that contain a text, in all files of the desk.
const { run } = require('./shell.js');

async function search(folders, text) {
  const found = await run(`grep -rn "${text}" . | sort | head -100`, { cwd: folders.files });
  return found
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [file, number, content] = line.split(':');
      return { file: file.slice(2), line: Number(number), text: content };
    });
}

module.exports = { search };
