//! The files of the repository, read once for all rules. What others made or what is built stays out.

use std::fs;
use std::path::Path;

use super::source;
use crate::run::Failure;

/// Folders that hold nothing of ours, by name or by path from the root.
const NOT_OURS: &[&str] = &[
    ".git",
    "target",
    "node_modules",
    "demo-data",
    "crates/tifli-web/assets/vendor",
    "crates/tifli-paper/fonts",
];

/// One file.
#[derive(Debug)]
pub struct File {
    /// From the root of the repository, with `/`.
    pub path: String,
    /// In octets.
    pub size: u64,
    /// Empty when it is not UTF-8.
    pub text: String,
    /// For Rust: the text with comments and the contents of strings blanked, line for line; else empty.
    pub code: String,
    /// Whether its parent declares it under `#[cfg(test)]`.
    declared_for_tests: bool,
}

/// All files.
#[derive(Debug, Default)]
pub struct Tree {
    /// In the order of their paths.
    pub files: Vec<File>,
}

impl File {
    fn new(path: String, size: u64, text: String) -> Self {
        let code = if path.ends_with(".rs") {
            source::blank(&text)
        } else {
            String::new()
        };
        Self {
            path,
            size,
            text,
            code,
            declared_for_tests: false,
        }
    }

    /// What comes after the last dot.
    pub fn extension(&self) -> &str {
        self.path
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }

    /// The crate it belongs to, if it stands under `crates/`.
    pub fn find_crate(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }

    /// Whether the whole file is for tests, examples or benchmarks.
    pub fn is_for_tests(&self) -> bool {
        const FOLDERS: [&str; 5] = ["tests", "stories", "testing", "examples", "benches"];
        let mut parts: Vec<&str> = self.path.split('/').collect();
        let name = parts.pop().unwrap_or_default();
        let stem = name.strip_suffix(".rs").unwrap_or(name);
        let by_name = stem == "tests" || stem == "testing" || stem.ends_with("_tests");
        self.declared_for_tests || by_name || parts.iter().any(|part| FOLDERS.contains(part))
    }
}

impl Tree {
    /// Reads the repository under `root`.
    ///
    /// # Errors
    /// When a folder or a file cannot be read.
    pub fn read(root: &Path) -> Result<Self, Failure> {
        let mut tree = Self::default();
        tree.add_folder(root, "")?;
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        tree.mark_test_modules();
        Ok(tree)
    }

    /// A tree of these paths and texts.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| {
            File::new((*path).to_owned(), text.len() as u64, (*text).to_owned())
        };
        let mut tree = Self {
            files: files.iter().map(file).collect(),
        };
        tree.mark_test_modules();
        tree
    }

    /// The file at this path.
    pub fn find(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The Rust files.
    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.extension() == "rs")
    }

    /// Marks the files of modules that a parent declares under `#[cfg(test)]`, and what lies below them.
    fn mark_test_modules(&mut self) {
        let places: Vec<String> = self.rust().flat_map(test_module_places).collect();
        for file in &mut self.files {
            let is_at = |place: &String| {
                file.path
                    .strip_prefix(place.as_str())
                    .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
            };
            file.declared_for_tests = places.iter().any(is_at);
        }
    }

    fn add_folder(&mut self, folder: &Path, prefix: &str) -> Result<(), Failure> {
        for entry in fs::read_dir(folder).map_err(|error| Failure::at(folder, &error))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if prefix.is_empty() {
                name.clone()
            } else {
                format!("{prefix}/{name}")
            };
            if NOT_OURS.contains(&name.as_str()) || NOT_OURS.contains(&path.as_str()) {
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                self.add_folder(&entry.path(), &path)?;
            } else if kind.is_file() {
                let bytes =
                    fs::read(entry.path()).map_err(|error| Failure::at(&entry.path(), &error))?;
                let size = bytes.len() as u64;
                self.files.push(File::new(
                    path,
                    size,
                    String::from_utf8(bytes).unwrap_or_default(),
                ));
            }
        }
        Ok(())
    }
}

/// The places (paths without `.rs`) of the modules that a file declares for tests only.
fn test_module_places(file: &File) -> Vec<String> {
    let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
    let folder = match name {
        "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
        _ => file.path.trim_end_matches(".rs").to_owned(),
    };
    let lines: Vec<&str> = file.code.lines().collect();
    let tests = source::test_lines(&file.code);
    let declared = tests.iter().filter_map(|(_, last)| {
        let words: Vec<&str> = lines.get(last - 1)?.split_whitespace().collect();
        let at = words.iter().position(|word| *word == "mod")?;
        words.get(at + 1)?.strip_suffix(';')
    });
    declared
        .map(|module| format!("{folder}/{module}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_for_tests_is_known_by_its_place_or_name() {
        let is_for_tests = |path: &str| File::new(path.to_owned(), 0, String::new()).is_for_tests();
        assert!(is_for_tests("crates/a/tests/x/main.rs"));
        assert!(is_for_tests("crates/a/src/stories/x.rs"));
        assert!(is_for_tests("crates/a/src/http/private_address_tests.rs"));
        assert!(is_for_tests("crates/a/src/testing.rs"));
        assert!(!is_for_tests("crates/a/src/latest.rs"));
    }

    #[test]
    fn a_module_declared_for_tests_is_for_tests() {
        let tree = Tree::of(&[
            (
                "crates/a/src/tip.rs",
                "#[cfg(test)]\nmod markers;\nmod other;\n",
            ),
            ("crates/a/src/tip/markers.rs", ""),
            ("crates/a/src/tip/markers/more.rs", ""),
            ("crates/a/src/tip/other.rs", ""),
        ]);
        let marked: Vec<bool> = tree.files.iter().map(File::is_for_tests).collect();
        assert_eq!(marked, [false, true, true, false]);
    }
}
