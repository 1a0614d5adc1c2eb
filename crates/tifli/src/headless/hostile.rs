//! What nobody should send, and somebody will: pictures that are none, or far too large.

use std::io::Cursor;

use image::{GrayImage, ImageFormat};

use super::client::{Check, Wrong};

/// A PNG of a few kilobytes that would be sixty million pixels.
pub fn bomb() -> Check<Vec<u8>> {
    let mut file = Cursor::new(Vec::new());
    GrayImage::new(10_000, 6_000)
        .write_to(&mut file, ImageFormat::Png)
        .map_err(|_| Wrong("the picture that is too large cannot be made".into()))?;
    Ok(file.into_inner())
}

/// A document under the name and type of a picture.
pub fn document() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n".to_vec()
}
