#!/usr/bin/env node
// Plain JavaScript for Node >= 20: starts the program with a Node that can run it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findNode24, node24Missing, runPassingSignals } from './node24.js';

// A checkout runs its sources, so that it never runs a stale build; a package holds the build only.
const source = new URL('../src/cli/main.ts', import.meta.url);
const main = existsSync(source) ? source : new URL('../dist/cli/main.js', import.meta.url);

const node = findNode24();
if (node === undefined) {
  console.error(node24Missing);
  process.exitCode = 2;
} else if (node === process.execPath) {
  // No second process: a signal, `kill -9` too, hits the program itself.
  await import(main.href);
} else {
  process.exitCode = await runPassingSignals(node, [fileURLToPath(main), ...process.argv.slice(2)]);
}
