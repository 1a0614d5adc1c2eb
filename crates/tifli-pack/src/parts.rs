//! The files of a pack, as text: from the binary itself, or put together by a test or a tool.
//! Not for: their meaning (see `pack`).

use crate::PackError;
use std::collections::BTreeMap;

#[derive(rust_embed::RustEmbed)]
#[folder = "../../packs"]
struct Embedded;

/// The files of one pack by their path within it (`pack.toml`, `templates/ar.toml` …).
#[derive(Debug, Clone, Default)]
pub struct PackParts {
    files: BTreeMap<String, String>,
}

impl PackParts {
    /// Codes of the packs built into this binary, in order.
    pub fn codes() -> Vec<String> {
        let mut codes: Vec<String> = Embedded::iter()
            .filter_map(|path| path.strip_suffix("/pack.toml").map(str::to_owned))
            .collect();
        codes.sort();
        codes
    }

    /// The files of a pack built into this binary.
    pub fn embedded(code: &str) -> Result<Self, PackError> {
        if !Self::codes().iter().any(|known| known == code) {
            return Err(PackError::Unknown(code.to_owned()));
        }
        let mut parts = Self::default();
        for path in Embedded::iter() {
            let Some(within) = path.strip_prefix(code).and_then(|p| p.strip_prefix('/')) else {
                continue;
            };
            let file =
                Embedded::get(&path).ok_or_else(|| PackError::MissingFile(path.to_string()))?;
            let text = String::from_utf8(file.data.into_owned())
                .map_err(|_| PackError::rule(within, "the file is not UTF-8"))?;
            parts.files.insert(within.to_owned(), text);
        }
        Ok(parts)
    }

    /// Puts or replaces a file.
    pub fn insert(&mut self, path: &str, text: impl Into<String>) {
        self.files.insert(path.to_owned(), text.into());
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) -> Option<String> {
        self.files.remove(path)
    }

    /// The text of a file that must be there.
    pub fn get(&self, path: &str) -> Result<&str, PackError> {
        self.files
            .get(path)
            .map(String::as_str)
            .ok_or_else(|| PackError::MissingFile(path.to_owned()))
    }

    /// Reads a TOML file of the pack.
    pub(crate) fn toml<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T, PackError> {
        toml::from_str(self.get(path)?).map_err(|source| PackError::Toml {
            file: path.to_owned(),
            source: Box::new(source),
        })
    }
}
