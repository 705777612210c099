#!/usr/bin/env bash
# Gives this machine an `ollama` program, by the first of these ways that works:
# Homebrew, Ollama's own installer (Linux), or a build from its Go module.
#
#   deploy/install-ollama.sh            whichever works
#   deploy/install-ollama.sh --source   the build only
#
# The build goes to $XDG_DATA_HOME/aimo3/bin, touches nothing of the system but
# Debian's header packages when they are neither installed nor fetchable
# without root, and needs Go and a C++ compiler. AIMO3_OFFLINE=1 skips
# Homebrew and the installer.
set -euo pipefail

readonly version=0.17.4
readonly malgo=github.com/gen2brain/malgo@v0.11.24 # holds miniaudio.h, which Ollama's module archive lacks
readonly bin_dir=${AIMO3_BIN:-${XDG_DATA_HOME:-$HOME/.local/share}/aimo3/bin}
# A fixed place: the compiler's cache knows the build by its -I flags.
readonly headers=${XDG_CACHE_HOME:-$HOME/.cache}/aimo3/ollama-headers

say() { printf 'aimo3: %s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }
interactive() { [[ -t 0 && -t 2 && -z ${CI:-} ]]; }
reachable() { curl -fsSI --connect-timeout 3 --max-time 6 -o /dev/null "$1" 2>/dev/null; }
as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }
can_be_root() { ((EUID == 0)) || { have sudo && sudo -n true 2>/dev/null; }; }

# agrees asks a person; with nobody to ask, the answer is yes.
agrees() {
  interactive || return 0
  local reply
  read -r -p "aimo3: $1 [Y/n] " reply
  [[ -z $reply || $reply == [yY]* ]]
}

by_homebrew() {
  have brew && reachable https://formulae.brew.sh || return 1
  agrees 'install Ollama with Homebrew?' || return 1
  say 'installing Ollama with Homebrew'
  brew install ollama
}

by_installer() {
  [[ $(uname -s) == Linux ]] && have curl && reachable https://ollama.com/install.sh || return 1
  if ! interactive && ! can_be_root; then return 1; fi
  agrees 'run the installer of ollama.com? It downloads about 2 GB and needs root.' || return 1
  say 'running the installer of ollama.com (about 2 GB)'
  local script
  script=$(mktemp)
  # A whole file first: half a script must never run.
  curl -fsSL --connect-timeout 5 --max-time 60 -o "$script" https://ollama.com/install.sh && sh "$script"
  local rc=$?
  rm -f "$script"
  return "$rc"
}

# debian_header FILE PACKAGE makes <FILE> includable: from the system, or from
# the package unpacked beside our own headers, or from the package installed.
debian_header() {
  [[ -e /usr/include/$1 || -e $headers/usr/include/$1 ]] && return
  if ! have apt-get; then
    say "the header $1 is missing; install it (Debian: $2; Fedora: json-devel, stb-devel) and try again"
    return 1
  fi
  say "fetching the header $1 (Debian package $2)"
  unpack_package "$2" && return
  can_be_root || { say "cannot fetch $2; run: sudo apt-get install $2"; return 1; }
  as_root apt-get update -q >/dev/null
  unpack_package "$2" || as_root apt-get install -y -q "$2" >/dev/null
}

unpack_package() {
  (cd "$headers" && apt-get download -q "$1" >/dev/null 2>&1 && dpkg -x "$1"_*.deb . && rm -f "$1"_*.deb)
}

fetch_headers() {
  mkdir -p "$headers/miniaudio"
  debian_header nlohmann/json.hpp nlohmann-json3-dev
  debian_header stb/stb_image.h libstb-dev
  if [[ ! -e $headers/miniaudio/miniaudio.h ]]; then
    local module
    module=$(cd "$headers" && GOWORK=off go mod download -json "$malgo" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",$/\1/p')
    install -m 644 "$module/miniaudio.h" "$headers/miniaudio/"
  fi
}

# machine_flags names the x86-64 level that Ollama's kernels need to be fast,
# if this processor and compiler both know it.
machine_flags() {
  local flag
  [[ $(uname -sm) == 'Linux x86_64' ]] || return 0
  for flag in avx2 fma bmi2 f16c movbe abm; do
    grep -qm1 "^flags.*\b$flag\b" /proc/cpuinfo || return 0
  done
  if "${CC:-cc}" -march=x86-64-v3 -E -x c /dev/null >/dev/null 2>&1; then echo -march=x86-64-v3; fi
}

by_source() {
  have go || { say 'Go is missing; get it from https://go.dev/dl'; return 1; }
  have "${CXX:-c++}" || { say 'a C++ compiler is missing (Debian: g++; macOS: xcode-select --install)'; return 1; }
  fetch_headers
  local flags started=$SECONDS
  flags="-O3 $(machine_flags) '-I$headers' '-I$headers/usr/include'"
  say "building Ollama $version from its Go module; about 4 minutes on 2 cores, once"
  mkdir -p "$bin_dir"
  local log=$headers/build.log # the compilers warn a lot
  if ! CGO_ENABLED=1 CGO_CFLAGS=$flags CGO_CXXFLAGS=$flags GOBIN=$bin_dir GOFLAGS=-trimpath GOWORK=off \
    go install -ldflags "-X=github.com/ollama/ollama/version.Version=$version" "github.com/ollama/ollama@v$version" \
    >"$log" 2>&1; then
    tail -40 "$log" >&2
    say "the build failed; all of its output is in $log"
    return 1
  fi
  say "built $bin_dir/ollama in $((SECONDS - started)) s"
}

if [[ ${1:-} == --source || ${AIMO3_OFFLINE:-} == 1 ]]; then
  by_source
else
  by_homebrew || by_installer || by_source
fi
