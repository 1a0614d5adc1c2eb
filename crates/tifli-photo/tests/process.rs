//! The child process as the product runs it: started, fed, confined and judged. Children gone wrong are played by the
//! flags of the test binary.

#[expect(
    dead_code,
    reason = "each test binary uses its own part of the samples"
)]
mod common;

use std::process::{Command, Stdio};

use common::{MARKER, bomb_png, contains, jpeg_with_position};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use tifli_photo::limits::MAX_INPUT_BYTES;
use tifli_photo::{Decoder, ForeignFormat, PhotoError, RenditionName, portrait, render};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tifli-decode");

fn decoder(args: &[&str]) -> Decoder {
    Decoder::new(PROGRAM.into(), args.iter().map(Into::into).collect())
}

#[tokio::test]
async fn the_child_draws_the_same_renditions_as_the_pure_core() {
    let photo = jpeg_with_position(1200, 900, 6);
    let decoded = decoder(&[]).decode(&photo).await.unwrap();
    assert_eq!(Ok(&decoded), render(&photo).as_ref());
    assert!(
        decoded
            .renditions
            .iter()
            .all(|rendition| !contains(&rendition.jpeg, MARKER))
    );
}

#[tokio::test]
async fn a_refusal_travels_from_the_child_with_its_code() {
    let decoder = decoder(&[]);
    let table: [(&[u8], PhotoError, &str); 4] = [
        (b"hello", PhotoError::NotAnImage, "not_an_image"),
        (
            b"%PDF-1.7",
            PhotoError::UnsupportedFormat {
                found: ForeignFormat::Pdf,
            },
            "unsupported_format",
        ),
        (
            &bomb_png(10_000, 6_000, [8, 6], 0),
            PhotoError::TooManyPixels,
            "too_many_pixels",
        ),
        (&portrait::jpeg(1)[..9_000], PhotoError::Damaged, "damaged"),
    ];
    for (bytes, refusal, code) in table {
        assert_eq!(decoder.decode(bytes).await, Err(refusal));
        assert_eq!(refusal.code(), code);
    }
}

#[tokio::test]
async fn a_photo_at_the_pixel_limit_fits_into_the_confinement() {
    let (width, height) = (8_000, 5_000);
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|index| [(index / 40_000) as u8, 90, 160])
        .collect();
    let mut png = Vec::new();
    PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Sub)
        .write_image(&pixels, width, height, ExtendedColorType::Rgb8)
        .unwrap();
    let decoded = decoder(&[]).decode(&png).await.unwrap();
    assert_eq!(
        (decoded.original_width, decoded.original_height),
        (width, height)
    );
    let public = decoded.find_rendition(RenditionName::Public).unwrap();
    assert_eq!((public.width, public.height), (1000, 625));
}

#[tokio::test]
async fn many_photos_at_once_are_all_decoded() {
    let decoder = decoder(&[]);
    let tasks: Vec<_> = (0..6)
        .map(|seed| {
            let decoder = decoder.clone();
            tokio::spawn(async move { decoder.decode(&portrait::jpeg(seed)).await })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn a_file_that_is_too_large_starts_no_child() {
    let decoder = Decoder::new("/does/not/exist".into(), Vec::new());
    let bytes = vec![0; MAX_INPUT_BYTES + 1];
    assert_eq!(decoder.decode(&bytes).await, Err(PhotoError::TooLargeBytes));
}

#[tokio::test]
async fn a_program_that_cannot_be_started_is_told_apart() {
    let decoder = Decoder::new("/does/not/exist".into(), Vec::new());
    assert_eq!(decoder.decode(b"hello").await, Err(PhotoError::Spawn));
}

#[tokio::test]
async fn a_child_that_answers_without_end_is_cut_off() {
    assert_eq!(
        decoder(&["--flood"]).decode(b"hello").await,
        Err(PhotoError::Crashed)
    );
}

#[tokio::test]
async fn a_child_that_breaks_the_format_or_dies_has_crashed() {
    for flag in ["--garble", "--die"] {
        assert_eq!(
            decoder(&[flag]).decode(b"hello").await,
            Err(PhotoError::Crashed),
            "{flag}"
        );
    }
}

#[tokio::test]
async fn metadata_smuggled_past_the_child_is_refused_by_the_parent() {
    assert_eq!(
        decoder(&["--smuggle"]).decode(b"hello").await,
        Err(PhotoError::Crashed)
    );
}

#[tokio::test]
async fn a_child_that_asks_for_too_much_memory_dies() {
    assert_eq!(
        decoder(&["--starve"]).decode(b"hello").await,
        Err(PhotoError::Crashed)
    );
}

#[tokio::test]
async fn a_child_that_uses_up_its_processor_time_is_stopped_by_the_kernel() {
    assert_eq!(
        decoder(&["--burn"]).decode(b"hello").await,
        Err(PhotoError::TooSlow)
    );
}

#[test]
fn a_confined_child_can_open_no_file_and_no_socket_and_run_no_program() {
    let output = Command::new(PROGRAM)
        .arg("--probe")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "file refused\nsocket refused\nprogram refused\n"
    );
}

#[test]
fn a_child_run_by_hand_answers_a_length_and_a_header() {
    let output = Command::new(PROGRAM).stdin(Stdio::null()).output().unwrap();
    assert_eq!(
        output.stdout,
        b"\0\0\0\x23{\"refused\":{\"code\":\"not_an_image\"}}"
    );
}
