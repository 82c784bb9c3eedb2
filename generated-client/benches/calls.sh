#!/usr/bin/env bash
# What calls over loopback take, with the client and by hand: instructions of a call, and of a program that reads one
# record, counted by valgrind; time and peak memory of reading long lists, 500 records a page.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server"; fi; rm -r "$folder"' EXIT

program=$(cargo bench --quiet --package generated-client --bench calls --no-run --message-format json-render-diagnostics |
    grep -o '"executable":"[^"]*"' | tail -n 1 | cut -d '"' -f 4)

count() { # program, arguments
    valgrind --tool=callgrind --callgrind-out-file="$folder/out" "$@" > "$folder/text" 2>&1
    sed -n 's/^summary: *//p' "$folder/out" | head -n 1
}

start() { # records
    if [ -n "$server" ]; then kill "$server"; fi
    : > "$folder/url"
    "$program" server "$1" > "$folder/url" &
    server=$!
    until [ -s "$folder/url" ]; do
        kill -0 "$server"
        sleep 0.1
    done
    url=$(head -n 1 "$folder/url")
}

# Each is run twice, shorter and longer; the difference is what one call takes.
a_call() { # who
    local few many
    few=$(count "$program" "$1" calls "$url" 200)
    many=$(count "$program" "$1" calls "$url" 1200)
    echo $(((many - few) / 1000))
}

ratio() { # title, client, by hand
    awk -v title="$1" -v client="$2" -v hand="$3" \
        'BEGIN { printf "%-36s %12d %12d %6.2f\n", title, client, hand, client / hand }'
}

list() { # who
    /usr/bin/time -f '%M KiB' "$program" "$1" stream "$url" 2>&1 | paste -s -d ' '
}

printf '%-36s %12s %12s %6s\n' '' client 'by hand' ratio
start 1000
ratio 'instructions of a call' "$(a_call client)" "$(a_call by-hand)"
first() { # who
    count "$program" "$1" first "$url"
}
ratio 'instructions to the first record' "$(first client)" "$(first by-hand)"
for records in 10000 100000 1000000; do
    start "$records"
    echo "$records records: client $(list client), by hand $(list by-hand)"
done
