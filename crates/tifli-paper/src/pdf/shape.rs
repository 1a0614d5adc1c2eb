//! Words become lines of glyphs: font, shape and order of each run. Not for where the lines stand on a page.

use std::collections::HashMap;
use std::sync::Arc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::fontique::{Blob, Collection, CollectionOptions};
use parley::style::{
    FontFamily, FontFamilyName, FontWeight, LineHeight, OverflowWrap, StyleProperty,
};
use parley::{Alignment, AlignmentOptions, BaseDirection, FontContext, LayoutContext, Line};

use super::PdfError;
use crate::paper::strip_isolates;

/// The fonts of every script that is printed or drawn.
pub(crate) static FONTS: [&[u8]; 5] = [
    include_bytes!("../../fonts/noto-naskh-arabic-400.ttf"),
    include_bytes!("../../fonts/noto-naskh-arabic-700.ttf"),
    include_bytes!("../../fonts/noto-sans-400.ttf"),
    include_bytes!("../../fonts/noto-sans-700.ttf"),
    include_bytes!("../../fonts/noto-sans-tifinagh-400.ttf"),
];

pub(crate) const NASKH: FontFamilyName<'static> = FontFamilyName::named("Noto Naskh Arabic");
pub(crate) const SANS: FontFamilyName<'static> = FontFamilyName::named("Noto Sans");
pub(crate) const TIFINAGH: FontFamilyName<'static> = FontFamilyName::named("Noto Sans Tifinagh");

/// How words are set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// In points.
    pub size: f32,
    pub weight: Weight,
    pub side: Side,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Where the language begins.
    Start,
    Center,
}

impl Style {
    pub(super) const fn regular(size: f32) -> Self {
        Self {
            size,
            weight: Weight::Regular,
            side: Side::Start,
        }
    }

    pub(super) const fn bold(size: f32) -> Self {
        Self {
            size,
            weight: Weight::Bold,
            side: Side::Start,
        }
    }

    pub(super) const fn centered(self) -> Self {
        Self {
            side: Side::Center,
            ..self
        }
    }
}

/// Glyphs of one font in the order of the eye, from left to right.
#[derive(Debug, Clone)]
pub(super) struct GlyphRun {
    pub font: Font,
    pub size: f32,
    /// From the left of the line.
    pub x: f32,
    pub glyphs: Vec<KrillaGlyph>,
    /// The words that the glyphs' ranges point into.
    pub text: Arc<str>,
}

/// One line of words.
#[derive(Debug, Clone)]
pub(super) struct LaidLine {
    pub height: f32,
    /// From the top of the line.
    pub baseline: f32,
    pub runs: Vec<GlyphRun>,
}

/// Knows the fonts; made once for a paper.
pub(super) struct Shaper {
    fonts: FontContext,
    layouts: LayoutContext<[u8; 4]>,
    faces: HashMap<u64, Font>,
    base: BaseDirection,
    families: [FontFamilyName<'static>; 3],
    line_height: f32,
}

impl Shaper {
    /// For a paper in this language: its own script's font comes first.
    pub(super) fn new(language: &str) -> Result<Self, PdfError> {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        let mut faces = HashMap::new();
        for octets in FONTS {
            let blob = Blob::new(Arc::new(octets));
            let face = Font::new(octets.into(), 0).ok_or(PdfError::Font)?;
            faces.insert(blob.id(), face);
            if collection.register_fonts(blob, None).is_empty() {
                return Err(PdfError::Font);
            }
        }
        let is_arabic = language == "ar";
        Ok(Self {
            fonts: FontContext {
                collection,
                source_cache: parley::fontique::SourceCache::default(),
            },
            layouts: LayoutContext::new(),
            faces,
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
            line_height: if is_arabic { 1.6 } else { 1.4 },
        })
    }

    /// The lines of `words` within `width` points.
    pub(super) fn lay(
        &mut self,
        words: &str,
        style: Style,
        width: f32,
    ) -> Result<Vec<LaidLine>, PdfError> {
        let mut builder = self
            .layouts
            .ranged_builder(&mut self.fonts, words, 1.0, false);
        builder.set_base_direction(self.base);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(
            self.families.as_slice().into(),
        )));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(
            self.line_height,
        )));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if style.weight == Weight::Bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        let mut layout = builder.build(words);
        layout.break_all_lines(Some(width));
        let alignment = match style.side {
            Side::Start => Alignment::Start,
            Side::Center => Alignment::Center,
        };
        layout.align(alignment, AlignmentOptions::default());
        let text: Arc<str> = words.into();
        layout.lines().map(|line| self.line(&line, &text)).collect()
    }

    fn line(&self, line: &Line<'_, [u8; 4]>, text: &Arc<str>) -> Result<LaidLine, PdfError> {
        let metrics = line.metrics();
        let mut x = metrics.offset;
        let mut runs = Vec::new();
        for run in line.runs() {
            let font = self
                .faces
                .get(&run.font().data.id())
                .ok_or(PdfError::Font)?;
            let size = run.font_size();
            runs.push(GlyphRun {
                font: font.clone(),
                size,
                x,
                glyphs: glyphs(&run, text),
                text: Arc::clone(text),
            });
            x += run.advance();
        }
        Ok(LaidLine {
            height: metrics.line_height,
            baseline: metrics.baseline - metrics.block_min_coord,
            runs,
        })
    }
}

/// The glyphs of a run; a ligature covers the text of all its letters, so that a reader's search finds the word.
fn glyphs(run: &parley::Run<'_, [u8; 4]>, text: &str) -> Vec<KrillaGlyph> {
    let size = run.font_size();
    let mut glyphs: Vec<KrillaGlyph> = Vec::new();
    let clusters: Vec<_> = run.visual_clusters().collect();
    for (at, cluster) in clusters.iter().enumerate() {
        let mut range = cluster.text_range();
        let is_mark = text
            .get(range.clone())
            .is_some_and(|part| strip_isolates(part).is_empty());
        if is_mark || cluster.is_ligature_continuation() {
            continue;
        }
        let is_more = |c: &&parley::Cluster<'_, [u8; 4]>| c.is_ligature_continuation();
        let after = clusters.iter().skip(at + 1).take_while(is_more);
        let before = clusters.iter().take(at).rev().take_while(is_more);
        let rest: Vec<_> = if run.is_rtl() {
            before.collect()
        } else {
            after.collect()
        };
        for more in rest {
            range.start = range.start.min(more.text_range().start);
            range.end = range.end.max(more.text_range().end);
        }
        glyphs.extend(cluster.glyphs().map(|glyph| {
            KrillaGlyph::new(
                GlyphId::new(glyph.id),
                glyph.advance / size,
                glyph.x / size,
                // Here y grows downwards, in a font upwards.
                -glyph.y / size,
                0.0,
                range.clone(),
                None,
            )
        }));
    }
    glyphs
}
