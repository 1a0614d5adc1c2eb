//! An address as a QR code, for paper and screens. Not for reading one.

use qrcode::{Color, EcLevel, QrCode};

/// White around the squares, in squares: the standard asks for four.
const QUIET: usize = 4;

/// Why a text has no QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a QR code")]
pub struct QrError;

/// The squares of a QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    width: usize,
    dark: Vec<bool>,
}

impl Qr {
    /// The code of a text, with a quarter of it to spare for stains and folds.
    ///
    /// # Errors
    /// When the text is longer than a code can be.
    pub fn of(text: &str) -> Result<Self, QrError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::Q).map_err(|_| QrError)?;
        let squares = code.to_colors().into_iter();
        Ok(Self {
            width: code.width(),
            dark: squares.map(|square| square == Color::Dark).collect(),
        })
    }

    /// Squares a side, with the white around.
    #[must_use]
    pub const fn side(&self) -> usize {
        self.width + 2 * QUIET
    }

    /// Columns and rows of the dark squares, with the white around.
    pub fn dark(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let dark = self.dark.iter().enumerate().filter(|(_, dark)| **dark);
        dark.map(|(at, _)| (QUIET + at % self.width, QUIET + at / self.width))
    }

    /// The code as an SVG picture, black on white whatever the page's colors are.
    #[must_use]
    pub fn svg(&self) -> String {
        let side = self.side();
        let squares: String = self
            .dark()
            .map(|(x, y)| format!("M{x} {y}h1v1h-1z"))
            .collect();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{squares}\"/></svg>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_white_around() {
        let qr = Qr::of("https://tifli.example/v/0123456789abcdef").unwrap();
        let dark: Vec<(usize, usize)> = qr.dark().collect();
        let last = qr.side() - QUIET - 1;
        for corner in [(QUIET, QUIET), (last, QUIET), (QUIET, last)] {
            assert!(dark.contains(&corner), "{corner:?}");
        }
        let inside = QUIET..=last;
        assert!(
            dark.iter()
                .all(|(x, y)| inside.contains(x) && inside.contains(y))
        );
        assert_eq!(qr.svg().matches("h1v1h-1z").count(), dark.len());
    }

    #[test]
    fn a_text_longer_than_any_code_has_none() {
        assert_eq!(Qr::of(&"x".repeat(10_000)), Err(QrError));
    }
}
