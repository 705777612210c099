#!/usr/bin/env bash
# Solves the bundled problem with whatever model is there.
#
#   deploy/demo.sh [PROGRAM]     PROGRAM is bin/aimo3 if not given
set -euo pipefail

readonly aimo3=${1:-bin/aimo3}
rc=0

cat docs/demo/problem.txt
echo
"$aimo3" solve --samples 4 --budget 3m -f docs/demo/problem.txt || rc=$?

# A tiny model may find no answer; that is a verdict too.
((rc <= 1)) || exit "$rc"
printf '\nEvery token was kept: %s history show last\n' "$aimo3"
