//! Why a pack is refused at load. Meant for the operator who edits a pack, not for the public.

/// A pack that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// No pack of this code is built in.
    #[error("there is no country pack `{0}`")]
    Unknown(String),
    /// A file that the pack needs is not there.
    #[error("the pack lacks the file {0}")]
    MissingFile(String),
    /// A file is not valid TOML, or holds an unknown or lacks a needed key.
    #[error("{file}: {source}")]
    Toml {
        /// The file within the pack.
        file: String,
        /// What the reader says.
        source: Box<toml::de::Error>,
    },
    /// A layer of the gazetteer is not valid CSV or holds an unknown column.
    #[error("{file}: {source}")]
    Csv {
        /// The file within the pack.
        file: String,
        /// What the reader says.
        source: csv::Error,
    },
    /// The outline is no usable GeoJSON.
    #[error("outline.geojson: {0}")]
    Outline(#[from] tifli_geo::OutlineError),
    /// The map of regions is no GeoJSON object.
    #[error("regions.geojson: {0}")]
    Regions(#[from] serde_json::Error),
    /// The file reads well, but a rule of packs is broken.
    #[error("{at}: {problem}")]
    Rule {
        /// The file or key.
        at: String,
        /// The rule, as a sentence.
        problem: String,
    },
}

impl PackError {
    /// A broken rule at `at`.
    pub(crate) fn rule(at: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Rule {
            at: at.into(),
            problem: problem.into(),
        }
    }
}
