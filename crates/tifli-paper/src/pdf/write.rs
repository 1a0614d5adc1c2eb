//! Pages of marks become the octets of a PDF file. Not for deciding where a mark stands.

use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{Metadata, TextDirection};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke as Pen, StrokeDash};
use krilla::surface::Surface;

use super::PdfError;
use super::shape::LaidLine;
use super::sheet::{Area, Mark, PAGE_HEIGHT, PAGE_WIDTH, Sheets, Stroke};
use crate::paper::{Direction, Paper};

/// The file. It holds no date and no random value of its own.
pub(super) fn file(paper: &Paper, sheets: &Sheets) -> Result<Vec<u8>, PdfError> {
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .language(paper.language.clone())
            .title(paper.title.clone())
            .text_direction(match paper.direction {
                Direction::Ltr => TextDirection::LeftToRight,
                Direction::Rtl => TextDirection::RightToLeft,
            }),
    );
    for marks in &sheets.pages {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).ok_or(PdfError::File)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in marks {
            draw(&mut surface, mark)?;
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|_| PdfError::File)
}

fn draw(surface: &mut Surface<'_>, mark: &Mark) -> Result<(), PdfError> {
    match mark {
        Mark::Words { x, y, line } => {
            words(surface, (*x, *y), line);
            Ok(())
        }
        Mark::Line { from, to, stroke } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            pen(surface, path, *stroke)
        }
        Mark::Box(area) => {
            let mut path = PathBuilder::new();
            path.push_rect(rect(*area)?);
            pen(surface, path, Stroke::Strong)
        }
        Mark::Shade(area) => {
            let mut path = PathBuilder::new();
            path.push_rect(rect(*area)?);
            let path = path.finish().ok_or(PdfError::File)?;
            surface.set_stroke(None);
            surface.set_fill(Some(Fill {
                paint: luma::Color::new(235).into(),
                ..Fill::default()
            }));
            surface.draw_path(&path);
            Ok(())
        }
        Mark::Picture { area, jpeg } => picture(surface, *area, jpeg),
    }
}

fn words(surface: &mut Surface<'_>, at: (f32, f32), line: &LaidLine) {
    surface.set_stroke(None);
    surface.set_fill(Some(Fill::default()));
    for run in &line.runs {
        let start = Point::from_xy(at.0 + run.x, at.1 + line.baseline);
        surface.draw_glyphs(
            start,
            &run.glyphs,
            run.font.clone(),
            &run.text,
            run.size,
            false,
        );
    }
}

fn pen(surface: &mut Surface<'_>, path: PathBuilder, stroke: Stroke) -> Result<(), PdfError> {
    let path = path.finish().ok_or(PdfError::File)?;
    let (grey, width) = match stroke {
        Stroke::Thin => (150, 0.4),
        Stroke::Strong => (40, 0.8),
        Stroke::Dotted => (110, 0.7),
    };
    surface.set_fill(None);
    surface.set_stroke(Some(Pen {
        paint: luma::Color::new(grey).into(),
        width,
        dash: (stroke == Stroke::Dotted).then(|| StrokeDash {
            array: vec![1.0, 2.5],
            offset: 0.0,
        }),
        ..Pen::default()
    }));
    surface.draw_path(&path);
    Ok(())
}

fn picture(surface: &mut Surface<'_>, area: Area, jpeg: &[u8]) -> Result<(), PdfError> {
    let image = Image::from_jpeg(jpeg.to_vec().into(), true).map_err(|_| PdfError::Picture)?;
    let size = Size::from_wh(area.width, area.height).ok_or(PdfError::Picture)?;
    surface.push_transform(&Transform::from_translate(area.x, area.y));
    surface.draw_image(image, size);
    surface.pop();
    Ok(())
}

fn rect(area: Area) -> Result<Rect, PdfError> {
    Rect::from_xywh(area.x, area.y, area.width, area.height).ok_or(PdfError::File)
}
