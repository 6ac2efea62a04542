//! The tracked files of the workspace as text.

use std::io;
use std::path::Path;
use std::process::Command;

/// One file.
#[derive(Clone, Debug)]
pub struct File {
    /// Path from the root, with `/`.
    pub path: String,
    /// Its content. Files that are not UTF-8 text are left out of the tree.
    pub text: String,
}

impl File {
    /// A Rust source.
    pub fn is_rust(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|end| end == "rs")
    }

    /// The workspace crate it belongs to (`xtask`, or the folder's name under `crates/`).
    pub fn krate(&self) -> &str {
        let path = self.path.strip_prefix("crates/").unwrap_or(&self.path);
        path.split('/').next().unwrap_or_default()
    }

    /// A file of integration tests.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/")
    }

    /// A source that is compiled into the crate itself (and not into a tool that lies below it).
    pub fn is_source(&self) -> bool {
        let below = self.path.split_once(&format!("{}/", self.krate()));
        self.is_rust() && below.is_some_and(|(_, below)| below.starts_with("src/"))
    }

    /// Numbered lines of the part before the inline tests.
    pub fn product_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        numbered(&self.text).take_while(|(_, line)| *line != "#[cfg(test)]")
    }

    /// The part before the inline tests.
    pub fn product_text(&self) -> &str {
        let end = self.text.find("\n#[cfg(test)]\n").unwrap_or(self.text.len());
        self.text.get(..end).unwrap_or_default()
    }
}

/// Lines with their numbers from 1.
pub(super) fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line))
}

/// All files.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// In the order of their paths.
    pub files: Vec<File>,
}

impl Tree {
    /// A tree of the given paths and texts.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let own = |&(path, text): &(&str, &str)| File { path: path.into(), text: text.into() };
        Self { files: files.iter().map(own).collect() }
    }

    /// Reads what git tracks or would track below `root`; without git, every file outside
    /// `target`.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut paths = match tracked(root) {
            Some(paths) => paths,
            None => walked(root)?,
        };
        paths.sort();
        paths.dedup();
        let read = |path: String| {
            let text = std::fs::read_to_string(root.join(&path)).ok()?;
            Some(File { path, text })
        };
        Ok(Self { files: paths.into_iter().filter_map(read).collect() })
    }

    /// The Rust sources.
    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.is_rust())
    }
}

fn tracked(root: &Path) -> Option<Vec<String>> {
    let args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(args).current_dir(root).output().ok()?;
    if !output.status.success() {
        return None;
    }
    let listed = String::from_utf8(output.stdout).ok()?;
    Some(listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

fn walked(root: &Path) -> io::Result<Vec<String>> {
    let mut paths = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if entry.file_type()?.is_dir() {
                if name != "target" && name != ".git" && name != "node_modules" {
                    folders.push(entry.path());
                }
            } else if let Ok(path) = entry.path().strip_prefix(root) {
                paths.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    Ok(paths)
}
