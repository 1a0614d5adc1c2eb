//! Pages as lists of marks with places in points from the top left, and the cursor that fills them. Not for PDF itself.

use super::shape::LaidLine;
use crate::paper::Direction;

/// A4 in points.
pub(super) const PAGE_WIDTH: f32 = 595.28;
/// A4 in points.
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// White left and right, and above.
pub(super) const MARGIN: f32 = 54.0;
/// Where the foot begins.
pub(super) const FOOT_TOP: f32 = PAGE_HEIGHT - 66.0;
/// Between the margins.
pub(super) const BODY_WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;
/// Between the upper margin and the foot.
pub(super) const BODY_HEIGHT: f32 = FOOT_TOP - MARGIN - 8.0;

/// A place and a size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stroke {
    Thin,
    Strong,
    Dotted,
}

/// One thing on a page.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// A line of words whose top left is here.
    Words { x: f32, y: f32, line: LaidLine },
    /// From one point to another.
    Line {
        from: (f32, f32),
        to: (f32, f32),
        stroke: Stroke,
    },
    /// The outline of an area.
    Box(Area),
    /// An area in light grey.
    Shade(Area),
    /// A JPEG file.
    Picture { area: Area, jpeg: Vec<u8> },
}

/// The pages so far, and how far the last one is filled.
#[derive(Debug)]
pub(super) struct Sheets {
    pub pages: Vec<Vec<Mark>>,
    direction: Direction,
    y: f32,
}

impl Sheets {
    pub(super) fn new(direction: Direction) -> Self {
        Self {
            pages: vec![Vec::new()],
            direction,
            y: MARGIN,
        }
    }

    /// The top of what comes next.
    pub(super) fn y(&self) -> f32 {
        self.y
    }

    /// How much of the page is left.
    pub(super) fn left(&self) -> f32 {
        MARGIN + BODY_HEIGHT - self.y
    }

    pub(super) fn is_fresh(&self) -> bool {
        self.y <= MARGIN
    }

    pub(super) fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    /// Begins a new page unless `height` is left on this one.
    pub(super) fn make_room(&mut self, height: f32) {
        if self.left() < height && !self.is_fresh() {
            self.new_page();
        }
    }

    pub(super) fn advance(&mut self, height: f32) {
        self.y += height;
    }

    /// White between two blocks; none at the top of a page.
    pub(super) fn gap(&mut self, height: f32) {
        if !self.is_fresh() {
            self.y += height;
        }
    }

    /// The left edge of something `width` wide that stands `offset` from where the language begins.
    pub(super) fn x(&self, offset: f32, width: f32) -> f32 {
        match self.direction {
            Direction::Ltr => MARGIN + offset,
            Direction::Rtl => PAGE_WIDTH - MARGIN - offset - width,
        }
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// A rule over the whole width at the cursor.
    pub(super) fn rule(&mut self, stroke: Stroke) {
        let y = self.y;
        self.mark(Mark::Line {
            from: (MARGIN, y),
            to: (PAGE_WIDTH - MARGIN, y),
            stroke,
        });
    }

    /// Lines one below the other, over as many pages as they need.
    pub(super) fn lines(&mut self, offset: f32, width: f32, lines: Vec<LaidLine>) {
        for line in lines {
            self.make_room(line.height);
            let (x, y, height) = (self.x(offset, width), self.y, line.height);
            self.mark(Mark::Words { x, y, line });
            self.advance(height);
        }
    }

    /// Lines that stay on this page, from `top`; the cursor stays.
    pub(super) fn place(&mut self, at: (f32, f32), lines: Vec<LaidLine>) -> f32 {
        let (x, mut y) = at;
        for line in lines {
            let height = line.height;
            self.mark(Mark::Words { x, y, line });
            y += height;
        }
        y
    }
}

/// The height of lines one below the other.
pub(super) fn height_of(lines: &[LaidLine]) -> f32 {
    lines.iter().map(|line| line.height).sum()
}
