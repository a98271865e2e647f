# shellcheck shell=bash
# The released program, built the way it is deployed. Needs lib.sh and front.sh.

# build_release STEPS  installs what is missing and builds the browser part and the server, saying how far it is.
build_release() {
    local steps=$1 begun=$SECONDS
    say "1 of $steps  looking for what the build needs"
    need_rust

    say "2 of $steps  looking for a compiler to WebAssembly"
    if find_wasm; then
        say "        using the one of: $WASM_FROM"
        if [ -e "$WASM_DIR/$WASM_TARGET/front/app.wasm" ]; then
            say "3 of $steps  browser part"
        else
            say "3 of $steps  browser part, several minutes the first time"
        fi
        want_wasm_opt
        if build_wasm && bind_wasm; then
            unset COLLOQUY_NO_FRONT
        else
            without_islands "The browser part could not be built (the reason is above)."
        fi
    else
        without_islands "No compiler to WebAssembly could be had: rustup did not reach its server, and Debian's was not there."
        say "3 of $steps  browser part: left out"
    fi

    if [ -e "$ROOT/target/release/colloquy" ]; then
        say "4 of $steps  server"
    else
        say "4 of $steps  server, the longest step: many minutes the first time"
    fi
    (cd "$ROOT" && cargo build --locked --release -p server --bin colloquy)
    say "        ready after $(elapsed $((SECONDS - begun)))"
}

# without_islands WHY  the same product, rendered on the server alone.
without_islands() {
    say "  $1"
    say "  Going on without islands: every page works, only without the small comforts that need WebAssembly."
    export COLLOQUY_NO_FRONT=1
}

# want_wasm_opt  a smaller download for browsers where npm is there anyway. Never needed.
want_wasm_opt() {
    [ -e "$ROOT/end2end/node_modules/.bin/wasm-opt" ] && return 0
    have npm || return 0
    say "  installing wasm-opt from npm, to make the browser part smaller"
    npm_install || say "  wasm-opt could not be had; the browser part stays a little larger"
}

# npm_install  the packages of end2end/, exactly as locked.
npm_install() {
    (cd "$ROOT/end2end" && npm ci --no-audit --no-fund --loglevel=error >/dev/null)
}
