//! One notice as a picture, 1280 by 720 pixels, JPEG: for transport screens and sites that can show a picture and
//! nothing else. Not for photos by themselves, and not for pages, which say the same in text.

mod scribe;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::imageops::FilterType;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, Limits, RgbImage};
use tiny_skia::{Color, Paint, Pixmap, PixmapPaint, Rect, Transform};

use crate::qr::Qr;
use scribe::{Scribe, Words};

/// Width of the picture in pixels: 16 to 9, the shape of nearly every public screen.
pub const SCREEN_WIDTH: u32 = 1_280;
/// Height of the picture in pixels.
pub const SCREEN_HEIGHT: u32 = 720;

/// White between things and at the edge.
const MARGIN: f32 = 48.0;
/// The band on top.
const BAND: f32 = 104.0;
/// The foot.
const FOOT: f32 = 104.0;
/// The photo's box, as people are photographed: four to five.
const PHOTO: (u32, u32) = (368, 460);
/// A square of the QR code, in pixels: a telephone reads it from three meters off a large screen.
const SQUARE: f32 = 4.0;
/// The longest side of a photo that is drawn; ours have at most 1000 pixels.
const LONGEST_SIDE: u32 = 2_000;
/// Quality of the JPEG: letters stay sharp, the file stays near 100 kB.
const QUALITY: u8 = 88;

const PAPER: [u8; 3] = [0xf7, 0xf5, 0xf0];
const INK: [u8; 3] = [0x16, 0x24, 0x2e];
const WARN: [u8; 3] = [0xa3, 0x21, 0x0f];
const DEEP: [u8; 3] = [0x12, 0x3a, 0x52];
const WHITE: [u8; 3] = [0xff, 0xff, 0xff];

/// Whether it asks to look for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A notice that is out.
    Active,
    /// Nothing is out, or it has ended: a quiet picture without a photo.
    Neutral,
}

/// What stands on the picture. Every word arrives ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// BCP 47: says the direction and which font comes first.
    pub language: String,
    /// Whether it asks to look for somebody.
    pub tone: Tone,
    /// The words in the band on top.
    pub band: String,
    /// The largest words.
    pub title: String,
    /// What follows, one thing a line.
    pub lines: Vec<String>,
    /// Left in the foot, or right of an Arabic one: whom to call.
    pub call: String,
    /// At the other end of the foot: where to read more.
    pub place: String,
    /// What the QR code in the corner leads to; none without one.
    pub code: Option<String>,
    /// A JPEG file, only with [`Tone::Active`].
    pub photo: Option<Vec<u8>>,
}

/// Why a picture could not be made. Never holds words of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScreenError {
    /// A built-in font cannot be read: the build is broken.
    #[error("a font of the screens cannot be read")]
    Font,
    /// The address is too long for a QR code.
    #[error("the address of the screen is too long for a QR code")]
    Code,
    /// The photo is not a JPEG file, or too large.
    #[error("the photo of the screen is not a readable JPEG file")]
    Photo,
    /// The file could not be put together.
    #[error("the picture could not be put together")]
    File,
}

/// The notice as the octets of a JPEG file without metadata. The same notice gives the same octets.
///
/// # Errors
/// When the photo cannot be read, or the build lacks a readable font.
pub fn screen(screen: &Screen) -> Result<Vec<u8>, ScreenError> {
    let mut board = Board::new(&screen.language)?;
    let tint = match screen.tone {
        Tone::Active => WARN,
        Tone::Neutral => DEEP,
    };
    board.fill((0.0, BAND), tint);
    board.fill((height() - FOOT, FOOT), DEEP);
    let words = Words::bold(&screen.band, 46.0);
    board.line(&words, (0.0, BAND), WHITE)?;
    match screen.tone {
        Tone::Active => board.notice(screen)?,
        Tone::Neutral => board.quiet(screen)?,
    }
    board.foot(screen)?;
    board.into_jpeg()
}

/// The picture while it is drawn.
struct Board {
    pixels: Pixmap,
    scribe: Scribe,
    from_right: bool,
}

