//! One notice as a picture, 1280 by 720 pixels: for transport screens and sites that can show a picture and
//! nothing else. Not for photos by themselves, and not for pages, which say the same in text.

mod scribe;

use tiny_skia::{Color, FilterQuality, IntSize, Paint, Pixmap, PixmapPaint, Rect, Transform};

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
    /// The photo, only with [`Tone::Active`].
    pub photo: Option<Pixels>,
}

/// Rows of pixels from the top, three octets each: red, green, blue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The octets, three times width times height.
    pub rgb: Vec<u8>,
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
    /// The photo has no pixels, or not as many as it says.
    #[error("the photo of the screen has not the pixels it says")]
    Photo,
    /// The picture could not be put together.
    #[error("the picture could not be put together")]
    Picture,
}

/// The notice as a picture. The same notice gives the same octets.
///
/// # Errors
/// When the photo is none, the address is too long, or the build lacks a readable font.
pub fn screen(screen: &Screen) -> Result<Pixels, ScreenError> {
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
    Ok(board.into_pixels())
}

/// The picture while it is drawn.
struct Board {
    pixels: Pixmap,
    scribe: Scribe,
    from_right: bool,
}

impl Board {
    fn new(language: &str) -> Result<Self, ScreenError> {
        let mut pixels = Pixmap::new(SCREEN_WIDTH, SCREEN_HEIGHT).ok_or(ScreenError::Picture)?;
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
        let mut paint = Paint {
            anti_alias: false,
            ..Paint::default()
        };
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
    fn photo(&mut self, photo: &Pixels, (x, y): (f32, f32)) -> Result<(), ScreenError> {
        let source = opaque(photo)?;
        let (width, height) = (photo.width as f32, photo.height as f32);
        let (box_width, box_height) = (PHOTO.0 as f32, PHOTO.1 as f32);
        let scale = f32::max(box_width / width, box_height / height);
        let (over, below) = (width * scale - box_width, height * scale - box_height);
        let mut framed = Pixmap::new(PHOTO.0, PHOTO.1).ok_or(ScreenError::Photo)?;
        let smooth = PixmapPaint {
            quality: FilterQuality::Bilinear,
            ..PixmapPaint::default()
        };
        let moved = Transform::from_scale(scale, scale).post_translate(-over / 2.0, -below / 4.0);
        framed.draw_pixmap(0, 0, source.as_ref(), &smooth, moved, None);
        let (paint, still) = (PixmapPaint::default(), Transform::identity());
        let (x, y) = (x.round() as i32, y.round() as i32);
        self.pixels
            .draw_pixmap(x, y, framed.as_ref(), &paint, still, None);
        Ok(())
    }

    /// Every pixel is opaque, so that its color is what is stored.
    fn into_pixels(self) -> Pixels {
        let pixels = self.pixels.data().chunks_exact(4);
        Pixels {
            width: SCREEN_WIDTH,
            height: SCREEN_HEIGHT,
            rgb: pixels.flat_map(|p| [p[0], p[1], p[2]]).collect(),
        }
    }
}

fn opaque(photo: &Pixels) -> Result<Pixmap, ScreenError> {
    let size = IntSize::from_wh(photo.width, photo.height).ok_or(ScreenError::Photo)?;
    let pixels = photo.rgb.chunks_exact(3);
    let rgba: Vec<u8> = pixels.flat_map(|p| [p[0], p[1], p[2], 0xff]).collect();
    Pixmap::from_vec(rgba, size).ok_or(ScreenError::Photo)
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

    /// Red, green and blue with their column and row.
    fn each(picture: &Pixels) -> impl Iterator<Item = ((u32, u32), [u8; 3])> + '_ {
        let pixels = (0_u32..).zip(picture.rgb.chunks_exact(3));
        pixels.map(|(at, p)| ((at % picture.width, at / picture.width), [p[0], p[1], p[2]]))
    }

    /// How many pixels are far from the paper's color, left and right of the middle, between band and foot.
    fn ink(picture: &Pixels) -> (usize, usize) {
        let inside = BAND as u32 + 4..SCREEN_HEIGHT - FOOT as u32 - 4;
        let dark = each(picture).filter(|((_, y), rgb)| inside.contains(y) && rgb[1] < 0x90);
        let (left, right): (Vec<_>, Vec<_>) = dark.partition(|((x, _), _)| *x < SCREEN_WIDTH / 2);
        (left.len(), right.len())
    }

    #[test]
    fn a_notice_has_the_size_of_a_screen_and_is_the_same_each_time() {
        let notice = notice("ar", Tone::Active);
        let picture = screen(&notice).unwrap();
        assert_eq!(
            (picture.width, picture.height),
            (SCREEN_WIDTH, SCREEN_HEIGHT)
        );
        assert_eq!(picture.rgb.len(), 3 * 1_280 * 720);
        assert_eq!(screen(&notice).unwrap(), picture);
    }

    #[test]
    fn a_photo_fills_its_box_where_the_language_begins() {
        for (language, inside) in [("fr", 60..400), ("ar", 880..1_220)] {
            let mut with = notice(language, Tone::Active);
            with.photo = Some(Pixels {
                width: 30,
                height: 90,
                rgb: [1, 200, 2].repeat(30 * 90),
            });
            let picture = screen(&with).unwrap();
            let green = each(&picture).filter(|(_, rgb)| rgb[1] > 190 && rgb[0] < 20);
            let columns: Vec<u32> = green.map(|((x, _), _)| x).collect();
            assert!(inside.clone().all(|x| columns.contains(&x)), "{language}");
            assert_eq!(columns.len(), (PHOTO.0 * PHOTO.1) as usize);
        }
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
        broken.photo = Some(Pixels {
            width: 4,
            height: 4,
            rgb: vec![0; 5],
        });
        assert_eq!(screen(&broken), Err(ScreenError::Photo));
        let mut long = notice("fr", Tone::Active);
        long.title = "mot ".repeat(300);
        long.lines = vec!["mot ".repeat(900)];
        let picture = screen(&long).unwrap();
        let edge = each(&picture).filter(|((_, y), _)| *y == SCREEN_HEIGHT - FOOT as u32 + 1);
        assert!(
            edge.into_iter().all(|(_, rgb)| rgb == DEEP),
            "the foot is not written over"
        );
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
            let black = |picture: &Pixels| {
                let half = from..from + SCREEN_WIDTH / 2;
                let dark = each(picture).filter(|((x, _), rgb)| half.contains(x) && *rgb == [0; 3]);
                dark.count()
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
