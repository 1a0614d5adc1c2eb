//! Pixels of our own renditions, for a picture that is put together of them, and such a picture as a file. Not for files
//! that anybody sent: those are decoded by the confined child alone.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::{DynamicImage, ExtendedColorType, ImageDecoder, Limits};

use crate::error::PhotoError;
use crate::jpeg;
use crate::limits::PUBLIC_SIDE;

/// Quality of a picture with letters on it, which stay sharp.
const QUALITY: u8 = 88;

/// Rows of pixels from the top, three octets each: red, green, blue.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The octets, three times width times height.
    pub rgb: Vec<u8>,
}

impl Bitmap {
    /// The pixels of a rendition that [`crate::render`] drew. Anything else is refused: a file with metadata, one with
    /// something behind its end, one larger than our largest.
    ///
    /// # Errors
    /// [`PhotoError::Damaged`].
    pub fn of_rendition(rendition: &[u8]) -> Result<Self, PhotoError> {
        let skeleton = jpeg::find_skeleton(rendition).ok_or(PhotoError::Damaged)?;
        if !skeleton.bare || skeleton.end != rendition.len() {
            return Err(PhotoError::Damaged);
        }
        let refused = |_| PhotoError::Damaged;
        let mut decoder = JpegDecoder::new(Cursor::new(rendition)).map_err(refused)?;
        let mut limits = Limits::default();
        limits.max_image_width = Some(PUBLIC_SIDE);
        limits.max_image_height = Some(PUBLIC_SIDE);
        decoder.set_limits(limits).map_err(refused)?;
        let image = DynamicImage::from_decoder(decoder).map_err(refused)?;
        Ok(Self {
            width: image.width(),
            height: image.height(),
            rgb: image.into_rgb8().into_raw(),
        })
    }

    /// The picture as a JPEG file without metadata.
    ///
    /// # Errors
    /// [`PhotoError::Damaged`] when the octets are not as many as width and height say.
    pub fn to_jpeg(&self) -> Result<Vec<u8>, PhotoError> {
        let octets = u64::from(self.width) * u64::from(self.height) * 3;
        if usize::try_from(octets) != Ok(self.rgb.len()) {
            return Err(PhotoError::Damaged);
        }
        let mut file = Vec::new();
        JpegEncoder::new_with_quality(&mut file, QUALITY)
            .encode(&self.rgb, self.width, self.height, ExtendedColorType::Rgb8)
            .map_err(|_| PhotoError::Damaged)?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::RenditionName;
    use crate::portrait;
    use crate::render::render;

    #[test]
    fn a_rendition_of_ours_is_read_and_written_again() {
        let decoded = render(&portrait::jpeg(4)).unwrap();
        for name in RenditionName::ALL {
            let rendition = decoded.find_rendition(name).unwrap();
            let bitmap = Bitmap::of_rendition(&rendition.jpeg).unwrap();
            assert_eq!(
                (bitmap.width, bitmap.height),
                (rendition.width, rendition.height)
            );
            let again = Bitmap::of_rendition(&bitmap.to_jpeg().unwrap()).unwrap();
            assert_eq!(
                (again.width, again.height),
                (rendition.width, rendition.height)
            );
        }
    }

    #[test]
    fn what_is_not_a_rendition_of_ours_is_refused() {
        let mut rendition = render(&portrait::jpeg(4))
            .unwrap()
            .renditions
            .remove(0)
            .jpeg;
        assert!(Bitmap::of_rendition(&rendition[..rendition.len() / 2]).is_err());
        rendition.push(0);
        assert!(Bitmap::of_rendition(&rendition).is_err());
        assert!(Bitmap::of_rendition(b"no photo").is_err());
        let large = Bitmap {
            width: PUBLIC_SIDE + 1,
            height: 2,
            rgb: vec![0; (PUBLIC_SIDE as usize + 1) * 6],
        };
        assert!(Bitmap::of_rendition(&large.to_jpeg().unwrap()).is_err());
        let short = Bitmap { height: 3, ..large };
        assert!(short.to_jpeg().is_err());
    }
}