impl Board {
    fn new(language: &str) -> Result<Self, ScreenError> {
        let mut pixels = Pixmap::new(SCREEN_WIDTH, SCREEN_HEIGHT).ok_or(ScreenError::File)?;
        pixels.fill(color(PAPER));
        Ok(Self {
            pixels,
            scribe: Scribe::new(language)?,
            from_right: language == "ar",
        })
    }

    /// A stripe over the whole width: its top and its height.
    fn fill(&mut self, (top, height): (f32, f32), tint: [u8; 3]) {
        let mut paint = Paint::default();
        paint.set_color(color(tint));
        if let Some(stripe) = Rect::from_xywh(0.0, top, width(), height) {
            self.pixels
                .fill_rect(stripe, &paint, Transform::identity(), None);
        }
    }

    /// One line in the middle of a stripe, from where the language begins; what does not fit is made smaller.
    fn line(
        &mut self,
        words: &Words<'_>,
        (top, height): (f32, f32),
        tint: [u8; 3],
    ) -> Result<(), ScreenError> {
        let room = width() - 2.0 * MARGIN;
        let laid = self.scribe.lay_in(words, (room, height));
        let y = top + (height - laid.height()) / 2.0;
        self.scribe
            .draw(&mut self.pixels, &laid, ((MARGIN, y), tint))
    }

    /// Photo, title and lines.
    fn notice(&mut self, screen: &Screen) -> Result<(), ScreenError> {
        let top = BAND + MARGIN;
        let mut room = width() - 2.0 * MARGIN;
        let mut left = MARGIN;
        if let Some(jpeg) = &screen.photo {
            let taken = PHOTO.0 as f32 + MARGIN;
            room -= taken;
            let x = if self.from_right {
                width() - MARGIN - PHOTO.0 as f32
            } else {
                left += taken;
                MARGIN
            };
            self.photo(jpeg, (x, top - MARGIN / 2.0))?;
        }
        let bottom = height() - FOOT - MARGIN / 2.0;
        let code = screen.code.as_deref().map(Qr::of);
        let code = code.transpose().map_err(|_| ScreenError::Code)?;
        let mut y = top - MARGIN / 2.0;
        let title = Words::bold(&screen.title, 60.0);
        let laid = self.scribe.lay_in(&title, (room, 200.0));
        self.scribe
            .draw(&mut self.pixels, &laid, ((left, y), WARN))?;
        y += laid.height() + 12.0;
        if let Some(code) = &code {
            let side = code.side() as f32 * SQUARE;
            let x = if self.from_right {
                left
            } else {
                left + room - side
            };
            self.code(code, (x, bottom - side));
            room -= side + MARGIN / 2.0;
            if self.from_right {
                left += side + MARGIN / 2.0;
            }
        }
        for line in screen.lines.iter().filter(|line| !line.is_empty()) {
            let words = Words::plain(line, 34.0);
            let laid = self.scribe.lay_in(&words, (room, bottom - y));
            if y + laid.height() > bottom {
                break;
            }
            self.scribe
                .draw(&mut self.pixels, &laid, ((left, y), INK))?;
            y += laid.height() + 8.0;
        }
        Ok(())
    }

    /// Black squares on white, from this corner.
    fn code(&mut self, code: &Qr, (left, top): (f32, f32)) {
        let side = code.side() as f32 * SQUARE;
        let square = |(x, y): (usize, usize)| {
            let (x, y) = (left + x as f32 * SQUARE, top + y as f32 * SQUARE);
            Rect::from_xywh(x.round(), y.round(), SQUARE, SQUARE)
        };
        let whole = Rect::from_xywh(left.round(), top.round(), side, side);
        let mut paint = Paint::default();
        paint.anti_alias = false;
        for (area, tint) in whole
            .into_iter()
            .map(|area| (area, WHITE))
            .chain(code.dark().filter_map(square).map(|area| (area, [0; 3])))
        {
            paint.set_color(color(tint));
            self.pixels
                .fill_rect(area, &paint, Transform::identity(), None);
        }
    }

