#!/usr/bin/env bash
# How long this generator and others take for the document of one release: the median of some runs of the whole command,
# and the lines of Rust it wrote. Prints the rows of a table. The first run installs the others from crates.io and
# PyPI, which takes many minutes; it requires Java and pip. `generated-client/benches/peers/run.sh` compiles what they wrote.
#
#     codegen/benches/generators/run.sh            # five runs of each
#     RUNS=1 codegen/benches/generators/run.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
folder="$root/target/peers-generators"
runs="${RUNS:-5}"
mkdir -p "$folder"

document="$root/specs/2.65.0.json"

cargo_peer() { # crate, version, program
    if [ ! -x "$folder/bin/$3" ]; then
        CARGO_TARGET_DIR="$folder/build" cargo install --quiet --locked --root "$folder" --version "$2" "$1"
    fi
}

cargo_peer cargo-progenitor ^0.15 cargo-progenitor
cargo_peer openapi-to-rust ^0.23 openapi-to-rust
cargo_peer oas3-gen ^0.29 oas3-gen
jar="$folder/python/openapi_generator_cli/openapi-generator.jar"
if [ ! -f "$jar" ]; then
    python3 -m pip install -qq --no-deps --target "$folder/python" openapi-generator-cli==7.26.0
fi
rm -rf "$folder/build"
cargo build --quiet --release --package xtask --no-default-features --features commands

version() { # crate
    cargo install --root "$folder" --list | sed -n "s/^$1 v\(.*\):$/\1/p"
}

median() {
    sort -n | awk '{ value[NR] = $1 } END { printf "%.0f ms", value[int((NR + 1) / 2)] * 1000 }'
}

row() { # name, title, command
    local out="$folder/out/$1" times="$folder/$1.times" title=$2
    shift 2
    : > "$times"
    for ((run = 0; run < runs; run++)); do
        rm -rf "$out"
        mkdir -p "$out"
        local code=0
        { TIMEFORMAT='%3R %3U %3S'; time "$@" > "$folder/log" 2>&1; } 2>> "$times" || code=$?
        if [ "$code" != 0 ]; then
            echo "| $title | failed with $code: $(grep -i -m 1 error "$folder/log") | | |"
            return
        fi
    done
    local wall cpu lines
    wall=$(cut -d ' ' -f 1 "$times" | median)
    cpu=$(awk '{ print $2 + $3 }' "$times" | median)
    lines=$(find "$out" -name '*.rs' -exec cat {} + | wc -l)
    echo "| $title | $wall | $cpu | $lines |"
}

echo "| generator | time | CPU time | lines of Rust |"
echo "|---|---:|---:|---:|"
row ours 'ours' \
    env CARGO_MANIFEST_DIR="$root/xtask" "$root/target/release/xtask" regenerate --spec 2.65.0 --out "$folder/out/ours"
row openapi-to-rust "openapi-to-rust $(version openapi-to-rust)" \
    "$folder/bin/openapi-to-rust" generate "$document" --output-dir "$folder/out/openapi-to-rust"
row oas3-gen "oas3-gen $(version oas3-gen)" \
    "$folder/bin/oas3-gen" generate client-mod --quiet --workspace -i "$document" -o "$folder/out/oas3-gen"
row progenitor "progenitor $(version cargo-progenitor)" \
    "$folder/bin/cargo-progenitor" progenitor -i "$document" -o "$folder/out/progenitor" -n progenitor-kimai -v 0.1.0
row openapi-generator 'openapi-generator 7.26.0' \
    java -jar "$jar" generate -g rust -i "$document" --skip-validate-spec -o "$folder/out/openapi-generator"
