//! The addresses that the sources of the console name, so that none is forgotten in the table.

use std::path::{Path, PathBuf};

/// Method and path of every route of the console but those of groups.
pub(super) fn routes() -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/console")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.extend(of_file(&path));
            }
        }
    }
    found.retain(|(_, path)| path != "/groups" && !path.starts_with("/groups/"));
    found
}

fn of_file(path: &PathBuf) -> Vec<(&'static str, String)> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut found = Vec::new();
    for call in text.split(".route(").skip(1) {
        let (path, rest) = call.split_once(',').unwrap();
        let path = path.trim();
        let path = match path.strip_prefix('"') {
            Some(path) => path.trim_end_matches('"').to_owned(),
            // The one address that has a name in the sources.
            None if path == "UPLOADS" => "/uploads".to_owned(),
            None => panic!("{path}: an address by a name; tell it here"),
        };
        let rest = rest.split(".route(").next().unwrap_or_default();
        let methods = rest.split_once("\n        .").map_or(rest, |(own, _)| own);
        for (word, method) in [("get(", "GET"), ("post(", "POST")] {
            if methods.contains(word) {
                found.push((method, path.clone()));
            }
        }
    }
    found
}

/// Whether an address is one of this route: every part is the same, or stands for a brace.
pub(super) fn fits(route: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let (route, path) = (route.split('/'), path.split('/'));
    let alike = |(own, asked): (&str, &str)| own == asked || own.starts_with('{');
    route.clone().count() == path.clone().count() && route.zip(path).all(alike)
}
