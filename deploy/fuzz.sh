#!/usr/bin/env bash
# Runs fuzz targets, two at a time.
#
#   deploy/fuzz.sh [TIME] [PACKAGE:TARGET...]
#
# TIME is for each target: 60s if not given. Without targets, all of the
# module are run.
set -euo pipefail

readonly time=${1:-60s}
shift || true

all() {
  local package target
  for package in $(go list ./...); do
    for target in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
      echo "$package:$target"
    done
  done
}

# cut_short says whether a run failed by no more than the end of its time, as
# it now and then does before Go 1.27: https://go.dev/issue/75804
cut_short() { # SAID
  [[ $1 == *$'\n    context deadline exceeded\nFAIL'* && $1 != *'Failing input'* && $1 != *panic* ]]
}

one() { # TIME PACKAGE:TARGET
  local said rc=0
  # Minimising an input that is merely interesting would take most of the time.
  said=$(go test -run '^$' -fuzz "^${2##*:}\$" -fuzztime "$1" -fuzzminimizetime 20x -parallel 1 "${2%:*}" 2>&1) || rc=$?
  if { ((rc == 0)) || cut_short "$said"; } && grep -q 'execs: [1-9]' <<<"$said"; then
    printf 'ok    %s  %s\n' "$2" "$(grep -o 'execs: [0-9]*' <<<"$said" | tail -1)"
  else
    printf 'FAIL  %s\n%s\n' "$2" "$(grep -v ' completed$\|/sec), new interesting' <<<"$said" || true)"
    return 1
  fi
}
export -f one cut_short

rc=0
{ if (($#)); then printf '%s\n' "$@"; else all; fi; } | xargs -P 2 -I{} bash -c 'one "$0" "$1"' "$time" {} || rc=$?
((rc == 0)) && echo 'fuzz: no target failed'
exit "$rc"
