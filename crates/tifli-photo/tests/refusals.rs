//! What is refused, and under which code, tested on the pure core; and that no bytes at all make it panic.
//! Not the child process.

#[expect(
    dead_code,
    reason = "each test binary uses its own part of the samples"
)]
mod common;

use common::{bomb_jpeg, bomb_png, bomb_webp, file, jpeg, jpeg_with_position, quarters};
use image::ImageFormat;
use proptest::collection::vec;
use proptest::prelude::*;
use tifli_photo::limits::MAX_INPUT_BYTES;
use tifli_photo::{ForeignFormat, PhotoError, render};

#[test]
fn a_bomb_of_sixty_megapixels_is_refused_by_its_header() {
    let bomb = bomb_png(10_000, 6_000, [8, 2], 0);
    assert!(bomb.len() < 100);
    assert_eq!(render(&bomb), Err(PhotoError::TooManyPixels));
}

#[test]
fn more_than_two_hundred_bombs_are_refused_by_their_headers() {
    let sizes = [
        (10_000, 6_000),
        (50_000, 50_000),
        (12_001, 1),
        (1, 12_001),
        (8_000, 5_001),
        (6_325, 6_325),
        (65_535, 65_535),
        (1_000_000, 1_000_000),
        (0x7FFF_FFFF, 1),
        (0x7FFF_FFFF, 0x7FFF_FFFF),
        (11_999, 11_999),
        (40_000_001, 1),
    ];
    let kinds = [
        [8, 0],
        [8, 2],
        [8, 3],
        [8, 4],
        [8, 6],
        [1, 0],
        [1, 3],
        [16, 0],
        [16, 6],
    ];
    let mut bombs = Vec::new();
    for (width, height) in sizes {
        bombs.extend(
            kinds
                .iter()
                .flat_map(|kind| [0, 1].map(|interlace| bomb_png(width, height, *kind, interlace))),
        );
        if let (Ok(width), Ok(height)) = (u16::try_from(width), u16::try_from(height)) {
            bombs.push(bomb_jpeg(width, height));
        }
        if width.max(height) <= 16_384 {
            bombs.push(bomb_webp(width, height));
        }
    }
    assert!(bombs.len() >= 200);
    for bomb in bombs {
        assert_eq!(
            render(&bomb),
            Err(PhotoError::TooManyPixels),
            "{:02x?}",
            &bomb[..bomb.len().min(40)]
        );
    }
}

#[test]
fn sixteen_bits_in_each_channel_are_refused_where_they_would_fill_the_memory() {
    assert_eq!(
        render(&bomb_png(6_000, 5_000, [16, 6], 0)),
        Err(PhotoError::TooManyPixels)
    );
}

#[test]
fn a_file_cut_short_is_damaged_in_every_format() {
    let image = quarters(64, 48);
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = file(&image, format);
        assert!(render(&whole).is_ok());
        for kept in [whole.len() / 2, whole.len() * 3 / 4] {
            assert_eq!(
                render(&whole[..kept]),
                Err(PhotoError::Damaged),
                "{format:?} cut at {kept} of {}",
                whole.len()
            );
        }
    }
    let whole = jpeg(64, 48);
    assert_eq!(
        render(&whole[..whole.len() - 2]),
        Err(PhotoError::Damaged),
        "the end marker is missing"
    );
}

#[test]
fn a_header_with_empty_pixel_data_is_damaged() {
    assert_eq!(
        render(&bomb_png(600, 600, [8, 2], 0)),
        Err(PhotoError::Damaged)
    );
}

#[test]
fn a_pdf_renamed_to_jpg_is_refused_as_a_pdf() {
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
    assert_eq!(
        render(pdf),
        Err(PhotoError::UnsupportedFormat {
            found: ForeignFormat::Pdf
        })
    );
}

#[test]
fn a_heic_photo_is_refused_with_its_name() {
    let heic = b"\0\0\0\x24ftypheic\0\0\0\0mif1heic";
    assert_eq!(
        render(heic),
        Err(PhotoError::UnsupportedFormat {
            found: ForeignFormat::Heic
        })
    );
}

#[test]
fn nothing_and_text_are_no_images() {
    assert_eq!(render(b""), Err(PhotoError::NotAnImage));
    assert_eq!(render(b"<html>photo</html>"), Err(PhotoError::NotAnImage));
}

#[test]
fn one_byte_above_twelve_mebibytes_is_too_large() {
    let mut bytes = jpeg(64, 64);
    bytes.resize(MAX_INPUT_BYTES + 1, 0);
    assert_eq!(render(&bytes), Err(PhotoError::TooLargeBytes));
}

/// Starts that lead the sniffer into a decoder.
const STARTS: [&[u8]; 4] = [
    b"",
    b"\xFF\xD8\xFF",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\x40\0\0\0WEBPVP8 ",
];

fn garbage() -> impl Strategy<Value = Vec<u8>> {
    (0..STARTS.len(), vec(any::<u8>(), 0..400))
        .prop_map(|(start, noise)| [STARTS[start], &noise].concat())
}

/// Whole files with some bytes changed and perhaps the end cut off.
fn mutants() -> impl Strategy<Value = Vec<u8>> {
    let image = quarters(24, 20);
    let files = [
        jpeg_with_position(24, 20, 6),
        file(&image, ImageFormat::Jpeg),
        file(&image, ImageFormat::Png),
        file(&image, ImageFormat::WebP),
    ];
    let changes = vec((any::<prop::sample::Index>(), any::<u8>()), 1..12);
    (
        0..files.len(),
        changes,
        any::<prop::sample::Index>(),
        any::<bool>(),
    )
        .prop_map(move |(pick, changes, end, cut)| {
            let mut bytes = files[pick].clone();
            for (place, value) in changes {
                let place = place.index(bytes.len());
                bytes[place] = value;
            }
            bytes.truncate(if cut {
                end.index(bytes.len())
            } else {
                bytes.len()
            });
            bytes
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ten_thousand_files_of_garbage_never_panic(bytes in garbage()) {
        if let Err(error) = render(&bytes) {
            prop_assert!(error.blames_the_file());
        }
    }

    #[test]
    fn ten_thousand_damaged_photos_never_panic(bytes in mutants()) {
        match render(&bytes) {
            Ok(decoded) => prop_assert_eq!(decoded.renditions.len(), 2),
            Err(error) => prop_assert!(error.blames_the_file()),
        }
    }
}
