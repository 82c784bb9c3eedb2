#!/usr/bin/env bash
# How many instructions the client and a program by hand take, counted by valgrind: unlike seconds, they are the same on a
# busy machine. Each is run twice, shorter and longer; the difference is what one repetition takes.
#
#     generated-client/benches/instructions.sh [request|decode|calls]
set -euo pipefail
cd "$(dirname "$0")/../.."

what="${1:-all}"
folder=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server"; fi; rm -r "$folder"' EXIT

built() { # bench
    cargo bench --quiet --package generated-client --bench "$1" --no-run --message-format json |
        grep -o '"executable":"[^"]*"' | tail -n 1 | cut -d '"' -f 4
}

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

compare() { # title, client, by hand
    awk -v title="$1" -v client="$2" -v hand="$3" \
        'BEGIN { printf "%-40s %12d %12d %6.2f\n", title, client, hand, client / hand }'
}

printf '%-40s %12s %12s %6s\n' '' client 'by hand' ratio
if [ "$what" = all ] || [ "$what" = request ]; then
    program=$(built request)
    compare 'build a request with 21 parameters' \
        "$(per_run 200 1200 "$program" client)" "$(per_run 200 1200 "$program" by-hand)"
fi
if [ "$what" = all ] || [ "$what" = decode ]; then
    program=$(built decode)
    compare 'decode 500 records' "$(per_run 2 12 "$program" client)" "$(per_run 2 12 "$program" by-hand)"
    compare 'decode 500 full records' \
        "$(per_run 2 12 "$program" full-client)" "$(per_run 2 12 "$program" full-by-hand)"
fi
if [ "$what" = all ] || [ "$what" = calls ]; then
    program=$(built calls)
    "$program" server > "$folder/url" &
    server=$!
    until [ -s "$folder/url" ]; do sleep 0.1; done
    url=$(head -n 1 "$folder/url")
    compare 'a call over loopback' \
        "$(per_run 200 1200 "$program" client "$url")" "$(per_run 200 1200 "$program" by-hand "$url")"
fi
