//! From a stranger's bytes to our own JPEGs: sniff, measure, decode, shrink, turn upright, draw anew. A pure function.
//! Nothing of the original file survives but its pixels: no position, no camera, no thumbnail, no color profile (a picture
//! in a wide-gamut profile therefore looks a little paler), nothing hidden behind its end.

use std::io::Cursor;

use fast_image_resize::pixels::{U8x3, U8x4};
use fast_image_resize::{
    FilterType, IntoImageView, IntoImageViewMut, PixelTrait, ResizeAlg, ResizeOptions, Resizer,
};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Limits, RgbImage};

use crate::answer::{Decoded, Hint, Rendition, RenditionName, SourceFormat};
use crate::error::{ForeignFormat, PhotoError};
use crate::jpeg;
use crate::limits::{
    MAX_DECODED_BYTES, MAX_INPUT_BYTES, MAX_PIXELS, MAX_SIDE, RENDITION_GOAL_BYTES, SMALL_SIDE,
};
use crate::sniff::sniff;

/// Qualities tried in turn until a rendition is short enough; the last is taken whatever its length.
const QUALITIES: [u8; 4] = [85, 78, 70, 60];

/// Standard deviation of the brightness (0 to 255) below which a picture counts as nearly blank.
const BLANK_DEVIATION: f64 = 3.0;

/// The filter for shrinking: nearly as sharp as a cubic one and three times as fast, as its support is one pixel.
const FILTER: ResizeAlg = ResizeAlg::Convolution(FilterType::Hamming);

/// A decoded original with eight bits in each of three or four channels, not yet upright.
struct Source {
    image: DynamicImage,
    orientation: Orientation,
}

/// Decodes one photo and draws its renditions.
///
/// Meant for the confined child and for tests; a server calls [`crate::Decoder`] instead.
///
/// # Errors
/// [`PhotoError`], always one that blames the file.
pub fn render(bytes: &[u8]) -> Result<Decoded, PhotoError> {
    if bytes.len() > MAX_INPUT_BYTES {
        return Err(PhotoError::TooLargeBytes);
    }
    let format = sniff(bytes)?;
    let (source, moving) = decode(format, bytes)?;
    let (width, height) = (source.image.width(), source.image.height());
    let (original_width, original_height) = if is_sideways(source.orientation) {
        (height, width)
    } else {
        (width, height)
    };
    let public = draw(&source, RenditionName::Public.longest_side())?;
    drop(source);
    let card = shrink(
        &DynamicImage::ImageRgb8(public.clone()),
        RenditionName::Card.longest_side(),
    )?
    .into_rgb8();
    let mut hints = Vec::new();
    if width.min(height) < SMALL_SIDE {
        hints.push(Hint::TooSmall);
    }
    if moving {
        hints.push(Hint::Animated);
    }
    if is_nearly_blank(&card) {
        hints.push(Hint::NearlyBlank);
    }
    let renditions = vec![
        encode(RenditionName::Public, &public)?,
        encode(RenditionName::Card, &card)?,
    ];
    Ok(Decoded {
        format,
        original_width,
        original_height,
        renditions,
        hints,
    })
}

/// Decodes the first picture; the flag says whether there are more.
fn decode(format: SourceFormat, bytes: &[u8]) -> Result<(Source, bool), PhotoError> {
    let input = Cursor::new(bytes);
    match format {
        SourceFormat::Jpeg => {
            let decoder = JpegDecoder::new(input).map_err(refuse)?;
            check_size(&decoder)?;
            jpeg::find_skeleton(bytes).ok_or(PhotoError::Damaged)?;
            Ok((load(decoder)?, false))
        }
        SourceFormat::Png => {
            let decoder = PngDecoder::with_limits(input, limits()).map_err(refuse)?;
            check_size(&decoder)?;
            let moving = decoder.is_apng().map_err(refuse)?;
            Ok((load(decoder)?, moving))
        }
        SourceFormat::WebP => {
            let decoder = WebPDecoder::new(input).map_err(refuse)?;
            check_size(&decoder)?;
            let moving = decoder.has_animation();
            Ok((load(decoder)?, moving))
        }
    }
}

/// Refuses by the header alone, before a pixel is decoded.
fn check_size(decoder: &impl ImageDecoder) -> Result<(), PhotoError> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(PhotoError::Damaged);
    }
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > MAX_SIDE
        || pixels > MAX_PIXELS
        || decoder.total_bytes() > MAX_DECODED_BYTES
    {
        return Err(PhotoError::TooManyPixels);
    }
    Ok(())
}

