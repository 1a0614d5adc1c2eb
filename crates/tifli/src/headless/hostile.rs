//! What nobody should send, and somebody will: pictures that are none, or far too large. Written by
//! hand, byte by byte, so that this program needs no decoder of its own.

/// Width and height of a picture of sixty million pixels.
const FAR_TOO_LARGE: (u32, u32) = (10_000, 6_000);
/// Eight bits of gray, not interlaced.
const GRAY: [u8; 5] = [8, 0, 0, 0, 0];
/// A compressed stream of nothing (RFC 1950).
const NOTHING: [u8; 8] = [0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01];

/// A PNG of some sixty bytes that says it is sixty million pixels.
pub fn bomb() -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let (width, height) = FAR_TOO_LARGE;
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &GRAY].concat();
    for (kind, content) in [(b"IHDR", &head[..]), (b"IDAT", &NOTHING), (b"IEND", &[])] {
        file.extend(
            u32::try_from(content.len())
                .unwrap_or_default()
                .to_be_bytes(),
        );
        let chunk = [&kind[..], content].concat();
        file.extend(&chunk);
        file.extend(checksum(&chunk).to_be_bytes());
    }
    file
}

/// A document under the name and type of a picture.
pub fn document() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n".to_vec()
}

/// CRC-32 as PNG has it (RFC 2083, 15).
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32| (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_every_png() {
        assert_eq!(checksum(b"IEND"), 0xae42_6082);
    }
}
