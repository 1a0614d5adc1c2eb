//! Every limit a photo meets, in one place, with its reason. Not for the limits of the upload route itself.

use std::time::Duration;

/// Largest file accepted, in bytes (12 MiB): a full-resolution telephone photo fits, an archive does not.
pub const MAX_INPUT_BYTES: usize = 12 * 1024 * 1024;

/// Most pixels accepted (40 megapixels), read from the header before anything is decoded.
pub const MAX_PIXELS: u64 = 40_000_000;

/// Longest side accepted, in pixels.
pub const MAX_SIDE: u32 = 12_000;

/// Largest decoded picture, in bytes (192 MiB): 40 megapixels with 8 bits in each of four channels, with room to spare;
/// 16-bit pictures meet it at about 25 megapixels.
pub const MAX_DECODED_BYTES: u64 = 192 * 1024 * 1024;

/// A photo whose shorter side is below this many pixels gets the hint [`crate::Hint::TooSmall`].
pub const SMALL_SIDE: u32 = 300;

/// Longest side of the public rendition, in pixels.
pub const PUBLIC_SIDE: u32 = 1_000;

/// Longest side of the card rendition (lists, cards, thumbnails), in pixels.
pub const CARD_SIDE: u32 = 400;

/// The encoder lowers its quality until a rendition is at most this long, in bytes: a mail carries it, a weak line loads it.
pub const RENDITION_GOAL_BYTES: usize = 200_000;

/// Processor time the child may use, in seconds, before the kernel stops it.
pub const CHILD_CPU_SECONDS: u64 = 5;

/// Address space of the child, in bytes (512 MiB). A progressive JPEG of 40 megapixels without chroma subsampling
/// holds 240 MB of coefficients beside 120 MB of pixels, the most any accepted file needs.
pub const CHILD_MEMORY_BYTES: u64 = 512 * 1024 * 1024;

/// Wall time from start to complete answer.
pub const CHILD_WALL: Duration = Duration::from_secs(10);

/// Longest answer the parent reads, in bytes (4 MiB).
pub const MAX_ANSWER_BYTES: usize = 4 * 1024 * 1024;

/// Longest header inside an answer, in bytes.
pub const MAX_HEADER_BYTES: usize = 8 * 1024;

/// Children running at once.
pub const CHILDREN_AT_ONCE: usize = 2;