    /// A few words in the middle.
    fn quiet(&mut self, screen: &Screen) -> Result<(), ScreenError> {
        let room = (width() - 2.0 * MARGIN, 220.0);
        let title = self
            .scribe
            .lay_in(&Words::bold(&screen.title, 58.0).centered(), room);
        let lines: Vec<_> = screen
            .lines
            .iter()
            .map(|line| {
                self.scribe
                    .lay_in(&Words::plain(line, 36.0).centered(), room)
            })
            .collect();
        let whole = title.height() + lines.iter().map(|l| l.height() + 12.0).sum::<f32>();
        let mut y = BAND + (height() - BAND - FOOT - whole) / 2.0;
        for laid in std::iter::once(&title).chain(&lines) {
            self.scribe
                .draw(&mut self.pixels, laid, ((MARGIN, y), INK))?;
            y += laid.height() + 12.0;
        }
        Ok(())
    }

    fn foot(&mut self, screen: &Screen) -> Result<(), ScreenError> {
        let half = (width() - 3.0 * MARGIN) / 2.0;
        let (start, end) = if self.from_right {
            (2.0 * MARGIN + half, MARGIN)
        } else {
            (MARGIN, 2.0 * MARGIN + half)
        };
        let call = Words::bold(&screen.call, 44.0);
        let place = Words::plain(&screen.place, 26.0).at_end();
        for (words, x) in [(call, start), (place, end)] {
            let laid = self.scribe.lay_in(&words, (half, FOOT));
            let y = height() - FOOT + (FOOT - laid.height()) / 2.0;
            self.scribe.draw(&mut self.pixels, &laid, ((x, y), WHITE))?;
        }
        Ok(())
    }

    /// The photo, filling its box; what stands over is cut off below rather than above, where a face is.
    fn photo(&mut self, jpeg: &[u8], (x, y): (f32, f32)) -> Result<(), ScreenError> {
        let photo = read(jpeg)?;
        let (box_width, box_height) = PHOTO;
        let scale = f64::max(
            f64::from(box_width) / f64::from(photo.width()),
            f64::from(box_height) / f64::from(photo.height()),
        );
        let grown = |side: u32, least: u32| ((f64::from(side) * scale).round() as u32).max(least);
        let large = photo.resize_exact(
            grown(photo.width(), box_width),
            grown(photo.height(), box_height),
            FilterType::Triangle,
        );
        let cut = large.crop_imm(
            (large.width() - box_width) / 2,
            (large.height() - box_height) / 4,
            box_width,
            box_height,
        );
        let size = tiny_skia::IntSize::from_wh(box_width, box_height).ok_or(ScreenError::Photo)?;
        let pixels =
            Pixmap::from_vec(cut.into_rgba8().into_raw(), size).ok_or(ScreenError::Photo)?;
        self.pixels.draw_pixmap(
            x as i32,
            y as i32,
            pixels.as_ref(),
            &PixmapPaint::default(),
            Transform::identity(),
            None,
        );
        Ok(())
    }

    fn into_jpeg(self) -> Result<Vec<u8>, ScreenError> {
        // Every pixel is opaque, so that its color is what is stored.
        let plain = self.pixels.data().chunks_exact(4);
        let plain: Vec<u8> = plain
            .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect();
        let image =
            RgbImage::from_raw(SCREEN_WIDTH, SCREEN_HEIGHT, plain).ok_or(ScreenError::File)?;
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
            .encode(
                image.as_raw(),
                SCREEN_WIDTH,
                SCREEN_HEIGHT,
                ExtendedColorType::Rgb8,
            )
            .map_err(|_| ScreenError::File)?;
        Ok(jpeg)
    }
}

/// A photo that our own decoder has drawn before: nothing a stranger sent is read here.
fn read(jpeg: &[u8]) -> Result<DynamicImage, ScreenError> {
    let refused = |_| ScreenError::Photo;
    let mut decoder = JpegDecoder::new(std::io::Cursor::new(jpeg)).map_err(refused)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    decoder.set_limits(limits).map_err(refused)?;
    let photo = DynamicImage::from_decoder(decoder).map_err(refused)?;
    if photo.width() == 0 || photo.height() == 0 {
        return Err(ScreenError::Photo);
    }
    Ok(photo.into_rgb8().into())
}

fn color([red, green, blue]: [u8; 3]) -> Color {
    Color::from_rgba8(red, green, blue, 0xff)
}

