//! The courses that are shipped: free of findings, and already in their normal form.
#![cfg(feature = "authoring")]
#![allow(clippy::unwrap_used)]

use domain::course::{Files, load};
use std::path::Path;

fn read(folder: &Path, root: &Path, files: &mut Files) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, root, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn every_shipped_course_is_clean_and_canonical() {
    let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses");
    let mut count = 0;
    for course in std::fs::read_dir(courses).unwrap() {
        let folder = course.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        count += 1;
        let mut files = Files::new();
        read(&folder, &folder, &mut files);
        let loaded = load(&files);
        let shown: String = loaded.diagnostics.iter().map(domain::diagnostic::Diagnostic::render).collect();
        assert_eq!(shown, "", "{}", folder.display());
        for (path, bytes) in files {
            let (now, then) = (String::from_utf8_lossy(&loaded.canonical[&path]), String::from_utf8_lossy(&bytes));
            assert!(now == then, "{path} is not in its normal form:\n{now}");
        }
        let package = loaded.package.unwrap();
        assert!(package.activities().count() > 0);
    }
    assert!(count > 0, "no course is shipped");
}
