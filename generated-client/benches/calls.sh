#!/usr/bin/env bash
# How many instructions a call over loopback takes, with the client and by hand, counted by valgrind: unlike seconds, they
# are the same on a busy machine. Each is run twice, shorter and longer; the difference is what one call takes.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server"; fi; rm -r "$folder"' EXIT

program=$(cargo bench --quiet --package generated-client --bench calls --no-run --message-format json |
    grep -o '"executable":"[^"]*"' | tail -n 1 | cut -d '"' -f 4)

count() { # program, arguments
    valgrind --tool=callgrind --callgrind-out-file="$folder/out" "$@" > "$folder/text" 2>&1
    sed -n 's/^summary: *//p' "$folder/out" | head -n 1
}

per_run() { # shorter, longer, program, arguments
    local shorter=$1 longer=$2
    shift 2
    local few many
    few=$(count "$@" "$shorter")
    many=$(count "$@" "$longer")
    echo $(((many - few) / (longer - shorter)))
}

"$program" server > "$folder/url" &
server=$!
until [ -s "$folder/url" ]; do sleep 0.1; done
url=$(head -n 1 "$folder/url")
client=$(per_run 200 1200 "$program" client "$url")
hand=$(per_run 200 1200 "$program" by-hand "$url")
awk -v client="$client" -v hand="$hand" 'BEGIN { printf "client %d, by hand %d, ratio %.2f\n", client, hand, client / hand }'
