//! The architecture as a check: who may depend on whom, and what the browser must never receive.

use crate::metadata;

/// Each package of the workspace, with those of the workspace it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("app", &["domain", "store"]),
    ("server", &["domain", "store", "app"]),
    ("xtask", &["domain"]),
];

/// Packages that only one part may use directly.
const ONLY: &[(&str, &str)] = &[("sqlx", "store"), ("argon2", "server"), ("axum", "server")];

/// Nothing whose name begins like this may reach the browser.
const NOT_IN_BROWSER: &[&str] = &[
    "sqlx",
    "libsqlite3",
    "tokio",
    "argon2",
    "axum",
    "hyper",
    "mio",
    "store",
    "server",
    "lettre",
    "ammonia",
    "pulldown-cmark",
    "fluent-bundle",
    "leptos_axum",
    "leptos_router",
    "jiff",
];

/// Names that begin like a forbidden one and are something else.
const HARMLESS: &[&str] = &["server_fn", "server_fn_macro", "server_fn_macro_default"];

/// Says that the layers hold, or names every chain that breaks them.
pub fn run() -> Result<String, String> {
    let mut problems = directions()?;
    let tree = metadata::cargo(&[
        "tree",
        "--locked",
        "-p",
        "app",
        "--target",
        "wasm32-unknown-unknown",
        "--no-default-features",
        "--features",
        "hydrate",
        "--edges",
        "normal",
        "--prefix",
        "depth",
        "--format",
        " {p}",
    ])?;
    let (in_browser, chains) = forbidden_chains(&tree);
    problems.extend(chains);
    if in_browser < 2 {
        return Err("cargo tree listed nothing for the browser part".to_owned());
    }
    if problems.is_empty() {
        Ok(format!("dependencies point one way; {in_browser} packages in the browser part, none of them the server's"))
    } else {
        Err(problems.join("\n"))
    }
}

/// Direct dependencies of the workspace's packages that DESIGN does not allow.
fn directions() -> Result<Vec<String>, String> {
    let metadata = metadata::read(&["--no-deps"])?;
    let mut problems = Vec::new();
    for package in metadata::packages(&metadata) {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, may_use)) = MAY_USE.iter().find(|(of, _)| *of == name) else {
            problems.push(format!("{name} is new in the workspace: say in xtask/src/layers.rs what it may use"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let Some(used) = dependency["name"].as_str() else { continue };
            // Tests of the server write what no function of the store would write: what somebody with SQL alone could.
            let for_tests = dependency["kind"].as_str() == Some("dev");
            let ours = MAY_USE.iter().any(|(of, _)| *of == used);
            if ours && !may_use.contains(&used) {
                problems.push(format!("{name} → {used}: dependencies point one way"));
            }
            if let Some((_, owner)) = ONLY.iter().find(|(of, owner)| *of == used && *owner != name && !for_tests) {
                problems.push(format!("{name} → {used}: only {owner} uses {used}"));
            }
        }
    }
    Ok(problems)
}

/// The number of packages in a `cargo tree` with depths, and the chain to each that the browser must not get.
fn forbidden_chains(tree: &str) -> (usize, Vec<String>) {
    let mut chain: Vec<&str> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut problems = Vec::new();
    for line in tree.lines() {
        let Some((depth, package)) = line.split_once(' ') else {
            continue;
        };
        let (Ok(depth), Some(name)) = (depth.parse::<usize>(), package.split_whitespace().next()) else {
            continue;
        };
        chain.truncate(depth);
        chain.push(name);
        let forbidden = NOT_IN_BROWSER.iter().any(|start| name.starts_with(start)) && !HARMLESS.contains(&name);
        if seen.insert(name) && forbidden {
            problems.push(format!("{}: not in the browser", chain.join(" → ")));
        }
    }
    (seen.len(), problems)
}

#[cfg(test)]
mod tests {
    use super::forbidden_chains;

    #[test]
    fn the_whole_chain_is_named() {
        let tree = "0 app v0.1.0 (/x)\n1 leptos v0.8\n2 server_fn v0.8\n1 domain v0.1\n2 sqlx-core v0.9\n";
        let (count, chains) = forbidden_chains(tree);
        assert_eq!(count, 5);
        assert_eq!(chains, ["app → domain → sqlx-core: not in the browser"]);
    }
}
