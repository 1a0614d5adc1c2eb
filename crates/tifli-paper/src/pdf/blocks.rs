//! The head, each block and the foot of a paper, placed on pages. Not for the PDF file around them.

use super::PdfError;
use super::rows;
use super::shape::{Shaper, Style};
use super::sheet::{
    Area, BODY_HEIGHT, BODY_WIDTH, FOOT_TOP, MARGIN, Mark, PAGE_WIDTH, Sheets, Stroke, height_of,
};
use crate::paper::{Block, Check, Footer, Paper, Picture, Signature, isolate};

const GAP: f32 = 9.0;
const BODY: Style = Style::regular(10.5);
const SMALL: Style = Style::regular(8.0);
const INDENT: f32 = 16.0;
const SIGNATURE_HEIGHT: f32 = 78.0;
const PICTURE: (f32, f32) = (170.0, 215.0);
const RULED_STEP: f32 = 22.0;

/// The pages of a paper.
pub(super) fn lay_out(paper: &Paper, shaper: &mut Shaper) -> Result<Sheets, PdfError> {
    let mut sheets = Sheets::new(paper.direction);
    head(&mut sheets, shaper, paper)?;
    for block in &paper.blocks {
        lay_block(&mut sheets, shaper, block)?;
    }
    foot(&mut sheets, shaper, &paper.footer)?;
    Ok(sheets)
}

fn head(sheets: &mut Sheets, shaper: &mut Shaper, paper: &Paper) -> Result<(), PdfError> {
    let (start, end) = (BODY_WIDTH * 0.56, BODY_WIDTH * 0.40);
    let top = sheets.y();
    let letterhead = shaper.lay(&paper.letterhead.join("\n"), Style::bold(10.0), start)?;
    let x = sheets.x(0.0, start);
    let mut bottom = sheets.place((x, top), letterhead);
    let reference: Vec<String> = paper
        .reference
        .iter()
        .map(|fact| format!("{}: {}", fact.label, isolate(&fact.value)))
        .collect();
    let reference = shaper.lay(&reference.join("\n"), Style::regular(9.5), end)?;
    let x = sheets.x(BODY_WIDTH - end, end);
    bottom = sheets.place((x, top), reference).max(bottom);
    sheets.advance(bottom - top + 4.0);
    sheets.rule(Stroke::Strong);
    sheets.advance(12.0);
    let title = shaper.lay(&paper.title, Style::bold(15.0).centered(), BODY_WIDTH)?;
    sheets.lines(0.0, BODY_WIDTH, title);
    Ok(())
}

fn lay_block(sheets: &mut Sheets, shaper: &mut Shaper, block: &Block) -> Result<(), PdfError> {
    sheets.gap(GAP);
    match block {
        Block::Heading(words) => heading(sheets, shaper, words),
        Block::Paragraph(words) => {
            let lines = shaper.lay(words, BODY, BODY_WIDTH)?;
            sheets.lines(0.0, BODY_WIDTH, lines);
            Ok(())
        }
        Block::Facts(facts) => rows::facts(sheets, shaper, facts),
        Block::Table(table) => rows::table(sheets, shaper, table),
        Block::List(points) => points
            .iter()
            .try_for_each(|point| list_point(sheets, shaper, point)),
        Block::Picture(photo) => picture(sheets, shaper, photo),
        Block::Signatures(boxes) => boxes
            .chunks(3)
            .try_for_each(|three| signatures(sheets, shaper, three)),
        Block::Checks(checks) => checks
            .iter()
            .try_for_each(|check| tick_box(sheets, shaper, check)),
        Block::Ruled(count) => {
            ruled(sheets, *count);
            Ok(())
        }
        Block::NewPage => {
            if !sheets.is_fresh() {
                sheets.new_page();
            }
            Ok(())
        }
    }
}

fn heading(sheets: &mut Sheets, shaper: &mut Shaper, words: &str) -> Result<(), PdfError> {
    let lines = shaper.lay(words, Style::bold(12.0), BODY_WIDTH)?;
    // A heading does not stand alone at the end of a page.
    sheets.make_room(height_of(&lines) + 48.0);
    sheets.lines(0.0, BODY_WIDTH, lines);
    Ok(())
}

fn list_point(sheets: &mut Sheets, shaper: &mut Shaper, point: &str) -> Result<(), PdfError> {
    let width = BODY_WIDTH - INDENT;
    let lines = shaper.lay(point, BODY, width)?;
    sheets.make_room(lines.first().map_or(0.0, |line| line.height));
    let bullet = shaper.lay("•", BODY, INDENT)?;
    let at = (sheets.x(0.0, INDENT), sheets.y());
    sheets.place(at, bullet);
    sheets.lines(INDENT, width, lines);
    Ok(())
}

