//! What comes out of a photo, tested on the pure core: upright, small, without metadata. Not the child process.

#[expect(
    dead_code,
    reason = "each test binary uses its own part of the samples"
)]
mod common;

use std::io::Cursor;

use common::{
    MARKER, color_at, contains, exif as exif_block, file, jpeg, jpeg_with_position, moving_png,
    nearest_quarter, quarters,
};
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageFormat, Rgba, RgbaImage};
use tifli_photo::{Decoded, Hint, RenditionName, SourceFormat, portrait, render};

fn picture(decoded: &Decoded, name: RenditionName) -> image::RgbImage {
    let rendition = decoded.find_rendition(name).unwrap();
    let image = image::load_from_memory(&rendition.jpeg)
        .unwrap()
        .into_rgb8();
    assert_eq!(
        (image.width(), image.height()),
        (rendition.width, rendition.height)
    );
    image
}

/// The quarters of a rendition, read like text, as indices of the original's quarters.
fn layout(decoded: &Decoded, name: RenditionName) -> [usize; 4] {
    let image = picture(decoded, name);
    [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
        .map(|(x, y)| nearest_quarter(color_at(&image, x, y)))
}

#[test]
fn position_and_marker_are_gone_from_every_rendition() {
    let original = jpeg_with_position(800, 600, 1);
    let read = exif::Reader::new()
        .read_from_container(&mut Cursor::new(&original))
        .unwrap();
    assert!(
        read.get_field(exif::Tag::GPSLatitude, exif::In::PRIMARY)
            .is_some(),
        "the sample must hold a position"
    );
    assert!(contains(&original, MARKER));
    let decoded = render(&original).unwrap();
    for rendition in &decoded.renditions {
        for trace in [MARKER, b"Exif", b"CANARY", b"http", b"GPS"] {
            assert!(!contains(&rendition.jpeg, trace));
        }
        assert!(
            exif::Reader::new()
                .read_from_container(&mut Cursor::new(&rendition.jpeg))
                .is_err()
        );
    }
}

#[test]
fn what_hides_behind_the_end_of_the_file_is_dropped() {
    let mut polyglot = jpeg(400, 400);
    polyglot.extend_from_slice(b"PK\x03\x04<script>%PDF-1.7");
    polyglot.extend_from_slice(MARKER);
    let decoded = render(&polyglot).unwrap();
    for rendition in &decoded.renditions {
        for trace in [MARKER, b"PK\x03\x04", b"<script>", b"%PDF"] {
            assert!(!contains(&rendition.jpeg, trace));
        }
    }
}

#[test]
fn each_of_the_eight_orientations_is_turned_upright() {
    let table = [
        (1, [0, 1, 2, 3]),
        (2, [1, 0, 3, 2]),
        (3, [3, 2, 1, 0]),
        (4, [2, 3, 0, 1]),
        (5, [0, 2, 1, 3]),
        (6, [2, 0, 3, 1]),
        (7, [3, 1, 2, 0]),
        (8, [1, 3, 0, 2]),
    ];
    for (orientation, expected) in table {
        let decoded = render(&jpeg_with_position(1600, 1200, orientation)).unwrap();
        let size = (decoded.original_width, decoded.original_height);
        assert_eq!(
            size,
            if orientation < 5 {
                (1600, 1200)
            } else {
                (1200, 1600)
            },
            "orientation {orientation}"
        );
        for name in RenditionName::ALL {
            assert_eq!(
                layout(&decoded, name),
                expected,
                "orientation {orientation}"
            );
        }
    }
}

#[test]
fn png_and_webp_are_turned_upright_too() {
    let image = quarters(400, 320);
    let mut png = Vec::new();
    let mut encoder = PngEncoder::new(&mut png);
    encoder.set_exif_metadata(exif_block(6)).unwrap();
    encoder
        .write_image(&image, 400, 320, ExtendedColorType::Rgb8)
        .unwrap();
    let mut webp = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut webp);
    encoder.set_exif_metadata(exif_block(6)).unwrap();
    encoder
        .write_image(&image, 400, 320, ExtendedColorType::Rgb8)
        .unwrap();
    for (file, format) in [(png, SourceFormat::Png), (webp, SourceFormat::WebP)] {
        assert!(contains(&file, MARKER));
        let decoded = render(&file).unwrap();
        assert_eq!(decoded.format, format);
        assert_eq!(
            (decoded.original_width, decoded.original_height),
            (320, 400)
        );
        assert_eq!(layout(&decoded, RenditionName::Public), [2, 0, 3, 1]);
    }
}

