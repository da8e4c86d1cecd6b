#!/bin/bash
# Runs the test files given as arguments, or all tests. TAP of Node 20 names no file, so each file runs by itself below a line
# "@@ file: PATH"; what tests print cannot look like that line, as TAP puts "# " in front of it.
# Ids: tests/x.test.js > describe > test.
set -u
cd /app || exit 1
if [ "$#" -eq 0 ]; then
  set -- tests/*.test.js
fi
status=0
for file in "$@"; do
  printf '@@ file: %s\n' "$file"
  node --test --test-reporter=tap "$file" || status=1
done
exit "$status"
