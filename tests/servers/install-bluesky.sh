#!/usr/bin/env bash
# install-bluesky.sh [DIR]: a Bluesky PDS and a DID:PLC directory from the configured npm registry.
# DIR defaults to $TEST_SERVERS_DIR/bluesky (/var/tmp/test-servers/bluesky). Does nothing when DIR
# already works. Needs node >= 18.7, npm, g++, make, python3 and node's headers under
# ${NODE_DIR:-/usr}/include/node: better-sqlite3 is compiled here, which takes about a minute.
set -euo pipefail

pds_version=0.4.217 # 0.5 wants node >= 22
plc_version=0.0.1
dir=${1:-${TEST_SERVERS_DIR:-/var/tmp/test-servers}/bluesky}

works() {
    node -e '
        const [dir, pds] = process.argv.slice(1)
        const { createRequire } = require("node:module")
        const near = (part) => createRequire(`${dir}/${part}/x.js`)
        near("pds")("better-sqlite3")(":memory:").close()
        near("plc").resolve("@did-plc/server")
        const found = require(`${dir}/pds/node_modules/@atproto/pds/package.json`).version
        if (found !== pds) throw new Error(`version ${found}`)
    ' "$dir" "$pds_version" 2>/dev/null
}

install_part() { # NAME PACKAGE VERSION
    mkdir -p "$dir/$1"
    printf '{"private": true, "dependencies": {"%s": "%s"}}\n' "$2" "$3" >"$dir/$1/package.json"
    # No install scripts: only better-sqlite3 needs one, and its prebuilt file comes from elsewhere.
    (cd "$dir/$1" && npm install --no-audit --no-fund --ignore-scripts --loglevel=error)
}

mkdir -p "$dir"
exec 9>"$dir/.lock"
flock 9 # two test runs on one machine
if works; then
    echo "Bluesky test server: already in $dir"
    exit 0
fi
install_part pds @atproto/pds "$pds_version"
(cd "$dir/pds" && npm rebuild better-sqlite3 --foreground-scripts --build-from-source \
    --nodedir="${NODE_DIR:-/usr}" >"$dir/build.log" 2>&1) || { tail -20 "$dir/build.log" >&2; exit 1; }
install_part plc @did-plc/server "$plc_version"
works || { echo "Bluesky test server: installed in $dir but does not load" >&2; exit 1; }
echo "Bluesky test server: installed in $dir"
