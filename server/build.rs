//! Puts the browser's files into the binary: the style sheet, marks and fonts, and, where it was built, the
//! WebAssembly of the islands. Every file gets a name with the hash of its content, so that it can be cached for
//! ever, and is compressed here, once, instead of at every request.
//!
//! The result is `$OUT_DIR/assets.rs` with `pub static ASSETS: &[Asset]`; whoever includes it defines `Asset`:
//! `name` (logical, `main.css`), `path` (`/assets/main.<hash>.css`), `content_type`, `raw`, and `brotli` and `gzip`,
//! which are empty where compressing does not pay.

use std::{
    collections::BTreeSet,
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

/// A file of the browser, before it is written.
struct Found {
    name: String,
    bytes: Vec<u8>,
}

fn main() {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("..");
    let out = PathBuf::from(variable("OUT_DIR"));
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=boot.js");
    println!("cargo::rerun-if-changed=show.js");
    println!("cargo::rerun-if-env-changed=COLLOQUY_FRONT");
    println!("cargo::rerun-if-env-changed=COLLOQUY_NO_FRONT");

    let mut written = Assets::new(&out);
    let style = root.join("style");
    println!("cargo::rerun-if-changed={}", style.display());
    for found in marks(&style) {
        written.add(&found.name, &found.bytes);
    }
    let css = with_hashed_urls(&style_sheet(&style), &written.index);
    written.add("main.css", css.as_bytes());
    written.add("show.js", &read(Path::new("show.js")));

    if let Some(front) = front_folder(&root) {
        println!("cargo::rerun-if-changed={}", front.display());
        let js = front.join("colloquy.js");
        let wasm = front.join("colloquy_bg.wasm");
        if js.exists() && wasm.exists() {
            let js = written.add("colloquy.js", &read(&js));
            let wasm = written.add("colloquy_bg.wasm", &read(&wasm));
            let boot = String::from_utf8_lossy(&read(Path::new("boot.js")))
                .replace("__JS__", &format!("./{}", file_name(&js)))
                .replace("__WASM__", &format!("./{}", file_name(&wasm)));
            written.add("boot.js", boot.as_bytes());
        }
    }
    written.finish();
}

/// A variable that cargo always sets for a build script.
fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name} for a build script"))
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Where the built islands lie, or nothing when they are not wanted.
fn front_folder(root: &Path) -> Option<PathBuf> {
    if env::var_os("COLLOQUY_NO_FRONT").is_some_and(|value| !value.is_empty()) {
        return None;
    }
    let folder = env::var_os("COLLOQUY_FRONT").map_or_else(|| root.join("target/front/pkg"), PathBuf::from);
    // A watched path that does not exist would make cargo run this at every build.
    if fs::create_dir_all(&folder).is_err() {
        return None;
    }
    Some(folder)
}

/// Every file below a folder, as sorted relative paths with `/`.
fn files_below(folder: &Path) -> BTreeSet<String> {
    fn walk(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name);
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(folder, "", &mut found);
    found
}

/// Images and fonts beside the style sheets, named by their path below `style/`.
fn marks(style: &Path) -> Vec<Found> {
    files_below(style)
        .into_iter()
        .filter(|name| content_type(name).is_some() && !name.ends_with(".css"))
        .map(|name| Found { bytes: read(&style.join(&name)), name })
        .collect()
}

