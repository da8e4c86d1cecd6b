#!/bin/bash
# Runs the test files given as arguments, or all tests. Ids in the output: tests/test_x.py::test_y[parameter].
set -u
cd /app || exit 1
exec python3 -m pytest -v -rA --color=no --continue-on-collection-errors -p no:cacheprovider "$@"
