#!/bin/bash
# Runs the tests whose names are given as arguments, in all packages, or all tests. Ids: import/path.TestName/subtest.
# Only the top level of a name selects: a pattern such as ^(A|B/c)$ would never match B/c.
set -u
cd /app || exit 1
if [ "$#" -eq 0 ]; then
  exec go test -json -count=1 ./...
fi
names=("${@%%/*}")
pattern=$(IFS='|' && printf '%s' "${names[*]}")
exec go test -json -count=1 -run "^(${pattern})\$" ./...