fn load(mut decoder: impl ImageDecoder) -> Result<Source, PhotoError> {
    decoder.set_limits(limits()).map_err(refuse)?;
    // An unreadable EXIF block yields "as stored"; only a broken container is an error here.
    let orientation = decoder.orientation().map_err(refuse)?;
    let image = DynamicImage::from_decoder(decoder).map_err(refuse)?;
    Ok(Source {
        image: eight_bits(image),
        orientation,
    })
}

/// Two pixel types are all that is drawn; the others (gray, 16 bits) become one of them.
fn eight_bits(image: DynamicImage) -> DynamicImage {
    match image {
        DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_) => image,
        other if other.color().has_alpha() => other.into_rgba8().into(),
        other => other.into_rgb8().into(),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    limits
}

fn refuse(error: ImageError) -> PhotoError {
    match error {
        ImageError::Limits(_) => PhotoError::TooManyPixels,
        ImageError::Unsupported(_) => PhotoError::UnsupportedFormat {
            found: ForeignFormat::RareVariant,
        },
        _ => PhotoError::Damaged,
    }
}

/// Shrinks first and turns after: the result is the same and the large picture is never copied.
fn draw(source: &Source, longest: u32) -> Result<RgbImage, PhotoError> {
    let mut small = shrink(&source.image, longest)?;
    small.apply_orientation(source.orientation);
    Ok(flatten(&small))
}

fn shrink(image: &DynamicImage, longest: u32) -> Result<DynamicImage, PhotoError> {
    let (width, height) = fit(image.width(), image.height(), longest);
    if (width, height) == (image.width(), image.height()) {
        return Ok(image.clone());
    }
    let mut small = DynamicImage::new(width, height, image.color());
    let done = match image {
        DynamicImage::ImageRgb8(_) => resize::<U8x3>(image, &mut small),
        _ => resize::<U8x4>(image, &mut small),
    };
    done.ok_or(PhotoError::UnsupportedFormat {
        found: ForeignFormat::RareVariant,
    })?;
    Ok(small)
}

/// Draws `image` into `small`, alpha multiplied in; `None` if either has other pixels than `P`. Naming the pixel type
/// keeps the resizer's many others out of the program.
fn resize<P: PixelTrait>(image: &DynamicImage, small: &mut DynamicImage) -> Option<()> {
    let (from, mut to) = (image.image_view::<P>()?, small.image_view_mut::<P>()?);
    let options = ResizeOptions::new().resize_alg(FILTER);
    Resizer::new().resize_typed(&from, &mut to, &options).ok()
}

/// The size with the same proportions whose longest side is at most `longest`; never larger than the original.
fn fit(width: u32, height: u32, longest: u32) -> (u32, u32) {
    let side = width.max(height);
    if side <= longest {
        return (width, height);
    }
    let scale = |length: u32| (length * longest).div_ceil(side).clamp(1, longest);
    (scale(width), scale(height))
}

/// Puts the picture on white paper.
fn flatten(image: &DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let mut flat = RgbImage::new(image.width(), image.height());
    for (from, to) in image.to_rgba8().pixels().zip(flat.pixels_mut()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        // At most 255, since the weights add up to 255.
        to.0 = [red, green, blue]
            .map(|value| ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8);
    }
    flat
}

fn is_sideways(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(
        orientation,
        Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH
    )
}

fn is_nearly_blank(image: &RgbImage) -> bool {
    let mut sum = 0.0;
    let mut squares = 0.0;
    for pixel in image.pixels() {
        let [red, green, blue] = pixel.0.map(f64::from);
        let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
        sum += luma;
        squares += luma * luma;
    }
    let count = f64::from(image.width()) * f64::from(image.height());
    let mean = sum / count;
    (squares / count - mean * mean).max(0.0).sqrt() < BLANK_DEVIATION
}

fn encode(name: RenditionName, image: &RgbImage) -> Result<Rendition, PhotoError> {
    let mut jpeg = Vec::new();
    for quality in QUALITIES {
        jpeg.clear();
        JpegEncoder::new_with_quality(&mut jpeg, quality)
            .encode_image(image)
            .map_err(refuse)?;
        if jpeg.len() <= RENDITION_GOAL_BYTES {
            break;
        }
    }
    Ok(Rendition {
        name,
        width: image.width(),
        height: image.height(),
        jpeg,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rendition_keeps_proportions_and_never_grows() {
        let table = [
            ((600, 750), (600, 750)),
            ((4000, 3000), (1000, 750)),
            ((3000, 4000), (750, 1000)),
            ((12_000, 1), (1000, 1)),
            ((1001, 1000), (1000, 1000)),
        ];
        for ((width, height), expected) in table {
            assert_eq!(fit(width, height, 1000), expected);
        }
    }
}
