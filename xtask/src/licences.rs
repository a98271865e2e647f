//! Licences of all locked packages against deny.toml: by cargo-deny where it is installed, else by its licence rules
//! alone, which need nothing but cargo.

use std::{fs, process::Command};

use crate::{metadata, spdx};

/// Says how many packages were looked at, or lists those whose licence is not allowed.
pub fn run() -> Result<String, String> {
    let root = metadata::root();
    let installed = Command::new("cargo").args(["deny", "--version"]).output();
    if installed.is_ok_and(|output| output.status.success()) {
        // Advisories need a database from the net, which is not always there: they are for CI with a network.
        let status = Command::new("cargo")
            .args(["deny", "--all-features", "check", "licenses", "bans", "sources"])
            .current_dir(&root)
            .status()
            .map_err(|error| format!("cannot start cargo deny: {error}"))?;
        return if status.success() {
            Ok("cargo deny found nothing".to_owned())
        } else {
            Err("cargo deny found something".to_owned())
        };
    }

    let text = fs::read_to_string(root.join("deny.toml")).map_err(|error| format!("cannot read deny.toml: {error}"))?;
    let deny: toml::Table = toml::from_str(&text).map_err(|error| format!("deny.toml: {error}"))?;
    let licenses = deny.get("licenses").ok_or("deny.toml has no [licenses]")?;
    let general = names(licenses.get("allow"));
    let metadata = metadata::read(&["--all-features"])?;
    let mut looked_at = 0;
    let mut problems = Vec::new();
    for package in metadata::packages(&metadata) {
        if package["source"].is_null() {
            continue;
        }
        looked_at += 1;
        let name = package["name"].as_str().unwrap_or_default();
        let version = package["version"].as_str().unwrap_or_default();
        let own = exceptions(licenses, name);
        let Some(licence) = package["license"].as_str() else {
            problems.push(format!("  {name} {version}: names no licence"));
            continue;
        };
        let is_allowed = |licence: &str| general.iter().chain(&own).any(|allowed| allowed == licence);
        match spdx::allowed(licence, &is_allowed) {
            Ok(true) => {}
            Ok(false) => problems.push(format!("  {name} {version}: {licence}")),
            Err(problem) => problems.push(format!("  {name} {version}: {problem}")),
        }
    }
    if looked_at == 0 {
        return Err("cargo metadata listed no package".to_owned());
    }
    if problems.is_empty() {
        Ok(format!("licences of {looked_at} packages are allowed"))
    } else {
        problems.sort();
        Err(format!("licences that deny.toml does not allow:\n{}", problems.join("\n")))
    }
}

fn names(value: Option<&toml::Value>) -> Vec<String> {
    let list = value.and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// What deny.toml allows to one package alone.
fn exceptions(licenses: &toml::Value, package: &str) -> Vec<String> {
    let list = licenses.get("exceptions").and_then(toml::Value::as_array);
    list.into_iter()
        .flatten()
        .filter(|entry| {
            ["crate", "name"].iter().any(|key| entry.get(key).and_then(toml::Value::as_str) == Some(package))
        })
        .flat_map(|entry| names(entry.get("allow")))
        .collect()
}