const fn width() -> f32 {
    SCREEN_WIDTH as f32
}

const fn height() -> f32 {
    SCREEN_HEIGHT as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(language: &str, tone: Tone) -> Screen {
        Screen {
            language: language.to_owned(),
            tone,
            band: "إنذار باختفاء طفل".to_owned(),
            title: "سلمى، 9 سنوات".to_owned(),
            lines: vec!["الرباط، أكدال".to_owned(), "Rabat, Agdal".to_owned()],
            call: "19".to_owned(),
            place: "tifli.example/ar".to_owned(),
            code: None,
            photo: None,
        }
    }

    fn pixels(jpeg: &[u8]) -> RgbImage {
        read(jpeg).expect("our own picture is readable").into_rgb8()
    }

    /// How many pixels are far from the paper's color, left and right of the middle, between band and foot.
    fn ink(jpeg: &[u8]) -> (usize, usize) {
        let image = pixels(jpeg);
        let dark = |(x, y, pixel): (u32, u32, &image::Rgb<u8>)| {
            let inside = (BAND as u32 + 4..SCREEN_HEIGHT - FOOT as u32 - 4).contains(&y);
            (inside && pixel.0[1] < 0x90).then_some(x)
        };
        let all: Vec<u32> = image.enumerate_pixels().filter_map(dark).collect();
        let left = all.iter().filter(|x| **x < SCREEN_WIDTH / 2).count();
        (left, all.len() - left)
    }

    #[test]
    fn a_notice_has_the_size_of_a_screen_and_is_the_same_each_time() {
        let notice = notice("ar", Tone::Active);
        let jpeg = screen(&notice).unwrap();
        let image = pixels(&jpeg);
        assert_eq!(
            (image.width(), image.height()),
            (SCREEN_WIDTH, SCREEN_HEIGHT)
        );
        assert_eq!(screen(&notice).unwrap(), jpeg);
        assert!(jpeg.len() < 300_000, "{} bytes", jpeg.len());
    }

    #[test]
    fn an_arabic_notice_begins_on_the_right_and_a_french_one_on_the_left() {
        let (left, right) = ink(&screen(&notice("ar", Tone::Active)).unwrap());
        assert!(right > 10 * left.max(1), "{left} {right}");
        let (left, right) = ink(&screen(&notice("fr", Tone::Active)).unwrap());
        assert!(left > 10 * right.max(1), "{left} {right}");
    }

    #[test]
    fn a_photo_that_is_none_is_refused_and_words_that_are_too_long_stay_on_the_picture() {
        let mut broken = notice("fr", Tone::Active);
        broken.photo = Some(b"no photo".to_vec());
        assert_eq!(screen(&broken), Err(ScreenError::Photo));
        let mut long = notice("fr", Tone::Active);
        long.title = "mot ".repeat(300);
        long.lines = vec!["mot ".repeat(900)];
        let image = pixels(&screen(&long).unwrap());
        let foot = image.get_pixel(4, SCREEN_HEIGHT - 4).0;
        assert!(foot[2] > foot[0], "the foot is not written over: {foot:?}");
    }

    #[test]
    fn the_code_stands_where_the_words_end() {
        for (language, from) in [("fr", SCREEN_WIDTH / 2), ("ar", 0)] {
            let mut with = notice(language, Tone::Active);
            with.code = Some("https://tifli.example/v/0123456789abcdef".to_owned());
            let (with, without) = (
                screen(&with).unwrap(),
                screen(&notice(language, Tone::Active)).unwrap(),
            );
            let black = |jpeg: &[u8]| {
                let image = pixels(jpeg);
                let half = from..from + SCREEN_WIDTH / 2;
                let inside = image.enumerate_pixels();
                inside
                    .filter(|(x, _, pixel)| half.contains(x) && pixel.0.iter().all(|c| *c < 0x20))
                    .count()
            };
            assert!(black(&with) > black(&without) + 3_000, "{language}");
        }
    }

    #[test]
    fn a_quiet_picture_differs_from_a_notice() {
        let quiet = screen(&notice("ar", Tone::Neutral)).unwrap();
        assert_ne!(quiet, screen(&notice("ar", Tone::Active)).unwrap());
    }
}
