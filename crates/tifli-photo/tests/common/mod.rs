//! Files a stranger might send, built by hand. Not for the product: nothing here is read from disk or from the network.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, Rgb, RgbImage};

/// Text planted in metadata and behind the end of files; it must never come out again.
pub const MARKER: &[u8] = b"CANARY-33.5731N-7.5898W";

/// One clearly different color for each quarter: top left, top right, bottom left, bottom right.
pub const QUARTERS: [[u8; 3]; 4] = [[220, 30, 30], [30, 200, 40], [40, 60, 220], [240, 220, 40]];

/// A picture of four quarters.
pub fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let index = usize::from(x >= width / 2) + 2 * usize::from(y >= height / 2);
        Rgb(QUARTERS[index])
    })
}

/// Any picture as a file of that format.
pub fn file(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// A JPEG of the four quarters.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 90)
        .encode_image(&quarters(width, height))
        .unwrap();
    file
}

/// The JPEG with an EXIF segment: orientation, a description holding [`MARKER`], and a GPS position in Casablanca;
/// then an XMP segment and a comment, both holding the marker too.
pub fn jpeg_with_position(width: u32, height: u32, orientation: u16) -> Vec<u8> {
    let mut segments = segment(0xE1, &[b"Exif\0\0", exif(orientation).as_slice()].concat());
    segments.extend(segment(
        0xE1,
        &[b"http://ns.adobe.com/xap/1.0/\0", MARKER].concat(),
    ));
    segments.extend(segment(0xFE, MARKER));
    let mut file = jpeg(width, height);
    file.splice(2..2, segments);
    file
}

/// An EXIF block: a TIFF header, one directory with three entries, a GPS directory with four.
pub fn exif(orientation: u16) -> Vec<u8> {
    const FIRST: u32 = 8;
    const GPS: u32 = FIRST + 2 + 3 * 12 + 4;
    const DATA: u32 = GPS + 2 + 4 * 12 + 4;
    let rational = |degrees: u32, minutes: u32, seconds: u32| -> Vec<u8> {
        [degrees, 1, minutes, 1, seconds, 1]
            .iter()
            .flat_map(|number| number.to_be_bytes())
            .collect()
    };
    let text = [MARKER, b"\0"].concat();
    let mut block = b"MM\0*\0\0\0\x08".to_vec();
    block.extend(3_u16.to_be_bytes());
    block.extend(entry(0x010E, 2, text.len() as u32, DATA + 48));
    block.extend(entry(0x0112, 3, 1, u32::from(orientation) << 16));
    block.extend(entry(0x8825, 4, 1, GPS));
    block.extend([0; 4]);
    block.extend(4_u16.to_be_bytes());
    block.extend(entry(1, 2, 2, u32::from_be_bytes(*b"N\0\0\0")));
    block.extend(entry(2, 5, 3, DATA));
    block.extend(entry(3, 2, 2, u32::from_be_bytes(*b"W\0\0\0")));
    block.extend(entry(4, 5, 3, DATA + 24));
    block.extend([0; 4]);
    block.extend(rational(33, 34, 23));
    block.extend(rational(7, 35, 23));
    block.extend(text);
    block
}

/// A PNG that declares these dimensions in its header and holds next to nothing.
pub fn bomb_png(width: u32, height: u32, depth_and_color: [u8; 2], interlace: u8) -> Vec<u8> {
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend(depth_and_color);
    header.extend([0, 0, interlace]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    if depth_and_color[1] == 3 {
        file.extend([chunk(b"IHDR", &header), chunk(b"PLTE", &[0; 6])].concat());
    } else {
        file.extend(chunk(b"IHDR", &header));
    }
    // A zlib stream of one empty block.
    file.extend(chunk(b"IDAT", &[0x78, 0x9C, 0x03, 0, 0, 0, 0, 1]));
    file.extend(chunk(b"IEND", &[]));
    file
}

/// A moving PNG of two frames of the same size.
pub fn moving_png(first: &RgbImage, second: &RgbImage) -> Vec<u8> {
    let [first_file, second_file] = [first, second].map(|image| file(image, ImageFormat::Png));
    let control = |sequence: u32| {
        let numbers = [sequence, first.width(), first.height(), 0, 0]
            .map(u32::to_be_bytes)
            .concat();
        chunk(
            b"fcTL",
            &[numbers.as_slice(), &[0, 1, 0, 10, 0, 0]].concat(),
        )
    };
    // The header is 8 bytes of signature and a chunk of 25.
    let mut moving = first_file[..33].to_vec();
    moving.extend(chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]));
    moving.extend(control(0));
    moving.extend(chunk(b"IDAT", &pixel_data(&first_file)));
    moving.extend(control(1));
    moving.extend(chunk(
        b"fdAT",
        &[2_u32.to_be_bytes().as_slice(), &pixel_data(&second_file)].concat(),
    ));
    moving.extend(chunk(b"IEND", &[]));
    moving
}

/// The joined pixel data of a PNG.
fn pixel_data(png: &[u8]) -> Vec<u8> {
    let mut data = Vec::new();
    let mut at = 8;
    while at < png.len() {
        let length = u32::from_be_bytes(png[at..at + 4].try_into().unwrap()) as usize;
        if &png[at + 4..at + 8] == b"IDAT" {
            data.extend_from_slice(&png[at + 8..at + 8 + length]);
        }
        at += 12 + length;
    }
    data
}

/// A JPEG whose frame header is changed to declare these dimensions.
pub fn bomb_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut file = jpeg(16, 16);
    let frame = file
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .unwrap();
    file[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    file
}

/// A lossless WebP whose header is changed to declare these dimensions, each at most 16384.
pub fn bomb_webp(width: u32, height: u32) -> Vec<u8> {
    let mut file = file(&quarters(16, 16), ImageFormat::WebP);
    let data = file.windows(4).position(|tag| tag == b"VP8L").unwrap() + 8;
    let alpha_and_version =
        u32::from_le_bytes(file[data + 1..data + 5].try_into().unwrap()) & 0xF000_0000;
    let packed = alpha_and_version | (width - 1) | ((height - 1) << 14);
    file[data + 1..data + 5].copy_from_slice(&packed.to_le_bytes());
    file
}

/// True if `needle` occurs anywhere in `haystack`.
pub fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

/// The color at a place given in fractions of width and height.
pub fn color_at(image: &RgbImage, across: f32, down: f32) -> [u8; 3] {
    let x = (image.width() as f32 * across) as u32;
    let y = (image.height() as f32 * down) as u32;
    image.get_pixel(x, y).0
}

/// The index of the quarter color nearest to this one.
pub fn nearest_quarter(color: [u8; 3]) -> usize {
    let distance = |other: &[u8; 3]| -> i32 {
        (0..3)
            .map(|channel| (i32::from(color[channel]) - i32::from(other[channel])).pow(2))
            .sum()
    };
    (0..4)
        .min_by_key(|index| distance(&QUARTERS[*index]))
        .unwrap()
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker], length.as_slice(), body].concat()
}

fn entry(tag: u16, kind: u16, count: u32, value: u32) -> Vec<u8> {
    [
        tag.to_be_bytes().as_slice(),
        &kind.to_be_bytes(),
        &count.to_be_bytes(),
        &value.to_be_bytes(),
    ]
    .concat()
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), data].concat();
    let length = (data.len() as u32).to_be_bytes();
    [length.as_slice(), &named, &crc32(&named).to_be_bytes()].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 * (sum & 1))
        })
    })
}
