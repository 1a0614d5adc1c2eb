//! Where a name stands beside its dot, and how much room it needs.
//!
//! For: leaving out names that would cover another. Not for: setting type; the page's style sheet
//! does, and the room kept here is an estimate on the generous side.

use super::projection::Projection;
use geo::{Intersects, Rect};

/// The size of names in the style sheet.
const FONT_PIXELS: f64 = 13.0;
/// The halo around them, which hides what is below.
const HALO_PIXELS: f64 = 2.0;
/// Between a dot and the foot of the name above it.
const RISE_PIXELS: f64 = 6.0;
/// How far the tails of letters reach below their foot.
const TAIL_PIXELS: f64 = 4.0;
/// How far a dot reaches from its middle.
const DOT_PIXELS: f64 = 3.0;

/// A name with its dot.
pub(super) struct Label {
    /// The middle of the name, from the left.
    pub middle: f64,
    /// The foot of the name, from above.
    pub below: f64,
    /// What the name covers.
    pub text: Rect,
    /// What its dot covers.
    pub dot: Rect,
}

impl Label {
    /// A name above its dot; below it at the upper edge, pushed inside at the sides.
    pub fn place(to: &Projection, (x, y): (f64, f64), name: &str) -> Self {
        let half = width(name) / 2.0 + HALO_PIXELS;
        let middle = x.min(to.width() - half).max(half);
        let below = if y < FONT_PIXELS * 2.0 {
            y + RISE_PIXELS + FONT_PIXELS
        } else {
            y - RISE_PIXELS
        };
        Self {
            middle,
            below,
            text: Rect::new(
                (middle - half, below - FONT_PIXELS),
                (middle + half, below + TAIL_PIXELS),
            ),
            dot: around((x, y), DOT_PIXELS),
        }
    }

    /// Whether name or dot would lie over something.
    pub fn covers(&self, other: &Rect) -> bool {
        self.text.intersects(other) || self.dot.intersects(other)
    }
}

/// The square around a point.
pub(super) fn around((x, y): (f64, f64), reach: f64) -> Rect {
    Rect::new((x - reach, y - reach), (x + reach, y + reach))
}

/// About how wide a name is written, in pixels.
fn width(name: &str) -> f64 {
    let ems: f64 = name.chars().map(ems).sum();
    ems * FONT_PIXELS
}

/// About how wide a letter is, in sizes of the type.
fn ems(letter: char) -> f64 {
    match letter {
        '\u{64b}'..='\u{65f}' => 0.0,
        '\u{600}'..='\u{6ff}' => 0.55,
        '\u{2d30}'..='\u{2d7f}' => 0.75,
        ' ' | '-' | '\'' | '’' | 'i' | 'j' | 'l' | '.' | ',' => 0.33,
        'm' | 'w' | 'M' | 'W' => 0.95,
        letter if letter.is_uppercase() => 0.7,
        _ => 0.58,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bounds;

    fn view() -> Projection {
        let bounds = Bounds {
            south: 30.0,
            west: -8.0,
            north: 32.0,
            east: -5.0,
        };
        Projection::fit(bounds, 300, 300)
    }

    #[test]
    fn a_name_stays_inside_of_the_view() {
        let to = view();
        for at in [(0.0, 0.0), (to.width(), 2.0), (1.0, to.height())] {
            let label = Label::place(&to, at, "Sidi Slimane Echcharaa");
            assert!(label.text.min().x >= 0.0 && label.text.max().x <= to.width());
            assert!(label.text.min().y >= 0.0);
        }
    }

    #[test]
    fn no_name_needs_less_room_than_it_is_written_in() {
        // As measured in Noto Sans at 13 pixels.
        for (name, measured) in [
            ("Casablanca", 69.2),
            ("Tanger-Tétouan-Al Hoceima", 171.0),
            ("MMMM", 47.2),
        ] {
            assert!(width(name) >= measured, "{name}: {}", width(name));
        }
    }
}
