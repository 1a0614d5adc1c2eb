//! Why a photo was refused: one closed list of codes, the same on the pipe, in logs and on the page.
//! Not for sentences to a parent; those are translated where they are shown.

use serde::{Deserialize, Serialize};

/// A format that was recognized but is not taken. Serves the hint shown beside the refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForeignFormat {
    /// Apple's HEIC/HEIF; the telephone can send "most compatible" instead.
    Heic,
    /// AVIF.
    Avif,
    /// GIF, still or moving.
    Gif,
    /// TIFF, often a scan or a raw camera file.
    Tiff,
    /// Windows bitmap.
    Bmp,
    /// A PDF document, whatever its file name says.
    Pdf,
    /// An MP4 or QuickTime film.
    Video,
    /// JPEG, PNG or WebP in a variant the decoder does not know.
    RareVariant,
}

/// Why no renditions came back. Carries no byte of the photo and no name of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case", deny_unknown_fields)]
pub enum PhotoError {
    /// The file exceeds [`crate::limits::MAX_INPUT_BYTES`].
    #[error("the file is too large")]
    TooLargeBytes,
    /// The bytes are no picture of any known kind.
    #[error("the file is not an image")]
    NotAnImage,
    /// A known format that is not accepted.
    #[error("the format is not accepted ({found:?})")]
    UnsupportedFormat {
        /// What the bytes really are.
        found: ForeignFormat,
    },
    /// More pixels, a longer side or more decoded bytes than [`crate::limits`] allows.
    #[error("the image has too many pixels")]
    TooManyPixels,
    /// The file is cut short or its content contradicts itself.
    #[error("the image is damaged")]
    Damaged,
    /// The child used up its processor or wall time and was killed.
    #[error("decoding took too long")]
    TooSlow,
    /// The child died, or answered something that is not a valid answer.
    #[error("the decoding process failed")]
    Crashed,
    /// The child could not be started, or could not confine itself.
    #[error("the decoding process could not be started")]
    Spawn,
}

impl PhotoError {
    /// The stable code, for problem documents, metrics and translations.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLargeBytes => "too_large_bytes",
            Self::NotAnImage => "not_an_image",
            Self::UnsupportedFormat { .. } => "unsupported_format",
            Self::TooManyPixels => "too_many_pixels",
            Self::Damaged => "damaged",
            Self::TooSlow => "too_slow",
            Self::Crashed => "crashed",
            Self::Spawn => "spawn",
        }
    }

    /// True when the file is at fault and sending it again cannot help; false when the decoder is.
    pub fn blames_the_file(self) -> bool {
        !matches!(self, Self::TooSlow | Self::Crashed | Self::Spawn)
    }
}
