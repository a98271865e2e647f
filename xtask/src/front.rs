//! The browser part: a module and a WebAssembly file out of what the compiler left.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use wasm_bindgen_cli_support::Bindgen;

use crate::metadata;

/// All the script and WebAssembly that a page with an island may cost, compressed with brotli.
const BUDGET: usize = 150_000;

/// Fills `target/front/pkg` from a built file and says how large the result is. Does nothing when it is up to date,
/// so that the server is not built again either.
pub fn run(wasm: &Path) -> Result<String, String> {
    let folder = metadata::root().join("target/front");
    let pkg = folder.join("pkg");
    let stamp_file = folder.join("stamp");
    let (optimiser, minifier) = (tool("wasm-opt"), tool("esbuild"));
    let stamp = stamp(wasm, [optimiser.as_deref(), minifier.as_deref()])?;
    let js_file = pkg.join("colloquy.js");
    let wasm_file = pkg.join("colloquy_bg.wasm");
    let fresh = fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp);
    if !(fresh && js_file.exists() && wasm_file.exists()) {
        // Worked out beside the real folder: a build that looks there must never see half of it.
        let new = folder.join("new");
        fs::remove_dir_all(&new).ok();
        bind(wasm, &new)?;
        if let Some(optimiser) = &optimiser {
            optimise(optimiser, &new.join("colloquy_bg.wasm"))?;
        }
        if let Some(minifier) = &minifier {
            minify(minifier, &new.join("colloquy.js"))?;
        }
        make_folder(&pkg)?;
        for file in [&js_file, &wasm_file] {
            let name = file.file_name().unwrap_or_default();
            fs::rename(new.join(name), file).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
        }
        fs::remove_dir_all(&new).ok();
        fs::write(&stamp_file, stamp).map_err(|error| format!("cannot write {}: {error}", stamp_file.display()))?;
    }
    let said_file = folder.join("sizes");
    if fresh && let Ok(said) = fs::read_to_string(&said_file) {
        return Ok(said);
    }
    let said = sizes(&js_file, &wasm_file, optimiser.is_some() && minifier.is_some())?;
    fs::write(&said_file, &said).map_err(|error| format!("cannot write {}: {error}", said_file.display()))?;
    Ok(said)
}

fn make_folder(path: &Path) -> Result<(), String> {
    fs::create_dir_all(path).map_err(|error| format!("cannot make {}: {error}", path.display()))
}

/// What the result depends on: the input and what shrinks it.
fn stamp(wasm: &Path, tools: [Option<&Path>; 2]) -> Result<String, String> {
    let about = |path: &Path| {
        let data = fs::metadata(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        Ok::<_, String>(format!("{} {} {:?}", path.display(), data.len(), data.modified().ok()))
    };
    let tools = tools.into_iter().map(|tool| tool.map(about).transpose()).collect::<Result<Vec<_>, _>>()?;
    Ok(format!("{}\n{tools:?}\n", about(wasm)?))
}

fn bind(wasm: &Path, into: &Path) -> Result<(), String> {
    Bindgen::new()
        .input_path(wasm)
        .web(true)
        .map_err(|error| format!("wasm-bindgen: {error:#}"))?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name("colloquy")
        .generate(into)
        .map_err(|error| format!("wasm-bindgen: {error:#}"))
}

/// What makes the result smaller, where it is installed. Debian's are too old for what today's compiler writes, so npm's
/// come first.
fn tool(name: &str) -> Option<PathBuf> {
    let local = metadata::root().join("end2end/node_modules/.bin").join(name);
    let on_path = std::env::var_os("PATH")
        .into_iter()
        .flat_map(|path| std::env::split_paths(&path).map(|folder| folder.join(name)).collect::<Vec<_>>());
    std::iter::once(local).chain(on_path).find(|path| path.exists())
}

/// Shrinks in place. A `wasm-opt` that cannot read the file leaves it as it is: smaller is better, not needed.
fn optimise(optimiser: &Path, wasm: &Path) -> Result<(), String> {
    let small = wasm.with_extension("small");
    let output = Command::new(optimiser)
        .args([
            // The stack lies first, so nothing is kept at the lowest addresses.
            "--low-memory-unused",
            // What can reach what, then laid flat and rolled up again; all of it twice, which is 1% smaller than once.
            "--gufa",
            "--flatten",
            "--rereloop",
            "-Oz",
            "-Oz",
            "--gufa",
            "--flatten",
            "--rereloop",
            "-Oz",
            "-Oz",
            // What the compiler uses and every browser of the last years can read. With all features on, the optimiser
            // writes encodings that no browser reads yet.
            "--enable-bulk-memory",
            "--enable-bulk-memory-opt",
            "--enable-call-indirect-overlong",
            "--enable-multivalue",
            "--enable-mutable-globals",
            "--enable-nontrapping-float-to-int",
            "--enable-reference-types",
            "--enable-sign-ext",
            "--strip-debug",
            "--strip-producers",
            "-o",
        ])
        .args([&small, &wasm.to_path_buf()])
        .output();
    match output {
        Ok(output) if output.status.success() => {
            fs::rename(&small, wasm).map_err(|error| format!("cannot write {}: {error}", wasm.display()))
        }
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            eprintln!("  wasm-opt could not shrink it: {}", said.lines().next().unwrap_or("no reason given"));
            Ok(())
        }
        Err(error) => {
            eprintln!("  wasm-opt did not start: {error}");
            Ok(())
        }
    }
}

/// Shortens the script in place. One that cannot be read stays as it is.
fn minify(minifier: &Path, js: &Path) -> Result<(), String> {
    let small = js.with_extension("small.js");
    let output = Command::new(minifier)
        .args(["--minify", "--format=esm", "--log-level=error"])
        .arg(js)
        .arg(format!("--outfile={}", small.display()))
        .output();
    match output {
        Ok(output) if output.status.success() => {
            fs::rename(&small, js).map_err(|error| format!("cannot write {}: {error}", js.display()))
        }
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            eprintln!("  esbuild could not shorten it: {}", said.lines().next().unwrap_or("no reason given"));
            Ok(())
        }
        Err(error) => {
            eprintln!("  esbuild did not start: {error}");
            Ok(())
        }
    }
}

fn sizes(js: &Path, wasm: &Path, shrunk: bool) -> Result<String, String> {
    let mut said = String::from("  browser part             raw    brotli\n");
    let mut all = 0;
    for file in [js, wasm] {
        let bytes = fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        let small = brotli_size(&bytes);
        all += small;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        said.push_str(&format!("  {name:<18} {:>9} {small:>9}\n", bytes.len()));
    }
    let verdict = if all <= BUDGET { "within" } else { "ABOVE" };
    let how = if shrunk { "" } else { " (without wasm-opt and esbuild)" };
    said.push_str(&format!("  together {all:>29}, {verdict} the budget of {BUDGET}{how}"));
    Ok(said)
}

fn brotli_size(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    // Writing to memory cannot fail; were it to, the size would be 0 and plainly wrong.
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &settings).unwrap_or(0)
}
