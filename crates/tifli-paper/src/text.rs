//! A paper as plain text for a telegram: 70 columns, logical order, no marks. Not for a page or a screen with a layout.

use unicode_width::UnicodeWidthStr as _;

use crate::paper::{Block, Check, Fact, Paper, Signature, Table, strip_isolates};

/// How many columns a line of a telegram holds.
pub const COLUMNS: usize = 70;

const INDENT: &str = "  ";
const NO_BREAK_SPACE: &str = "\u{a0}";

/// The paper as lines of at most [`COLUMNS`] columns, in logical order; a longer word stands on a line of its own.
/// Photos are named, not shown.
pub fn plain_text(paper: &Paper) -> String {
    let mut lines = Lines::default();
    for line in &paper.letterhead {
        lines.wrap("", line);
    }
    lines.facts(&paper.reference);
    lines.gap();
    lines.wrap("", &paper.title);
    lines.push("=".repeat(paper.title.width().min(COLUMNS)));
    for block in &paper.blocks {
        lines.block(block);
    }
    lines.gap();
    lines.push("-".repeat(COLUMNS));
    let foot = &paper.footer;
    for line in [&foot.number, &foot.printed, &foot.reader] {
        if !line.is_empty() {
            lines.wrap("", line);
        }
    }
    lines.text()
}

#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn block(&mut self, block: &Block) {
        self.gap();
        match block {
            Block::Heading(words) => {
                self.wrap("", words);
                self.push("-".repeat(words.width().min(COLUMNS)));
            }
            Block::Paragraph(words) => words.lines().for_each(|line| self.wrap("", line)),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::List(points) => points.iter().for_each(|point| self.wrap("- ", point)),
            Block::Picture(picture) => self.wrap("", &format!("[{}]", picture.caption)),
            Block::Signatures(boxes) => boxes.iter().for_each(|one| self.signature(one)),
            Block::Checks(checks) => checks.iter().for_each(|check| self.check(check)),
            Block::Ruled(count) => (0..*count).for_each(|_| self.push("_".repeat(COLUMNS))),
            Block::NewPage => {}
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        for fact in facts {
            self.fact("", fact);
        }
    }

    fn fact(&mut self, first: &str, fact: &Fact) {
        let value = unbroken(&fact.value);
        self.wrap(first, &format!("{}: {value}", fact.label));
    }

    fn table(&mut self, table: &Table) {
        for row in &table.rows {
            for (at, cell) in row.iter().enumerate() {
                let label = table.head.get(at).map_or("", String::as_str);
                let first = if at == 0 { "- " } else { INDENT };
                self.fact(first, &Fact::new(label, cell));
            }
        }
    }

    fn signature(&mut self, one: &Signature) {
        self.fact("", &Fact::new(&one.label, &one.name));
        self.push("_".repeat(30));
    }

    fn check(&mut self, check: &Check) {
        let first = if check.ticked { "[x] " } else { "[ ] " };
        self.wrap(first, &check.label);
    }

    /// `words` broken between words; the first line begins with `first`, the others are set in.
    fn wrap(&mut self, first: &str, words: &str) {
        let words = strip_isolates(words);
        let mut line = first.to_owned();
        let mut is_bare = true;
        for word in words.split([' ', '\n', '\t']).filter(|w| !w.is_empty()) {
            let wider = line.width() + usize::from(!is_bare) + word.width();
            if !is_bare && wider > COLUMNS {
                self.push(std::mem::replace(&mut line, INDENT.to_owned()));
                is_bare = true;
            }
            if !is_bare {
                line.push(' ');
            }
            line.push_str(word);
            is_bare = false;
        }
        self.push(line);
    }

    fn gap(&mut self) {
        if self.0.last().is_some_and(|line| !line.is_empty()) {
            self.push(String::new());
        }
    }

    fn push(&mut self, line: String) {
        self.0.push(line.trim_end_matches(' ').to_owned());
    }

    fn text(self) -> String {
        let mut text = self.0.join("\n");
        text.push('\n');
        text
    }
}

/// A value of digits alone is not broken, and keeps the order of its groups among Arabic letters: a no-break space
/// between two numbers belongs to them (UAX #9, rule W4), a common one does not.
fn unbroken(value: &str) -> String {
    let is_number = |c: char| c.is_ascii_digit() || " +-./:\u{2068}\u{2069}".contains(c);
    if !value.is_empty() && value.chars().all(is_number) {
        value.replace(' ', NO_BREAK_SPACE)
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Direction, Footer, isolate};

    fn paper(blocks: Vec<Block>) -> Paper {
        Paper {
            language: "ar".to_owned(),
            direction: Direction::Rtl,
            letterhead: vec!["المديرية العامة للأمن الوطني".to_owned()],
            reference: vec![Fact::new("رقم", "CAS/2026/17")],
            title: "برقية".to_owned(),
            blocks,
            footer: Footer {
                number: String::new(),
                printed: "2026-11-22 10:07".to_owned(),
                reader: String::new(),
                page: String::new(),
            },
        }
    }

    #[test]
    fn no_line_is_wider_than_seventy_columns() {
        let words = "شوهد الطفل آخر مرة قرب المتجر الكبير مع مرافق ".repeat(9);
        let table = Table {
            head: vec!["الخدمة".to_owned(), "الحالة".to_owned()],
            widths: Vec::new(),
            rows: vec![vec![words.clone(), words.clone()]],
        };
        let text = plain_text(&paper(vec![
            Block::Heading(words.clone()),
            Block::Paragraph(words.clone()),
            Block::Facts(vec![Fact::new("وصف", words.clone())]),
            Block::Table(table),
            Block::List(vec![words]),
            Block::Ruled(1),
        ]));
        let widest = text.lines().map(str::width).max();
        assert!(
            widest.is_some_and(|wide| (60..=COLUMNS).contains(&wide)),
            "{widest:?}"
        );
    }

    #[test]
    fn a_telegram_has_no_marks_and_a_phone_number_stays_whole() {
        let phone = isolate("06 12 34 56 78");
        let text = plain_text(&paper(vec![Block::Facts(vec![Fact::new("الهاتف", phone)])]));
        assert!(
            text.contains("الهاتف: 06\u{a0}12\u{a0}34\u{a0}56\u{a0}78\n"),
            "{text}"
        );
        assert!(!text.contains(['\u{2068}', '\u{2069}']));
    }

    #[test]
    fn what_is_ticked_is_told_from_what_is_not() {
        let check = |label: &str, ticked| Check {
            label: label.to_owned(),
            ticked,
        };
        let text = plain_text(&paper(vec![Block::Checks(vec![
            check("نعم", true),
            check("لا", false),
        ])]));
        assert!(text.contains("[x] نعم\n[ ] لا\n"), "{text}");
    }
}
