//! What a file really is, from its first bytes alone. File names and declared media types are never asked.
//! Not for checking that the rest of the file keeps the promise of its start; decoding does that.

use crate::answer::SourceFormat;
use crate::error::{ForeignFormat, PhotoError};

/// How far into a file a PDF reader looks for its mark.
const PDF_SEARCH: usize = 1024;

/// Finds the accepted format, or says what was found instead.
pub(crate) fn sniff(bytes: &[u8]) -> Result<SourceFormat, PhotoError> {
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Ok(SourceFormat::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(SourceFormat::Png);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(SourceFormat::WebP);
    }
    match find_foreign(bytes) {
        Some(found) => Err(PhotoError::UnsupportedFormat { found }),
        None => Err(PhotoError::NotAnImage),
    }
}

fn find_foreign(bytes: &[u8]) -> Option<ForeignFormat> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(match bytes.get(8..12) {
            Some(b"avif" | b"avis") => ForeignFormat::Avif,
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => {
                ForeignFormat::Heic
            }
            _ => ForeignFormat::Video,
        });
    }
    let marks: [(&[u8], ForeignFormat); 4] = [
        (b"GIF8", ForeignFormat::Gif),
        (b"II*\0", ForeignFormat::Tiff),
        (b"MM\0*", ForeignFormat::Tiff),
        (b"BM", ForeignFormat::Bmp),
    ];
    let marked = marks
        .iter()
        .find(|(mark, _)| bytes.starts_with(mark))
        .map(|(_, found)| *found);
    let head = &bytes[..bytes.len().min(PDF_SEARCH)];
    marked.or_else(|| {
        head.windows(5)
            .any(|window| window == b"%PDF-")
            .then_some(ForeignFormat::Pdf)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_foreign_format_is_named() {
        let table: [(&[u8], ForeignFormat); 7] = [
            (b"\0\0\0\x18ftypheic\0\0\0\0", ForeignFormat::Heic),
            (b"\0\0\0\x18ftypavif\0\0\0\0", ForeignFormat::Avif),
            (b"\0\0\0\x18ftypisom\0\0\0\0", ForeignFormat::Video),
            (b"GIF89a", ForeignFormat::Gif),
            (b"MM\0*\0\0", ForeignFormat::Tiff),
            (b"BM\x36\0", ForeignFormat::Bmp),
            (b"junk before %PDF-1.7", ForeignFormat::Pdf),
        ];
        for (bytes, found) in table {
            assert_eq!(sniff(bytes), Err(PhotoError::UnsupportedFormat { found }));
        }
    }

    #[test]
    fn text_and_nothing_are_not_images() {
        for bytes in [
            &b""[..],
            b"hello",
            b"<svg/>",
            b"\xFF\xD8",
            b"RIFF\0\0\0\0WAVE",
        ] {
            assert_eq!(sniff(bytes), Err(PhotoError::NotAnImage));
        }
    }
}
