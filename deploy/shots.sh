#!/usr/bin/env bash
# Takes the screenshots of docs/images: every screen at two sizes, dark and
# light, and those of the tour at one, on reasoning written for them (shots.py), so
# that they come out the same anywhere. Needs tmux, librsvg2-bin and fonts-dejavu-core.
#
#   deploy/shots.sh [PROGRAM [NAMES]]     PROGRAM is bin/aimo3 if not given; NAMES is a
#                                         pattern, such as 'tour-*', of those to take
set -euo pipefail
cd "$(dirname "$0")/.."

readonly aimo3=${1:-bin/aimo3} names=${2:-*}
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

# serve streams the written reasoning at a rate of tokens a second.
serve() {
  (cd "$shared/tools/replay" && go build -o "$work/replay" .)
  OLLAMA_HOST=127.0.0.1:$(free_port)
  export OLLAMA_HOST
  "$work/replay" -data "$work/reasoning.jsonl" -rate "$1" -listen "$OLLAMA_HOST" >"$work/replay.log" 2>&1 &
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

# keep solves the short problems, for the history to have something.
keep() {
  serve 0
  for statement in 'How many of the integers from 1 to 1000 are divisible by neither 2 nor 5?' \
    'Let $a_1,\dots,a_n$ be positive reals with $\sum_{k=1}^{n} a_k = n$. Find the least value of $$S=\sum_{k=1}^{n}\frac{a_k^2+1}{a_k+1}$$ for $n=42$.' \
    'Find the last two digits of 7^2026.' 'What is the sum of all positive divisors of 360?'; do
    "$aimo3" solve --samples 8 "$statement" >/dev/null || true
  done
  stop_serving
}

# draw makes the picture anew from the screen's text, since the tool knows dark
# terminals only: a light theme is for a light one.
draw() {
  local png=$1 theme=$2 size=$3 paper=()
  [[ $theme == dark:* ]] || paper=(-e 's/#11111b/#ffffff/g' -e 's/#cdd6f4/#24292f/g')
  python3 "$shared/tools/ansi2svg.py" "${size%x*}" "${size#*x}" <"${png%.png}.ansi" | sed "${paper[@]}" -e '' | rsvg-convert -o "$png"
}

sizes=(80x24 160x50)
themes=(dark:night light:paper)

# shoot NAME KEYS... takes one screen at each size in each theme.
shoot() {
  local name=$1 size theme keys=()
  shift
  # shellcheck disable=SC2053 # it is a pattern
  [[ $name == $names ]] || return 0
  for key in "$@"; do keys+=(-k "$key"); done
  for size in "${sizes[@]}"; do
    for theme in "${themes[@]}"; do
      local png=docs/images/$name-$size-${theme%%:*}.png
      cp -r "$work/kept" "$work/data" # each picture begins with the same history
      XDG_DATA_HOME=$work/data "$shared/tools/shoot" "$png" -s "$size" -w 0.7 "${keys[@]}" -- "$aimo3" --theme "${theme##*:}"
      draw "$png" "$theme" "$size"
      rm -rf "$work/data" "${png%.png}.ansi" "${png%.png}.txt"
    done
  done
}

# tour NAME KEYS... takes a screen of docs/tour.md.
tour() {
  local sizes=(100x30) themes=(dark:night)
  shoot "tour-$@"
}

mkdir -p docs/images
deploy/shots.py "$work/reasoning.jsonl"
lamps=$(cat docs/demo/olympiad.txt)
export XDG_DATA_HOME=$work/kept XDG_CONFIG_HOME=$work/config AIMO3_NO_CACHE=true
keep
serve 120
"$aimo3" solve --samples 8 "$lamps" >/dev/null
shoot ask "$lamps"
shoot live "$lamps" Enter sleep:6
shoot grid "$lamps" Enter sleep:2 g g g sleep:6
shoot finished "$lamps" Enter sleep:26
shoot history F4
shoot formulas F4 Down Down Down Enter sleep:2 t
shoot notebook F4 Enter sleep:2 t PageUp
shoot replay F4 r sleep:6
shoot times F4 Enter sleep:2 w
shoot health F5 r sleep:4
shoot metrics F6 + sleep:1
shoot log F7 sleep:1
PATH=$PWD/deploy/cards:$PATH shoot machine "$lamps" Enter F8 - sleep:50
tour ask "$lamps"
tour live "$lamps" Enter sleep:6
tour finished "$lamps" Enter sleep:26
tour palette C-p s o l
tour help F4 '?' c o p
tour history F4
tour search F4 / convex Enter
tour events F4 Enter sleep:2 l
tour compare F4 b Down b sleep:1
tour replay F4 r sleep:6
tour machine "$lamps" Enter F8 - sleep:20
tour health F5 r sleep:4
tour metrics F6 + sleep:1
tour log F7 sleep:1
tour models F10 sleep:1
tour settings F12 sleep:1
stop_serving
export OLLAMA_HOST
OLLAMA_HOST=127.0.0.1:$(free_port)
shoot no-server
mv "$work/kept" "$work/later" && mkdir "$work/kept"
tour first sleep:2
