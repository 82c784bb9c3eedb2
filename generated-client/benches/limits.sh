#!/usr/bin/env bash
# What the client costs, as a ratio to reqwest, serde and jiff by hand, with a limit for each: bytes of a program without
# TLS, and the instructions and allocations of building a request and of decoding 500 records. Ratios hardly depend on the
# machine and the compiler. It exits with 1 if a limit is exceeded. Without valgrind, only bytes are compared.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
folder="$root/target/limits"

copy() { # program, file
    mkdir -p "$folder/src/bin/$1"
    cp "$2" "$folder/src/bin/$1/main.rs"
}
copy ours weight/ours.rs
copy by-hand weight/by_hand.rs
copy request request.rs
copy decode decode.rs
cp -r by_hand "$folder/src/bin/decode/"
# The versions of the workspace, so that both have the same.
cp "$root/Cargo.lock" "$folder/Cargo.lock"
cat > "$folder/Cargo.toml" <<END
[package]
name = "limits"
version = "0.1.0"
edition = "2024"

[workspace]

[profile.release]
strip = true

[features]
ring = []

[dependencies]
generated-client = { path = "$root/generated-client", default-features = false }
jiff = { version = "1", default-features = false, features = ["std", "tzdb-zoneinfo", "tzdb-bundle-always"] }
reqwest = { version = "0.13", default-features = false, features = ["json", "query"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt"] }
END
(cd "$folder" && CARGO_TARGET_DIR="$folder/target" cargo build --quiet --release)
programs="$folder/target/release"

exceeded=0
compare() { # title, client, by hand, limit
    awk -v title="$1" -v client="$2" -v hand="$3" -v limit="$4" 'BEGIN {
        printf "%-42s %12d %12d %6.2f %6.2f\n", title, client, hand, client / hand, limit
        exit client / hand > limit
    }' || exceeded=1
}

# Each program runs twice, shorter and longer; the difference is what one repetition takes.
few=2
many=12

count() { # instructions or allocations, program, what it does, how often
    local said
    if [ "$1" = instructions ]; then
        said=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$programs/$2" "$3" "$4" 2>&1)
        sed -n 's/.*Collected : *//p' <<< "$said"
    else
        said=$(valgrind "$programs/$2" "$3" "$4" 2>&1)
        sed -n 's/.*total heap usage: \([0-9,]*\) allocs.*/\1/p' <<< "$said" | tr -d ,
    fi
}

each() { # instructions or allocations, program, what it does
    local short long
    short=$(count "$@" "$few")
    long=$(count "$@" "$many")
    echo $(((long - short) / (many - few)))
}

both() { # title, program, client, by hand, limit of instructions, limit of allocations
    local client hand
    client=$(each instructions "$2" "$3")
    hand=$(each instructions "$2" "$4")
    compare "$1: instructions" "$client" "$hand" "$5"
    client=$(each allocations "$2" "$3")
    hand=$(each allocations "$2" "$4")
    compare "$1: allocations" "$client" "$hand" "$6"
}

printf '%-42s %12s %12s %6s %6s\n' '' client 'by hand' ratio limit
compare 'bytes of a program without TLS' "$(wc -c < "$programs/ours")" "$(wc -c < "$programs/by-hand")" 1.04
if command -v valgrind > /dev/null; then
    both 'build a request' request client by-hand 1.08 0.60
    both 'decode 500 records' decode client by-hand 0.86 0.82
    both 'decode 500 full records' decode full-client full-by-hand 0.96 0.92
else
    echo 'Instructions and allocations are not counted: valgrind is not installed.'
fi
if [ "$exceeded" = 1 ]; then
    echo 'A limit is exceeded: find what got more expensive, or raise the limit here and say why in the commit.' >&2
    exit 1
fi
