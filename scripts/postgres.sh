# shellcheck shell=bash
# A PostgreSQL cluster of our own, in a temporary folder, on a free port of this machine. Needs lib.sh.

PG_FOLDER=
PG_USER=()
PG_BIN=
# The database's address, once start_postgres succeeded.
PG_URL=

# find_postgres  finds the newest installed PostgreSQL, installing one where there is none.
find_postgres() {
    local folder
    for folder in "$(dirname -- "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")" /usr/lib/postgresql/*/bin; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/createdb" ]; then PG_BIN=$folder; fi
    done
    [ -n "$PG_BIN" ]
}

free_port() {
    # The kernel gives a free one; perl is part of every Debian.
    perl -MIO::Socket::INET -e \
        'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1", LocalPort => 0)->sockport'
}

# start_postgres [SETTING...]  starts the cluster and sets PG_URL; returns non-zero when that cannot be.
start_postgres() {
    local port settings=() setting
    if ! find_postgres; then
        apt_install postgresql || return 1
        find_postgres || return 1
    fi
    PG_FOLDER=$(mktemp -d /tmp/colloquy-postgres.XXXXXX)
    if [ "$(id -u)" -eq 0 ]; then
        # PostgreSQL refuses to run as root; its package made a user.
        local user=postgres
        id "$user" >/dev/null 2>&1 || user=nobody
        chown "$user" "$PG_FOLDER"
        PG_USER=(runuser -u "$user" --)
    fi
    for setting in "$@"; do settings+=(-c "$setting"); done
    for _ in 1 2 3; do
        port=$(free_port)
        rm -rf "${PG_FOLDER:?}/data"
        (
            cd "$PG_FOLDER" &&
                "${PG_USER[@]}" "$PG_BIN/initdb" -D "$PG_FOLDER/data" -U colloquy --auth=trust -E UTF8 \
                    --locale=C.UTF-8 --no-sync >"$PG_FOLDER.log" 2>&1 &&
                "${PG_USER[@]}" "$PG_BIN/pg_ctl" -D "$PG_FOLDER/data" -w -t 60 -l "$PG_FOLDER/log" \
                    -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$PG_FOLDER ${settings[*]}" \
                    start >>"$PG_FOLDER.log" 2>&1
        ) && break
        port=
    done
    if [ -z "$port" ]; then
        tail -n 5 "$PG_FOLDER.log" "$PG_FOLDER/log" >&2 2>/dev/null || true
        stop_postgres
        return 1
    fi
    (cd / && "${PG_USER[@]}" "$PG_BIN/createdb" -h 127.0.0.1 -p "$port" -U colloquy colloquy) || {
        stop_postgres
        return 1
    }
    PG_URL="postgres://colloquy@127.0.0.1:$port/colloquy"
}

# stop_postgres  stops it and takes the folder away. Harmless when nothing runs.
stop_postgres() {
    [ -n "$PG_FOLDER" ] || return 0
    (cd / && "${PG_USER[@]}" "$PG_BIN/pg_ctl" -D "$PG_FOLDER/data" -m immediate -w stop >/dev/null 2>&1) || true
    rm -rf "$PG_FOLDER" "$PG_FOLDER.log"
    PG_FOLDER=
}
