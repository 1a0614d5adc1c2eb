//! What travels from child to parent: a length-prefixed JSON header, then the renditions one after another.
//! The reader trusts nothing, because the writer has just digested a hostile file.
//!
//! ```text
//! u32, big endian      length of the header
//! header               {"photo": {…}} or {"refused": {"code": "damaged"}}
//! bytes                each rendition's JPEG, in the header's order; nothing after the last
//! ```

use std::fmt;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::error::PhotoError;
use crate::jpeg;
use crate::limits::{CARD_SIDE, MAX_HEADER_BYTES, PUBLIC_SIDE};

/// The format a file really had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceFormat {
    /// JPEG.
    Jpeg,
    /// PNG, the first picture only.
    Png,
    /// WebP, the first picture only.
    #[serde(rename = "webp")]
    WebP,
}

/// Which rendition of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RenditionName {
    /// For the alert's page: longest side at most 1000 px.
    Public,
    /// For lists, cards and thumbnails: longest side at most 400 px.
    Card,
}

impl RenditionName {
    /// Every rendition, in the order of the answer.
    pub const ALL: [Self; 2] = [Self::Public, Self::Card];

    /// The stable word, for keys and URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Card => "card",
        }
    }

    /// Longest side in pixels.
    pub fn longest_side(self) -> u32 {
        match self {
            Self::Public => PUBLIC_SIDE,
            Self::Card => CARD_SIDE,
        }
    }
}

/// Something a person should know before publishing the photo; never a reason to refuse it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// The shorter side is below 300 px; ask for a better photo.
    TooSmall,
    /// A moving picture; only its first frame was kept.
    Animated,
    /// Nearly one color: a covered lens, or an empty page.
    NearlyBlank,
}

/// One JPEG without metadata. Its `Debug` shows the length of the picture, never its bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Which one.
    pub name: RenditionName,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The file, `image/jpeg`.
    pub jpeg: Vec<u8>,
}

impl fmt::Debug for Rendition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Rendition({} {}x{}, {} bytes)",
            self.name.as_str(),
            self.width,
            self.height,
            self.jpeg.len()
        )
    }
}

/// A photo after decoding: safe to show, upright, without metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// What the file really was.
    pub format: SourceFormat,
    /// Width of the original in pixels, upright.
    pub original_width: u32,
    /// Height of the original in pixels, upright.
    pub original_height: u32,
    /// One rendition for each name of [`RenditionName::ALL`], in that order.
    pub renditions: Vec<Rendition>,
    /// What a person should know before publishing.
    pub hints: Vec<Hint>,
}

