//! Rows of cells that may go on over the end of a page: facts and tables. Not for what stands in the cells.

use super::PdfError;
use super::shape::{LaidLine, Shaper, Style};
use super::sheet::{Area, BODY_HEIGHT, BODY_WIDTH, Mark, Sheets, Stroke, height_of};
use crate::paper::{Fact, Table, isolate};

const PADDING: f32 = 4.0;
const LABEL_SHARE: f32 = 0.34;

/// A cell: where it begins, how wide it is, its lines.
struct Cell {
    offset: f32,
    width: f32,
    lines: Vec<LaidLine>,
}

/// Labels in one column, values in the other, a thin rule under each.
pub(super) fn facts(
    sheets: &mut Sheets,
    shaper: &mut Shaper,
    facts: &[Fact],
) -> Result<(), PdfError> {
    let label_width = BODY_WIDTH * LABEL_SHARE;
    for fact in facts {
        let cells = vec![
            cell(shaper, &fact.label, Style::bold(9.5), (0.0, label_width))?,
            cell(
                shaper,
                &isolate_lines(&fact.value),
                Style::regular(10.5),
                (label_width, BODY_WIDTH - label_width),
            )?,
        ];
        row(sheets, cells, None);
        sheets.rule(Stroke::Thin);
    }
    Ok(())
}

/// A table; its head comes again on each page.
pub(super) fn table(
    sheets: &mut Sheets,
    shaper: &mut Shaper,
    table: &Table,
) -> Result<(), PdfError> {
    let spans = spans(table);
    let head = cells(shaper, &table.head, Style::bold(9.5), &spans)?;
    let rows = table
        .rows
        .iter()
        .map(|words| cells(shaper, words, Style::regular(9.5), &spans));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let first = rows.first().map_or(0.0, |cells| height(cells));
    sheets.make_room((height(&head) + first).min(BODY_HEIGHT));
    draw_head(sheets, &head);
    for cells in rows {
        row(sheets, cells, Some(&head));
        sheets.rule(Stroke::Thin);
    }
    Ok(())
}

/// Where each column begins and how wide it is.
fn spans(table: &Table) -> Vec<(f32, f32)> {
    let count = table.head.len().max(1);
    let fits = table.widths.len() == count && table.widths.iter().all(|width| *width > 0);
    let shares: Vec<f32> = if fits {
        table.widths.iter().map(|width| f32::from(*width)).collect()
    } else {
        vec![1.0; count]
    };
    let sum: f32 = shares.iter().sum();
    let mut offset = 0.0;
    let span = |share: f32| {
        let begin = offset;
        let width = BODY_WIDTH * share / sum;
        offset += width;
        (begin, width)
    };
    shares.into_iter().map(span).collect()
}

fn cells(
    shaper: &mut Shaper,
    words: &[String],
    style: Style,
    spans: &[(f32, f32)],
) -> Result<Vec<Cell>, PdfError> {
    words
        .iter()
        .zip(spans)
        .map(|(words, span)| cell(shaper, &isolate_lines(words), style, *span))
        .collect()
}

fn cell(
    shaper: &mut Shaper,
    words: &str,
    style: Style,
    span: (f32, f32),
) -> Result<Cell, PdfError> {
    let (offset, width) = span;
    let lines = shaper.lay(words, style, width - 2.0 * PADDING)?;
    Ok(Cell {
        offset,
        width,
        lines,
    })
}

/// Each line of a value keeps its own order.
fn isolate_lines(value: &str) -> String {
    let lines: Vec<String> = value.lines().map(isolate).collect();
    lines.join("\n")
}

fn height(cells: &[Cell]) -> f32 {
    let tallest = cells.iter().map(|cell| height_of(&cell.lines));
    tallest.fold(0.0, f32::max) + 2.0 * PADDING
}

fn draw_head(sheets: &mut Sheets, head: &[Cell]) {
    let tall = height(head);
    let area = Area {
        x: sheets.x(0.0, BODY_WIDTH),
        y: sheets.y(),
        width: BODY_WIDTH,
        height: tall,
    };
    sheets.mark(Mark::Shade(area));
    draw(
        sheets,
        head.iter().map(|c| (c.offset, c.width, c.lines.clone())),
    );
    sheets.advance(tall);
    sheets.rule(Stroke::Strong);
}

/// One row: whole on this page or the next; one taller than a page goes on line by line.
fn row(sheets: &mut Sheets, mut cells: Vec<Cell>, head: Option<&[Cell]>) {
    if height(&cells) <= BODY_HEIGHT {
        next_page_unless(sheets, height(&cells), head);
    }
    loop {
        let room = sheets.left() - 2.0 * PADDING;
        let parts: Vec<_> = cells
            .iter_mut()
            .map(|cell| (cell.offset, cell.width, take_lines(&mut cell.lines, room)))
            .collect();
        let tall = parts
            .iter()
            .map(|(_, _, lines)| height_of(lines))
            .fold(0.0, f32::max);
        draw(sheets, parts.into_iter());
        sheets.advance(tall + 2.0 * PADDING);
        if cells.iter().all(|cell| cell.lines.is_empty()) {
            return;
        }
        next_page_unless(sheets, f32::INFINITY, head);
    }
}

fn next_page_unless(sheets: &mut Sheets, height: f32, head: Option<&[Cell]>) {
    if sheets.left() < height && !sheets.is_fresh() {
        sheets.new_page();
        if let Some(head) = head {
            draw_head(sheets, head);
        }
    }
}

/// As many lines as fit, at least one.
fn take_lines(lines: &mut Vec<LaidLine>, room: f32) -> Vec<LaidLine> {
    let mut tall = 0.0;
    let fit = lines
        .iter()
        .take_while(|line| {
            tall += line.height;
            tall <= room
        })
        .count();
    lines.drain(..fit.max(1).min(lines.len())).collect()
}

fn draw(sheets: &mut Sheets, cells: impl Iterator<Item = (f32, f32, Vec<LaidLine>)>) {
    for (offset, width, lines) in cells {
        let x = sheets.x(offset + PADDING, width - 2.0 * PADDING);
        let top = sheets.y() + PADDING;
        sheets.place((x, top), lines);
    }
}
