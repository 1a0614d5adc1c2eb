//! The figures of a week or a year, for the house or for publication, as tables.

use askama::Template;

use crate::forms::FormErrors;
use crate::layout::Shell;

/// One count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureLine {
    /// What is counted.
    pub label: String,
    /// The count as it is shown.
    pub count: String,
    /// Its share of the total; empty where there is none.
    pub share: String,
    /// Count and total for a bar; `None` where either is hidden or nothing is counted.
    pub bar: Option<(i64, i64)>,
}

/// A total told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureTable {
    /// What is told apart, and by what.
    pub title: String,
    /// The counts.
    pub lines: Vec<FigureLine>,
}

/// How long a stage took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageLine {
    /// The stage.
    pub label: String,
    /// How many came through it, of how many that began it.
    pub reached: String,
    /// How many of them within 24 hours, with the share.
    pub within: String,
    /// The time of half of them.
    pub median: String,
    /// The time of nine in ten.
    pub p90: String,
}

/// Which way a table may be left for another period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPeriod {
    /// What it is called.
    pub label: String,
    /// Its page.
    pub href: String,
}

/// `GET /console/figures?week=&year=&version=`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/figures.html")]
pub struct FiguresPage {
    /// Frame.
    pub shell: Shell,
    /// The period in words.
    pub period: String,
    /// The week as it is typed; that of today on the page of a year.
    pub week: String,
    /// The year as it is typed.
    pub year: String,
    /// The period before and the one after.
    pub others: [OtherPeriod; 2],
    /// `exact` or `published`.
    pub version: &'static str,
    /// Whether the period has not ended.
    pub running: bool,
    /// The page of the other version, where this person sees both.
    pub other_version: Option<String>,
    /// The district that is counted; empty for the country.
    pub district: String,
    /// The files: the figures, and the cases where this person may read them.
    pub figures_file: String,
    /// The file of cases.
    pub cases_file: Option<String>,
    /// Totals and sums: label and number.
    pub totals: Vec<(String, String)>,
    /// The groups.
    pub tables: Vec<FigureTable>,
    /// Cases by nature, district and rung, with the count.
    pub cross: Vec<([String; 3], String)>,
    /// The stages.
    pub stages: Vec<StageLine>,
    /// Whether anything on the page is hidden.
    pub hides: bool,
    /// What is wrong with the period asked for.
    pub errors: FormErrors,
}