#[test]
fn the_longest_side_is_1000_in_public_and_400_on_the_card() {
    let decoded = render(&jpeg(1500, 3000)).unwrap();
    let sizes: Vec<_> = decoded
        .renditions
        .iter()
        .map(|r| (r.name, r.width, r.height))
        .collect();
    assert_eq!(
        sizes,
        [
            (RenditionName::Public, 500, 1000),
            (RenditionName::Card, 200, 400)
        ]
    );
}

#[test]
fn a_photo_that_is_small_already_is_not_blown_up_but_hinted_at() {
    let decoded = render(&jpeg(290, 350)).unwrap();
    assert_eq!(decoded.hints, [Hint::TooSmall]);
    let sizes: Vec<_> = decoded
        .renditions
        .iter()
        .map(|r| (r.width, r.height))
        .collect();
    assert_eq!(sizes, [(290, 350), (290, 350)]);
}

#[test]
fn a_covered_lens_is_hinted_at_and_a_portrait_is_not() {
    let black = file(&image::RgbImage::new(600, 600), ImageFormat::Jpeg);
    assert_eq!(render(&black).unwrap().hints, [Hint::NearlyBlank]);
    assert_eq!(render(&portrait::jpeg(3)).unwrap().hints, []);
}

#[test]
fn of_a_moving_picture_the_first_frame_is_kept_and_a_hint_says_so() {
    let (first, second) = (quarters(400, 300), image::RgbImage::new(400, 300));
    let decoded = render(&moving_png(&first, &second)).unwrap();
    assert_eq!(decoded.hints, [Hint::Animated]);
    assert_eq!(layout(&decoded, RenditionName::Public), [0, 1, 2, 3]);
}

#[test]
fn transparent_parts_become_white_paper() {
    let clear = RgbaImage::from_pixel(600, 400, Rgba([200, 0, 0, 0]));
    let mut png = Cursor::new(Vec::new());
    clear.write_to(&mut png, ImageFormat::Png).unwrap();
    let decoded = render(png.get_ref()).unwrap();
    assert_eq!(
        color_at(&picture(&decoded, RenditionName::Public), 0.5, 0.5),
        [255, 255, 255]
    );
}

#[test]
fn deep_and_grey_pictures_are_drawn_as_usual() {
    let source = image::DynamicImage::ImageRgb8(quarters(1300, 1100));
    for image in [
        image::DynamicImage::from(source.to_rgb16()),
        source.to_luma8().into(),
        source.to_luma_alpha16().into(),
    ] {
        let mut png = Cursor::new(Vec::new());
        image.write_to(&mut png, ImageFormat::Png).unwrap();
        let decoded = render(png.get_ref()).unwrap();
        let drawn = picture(&decoded, RenditionName::Public);
        assert_eq!((drawn.width(), drawn.height()), (1000, 847));
        let (wanted, got) = (
            source.to_luma8().get_pixel(100, 100).0[0],
            color_at(&drawn, 0.1, 0.1),
        );
        let luma =
            (0.2126 * f32::from(got[0]) + 0.7152 * f32::from(got[1]) + 0.0722 * f32::from(got[2]))
                .round();
        assert!(
            (luma - f32::from(wanted)).abs() <= 4.0,
            "brightness {luma} instead of {wanted}"
        );
    }
}

#[test]
fn noise_is_encoded_more_coarsely_until_it_is_near_the_goal() {
    let mut state = 1_u32;
    let noise = image::RgbImage::from_fn(1000, 1000, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    });
    let decoded = render(&file(&noise, ImageFormat::Png)).unwrap();
    let fine = file(&picture(&decoded, RenditionName::Public), ImageFormat::Jpeg);
    assert!(
        decoded
            .find_rendition(RenditionName::Public)
            .unwrap()
            .jpeg
            .len()
            < fine.len()
    );
}
