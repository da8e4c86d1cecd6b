// Runs a command line and gives what it printed.
const { exec } = require('node:child_process');

function run(command, options = {}) {
  return new Promise((resolve, reject) => {
    exec(command, { maxBuffer: 16 * 1024 * 1024, ...options }, (error, stdout) => {
      // grep ends with 1 when it found nothing
      if (error && error.code !== 1) reject(error);
      else resolve(stdout);
    });
  });
}

module.exports = { run };
