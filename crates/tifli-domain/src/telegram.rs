//! A telegram as it is frozen: who sends what to whom under which number, in each language of the
//! country, and its form as plain text.
//!
//! Not for: where its words come from (the country pack), nor for sending it.

use crate::bulletin::TelegramKind;
use std::fmt::Write as _;

/// Characters on one line of the plain text.
pub const COLUMNS: usize = 70;

/// A telegram, frozen.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telegram {
    /// What it says.
    pub kind: TelegramKind,
    /// Its number within its year.
    pub number: i64,
    /// The year of its number.
    pub year: i64,
    /// When it was sent.
    pub sent_ms: i64,
    /// Whether the family must not learn of it.
    pub family_uninformed: bool,
    /// The same telegram in each language of the country.
    pub sheets: Vec<Sheet>,
}

/// A telegram in one language.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// The tag of its language.
    pub language: String,
    /// The lines above everything.
    pub letterhead: Vec<String>,
    /// What it is called.
    pub title: String,
    /// How urgent it is, in the country's word.
    pub precedence: String,
    /// Number, date-time group, from, to, subject, reference: label and value.
    pub head: Vec<(String, String)>,
    /// What must be seen first, such as that the family must not be informed.
    pub warning: Option<String>,
    /// The numbered paragraphs.
    pub paragraphs: Vec<String>,
    /// The line that ends it.
    pub closing: String,
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Sheet({})", self.language)
    }
}

impl Telegram {
    /// The number as it is said: `27/2026`.
    pub fn label(&self) -> String {
        format!("{}/{}", self.number, self.year)
    }

    /// The sheet in this language, or the first one.
    pub fn sheet(&self, language: &str) -> Option<&Sheet> {
        let own = self.sheets.iter().find(|sheet| sheet.language == language);
        own.or_else(|| self.sheets.first())
    }

    /// All sheets as plain text, each line at most [`COLUMNS`] characters unless one word is longer.
    pub fn text(&self) -> String {
        let sheets: Vec<String> = self.sheets.iter().map(Sheet::text).collect();
        sheets.join(&format!("\n{}\n\n", "=".repeat(COLUMNS)))
    }
}

impl Sheet {
    /// This sheet as plain text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for line in &self.letterhead {
            push(&mut out, line, "");
        }
        let _ = write!(out, "\n{}\n{}\n\n", self.title, self.precedence);
        for (label, value) in &self.head {
            push(&mut out, &format!("{label}: {value}"), "    ");
        }
        if let Some(warning) = &self.warning {
            let _ = writeln!(out, "\n{}", "*".repeat(COLUMNS));
            push(&mut out, warning, "");
            let _ = writeln!(out, "{}", "*".repeat(COLUMNS));
        }
        for (place, words) in (1..).zip(&self.paragraphs) {
            out.push('\n');
            push(&mut out, &format!("{place}. {words}"), "   ");
        }
        let _ = writeln!(out, "\n{}", self.closing);
        out
    }
}

/// Adds a paragraph in lines of at most [`COLUMNS`] characters; later lines begin with `indent`.
fn push(out: &mut String, words: &str, indent: &str) {
    let mut indented = "";
    for part in words.lines() {
        let mut line = indented.to_owned();
        let mut empty = true;
        for word in part.split_whitespace() {
            let wanted = line.chars().count() + word.chars().count() + usize::from(!empty);
            if !empty && wanted > COLUMNS {
                let _ = writeln!(out, "{line}");
                line = indent.to_owned();
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        let _ = writeln!(out, "{line}");
        indented = indent;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn telegram() -> Telegram {
        let sheet = |language: &str| Sheet {
            language: language.to_owned(),
            letterhead: vec!["INVENTED KINGDOM".to_owned()],
            title: "TELEGRAM".to_owned(),
            precedence: "URGENT".to_owned(),
            head: vec![("To".to_owned(), "all services ".repeat(12))],
            warning: Some("The family must not be informed.".to_owned()),
            paragraphs: vec![
                "A child is sought.\nIn two lines.".to_owned(),
                "x ".repeat(90),
            ],
            closing: "Acknowledge.".to_owned(),
        };
        Telegram {
            kind: TelegramKind::Search,
            number: 27,
            year: 2026,
            sent_ms: 0,
            family_uninformed: true,
            sheets: vec![sheet("ar"), sheet("fr")],
        }
    }

    #[test]
    fn plain_text_keeps_to_its_columns_and_loses_no_word() {
        let text = telegram().text();
        assert!(
            text.lines().all(|line| line.chars().count() <= COLUMNS),
            "{text}"
        );
        assert_eq!(text.matches("all services").count(), 24);
        assert_eq!(text.matches(" x").count(), 180);
        assert!(text.contains("\n1. A child is sought.\n   In two lines.\n"));
        assert!(text.contains("must not be informed"));
    }

    #[test]
    fn a_telegram_has_a_sheet_for_everybody_and_shows_nothing_in_a_log() {
        let telegram = telegram();
        assert!(!format!("{telegram:?}").contains("sought"));
        assert_eq!(telegram.sheet("fr").unwrap().language, "fr");
        assert_eq!(telegram.sheet("en").unwrap().language, "ar");
        assert_eq!(telegram.label(), "27/2026");
    }
}
