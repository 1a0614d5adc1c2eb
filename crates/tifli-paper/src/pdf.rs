//! A paper as PDF: A4, its fonts embedded as subsets, the same bytes for the same paper. Not for other sizes.

mod blocks;
mod rows;
pub(crate) mod shape;
mod sheet;
mod write;

use crate::paper::Paper;

/// Why a paper could not be made. Never holds words of the paper.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A built-in font cannot be read: the build is broken.
    #[error("a font of the papers cannot be read")]
    Font,
    /// A picture is not a JPEG file.
    #[error("a picture of the paper is not a readable JPEG file")]
    Picture,
    /// The file could not be put together.
    #[error("the PDF file could not be put together")]
    File,
}

/// The paper as the octets of a PDF file. The same paper gives the same octets.
///
/// # Errors
/// When a picture is not a JPEG file, or the build lacks a readable font.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, PdfError> {
    let mut shaper = shape::Shaper::new(&paper.language)?;
    let sheets = blocks::lay_out(paper, &mut shaper)?;
    write::file(paper, &sheets)
}

#[cfg(test)]
mod stories;
