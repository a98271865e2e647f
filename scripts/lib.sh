# shellcheck shell=bash
# Shared by run, test and bench: messages, and packages this machine lacks.

# The folder of the checkout, whatever the caller's working folder was.
ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

# say TEXT...  tells the person what happens now.
say() { printf '%s\n' "$*"; }

# fail TEXT...  says what is wrong on stderr and ends the script.
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# as_root COMMAND...  runs a command as root: directly, or with sudo.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif have sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo "$@"
    else
        return 1
    fi
}

APT_FRESH=no

# apt_install PACKAGE...  returns non-zero when it cannot; the caller knows whether that matters.
apt_install() {
    have apt-get || return 1
    if [ "$APT_FRESH" = no ]; then
        as_root apt-get update -qq >/dev/null 2>&1 || true
        APT_FRESH=yes
    fi
    say "  installing $*"
    # PostgreSQL's package would start a cluster of its own; nobody here needs it.
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

# need COMMAND PACKAGE...  makes sure that a command exists, or stops with a clear message.
need() {
    local command=$1
    shift
    have "$command" && return 0
    apt_install "$@" && have "$command" && return 0
    fail "This needs the command '$command'. Please install it (on Debian: apt-get install $*) and start again."
}

# want COMMAND PACKAGE...  the same, but going on without it is possible: returns non-zero.
want() {
    local command=$1
    shift
    have "$command" && return 0
    apt_install "$@" && have "$command"
}

# need_rust  cargo itself comes from rustup; a C compiler is needed for SQLite.
need_rust() {
    if ! have cargo && [ -x "$HOME/.cargo/bin/cargo" ]; then
        PATH="$HOME/.cargo/bin:$PATH"
    fi
    have cargo || fail "This needs Rust. Please install the stable toolchain from https://rustup.rs and start again."
    need cc gcc libc6-dev
}

# elapsed SECONDS  prints "12 s" or "3 min 05 s".
elapsed() {
    if [ "$1" -lt 60 ]; then
        printf '%d s' "$1"
    else
        printf '%d min %02d s' $(($1 / 60)) $(($1 % 60))
    fi
}
