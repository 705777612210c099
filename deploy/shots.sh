#!/usr/bin/env bash
# Takes the screenshots of docs/images: every screen at two sizes, dark and
# light, on recorded reasoning of a large model, so that they come out the same
# anywhere. Needs tmux, librsvg2-bin and fonts-dejavu-core.
#
#   deploy/shots.sh [PROGRAM]     PROGRAM is bin/aimo3 if not given
set -euo pipefail
cd "$(dirname "$0")/.."

readonly aimo3=${1:-bin/aimo3}
readonly shared=${AIMO3_SHARED_DIR:-../shared}
if [[ ! -x $shared/tools/shoot ]]; then
  echo "make shots: $shared/tools/shoot is not there; pictures are taken with it" >&2
  exit 1
fi

work=$(mktemp -d)
readonly work
server=''
clean_up() {
  [[ -z $server ]] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
  rm -rf "$work"
}
trap clean_up EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# serve starts the recorded model at a rate of tokens a second.
serve() {
  (cd "$shared/tools/replay" && go build -o "$work/replay" .)
  OLLAMA_HOST=127.0.0.1:$(free_port)
  export OLLAMA_HOST
  "$work/replay" -data "$shared/data/traces/traces.jsonl.gz" -inline -rate "$1" -listen "$OLLAMA_HOST" >"$work/replay.log" 2>&1 &
  server=$!
  until curl -fs --max-time 2 -o /dev/null "http://$OLLAMA_HOST/api/version"; do
    kill -0 "$server" || { cat "$work/replay.log" >&2; exit 1; }
    sleep 0.1
  done
}

stop_serving() {
  kill "$server"
  wait "$server" 2>/dev/null || true
  server=''
}

# problem N is the statement of the Nth recorded problem.
problem() {
  python3 - "$shared/data/traces/problems.csv" "$1" <<'PYTHON'
import csv, sys
print(list(csv.DictReader(open(sys.argv[1], newline="")))[int(sys.argv[2])]["problem"])
PYTHON
}

# keep solves three problems, for the history to have something.
keep() {
  local n
  serve 0
  for n in 1 2 0; do
    problem "$n" >"$work/problem-$n.txt"
    "$aimo3" solve --samples 8 --num-ctx 131072 -f "$work/problem-$n.txt" >/dev/null || true
  done
  stop_serving
}

# shoot NAME KEYS... takes one screen at each size in each theme.
shoot() {
  local name=$1 size theme keys=()
  shift
  for key in "$@"; do keys+=(-k "$key"); done
  for size in 80x24 160x50; do
    for theme in dark:night light:paper; do
      local png=docs/images/$name-$size-${theme%%:*}.png
      cp -r "$work/kept" "$work/data" # each picture begins with the same history
      XDG_DATA_HOME=$work/data "$shared/tools/shoot" "$png" -s "$size" -w 0.7 "${keys[@]}" -- "$aimo3" --theme "${theme##*:}" --samples 8 --num-ctx 131072
      rm -rf "$work/data" "${png%.png}.ansi" "${png%.png}.txt"
    done
  done
}

mkdir -p docs/images
export XDG_DATA_HOME=$work/kept
keep
serve 200
statement=$(problem 0)
shoot ask "$statement"
shoot live "$statement" Enter sleep:6
shoot finished "$statement" Enter sleep:60
shoot history F4
shoot replay F4 r sleep:5
stop_serving
OLLAMA_HOST=127.0.0.1:$(free_port) shoot no-server
