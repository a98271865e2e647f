//! What cargo says about the workspace.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The top folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Runs cargo in the top folder; its standard output, or what it complained about.
pub fn cargo(arguments: &[&str]) -> Result<String, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(root())
        .output()
        .map_err(|error| format!("cannot start cargo: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("cargo {} failed:\n{said}", arguments.join(" ")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// `cargo metadata`, with or without the packages of the registry.
pub fn read(arguments: &[&str]) -> Result<serde_json::Value, String> {
    let mut all = vec!["metadata", "--format-version", "1", "--locked"];
    all.extend(arguments);
    serde_json::from_str(&cargo(&all)?).map_err(|error| format!("cargo metadata is not JSON: {error}"))
}

/// The packages of a `cargo metadata` answer.
pub fn packages(metadata: &serde_json::Value) -> &[serde_json::Value] {
    metadata["packages"].as_array().map_or(&[], Vec::as_slice)
}
