//! Invented children, drawn: friendly cartoon portraits for the demo, the drills and the tests, so that no real child's
//! face is ever needed. Not a likeness of anybody, and not for live alerts.
//!
//! The same seed always draws the same child; a [`Portrait`] built by hand draws a child that fits a description.

mod canvas;
mod face;
mod hair;

use std::io::Cursor;

use image::{ImageFormat, RgbImage};

use canvas::{Canvas, Color, rgb};

/// Width of a portrait in pixels.
pub const WIDTH: u32 = 600;

/// Height of a portrait in pixels.
pub const HEIGHT: u32 = 750;

/// Tone of the skin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skin {
    /// Light.
    Light,
    /// Olive.
    Olive,
    /// Tan.
    Tan,
    /// Brown.
    Brown,
    /// Dark brown.
    Dark,
}

/// Color of the hair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HairColor {
    /// Black.
    Black,
    /// Dark brown.
    DarkBrown,
    /// Chestnut brown.
    Chestnut,
    /// Auburn.
    Auburn,
    /// Dark blond.
    Blond,
}

/// How the hair is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HairStyle {
    /// Short, with a fringe combed to the side.
    Short,
    /// A round head of curls.
    Curly,
    /// Straight, over the shoulders.
    Long,
    /// Two braids with ribbons.
    Braids,
    /// A bun on top.
    Bun,
}

/// Color of the shirt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShirtColor {
    /// Red.
    Red,
    /// Blue.
    Blue,
    /// Green.
    Green,
    /// Yellow.
    Yellow,
    /// Orange.
    Orange,
    /// Purple.
    Purple,
    /// Pink.
    Pink,
    /// White.
    White,
}

/// What is on the shirt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShirtPattern {
    /// Nothing.
    Plain,
    /// Horizontal stripes.
    Stripes,
    /// One star on the chest.
    Star,
}

/// Everything visible that distinguishes one drawn child from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portrait {
    /// Tone of the skin.
    pub skin: Skin,
    /// Color of the hair.
    pub hair: HairColor,
    /// How the hair is worn.
    pub style: HairStyle,
    /// Color of the shirt.
    pub shirt: ShirtColor,
    /// What is on the shirt.
    pub pattern: ShirtPattern,
    /// Round glasses.
    pub glasses: bool,
}

/// Every tone of skin.
const SKINS: [Skin; 5] = [Skin::Olive, Skin::Tan, Skin::Brown, Skin::Light, Skin::Dark];
/// Every color of hair, the frequent ones twice.
const HAIRS: [HairColor; 7] = [
    HairColor::Black,
    HairColor::DarkBrown,
    HairColor::Chestnut,
    HairColor::Black,
    HairColor::DarkBrown,
    HairColor::Auburn,
    HairColor::Blond,
];
/// Every way to wear hair.
const STYLES: [HairStyle; 5] = [
    HairStyle::Short,
    HairStyle::Long,
    HairStyle::Curly,
    HairStyle::Braids,
    HairStyle::Bun,
];
/// Every shirt.
const SHIRTS: [ShirtColor; 8] = [
    ShirtColor::Red,
    ShirtColor::Blue,
    ShirtColor::Green,
    ShirtColor::Yellow,
    ShirtColor::Orange,
    ShirtColor::Purple,
    ShirtColor::Pink,
    ShirtColor::White,
];
/// Every pattern.
const PATTERNS: [ShirtPattern; 3] = [
    ShirtPattern::Plain,
    ShirtPattern::Stripes,
    ShirtPattern::Star,
];

impl Portrait {
    /// The child of that seed. Neighboring seeds look different.
    pub fn from_seed(seed: u64) -> Self {
        let mut bits = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut draw = |count: usize| {
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            bits ^= bits >> 31;
            // Below `count`, which is an array's length.
            (bits % count as u64) as usize
        };
        Self {
            skin: SKINS[draw(SKINS.len())],
            hair: HAIRS[draw(HAIRS.len())],
            style: STYLES[draw(STYLES.len())],
            shirt: SHIRTS[draw(SHIRTS.len())],
            pattern: PATTERNS[draw(PATTERNS.len())],
            glasses: draw(6) == 0,
        }
    }

    /// Draws the child: 600 by 750 pixels.
    pub fn draw(&self) -> RgbImage {
        let mut canvas = Canvas::new(WIDTH, HEIGHT);
        face::draw_background(&mut canvas, self);
        hair::draw_behind(&mut canvas, self);
        face::draw_body(&mut canvas, self);
        face::draw_head(&mut canvas, self);
        hair::draw_front(&mut canvas, self);
        face::draw_features(&mut canvas, self);
        canvas.into_image()
    }

    /// Draws the child as a JPEG without metadata.
    pub fn jpeg(&self) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        self.draw()
            .write_to(&mut file, ImageFormat::Jpeg)
            .expect("600 by 750 RGB pixels always fit into a JPEG in memory");
        file.into_inner()
    }
}

/// The child of that seed, drawn as a JPEG without metadata.
pub fn jpeg(seed: u64) -> Vec<u8> {
    Portrait::from_seed(seed).jpeg()
}

impl Skin {
    fn color(self) -> Color {
        match self {
            Self::Light => rgb(0xF7_D3_B5),
            Self::Olive => rgb(0xE8_BC_94),
            Self::Tan => rgb(0xD3_9F_72),
            Self::Brown => rgb(0xB0_79_50),
            Self::Dark => rgb(0x87_58_3A),
        }
    }
}

impl HairColor {
    fn color(self) -> Color {
        match self {
            Self::Black => rgb(0x2B_26_2B),
            Self::DarkBrown => rgb(0x4A_31_25),
            Self::Chestnut => rgb(0x75_48_2D),
            Self::Auburn => rgb(0x93_47_2A),
            Self::Blond => rgb(0xC7_97_55),
        }
    }
}

impl ShirtColor {
    fn color(self) -> Color {
        match self {
            Self::Red => rgb(0xD8_43_43),
            Self::Blue => rgb(0x3B_76_C4),
            Self::Green => rgb(0x3F_99_63),
            Self::Yellow => rgb(0xF2_C1_3D),
            Self::Orange => rgb(0xEC_84_36),
            Self::Purple => rgb(0x84_5C_B5),
            Self::Pink => rgb(0xEB_85_A8),
            Self::White => rgb(0xF5_F3_EE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_child() {
        assert_eq!(jpeg(7), jpeg(7));
    }

    #[test]
    fn the_first_eight_seeds_are_eight_different_children() {
        let children: Vec<Portrait> = (0..8).map(Portrait::from_seed).collect();
        for (index, child) in children.iter().enumerate() {
            assert!(
                !children[..index].contains(child),
                "seed {index} repeats an earlier child"
            );
        }
    }

    #[test]
    fn the_shirt_has_the_color_that_was_asked_for() {
        for shirt in SHIRTS {
            let child = Portrait {
                shirt,
                pattern: ShirtPattern::Plain,
                style: HairStyle::Short,
                ..Portrait::from_seed(1)
            };
            let drawn = child.draw().get_pixel(300, 735).0.map(f32::from);
            let wanted = shirt.color();
            assert!(
                (0..3).all(|channel| (drawn[channel] - wanted[channel]).abs() < 12.0),
                "{shirt:?} is drawn as {drawn:?}"
            );
        }
    }
}