fn picture(sheets: &mut Sheets, shaper: &mut Shaper, photo: &Picture) -> Result<(), PdfError> {
    let image = krilla::image::Image::from_jpeg(photo.jpeg.clone().into(), true)
        .map_err(|_| PdfError::Picture)?;
    let (wide, tall) = image.size();
    #[expect(
        clippy::cast_precision_loss,
        reason = "sides of a photo are far below 2^24"
    )]
    let (wide, tall) = (wide.max(1) as f32, tall.max(1) as f32);
    let scale = (PICTURE.0 / wide).min(PICTURE.1 / tall);
    let (width, height) = (wide * scale, tall * scale);
    let caption = shaper.lay(&photo.caption, SMALL, BODY_WIDTH)?;
    sheets.make_room(height + 4.0 + height_of(&caption));
    let area = Area {
        x: sheets.x(0.0, width),
        y: sheets.y(),
        width,
        height,
    };
    sheets.mark(Mark::Picture {
        area,
        jpeg: photo.jpeg.clone(),
    });
    sheets.advance(height + 4.0);
    sheets.lines(0.0, BODY_WIDTH, caption);
    Ok(())
}

fn signatures(
    sheets: &mut Sheets,
    shaper: &mut Shaper,
    boxes: &[Signature],
) -> Result<(), PdfError> {
    let count = u8::try_from(boxes.len().max(2)).unwrap_or(3);
    let width = BODY_WIDTH / f32::from(count);
    sheets.make_room(SIGNATURE_HEIGHT + 6.0);
    let top = sheets.y();
    let mut offset = 0.0;
    for one in boxes {
        let inner = width - 16.0;
        let area = Area {
            x: sheets.x(offset, width - 6.0),
            y: top,
            width: width - 6.0,
            height: SIGNATURE_HEIGHT,
        };
        sheets.mark(Mark::Box(area));
        let words = shaper.lay(&one.label, Style::bold(9.0), inner)?;
        let x = area.x + 5.0;
        let below = sheets.place((x, top + 3.0), words);
        let name = shaper.lay(&isolate(&one.name), Style::regular(9.0), inner)?;
        sheets.place((x, below), name);
        offset += width;
    }
    sheets.advance(SIGNATURE_HEIGHT + 6.0);
    Ok(())
}

fn tick_box(sheets: &mut Sheets, shaper: &mut Shaper, check: &Check) -> Result<(), PdfError> {
    const BOX: f32 = 9.0;
    let width = BODY_WIDTH - INDENT;
    let lines = shaper.lay(&check.label, BODY, width)?;
    let first = lines.first().map_or(BOX, |line| line.height);
    sheets.make_room(height_of(&lines).min(BODY_HEIGHT));
    let (x, y) = (sheets.x(0.0, BOX), sheets.y() + (first - BOX) / 2.0);
    sheets.mark(Mark::Box(Area {
        x,
        y,
        width: BOX,
        height: BOX,
    }));
    if check.ticked {
        let cross = [((x, y), (x + BOX, y + BOX)), ((x, y + BOX), (x + BOX, y))];
        for (from, to) in cross {
            let stroke = Stroke::Strong;
            sheets.mark(Mark::Line { from, to, stroke });
        }
    }
    sheets.lines(INDENT, width, lines);
    sheets.advance(2.0);
    Ok(())
}

fn ruled(sheets: &mut Sheets, count: u8) {
    for _ in 0..count {
        sheets.make_room(RULED_STEP);
        sheets.advance(RULED_STEP - 2.0);
        sheets.rule(Stroke::Dotted);
        sheets.advance(2.0);
    }
}

/// Number, date and reader on every page, and which page it is.
fn foot(sheets: &mut Sheets, shaper: &mut Shaper, footer: &Footer) -> Result<(), PdfError> {
    let pages = sheets.pages.len();
    let who: Vec<String> = [&footer.number, &footer.printed, &footer.reader]
        .into_iter()
        .filter(|words| !words.is_empty())
        .map(|words| isolate(words))
        .collect();
    let (start, end) = (BODY_WIDTH * 0.78, BODY_WIDTH * 0.2);
    let who = shaper.lay(&who.join(" · "), SMALL, start)?;
    for at in 0..pages {
        let count = shaper.lay(&footer.page_words(at + 1, pages), SMALL, end)?;
        let mut marks = vec![Mark::Line {
            from: (MARGIN, FOOT_TOP),
            to: (PAGE_WIDTH - MARGIN, FOOT_TOP),
            stroke: Stroke::Thin,
        }];
        let columns = [
            (sheets.x(0.0, start), who.clone()),
            (sheets.x(BODY_WIDTH - end, end), count),
        ];
        for (x, lines) in columns {
            let mut y = FOOT_TOP + 4.0;
            for line in lines {
                let height = line.height;
                marks.push(Mark::Words { x, y, line });
                y += height;
            }
        }
        if let Some(page) = sheets.pages.get_mut(at) {
            page.extend(marks);
        }
    }
    Ok(())
}
