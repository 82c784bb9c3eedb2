#!/usr/bin/env bash
# How much a program that creates and lists time records weighs: packages in its lock file, and bytes of its stripped
# release binary. `ours.rs` uses this client, `by_hand.rs` reqwest, serde and jiff.
#
#     generated-client/benches/weight/run.sh                  # default features
#     generated-client/benches/weight/run.sh ring             # the cryptography of ring
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)

case "${1:-default}" in
default)
    ours='generated-client = { path = "'$root'/generated-client" }'
    reqwest='["rustls", "system-proxy", "json", "query"]'
    features='ring = []'
    extra=''
    ;;
ring)
    ours='generated-client = { path = "'$root'/generated-client", default-features = false, features = ["rustls-ring", "system-proxy"] }'
    reqwest='["rustls-no-provider", "system-proxy", "json", "query"]'
    features='default = ["ring"]
ring = []'
    extra='rustls = { version = "0.23", default-features = false, features = ["ring"] }'
    ;;
*)
    echo "usage: run.sh [default|ring]" >&2
    exit 2
    ;;
esac

program() { # name, source, dependencies
    local folder="$root/target/weight/$1"
    mkdir -p "$folder/src"
    cp "$here/$2" "$folder/src/main.rs"
    cat > "$folder/Cargo.toml" <<END
[package]
name = "$1"
version = "0.1.0"
edition = "2024"

[workspace]

[profile.release]
strip = true

[features]
$features

[dependencies]
tokio = { version = "1", features = ["macros", "rt"] }
$3
END
    # The versions of the workspace, so that both have the same.
    cp "$root/Cargo.lock" "$folder/Cargo.lock"
    (cd "$folder" && CARGO_TARGET_DIR="$root/target/weight/target" cargo build --quiet --release)
    local bytes
    bytes=$(stat -c %s "$root/target/weight/target/release/$1")
    echo "$1: $(grep -c '^name = ' "$folder/Cargo.lock") packages, $bytes bytes"
}

program ours ours.rs "$ours"
program by-hand by_hand.rs "reqwest = { version = \"0.13\", default-features = false, features = $reqwest }
serde = { version = \"1\", features = [\"derive\"] }
jiff = { version = \"1\", default-features = false, features = [\"std\", \"tzdb-zoneinfo\", \"tzdb-bundle-always\"] }
$extra"
