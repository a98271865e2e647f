# shellcheck shell=bash
# The browser part: finds a toolchain that can compile to WebAssembly, builds, binds, shrinks. Needs lib.sh.

WASM_TARGET=wasm32-unknown-unknown
# One target folder per toolchain and profile family, so that the builds never throw each other's work away.
WASM_DIR="$ROOT/target/wasm"
# What to call, and with which environment; filled by find_wasm.
WASM_CARGO=(cargo)
WASM_ENV=()
# rustup | system | debian
WASM_FROM=

# find_wasm  succeeds when a toolchain with the target is ready, installing it where that is possible.
find_wasm() {
    [ "${COLLOQUY_NO_FRONT:-}" = "" ] || return 1
    local sysroot
    sysroot=$(rustc --print sysroot 2>/dev/null || true)
    if [ "${COLLOQUY_WASM:-}" != debian ]; then
        if [ -d "$sysroot/lib/rustlib/$WASM_TARGET/lib" ]; then
            WASM_FROM=system
            return 0
        fi
        if have rustup; then
            say "  asking rustup for $WASM_TARGET"
            if (cd "$ROOT" && timeout 180 rustup target add "$WASM_TARGET" >/dev/null 2>&1); then
                WASM_FROM=rustup
                return 0
            fi
        fi
    fi
    debian_wasm
}

# debian_wasm  uses Debian's compiler. It has no wasm32 standard library: that is built once from Debian's
# source package, into a folder of the user's own cache, and found by --sysroot.
debian_wasm() {
    local source=/usr/lib/rustlib/src/rust/library/Cargo.toml version cache
    if ! [ -x /usr/bin/rustc ] || ! [ -x /usr/bin/cargo ] || ! [ -e "$source" ] || ! [ -x /usr/bin/rust-lld ]; then
        say "  rustup cannot reach its server; taking Debian's compiler"
        apt_install rustc-web cargo-web rust-web-src rust-web-llvm lld-22 || return 1
    fi
    [ -e "$source" ] && [ -x /usr/bin/rust-lld ] || return 1
    version=$(/usr/bin/rustc --version | cut -d ' ' -f 2) || return 1
    cache="${XDG_CACHE_HOME:-$HOME/.cache}/colloquy/wasm-std-$version"
    if ! [ -e "$cache/ready" ]; then
        say "  building Rust's standard library for the browser (half a minute, once per machine)"
        build_std "$cache" || return 1
    fi
    WASM_FROM=debian
    WASM_DIR="$ROOT/target/wasm-debian"
    WASM_CARGO=(/usr/bin/cargo)
    WASM_ENV=(
        "RUSTC=/usr/bin/rustc"
        "PATH=/usr/bin:$PATH"
        # These take the place of the flags in .cargo/config.toml, so its switch is repeated.
        "CARGO_ENCODED_RUSTFLAGS=--sysroot"$'\x1f'"$cache"$'\x1f--cfg\x1ferase_components'"$(private_flags | while IFS= read -r flag; do printf '\x1f%s' "$flag"; done)"
    )
}

# build_std FOLDER  leaves FOLDER/lib/rustlib/wasm32-unknown-unknown/lib with std and what it stands on.
build_std() {
    local cache=$1 work lib
    work=$(mktemp -d) || return 1
    lib="$cache/lib/rustlib/$WASM_TARGET/lib"
    mkdir -p "$work/src" "$lib"
    : >"$work/src/lib.rs"
    printf '[package]\nname = "colloquy_empty"\nversion = "0.0.0"\nedition = "2021"\n' >"$work/Cargo.toml"
    if ! (
        cd "$work" && env PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
            /usr/bin/cargo build --quiet --release -Zbuild-std=std,panic_abort --target "$WASM_TARGET" \
            --target-dir "$work/target"
    ); then
        rm -rf "$work"
        return 1
    fi
    find "$work/target/$WASM_TARGET/release/deps" -name 'lib*.rlib' ! -name 'libcolloquy_empty*' \
        -exec cp {} "$lib/" \;
    rm -rf "$work"
    touch "$cache/ready"
}

# wasm_cargo ARGS...  cargo of the toolchain found.
wasm_cargo() {
    (cd "$ROOT" && env "${WASM_ENV[@]}" "${WASM_CARGO[@]}" "$@")
}

# private_flags  prints the compiler's options, one a line, that leave this machine's folders out of what everyone downloads.
private_flags() {
    # Of several that fit, the compiler takes the last.
    printf -- '--remap-path-prefix=%s\n' "$HOME=home" "${CARGO_HOME:-$HOME/.cargo}/registry/src=crates" "$ROOT=colloquy"
}

# build_wasm  compiles the islands, as small as they get.
build_wasm() {
    local flags
    flags=$(private_flags | sed 's/.*/"&"/' | paste -sd ,)
    # Added to the options of other configuration files; Debian's compiler has them in its environment.
    wasm_cargo build --config "build.rustflags=[$flags]" --locked -p app --lib --no-default-features --features hydrate \
        --profile front --target "$WASM_TARGET" --target-dir "$WASM_DIR"
}

# bind_wasm  makes target/front/pkg out of what build_wasm left, and prints the sizes.
bind_wasm() {
    (cd "$ROOT" && cargo run --quiet --locked -p xtask --no-default-features --features bindgen -- \
        front "$WASM_DIR/$WASM_TARGET/front/app.wasm") || return 1
    local folders=(-e "$ROOT/")
    # A user without a home of their own has the root folder there, which is part of every address.
    if [ "${#HOME}" -gt 1 ]; then folders+=(-e "$HOME/"); fi
    if grep -aqF "${folders[@]}" "$ROOT"/target/front/pkg/*.wasm; then
        say "  the browser part names folders of this machine"
        return 1
    fi
}
