//! Papers: one value, [`Paper`], and the renderings made from it: [`pdf()`] (A4, shaped and ordered for Arabic, French,
//! English and Tamazight alike, with its fonts embedded) and [`plain_text`] (70 columns, for telegrams).
//!
//! Besides, [`screen()`] draws one notice as a picture for screens and sites that take no page, and [`Qr`] an address as
//! the squares that a telephone reads.
//!
//! The same value is printed as HTML by the web crate. Not for deciding what a paper may say, for filling a template, or
//! for the digits and dates of a language: every word arrives ready to be printed.

mod paper;
mod pdf;
mod qr;
mod screen;
mod text;

pub use paper::{
    Block, Check, Direction, Fact, Footer, Paper, Picture, Signature, Table, isolate,
    strip_isolates,
};
pub use pdf::{PdfError, pdf};
pub use qr::{Qr, QrError};
pub use screen::{Pixels, SCREEN_HEIGHT, SCREEN_WIDTH, Screen, ScreenError, Tone, screen};
pub use text::{COLUMNS, plain_text};
