#!/usr/bin/env bash
# Prints the build tag that puts a Python into the program, where one is wanted
# and can be had, and fetches what it takes: SymPy, mpmath and NumPy from the
# Python package index, into the folder that the build embeds, and a Go module.
#
#   deploy/embed.sh       if this machine has no Python 3.9 or later with SymPy
#   EMBED=1 deploy/embed.sh     in any case; fails if it cannot be had
#   EMBED=0 deploy/embed.sh     never
set -euo pipefail
cd "$(dirname "$0")/.."

readonly pins=$PWD/engine/compute/python/embedded/wheels.sha256
readonly wheels=$PWD/engine/compute/python/embedded/wheels
readonly index=${PIP_INDEX_URL:-https://pypi.org/simple}
readonly module=github.com/kluctl/go-embed-python
work='' system=''
trap '[[ -z $work ]] || rm -rf "$work"' EXIT

say() { printf 'aimo3: %s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# usable_python looks as the program does: at every python3 on the PATH, and
# never at modules that lie where the user happens to be.
usable_python() {
  local python
  while read -r python; do
    (cd / && "$python" -E -c 'import sys
from importlib.metadata import version
sys.exit(sys.version_info < (3, 9) or not version("sympy"))') 2>/dev/null && return
  done < <(type -aP python3)
  return 1
}

# machine is what the names of the wheels with the code of a machine look like,
# for the system that is built for; wheels.go has it too.
machine() {
  case $(go env GOOS)/$(go env GOARCH) in
    linux/amd64) echo 'manylinux.*_x86_64' ;;
    linux/arm64) echo 'manylinux.*_aarch64' ;;
    darwin/amd64) echo 'macosx.*_x86_64' ;;
    darwin/arm64) echo 'macosx.*_arm64' ;;
    *) return 1 ;;
  esac
}

# pinned prints the pins of that system.
pinned() { grep -E -e "-($system|none-any)\.whl$" "$pins"; }

# sums checks the files here against the pins.
sums() {
  if have sha256sum; then pinned | sha256sum --quiet -c -; else pinned | shasum -a 256 --quiet -c -; fi >&2
}

# by_pip takes the last part of the file's name for the platform, which need not
# be this one.
by_pip() {
  python3 -m pip --version >/dev/null 2>&1 || return 1
  local platform=${3##*-}
  python3 -m pip download -q --no-deps --only-binary=:all: --python-version 3.14 --implementation cp --platform "${platform%%.*}" \
    -d . "$1==$2" >&2 && [[ -e $3 ]]
}

# by_index is for machines without pip.
by_index() {
  have curl || { say 'neither pip nor curl is here to fetch them with'; return 1; }
  local url
  url=$(curl -fsSL --connect-timeout 10 --max-time 60 -H 'Accept: application/vnd.pypi.simple.v1+json' "$index/$1/" |
    grep -o '"url": *"[^"]*/'"$2"'"' | cut -d '"' -f 4) || return 1
  curl -fsSL --connect-timeout 10 --max-time 600 -o "$2" "$url"
}

# fetch_wheels puts the pinned wheels into their folder, all or none.
fetch_wheels() {
  (cd "$wheels" 2>/dev/null && sums 2>/dev/null) && return
  say 'fetching SymPy, mpmath and NumPy (23 MB) to build them in, once'
  work=$(mktemp -d) || return 1
  local file name version
  while read -r _ file; do
    IFS=- read -r name version _ <<<"$file"
    (cd "$work" && { by_pip "$name" "$version" "$file" || by_index "$name" "$file"; }) || return 1
  done < <(pinned)
  (cd "$work" && sums) || { say "what was fetched is not what $pins names"; return 1; }
  rm -rf "$wheels" && mkdir -p "$wheels" && pinned | while read -r _ file; do mv "$work/$file" "$wheels" || return 1; done
}

fetch_module() {
  [[ -n $(go list -m -f '{{.Dir}}' "$module" 2>/dev/null) ]] && return
  say 'fetching CPython (109 MB, as a Go module) to build it in, once'
  go mod download "$module" >&2
}

supported() {
  system=$(machine) || { say "there is no Python to build in for $(go env GOOS)/$(go env GOARCH)"; return 1; }
}

case ${EMBED:-auto} in
  0) exit 0 ;;
  1) ;;
  *)
    if usable_python; then exit 0; fi
    say 'this machine has no Python 3.9 or later with SymPy: building one in (EMBED=0 leaves it out)'
    ;;
esac
if supported && fetch_wheels && fetch_module; then
  echo embedpy
elif [[ ${EMBED:-auto} == 1 ]]; then
  say 'the Python to build in cannot be had'
  exit 1
else
  say 'it cannot be had: building without; code runs in what Python there is, or not at all'
fi
