#!/usr/bin/env bash
# The program of `../weight` with other clients: those that other generators write from the document of one release, and the
# crate kimai_client_lib. Prints the rows of a table: what the program weighs, and the seconds (CPU time in brackets) to check
# and to build only the crate of the client, and to build it with the program, the median of three runs. The first run
# installs and compiles everything.
#
#     generated-client/benches/peers/run.sh                     # all
#     generated-client/benches/peers/run.sh ours progenitor     # some
#     RUNS=1 generated-client/benches/peers/run.sh              # each only once
set -euo pipefail
shopt -s inherit_errexit
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
folder="$root/target/peers-clients"
generators="$root/target/peers-generators"
export CARGO_TARGET_DIR="$folder/target"
# As for a dependency: nothing is left over from the compilation before.
export CARGO_INCREMENTAL=0

if [ ! -d "$generators/out" ]; then
    RUNS=1 env -u CARGO_TARGET_DIR "$root/codegen/benches/generators/run.sh"
fi

median() {
    sort -n | awk '{ value[NR] = $1 } END { printf "%.1f", value[int((NR + 1) / 2)] }'
}

compiled() { # packages, command of cargo, its options
    local packages=() times="$folder/times"
    for package in $1; do
        packages+=(--package "$package")
    done
    local command=$2
    shift 2
    cargo "$command" --quiet "$@" "${packages[@]}"
    : > "$times"
    for ((run = 0; run < ${RUNS:-3}; run++)); do
        cargo clean --quiet "$@" "${packages[@]}"
        { TIMEFORMAT='%3R %3U %3S'; time cargo "$command" --quiet "$@" "${packages[@]}" 2> "$folder/log"; } 2>> "$times"
    done
    echo "$(cut -d ' ' -f 1 "$times" | median) ($(awk '{ print $2 + $3 }' "$times" | median))"
}

# Of the packages that the program needs, what the pattern finds.
needed() { # pattern of sed
    cargo tree --edges normal --prefix none --format '{p}' | sed -n "s/$1/\\1/p" | sort -u | paste -s -d ','
}

wanted="$*"
row() { # name, title, package of the client or -, source, dependencies, features
    if [ -n "$wanted" ] && [[ " $wanted " != *" $1 "* ]]; then
        return
    fi
    local program="$folder/programs/$1" features="${6:-}"
    mkdir -p "$program/src"
    cp "$4" "$program/src/main.rs"
    cat > "$program/Cargo.toml" <<END
[package]
name = "$1"
version = "0.1.0"
edition = "2024"

[workspace]

[profile.release]
strip = true

[features]
default = [$features]
ring = []

[dependencies]
tokio = { version = "1", features = ["macros", "rt"] }
$5
END
    # The versions of the workspace, so that all have the same.
    cp "$root/Cargo.lock" "$program/Cargo.lock"
    cd "$program"
    cargo build --quiet --release
    local packages bytes http tls check='' release='' both
    packages=$(grep -c '^name = ' Cargo.lock)
    bytes=$(stat -c %s "$CARGO_TARGET_DIR/release/$1")
    http=$(needed '^reqwest v\([0-9]*\.[0-9]*\).*')
    tls=$(needed '^\(aws-lc-rs\|ring\) v.*')
    if [ "$3" != - ]; then
        check=$(compiled "$3" check)
        release=$(compiled "$3" build --release)
    fi
    both=$(compiled "${3#-} $1" build --release)
    echo "| $2 | $tls, reqwest $http | $packages | $bytes | $check | $release | $both |"
}

version() { # crate
    cargo install --root "$generators" --list | sed -n "s/^$1 v\(.*\):$/\1/p"
}

# The file of openapi-to-rust is for a crate that exists.
crate="$folder/openapi-to-rust-kimai"
mkdir -p "$crate/src"
# Not copied again if it is the same, so that nothing is compiled again.
cp -u "$generators/out/openapi-to-rust/"{client,types}.rs "$crate/src"
cp -u "$generators/out/openapi-to-rust/mod.rs" "$crate/src/lib.rs"
printf '[package]\nname = "openapi-to-rust-kimai"\nversion = "0.1.0"\nedition = "2024"\n' |
    cat - "$generators/out/openapi-to-rust/REQUIRED_DEPS.toml" > "$crate/Cargo.toml"

# oas3-gen asks for the TLS of the system.
mkdir -p "$folder/oas3-gen-kimai/src"
cp -u "$generators/out/oas3-gen/src/"*.rs "$folder/oas3-gen-kimai/src"
sed 's/"native-tls", //; s/^name = .*/name = "oas3-gen-kimai"/' "$generators/out/oas3-gen/Cargo.toml" \
    > "$folder/oas3-gen-kimai/Cargo.toml"

# All that use reqwest 0.13 have these features of it, and `json` and `query` where the client needs them.
shared='default-features = false, features = ["rustls", "system-proxy"]'
by_hand='serde = { version = "1", features = ["derive"] }
jiff = { version = "1", default-features = false, features = ["std", "tzdb-zoneinfo", "tzdb-bundle-always"] }'

echo "| client | TLS, HTTP | packages | bytes | check | release build | with the program |"
echo "|---|---|---:|---:|---:|---:|---:|"
row ours 'ours' generated-client "$here/../weight/ours.rs" \
    "generated-client = { path = \"$root/generated-client\" }"
row by-hand 'by hand' - "$here/../weight/by_hand.rs" "$by_hand
reqwest = { version = \"0.13\", default-features = false, features = [\"rustls\", \"system-proxy\", \"json\", \"query\"] }"
row openapi-to-rust "openapi-to-rust $(version openapi-to-rust)" openapi-to-rust-kimai "$here/openapi_to_rust.rs" \
    "openapi-to-rust-kimai = { path = \"$crate\" }
reqwest = { version = \"0.13\", $shared }"
row oas3-gen "oas3-gen $(version oas3-gen)" oas3-gen-kimai "$here/oas3_gen.rs" \
    "oas3-gen-kimai = { path = \"$folder/oas3-gen-kimai\" }
reqwest = { version = \"0.13\", $shared }"
row progenitor "progenitor $(version cargo-progenitor)" progenitor-kimai "$here/progenitor.rs" \
    "progenitor-kimai = { path = \"$generators/out/progenitor\" }
reqwest = { version = \"0.13\", $shared }"
row openapi-generator 'openapi-generator 7.26.0' openapi "$here/openapi_generator.rs" \
    "openapi = { path = \"$generators/out/openapi-generator\", default-features = false }
reqwest = { version = \"0.13\", $shared }"
row ours-ring 'ours, ring' generated-client "$here/../weight/ours.rs" \
    "generated-client = { path = \"$root/generated-client\", default-features = false, features = [\"rustls-ring\", \"system-proxy\"] }"
row by-hand-ring 'by hand, ring' - "$here/../weight/by_hand.rs" "$by_hand
reqwest = { version = \"0.13\", default-features = false, features = [\"rustls-no-provider\", \"system-proxy\", \"json\", \"query\"] }
rustls = { version = \"0.23\", default-features = false, features = [\"ring\"] }" '"ring"'
# It is written for reqwest 0.12, whose `rustls` has the cryptography of ring.
row kimai-client-lib 'kimai_client_lib 1.0.0' kimai_client_lib "$here/kimai_client_lib.rs" \
    "kimai_client_lib = \"=1.0.0\"
reqwest = { version = \"0.12\", default-features = false, features = [\"rustls-tls-native-roots\", \"system-proxy\"] }"