impl Decoded {
    /// The rendition of that name.
    pub fn find_rendition(&self, name: RenditionName) -> Option<&Rendition> {
        self.renditions
            .iter()
            .find(|rendition| rendition.name == name)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Header {
    Photo(PhotoHeader),
    Refused(PhotoError),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhotoHeader {
    format: SourceFormat,
    width: u32,
    height: u32,
    renditions: Vec<RenditionHeader>,
    hints: Vec<Hint>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RenditionHeader {
    name: RenditionName,
    width: u32,
    height: u32,
    len: usize,
}

/// Writes an answer: the child's side of the pipe.
///
/// # Errors
/// What the pipe answered.
pub fn write_answer(
    outcome: &Result<Decoded, PhotoError>,
    output: &mut impl Write,
) -> io::Result<()> {
    let header = match outcome {
        Ok(decoded) => Header::Photo(PhotoHeader {
            format: decoded.format,
            width: decoded.original_width,
            height: decoded.original_height,
            renditions: decoded.renditions.iter().map(describe).collect(),
            hints: decoded.hints.clone(),
        }),
        Err(refusal) => Header::Refused(*refusal),
    };
    let header = serde_json::to_vec(&header)?;
    let length = u32::try_from(header.len()).map_err(io::Error::other)?;
    output.write_all(&length.to_be_bytes())?;
    output.write_all(&header)?;
    for rendition in outcome.iter().flat_map(|decoded| &decoded.renditions) {
        output.write_all(&rendition.jpeg)?;
    }
    Ok(())
}

/// Reads a complete answer: the parent's side. Whatever departs from the format in any way is [`PhotoError::Crashed`].
pub(crate) fn read_answer(bytes: &[u8]) -> Result<Decoded, PhotoError> {
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or(PhotoError::Crashed)?;
    let length = u32::from_be_bytes(*length) as usize;
    if length > MAX_HEADER_BYTES {
        return Err(PhotoError::Crashed);
    }
    let (header, body) = rest.split_at_checked(length).ok_or(PhotoError::Crashed)?;
    match serde_json::from_slice(header) {
        Ok(Header::Photo(header)) => read_photo(header, body),
        Ok(Header::Refused(refusal)) if refusal.blames_the_file() && body.is_empty() => {
            Err(refusal)
        }
        Ok(Header::Refused(_)) | Err(_) => Err(PhotoError::Crashed),
    }
}

fn describe(rendition: &Rendition) -> RenditionHeader {
    let Rendition {
        name,
        width,
        height,
        ref jpeg,
    } = *rendition;
    RenditionHeader {
        name,
        width,
        height,
        len: jpeg.len(),
    }
}

fn read_photo(header: PhotoHeader, body: &[u8]) -> Result<Decoded, PhotoError> {
    if !header
        .renditions
        .iter()
        .map(|rendition| rendition.name)
        .eq(RenditionName::ALL)
    {
        return Err(PhotoError::Crashed);
    }
    let mut rest = body;
    let mut renditions = Vec::new();
    for described in header.renditions {
        let (jpeg, after) = rest
            .split_at_checked(described.len)
            .ok_or(PhotoError::Crashed)?;
        renditions.push(read_rendition(&described, jpeg)?);
        rest = after;
    }
    if !rest.is_empty() {
        return Err(PhotoError::Crashed);
    }
    Ok(Decoded {
        format: header.format,
        original_width: header.width,
        original_height: header.height,
        renditions,
        hints: header.hints,
    })
}

/// Accepts a rendition only if it is a whole JPEG of the stated size with nothing but pixels in it.
fn read_rendition(described: &RenditionHeader, jpeg: &[u8]) -> Result<Rendition, PhotoError> {
    let skeleton = jpeg::find_skeleton(jpeg).ok_or(PhotoError::Crashed)?;
    let size = skeleton
        .size
        .map(|(width, height)| (u32::from(width), u32::from(height)));
    let fits = described.width.max(described.height) <= described.name.longest_side();
    if skeleton.end != jpeg.len()
        || !skeleton.bare
        || !fits
        || size != Some((described.width, described.height))
    {
        return Err(PhotoError::Crashed);
    }
    Ok(Rendition {
        name: described.name,
        width: described.width,
        height: described.height,
        jpeg: jpeg.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portrait;
    use crate::render::render;

    fn written(outcome: &Result<Decoded, PhotoError>) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_answer(outcome, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn an_answer_is_read_as_it_was_written() {
        let photo = render(&portrait::jpeg(2));
        assert_eq!(read_answer(&written(&photo)), photo);
        let refused = Err(PhotoError::TooManyPixels);
        assert_eq!(read_answer(&written(&refused)), refused);
    }

    #[test]
    fn an_answer_cut_anywhere_or_followed_by_a_byte_is_refused() {
        let mut bytes = written(&render(&portrait::jpeg(2)));
        for length in (0..bytes.len()).step_by(97) {
            assert_eq!(
                read_answer(&bytes[..length]),
                Err(PhotoError::Crashed),
                "cut at {length}"
            );
        }
        bytes.push(0);
        assert_eq!(read_answer(&bytes), Err(PhotoError::Crashed));
    }

    #[test]
    fn a_child_cannot_blame_the_machine() {
        assert_eq!(
            read_answer(&written(&Err(PhotoError::Spawn))),
            Err(PhotoError::Crashed)
        );
    }

    #[test]
    fn a_rendition_that_is_missing_too_long_or_misdescribed_is_refused() {
        let spoil: [fn(&mut Decoded); 4] = [
            |decoded| drop(decoded.renditions.pop()),
            |decoded| decoded.renditions.reverse(),
            |decoded| decoded.renditions[0].width += 1,
            |decoded| decoded.renditions[1].jpeg = decoded.renditions[0].jpeg.clone(),
        ];
        for (index, spoil) in spoil.into_iter().enumerate() {
            let mut decoded = render(&portrait::jpeg(2)).unwrap();
            spoil(&mut decoded);
            assert_eq!(
                read_answer(&written(&Ok(decoded))),
                Err(PhotoError::Crashed),
                "case {index}"
            );
        }
    }

    #[test]
    fn debug_output_holds_no_pixels() {
        let decoded = render(&portrait::jpeg(2)).unwrap();
        assert!(format!("{decoded:?}").len() < 400);
    }
}
