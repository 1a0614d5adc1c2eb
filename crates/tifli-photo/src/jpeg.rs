//! The skeleton of a JPEG file: which segments it has and whether it is complete. The decoder paints a cut-off file grey
//! without complaint, so completeness is checked here; the parent uses the same walk to see that no metadata came back.
//! Not a decoder: entropy-coded data is stepped over, never read.

/// What the walk over the segments saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Skeleton {
    /// Position just after the end-of-image marker.
    pub(crate) end: usize,
    /// Width and height as the frame header states them.
    pub(crate) size: Option<(u16, u16)>,
    /// No application segment but the plain JFIF one, and no comment.
    pub(crate) bare: bool,
}

/// Walks from the start marker to the end marker; `None` if the file is cut short or is no chain of segments.
pub(crate) fn find_skeleton(bytes: &[u8]) -> Option<Skeleton> {
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return None;
    }
    let mut skeleton = Skeleton {
        end: 0,
        size: None,
        bare: true,
    };
    let mut at = 2;
    loop {
        let (marker, body) = find_marker(bytes, at)?;
        at = match marker {
            0xD9 => {
                skeleton.end = body;
                return Some(skeleton);
            }
            0x01 | 0xD0..=0xD8 => body,
            _ => {
                let segment = find_segment(bytes, body)?;
                note(&mut skeleton, marker, segment);
                body + 2 + segment.len()
            }
        };
    }
}

/// The next marker at or after `from`, with the position behind it. Stuffed bytes and fill bytes are stepped over,
/// which also steps over entropy-coded data.
fn find_marker(bytes: &[u8], from: usize) -> Option<(u8, usize)> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)? + 1;
        match *bytes.get(at)? {
            0x00 | 0xFF => {}
            marker => return Some((marker, at + 1)),
        }
    }
}

/// The content of the segment whose length field starts at `at`.
fn find_segment(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    bytes.get(at + 2..at + length)
}

fn note(skeleton: &mut Skeleton, marker: u8, segment: &[u8]) {
    match marker {
        // The plain JFIF segment is 14 bytes long and holds no thumbnail.
        0xE0 => {
            skeleton.bare &=
                segment.len() == 14 && segment.starts_with(b"JFIF\0") && segment[12..] == [0, 0]
        }
        0xE1..=0xEF | 0xFE => skeleton.bare = false,
        0xC0..=0xC2 => {
            if let [_, h1, h0, w1, w0, ..] = *segment {
                skeleton.size = Some((u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0])));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TINY: &[u8] = &[
        0xFF, 0xD8, 0xFF, 0xC0, 0, 7, 8, 0, 3, 0, 5, 0xFF, 0xDA, 0, 2, 1, 0xFF, 0, 2, 0xFF, 0xD9,
    ];

    #[test]
    fn a_complete_chain_of_segments_tells_its_size_and_end() {
        let skeleton = find_skeleton(TINY).unwrap();
        assert_eq!(
            skeleton,
            Skeleton {
                end: TINY.len(),
                size: Some((5, 3)),
                bare: true
            }
        );
    }

    #[test]
    fn every_cut_is_noticed() {
        for length in 0..TINY.len() {
            assert_eq!(find_skeleton(&TINY[..length]), None, "cut at {length}");
        }
    }

    #[test]
    fn a_comment_is_not_bare() {
        let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xFE, 0, 4, b'h', b'i'];
        bytes.extend_from_slice(&TINY[2..]);
        assert!(!find_skeleton(&bytes).unwrap().bare);
    }
}
