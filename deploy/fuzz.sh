#!/usr/bin/env bash
# Runs every fuzz target of the module, one after the other.
#
#   deploy/fuzz.sh [TIME]     TIME is for each target: 60s if not given
set -euo pipefail

readonly time=${1:-60s}
passed=0 failed=0

for package in $(go list ./...); do
  for target in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
    echo "== $package $target"
    if go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$package"; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
    fi
  done
done

echo "fuzz: $passed passed, $failed failed"
((failed == 0 && passed > 0))
