//! Statistics at work: the cases of a period read in one go, folded by the domain, shown exactly to
//! those who may read the cases and with small cells hidden to everybody else; both as files.
//!
//! Not for: what is counted and what is hidden ([`tifli_domain::figures`]), nor the words of a page.

mod file;
#[cfg(test)]
mod stories;

pub use file::{Mark, cases_csv, figures_csv};

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use tifli_domain::Actor;
use tifli_domain::closing::Item;
use tifli_domain::figures::{Age, Code, Figure, Period, Report, Row, Span};
use tifli_domain::id::CaseId;
use tifli_domain::intake::Field;
use tifli_domain::permission::{Act, Reach, reach};
use tifli_domain::retention::Ending;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::figures::{self, Basis, FigureRow};
use tifli_store::{Reads, Tx};

use crate::{App, AppError, AppResult};

/// Which version of the figures is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// As they are, over the cases this person may read.
    Exact,
    /// As they may leave the house, over the whole country.
    Published,
}

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodFigures {
    /// The period.
    pub period: Period,
    /// Its moments.
    pub span: Span,
    /// Which version this is.
    pub version: Version,
    /// Whether the period has not ended: its figures will change, and are for the house alone.
    pub running: bool,
    /// The one district whose cases are counted; `None` for the whole country.
    pub district: Option<String>,
    /// The figures.
    pub figures: Vec<Figure>,
}

impl App {
    /// Which version this person sees unless another is asked for.
    pub fn usual_figures(&self, actor: &Actor) -> Version {
        match reach(actor.role, Act::ReadCase) {
            Reach::Nowhere => Version::Published,
            Reach::OwnDistrict | Reach::Everywhere => Version::Exact,
        }
    }

    /// The present week.
    pub fn present_week(&self) -> Period {
        Period::week_of(self.now().to_zoned(self.zone()).date())
    }

    /// The period that a version begins with: the present week, or the last one that can be published.
    pub fn usual_period(&self, version: Version) -> Period {
        let week = self.present_week();
        match version {
            Version::Exact => week,
            Version::Published => week.find_earlier().unwrap_or(week),
        }
    }

    /// Whether a period is over, so that its figures may leave the house.
    pub fn is_over(&self, period: Period) -> bool {
        let now = self.now_ms();
        period
            .span(&self.zone())
            .is_ok_and(|span| span.to_ms <= now)
    }

    /// The figures of a period. What has not happened yet at its end is not counted. Nothing is published
    /// of a period that still runs: who is told the same figure twice learns what happened in between,
    /// however small cells are hidden.
    pub async fn period_figures(
        &self,
        actor: &Actor,
        period: Period,
        version: Version,
    ) -> AppResult<PeriodFigures> {
        self.permit_anywhere(actor, Act::ReadFigures)?;
        let span = self.span_of(period)?;
        let running = !self.is_over(period);
        if running && version == Version::Published {
            return Err(AppError::conflict("period_runs"));
        }
        let district = match version {
            Version::Exact => self.counted_district(actor)?,
            Version::Published => None,
        };
        let rows = self.counted(span, district.clone()).await?;
        let districts = self.pack().districts().iter();
        let districts: Vec<&str> = districts
            .map(|one| one.id.as_str())
            .filter(|id| district.as_ref().is_none_or(|own| own == id))
            .collect();
        let report = Report::fold(&rows, &span, &districts);
        Ok(PeriodFigures {
            period,
            span,
            version,
            running,
            district,
            figures: match version {
                Version::Exact => report.exact(),
                Version::Published => report.published(period),
            },
        })
    }

    /// The cases behind the figures of a period, for people who may read them; one audit entry.
    pub async fn figure_rows(&self, actor: &Actor, period: Period) -> AppResult<Vec<Row>> {
        self.permit_anywhere(actor, Act::ReadFigures)?;
        let span = self.span_of(period)?;
        let district = self.counted_district(actor)?;
        let args = (actor.person, period.to_string());
        self.db()
            .write("note_figures", args, |tx, (person, period)| {
                Box::pin(async move {
                    let object = ObjectId::new("figures", period);
                    let entry = Entry::new(person, "figures.rows", object);
                    Ok::<_, AppError>(tx.audit(entry.with_detail(Detail::none()))?)
                })
            })
            .await?;
        let rows = self.counted(span, district).await?;
        Ok(rows.into_iter().map(|row| row.cut(span.to_ms)).collect())
    }

    fn zone(&self) -> TimeZone {
        self.pack().zone().clone()
    }

    fn span_of(&self, period: Period) -> AppResult<Span> {
        let span = period.span(&self.zone());
        span.map_err(|_| AppError::field("period", "not_an_answer"))
    }

    /// The district whose cases this person may read; `None` for all.
    fn counted_district(&self, actor: &Actor) -> AppResult<Option<String>> {
        self.permit_anywhere(actor, Act::ReadCase)?;
        match reach(actor.role, Act::ReadCase) {
            Reach::Everywhere => Ok(None),
            Reach::OwnDistrict | Reach::Nowhere => Ok(Some(actor.district.clone())),
        }
    }

    async fn counted(&self, span: Span, district: Option<String>) -> AppResult<Vec<Row>> {
        let rows = self
            .db()
            .read("figures", (span, district), |reads, (span, district)| {
                Box::pin(async move {
                    let mut rows = figures::list(reads, span, district.as_deref()).await?;
                    for row in rows.iter_mut().filter(|row| row.erased_unclosed) {
                        say_ending(reads, row).await?;
                    }
                    Ok::<_, AppError>(rows)
                })
            })
            .await?;
        let labelled = |mut row: FigureRow| {
            row.counted.label = self.label_of(&row.number_district, row.number);
            row.counted
        };
        Ok(rows.into_iter().map(labelled).collect())
    }
}

/// Keeps the codes of a received report that statistics count.
pub(crate) async fn note_basis(
    tx: &mut Tx,
    app: &App,
    case: CaseId,
    answers: &BTreeMap<Field, String>,
) -> AppResult<()> {
    let said = |field| answers.get(&field).cloned().unwrap_or_default();
    // An answer missing elsewhere in the report makes the age no less known.
    let age = app.age_today(&said(Field::ChildBirthDate), &said(Field::ChildAge));
    let basis = Basis {
        nature: said(Field::Nature),
        age: age.map(Age::of),
        sex: said(Field::ChildSex),
    };
    Ok(figures::put_basis(tx, case, &basis).await?)
}

/// Whether an answer to this question is counted.
pub(crate) fn counts(field: Field) -> bool {
    matches!(
        field,
        Field::Nature | Field::ChildSex | Field::ChildAge | Field::ChildBirthDate
    )
}

/// A case erased without having been closed ended as its items say.
async fn say_ending(reads: &mut impl Reads, row: &mut FigureRow) -> AppResult<()> {
    let standing = crate::closing::present(reads, row.case).await?.standing;
    let word = |item| standing.find_word(item).unwrap_or_default().to_owned();
    row.counted
        .say(Code::Ending, Ending::of(&standing).as_str());
    row.counted.say(Code::FoundBy, word(Item::Located));
    row.counted.say(Code::Attribution, word(Item::Outcome));
    Ok(())
}
