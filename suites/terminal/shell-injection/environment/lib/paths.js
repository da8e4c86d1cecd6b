// Where a file that the client names lies.
const path = require('node:path');

function inside(folder, name) {
  const full = path.join(folder, name);
  if (name.includes('/../')) throw Object.assign(new Error('outside of the desk'), { status: 400 });
  return full;
}

module.exports = { inside };
