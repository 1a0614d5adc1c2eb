//! Smooth shapes on a small canvas: each shape is a signed distance in pixels, negative inside, and its edge is blended over
//! one pixel. Not a drawing library: just the shapes a cartoon face needs.

use image::{Rgb, RgbImage};

/// Red, green and blue, each 0 to 255.
pub(super) type Color = [f32; 3];

/// A position or a size in pixels.
pub(super) type Point = (f32, f32);

/// A picture being drawn.
pub(super) struct Canvas {
    pixels: Vec<Color>,
    width: u32,
    height: u32,
}

/// A paint: a color and how much of it covers, 0 to 1.
#[derive(Clone, Copy)]
pub(super) struct Paint {
    pub(super) color: Color,
    pub(super) cover: f32,
}

impl From<Color> for Paint {
    fn from(color: Color) -> Self {
        Self { color, cover: 1.0 }
    }
}

/// The part of the canvas a shape can touch.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

/// A color from its usual hexadecimal number.
pub(super) fn rgb(number: u32) -> Color {
    let [_, red, green, blue] = number.to_be_bytes();
    [red, green, blue].map(f32::from)
}

/// `from` when `share` is 0, `to` when it is 1.
pub(super) fn mix(from: Color, to: Color, share: f32) -> Color {
    let channel = |index: usize| from[index] + (to[index] - from[index]) * share;
    [channel(0), channel(1), channel(2)]
}

/// A darker shade.
pub(super) fn darker(color: Color, share: f32) -> Color {
    mix(color, rgb(0x3A_1E_1A), share)
}

/// A lighter shade.
pub(super) fn lighter(color: Color, share: f32) -> Color {
    mix(color, rgb(0xFF_FF_FF), share)
}

/// The frame from one corner to the other.
pub(super) fn frame(left: f32, top: f32, right: f32, bottom: f32) -> Frame {
    Frame {
        left,
        top,
        right,
        bottom,
    }
}

/// Distance to an ellipse: exact on its edge, good near it.
pub(super) fn ellipse(at: Point, center: Point, radius: Point) -> f32 {
    let (x, y) = ((at.0 - center.0) / radius.0, (at.1 - center.1) / radius.1);
    let reach = x.hypot(y);
    let slope = (x / radius.0).hypot(y / radius.1);
    if slope < 1e-6 {
        -radius.0.min(radius.1)
    } else {
        reach * (reach - 1.0) / slope
    }
}

/// Distance to a rectangle with rounded corners, given its center and half its size.
pub(super) fn rounded(at: Point, center: Point, half: Point, corner: f32) -> f32 {
    let x = (at.0 - center.0).abs() - half.0 + corner;
    let y = (at.1 - center.1).abs() - half.1 + corner;
    x.max(0.0).hypot(y.max(0.0)) + x.max(y).min(0.0) - corner
}

/// Distance to the line between two points.
pub(super) fn segment(at: Point, from: Point, to: Point) -> f32 {
    let (x, y) = (at.0 - from.0, at.1 - from.1);
    let (along, down) = (to.0 - from.0, to.1 - from.1);
    let share = ((x * along + y * down) / (along * along + down * down)).clamp(0.0, 1.0);
    (x - along * share).hypot(y - down * share)
}

impl Canvas {
    /// An empty canvas.
    pub(super) fn new(width: u32, height: u32) -> Self {
        Self {
            pixels: vec![[255.0; 3]; (width * height) as usize],
            width,
            height,
        }
    }

    /// Fills the shape whose signed distance is given.
    pub(super) fn fill(
        &mut self,
        frame: Frame,
        paint: impl Into<Paint>,
        distance: impl Fn(Point) -> f32,
    ) {
        let paint = paint.into();
        self.shade(frame, |at| Paint {
            cover: paint.cover * (0.5 - distance(at)).clamp(0.0, 1.0),
            ..paint
        });
    }

    /// Blends a paint that may differ from pixel to pixel.
    pub(super) fn shade(&mut self, frame: Frame, paint: impl Fn(Point) -> Paint) {
        // Casts saturate, so a frame that reaches over the edge is cut there.
        let (right, bottom) = (
            (frame.right.ceil() as u32).min(self.width),
            (frame.bottom.ceil() as u32).min(self.height),
        );
        for row in frame.top as u32..bottom {
            for column in frame.left as u32..right {
                let Paint { color, cover } = paint((column as f32 + 0.5, row as f32 + 0.5));
                if cover > 0.0 {
                    let pixel = &mut self.pixels[(row * self.width + column) as usize];
                    *pixel = mix(*pixel, color, cover.min(1.0));
                }
            }
        }
    }

    /// Fills an ellipse.
    pub(super) fn oval(&mut self, center: Point, radius: Point, paint: impl Into<Paint>) {
        self.fill(around(center, radius, 2.0), paint, |at| {
            ellipse(at, center, radius)
        });
    }

    /// A soft spot, strongest in its middle.
    pub(super) fn glow(&mut self, center: Point, radius: Point, paint: Paint) {
        self.shade(around(center, radius, 0.0), |at| {
            let away = ((at.0 - center.0) / radius.0)
                .hypot((at.1 - center.1) / radius.1)
                .min(1.0);
            Paint {
                cover: paint.cover * (1.0 - away * away).powi(2),
                ..paint
            }
        });
    }

    /// A stroke along the curve that starts at the first point, bends toward the second and ends at the third.
    pub(super) fn curve(&mut self, points: [Point; 3], width: f32, paint: impl Into<Paint>) {
        let [from, bend, to] = points;
        let place = |index: u8| {
            let t = f32::from(index) / 12.0;
            let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
            (
                a * from.0 + b * bend.0 + c * to.0,
                a * from.1 + b * bend.1 + c * to.1,
            )
        };
        let path: Vec<Point> = (0..=12).map(place).collect();
        let low =
            |pick: fn(&Point) -> f32| points.iter().map(pick).fold(f32::MAX, f32::min) - width;
        let high =
            |pick: fn(&Point) -> f32| points.iter().map(pick).fold(f32::MIN, f32::max) + width;
        let touched = frame(low(|p| p.0), low(|p| p.1), high(|p| p.0), high(|p| p.1));
        self.fill(touched, paint, |at| {
            path.windows(2)
                .map(|pair| segment(at, pair[0], pair[1]))
                .fold(f32::MAX, f32::min)
                - width / 2.0
        });
    }

    /// The finished picture.
    pub(super) fn into_image(self) -> RgbImage {
        let mut image = RgbImage::new(self.width, self.height);
        for (from, to) in self.pixels.iter().zip(image.pixels_mut()) {
            *to = Rgb(from.map(|value| value.round() as u8));
        }
        image
    }
}

fn around(center: Point, radius: Point, margin: f32) -> Frame {
    let (x, y) = (radius.0 + margin, radius.1 + margin);
    frame(center.0 - x, center.1 - y, center.0 + x, center.1 + y)
}
