//! Figures and the cases behind them as comma-separated values.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe before it; everything else
//! is a number, a moment in UTC, or a code. In UTF-8; with a byte order mark for spreadsheets that
//! would otherwise guess.

use jiff::Timestamp;
use tifli_domain::cell::harmless;
use tifli_domain::figures::{Amount, Code, Figure, Moment, Row, Shown, Span};

use crate::{AppError, AppResult};

/// Whether a file begins with a byte order mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It does, for spreadsheets.
    Bom,
    /// It does not.
    None,
}

/// The cases, one a line.
pub fn cases_csv(rows: &[Row], mark: Mark) -> AppResult<String> {
    let codes = Code::ALL.iter().map(|code| code.as_str());
    let moments = Moment::ALL.iter().map(|moment| moment.as_str());
    let amounts = Amount::ALL.iter().map(|amount| amount.as_str());
    let head = std::iter::once("case").chain(codes).chain(moments);
    let head: Vec<String> = head.chain(amounts).map(str::to_owned).collect();
    let lines = rows.iter().map(|row| {
        let mut line = vec![row.label.clone()];
        line.extend(Code::ALL.iter().map(|code| row.code(*code).to_owned()));
        line.extend(Moment::ALL.iter().map(|moment| utc(row.at(*moment))));
        line.extend(
            Amount::ALL
                .iter()
                .map(|amount| row.amount(*amount).to_string()),
        );
        line
    });
    write(std::iter::once(head).chain(lines), mark)
}

/// The figures, one a line, after the two moments of their period.
pub fn figures_csv(figures: &[Figure], span: &Span, mark: Mark) -> AppResult<String> {
    let head = [
        "key",
        "unit",
        "value",
        "numerator",
        "denominator",
        "percent",
        "shown",
    ];
    let bound = |key: &str, ms| {
        let ms = utc(Some(ms));
        [key, "utc", &ms, "", "", "", "exact"]
            .map(str::to_owned)
            .to_vec()
    };
    let bounds = [
        head.map(str::to_owned).to_vec(),
        bound("period_from", span.from_ms),
        bound("period_to", span.to_ms),
    ];
    let number = |number: Option<i64>| number.map_or_else(String::new, |n| n.to_string());
    let lines = figures.iter().map(|figure| {
        vec![
            figure.key.clone(),
            figure.unit.as_str().to_owned(),
            match figure.shown {
                Shown::Small => "<5".to_owned(),
                Shown::Exact | Shown::Withheld => number(figure.value),
            },
            number(figure.numerator),
            number(figure.denominator),
            figure
                .permille()
                .map_or_else(String::new, |p| format!("{}.{}", p / 10, p % 10)),
            match figure.shown {
                Shown::Exact => "exact".to_owned(),
                Shown::Small => "small".to_owned(),
                Shown::Withheld => "withheld".to_owned(),
            },
        ]
    });
    write(bounds.into_iter().chain(lines), mark)
}

fn write(lines: impl Iterator<Item = Vec<String>>, mark: Mark) -> AppResult<String> {
    let failed = |_| AppError::internal("figures_file");
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        let line = line.into_iter().map(harmless);
        writer.write_record(line).map_err(failed)?;
    }
    let bytes = writer.into_inner();
    let bytes = bytes.map_err(|_| AppError::internal("figures_file"))?;
    let text = String::from_utf8(bytes).map_err(|_| AppError::internal("figures_file"))?;
    Ok(match mark {
        Mark::Bom => format!("\u{feff}{text}"),
        Mark::None => text,
    })
}

/// A moment to the millisecond; empty where it has not happened.
fn utc(ms: Option<i64>) -> String {
    let moment = ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    moment.map_or_else(String::new, |at| format!("{at:.3}"))
}
