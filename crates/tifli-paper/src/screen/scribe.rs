//! Words become lines of outlines on a picture: font, shape and order as the language asks. Not for where they stand.

use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::style::{
    FontFamily, FontFamilyName, FontWeight, LineHeight, OverflowWrap, StyleProperty,
};
use parley::{
    Alignment, AlignmentOptions, BaseDirection, FontContext, GlyphRun, Layout, LayoutContext,
    PositionedLayoutItem,
};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, pen::PathElement};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use tiny_skia::{FillRule, Paint, PathBuilder, Pixmap, Transform};

use super::{ScreenError, color};
use crate::paper::strip_isolates;
use crate::pdf::shape::{FONTS, NASKH, SANS, TIFINAGH};

/// How small words may become to fit, as a share of their size.
const SMALLEST: f32 = 0.5;

/// Lines of words with their places.
pub(super) type Laid = Layout<[u8; 4]>;

/// Words and how they are set.
pub(super) struct Words<'w> {
    text: &'w str,
    size: f32,
    weight: FontWeight,
    side: Alignment,
}

impl<'w> Words<'w> {
    /// In a regular weight, this many pixels large, from where the language begins.
    pub(super) fn plain(text: &'w str, size: f32) -> Self {
        Self {
            text,
            size,
            weight: FontWeight::NORMAL,
            side: Alignment::Start,
        }
    }

    pub(super) fn bold(text: &'w str, size: f32) -> Self {
        Self {
            weight: FontWeight::BOLD,
            ..Self::plain(text, size)
        }
    }

    pub(super) fn centered(self) -> Self {
        Self {
            side: Alignment::Center,
            ..self
        }
    }

    pub(super) fn at_end(self) -> Self {
        Self {
            side: Alignment::End,
            ..self
        }
    }
}

/// Knows the fonts; made once for a picture.
pub(super) struct Scribe {
    fonts: FontContext,
    layouts: LayoutContext<[u8; 4]>,
    base: BaseDirection,
    families: [FontFamilyName<'static>; 3],
    line_height: f32,
}

impl Scribe {
    /// For a picture in this language: its own script's font comes first.
    pub(super) fn new(language: &str) -> Result<Self, ScreenError> {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        for octets in FONTS {
            let known = collection.register_fonts(Blob::new(Arc::new(octets)), None);
            if known.is_empty() {
                return Err(ScreenError::Font);
            }
        }
        let is_arabic = language == "ar";
        Ok(Self {
            fonts: FontContext {
                collection,
                source_cache: SourceCache::default(),
            },
            layouts: LayoutContext::new(),
            base: if is_arabic {
                BaseDirection::Rtl
            } else {
                BaseDirection::Ltr
            },
            families: if is_arabic {
                [NASKH, SANS, TIFINAGH]
            } else {
                [SANS, NASKH, TIFINAGH]
            },
            line_height: if is_arabic { 1.5 } else { 1.25 },
        })
    }

    /// The lines within a width and a height: words that do not fit are set smaller, down to [`SMALLEST`].
    pub(super) fn lay_in(&mut self, words: &Words<'_>, (width, height): (f32, f32)) -> Laid {
        let text = strip_isolates(words.text);
        let mut scale = 1.0;
        loop {
            let laid = self.lay(&text, words, (words.size * scale, width));
            if laid.height() <= height || scale <= SMALLEST {
                return laid;
            }
            scale -= 0.1;
        }
    }

    /// Draws lines whose top left is here, in this color.
    pub(super) fn draw(
        &self,
        pixels: &mut Pixmap,
        laid: &Laid,
        ((x, y), tint): ((f32, f32), [u8; 3]),
    ) -> Result<(), ScreenError> {
        let mut paint = Paint::default();
        paint.set_color(color(tint));
        paint.anti_alias = true;
        for line in laid.lines() {
            for item in line.items() {
                let PositionedLayoutItem::GlyphRun(run) = item else {
                    continue;
                };
                if let Some(path) = outline(&run, (x, y))? {
                    let (rule, at) = (FillRule::Winding, Transform::identity());
                    pixels.fill_path(&path, &paint, rule, at, None);
                }
            }
        }
        Ok(())
    }

    fn lay(&mut self, text: &str, words: &Words<'_>, (size, width): (f32, f32)) -> Laid {
        let mut builder = self
            .layouts
            .ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.set_base_direction(self.base);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(
            self.families.as_slice().into(),
        )));
        builder.push_default(StyleProperty::FontSize(size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(
            self.line_height,
        )));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::FontWeight(words.weight));
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        layout.align(words.side, AlignmentOptions::default());
        layout
    }
}

/// The outlines of a run, moved to their place; nothing when it is all blanks.
fn outline(
    run: &GlyphRun<'_, [u8; 4]>,
    (x, y): (f32, f32),
) -> Result<Option<tiny_skia::Path>, ScreenError> {
    let face = run.run().font();
    let font =
        FontRef::from_index(face.data.as_ref(), face.index).map_err(|_| ScreenError::Font)?;
    let glyphs = font.outline_glyphs();
    let size = Size::new(run.run().font_size());
    let mut path = PathBuilder::new();
    let mut elements = Vec::new();
    for glyph in run.positioned_glyphs() {
        let Some(shape) = glyphs.get(GlyphId::new(glyph.id)) else {
            continue;
        };
        elements.clear();
        let how = DrawSettings::unhinted(size, LocationRef::default());
        shape
            .draw(how, &mut elements)
            .map_err(|_| ScreenError::Font)?;
        for element in &elements {
            draw(&mut path, *element, (x + glyph.x, y + glyph.y));
        }
    }
    Ok(path.finish())
}

/// Takes a piece of a glyph, whose y grows upwards, to a picture, whose y grows downwards.
fn draw(path: &mut PathBuilder, element: PathElement, (left, top): (f32, f32)) {
    match element {
        PathElement::MoveTo { x, y } => path.move_to(left + x, top - y),
        PathElement::LineTo { x, y } => path.line_to(left + x, top - y),
        PathElement::QuadTo { cx0, cy0, x, y } => {
            path.quad_to(left + cx0, top - cy0, left + x, top - y);
        }
        PathElement::CurveTo {
            cx0,
            cy0,
            cx1,
            cy1,
            x,
            y,
        } => path.cubic_to(
            left + cx0,
            top - cy0,
            left + cx1,
            top - cy1,
            left + x,
            top - y,
        ),
        PathElement::Close => path.close(),
    }
}
