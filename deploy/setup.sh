#!/usr/bin/env bash
# Brings up what aimo3 stands on: a model server or the program for one, and one
# model. What is already there is used and left alone.
#
#   deploy/setup.sh [PROGRAM]     PROGRAM is bin/aimo3 if not given
set -euo pipefail

readonly aimo3=${1:-bin/aimo3}
here=$(cd "$(dirname "$0")" && pwd)
readonly here
readonly bin_dir=${XDG_DATA_HOME:-$HOME/.local/share}/aimo3/bin

say() { printf 'aimo3: %s\n' "$*" >&2; }
interactive() { [[ -t 0 && -t 2 && -z ${CI:-} ]]; }
# Any HTTP status means that somebody is there.
answers() { curl -sS -o /dev/null --connect-timeout 3 --max-time 6 "$1" 2>/dev/null; }

ensure_server() {
  # A server that the user names is the user's to start.
  [[ -n ${OLLAMA_HOST:-} ]] && return
  answers http://127.0.0.1:11434/api/version && return
  command -v ollama >/dev/null || [[ -x $bin_dir/ollama ]] && return
  say 'no Ollama here yet'
  "$here/install-ollama.sh"
}

ensure_model() {
  local models
  if ! models=$("$aimo3" models list); then
    say 'the model server is not usable yet; the app says why'
    return
  fi
  [[ -z $models ]] || return 0
  say 'no model is installed yet'
  if [[ ${AIMO3_OFFLINE:-} != 1 ]] && interactive && answers https://registry.ollama.ai/; then
    "$aimo3" models pull && return
  fi
  "$here/import-small-model.sh" "$aimo3"
}

ensure_server
ensure_model