/// The style sheets, one after the other, in the order of `order.txt` (one path a line, `#` begins a comment).
fn style_sheet(style: &Path) -> String {
    let present: BTreeSet<String> = files_below(style).into_iter().filter(|name| name.ends_with(".css")).collect();
    let order: Vec<String> = match fs::read_to_string(style.join("order.txt")) {
        Ok(text) => text
            .lines()
            .map(|line| line.split('#').next().unwrap_or_default().trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
        Err(_) => present.iter().cloned().collect(),
    };
    for name in present.iter().filter(|name| !order.contains(name)) {
        println!("cargo::warning=style/{name} is not in style/order.txt, so no page gets it");
    }
    order.iter().map(|name| lighter(&String::from_utf8_lossy(&read(&style.join(name))))).collect()
}

/// CSS without comments and indentation. Text in quotes is left alone.
fn lighter(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css.chars().peekable();
    let mut quote = None;
    while let Some(c) = rest.next() {
        if let Some(open) = quote {
            out.push(c);
            if c == '\\' {
                out.extend(rest.next());
            } else if c == open {
                quote = None;
            }
        } else if c == '/' && rest.peek() == Some(&'*') {
            rest.next();
            let mut last = ' ';
            for c in rest.by_ref() {
                if last == '*' && c == '/' {
                    break;
                }
                last = c;
            }
        } else if c.is_whitespace() {
            let after_break = out.is_empty() || out.ends_with(['\n', ' ', '{', '}', ';', ',']);
            if c == '\n' && out.ends_with(' ') {
                out.pop();
                out.push('\n');
            } else if !after_break {
                out.push(if c == '\n' { '\n' } else { ' ' });
            }
        } else {
            if c == '"' || c == '\'' {
                quote = Some(c);
            }
            out.push(c);
        }
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// Replaces `url("icons/x.svg")` (with or without quotes) by the hashed path. Other addresses stay.
fn with_hashed_urls(css: &str, index: &[(String, String)]) -> String {
    let mut css = css.to_owned();
    for (name, path) in index {
        for quote in ["\"", "'", ""] {
            for prefix in ["", "./"] {
                css = css.replace(&format!("url({quote}{prefix}{name}{quote})"), &format!("url(\"{path}\")"));
            }
        }
    }
    css
}

fn content_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit('.').next()? {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}

/// The table as it grows, and the files it points to.
struct Assets<'a> {
    out: &'a Path,
    rows: String,
    /// Logical name and path of everything added so far.
    index: Vec<(String, String)>,
}

impl<'a> Assets<'a> {
    fn new(out: &'a Path) -> Self {
        Self { out, rows: String::new(), index: Vec::new() }
    }

    /// Adds one file and returns the path it is served at.
    fn add(&mut self, name: &str, bytes: &[u8]) -> String {
        let hash = hex::encode(&Sha256::digest(bytes)[..8]);
        let flat = name.replace('/', "-");
        let (stem, extension) = flat.rsplit_once('.').unwrap_or((&flat, "bin"));
        let file = format!("{stem}.{hash}.{extension}");
        let path = format!("/assets/{file}");
        self.write(&file, bytes);
        let brotli = self.smaller(&format!("{file}.br"), brotli(bytes), bytes);
        let gzip = self.smaller(&format!("{file}.gz"), gzip(bytes), bytes);
        let content_type = content_type(name).unwrap_or("application/octet-stream");
        self.rows.push_str(&format!(
            "    Asset {{ name: {name:?}, path: {path:?}, content_type: {content_type:?}, \
             raw: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}\")), brotli: {brotli}, gzip: {gzip} }},\n"
        ));
        self.index.push((name.to_owned(), path.clone()));
        path
    }

    /// Keeps a compressed form that saves something; an expression for its bytes.
    fn smaller(&self, file: &str, compressed: Vec<u8>, raw: &[u8]) -> String {
        if compressed.len() + 32 >= raw.len() {
            return "&[]".to_owned();
        }
        self.write(file, &compressed);
        format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}\"))")
    }

    fn write(&self, file: &str, bytes: &[u8]) {
        let path = self.out.join(file);
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    }

    fn finish(self) {
        let table = format!(
            "/// Everything a browser may fetch below `/assets/`, in no particular order.\n\
             pub static ASSETS: &[Asset] = &[\n{}];\n",
            self.rows
        );
        self.write("assets.rs", table.as_bytes());
    }
}

/// Best compression costs a second or two; a debug build can do without.
fn release() -> bool {
    env::var("PROFILE").is_ok_and(|profile| profile == "release")
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let quality = if release() { 11 } else { 5 };
    let mut writer = brotli::CompressorWriter::new(&mut out, 4096, quality, 22);
    writer.write_all(bytes).expect("memory takes every byte");
    drop(writer);
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let level = if release() { 9 } else { 4 };
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    writer.write_all(bytes).expect("memory takes every byte");
    writer.finish().expect("memory takes every byte")
}
