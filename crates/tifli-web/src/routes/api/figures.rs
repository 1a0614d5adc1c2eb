//! The figures of a week or a year, and their two files.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use tifli_app::figures::{cases_csv, figures_csv};
use tifli_domain::figures::{Figure, Shown};
use tifli_domain::permission::Act;
use utoipa::ToSchema;

use super::super::console::figures::{FiguresQuery, asked, csv_answer, word};
use super::{at, json, may};
use crate::problem::Answer;
use crate::request::{QueryOf, SignedIn};
use crate::routes::{Route, get};
use crate::server::WebState;

/// The routes of this part.
pub(super) fn routes() -> Vec<Route> {
    let reader = may(Act::ReadFigures);
    let asking = |route: Route| {
        route
            .asks(
                "week",
                "`2026-W47`; the present week where neither is given.",
            )
            .asks("year", "`2026`.")
    };
    let version = "`exact` for who may read the cases, or `published`.";
    vec![
        asking(get("/api/v1/figures", reader, read))
            .asks("version", version)
            .says("The figures of a week or a year, each with numerator and denominator; small cells hidden when published.")
            .gives::<FiguresOut>(200),
        asking(get("/api/v1/figures/figures.csv", reader, figures_file))
            .asks("version", version)
            .asks("bom", "`yes`: begins with a byte order mark, for spreadsheets.")
            .says("The same figures as comma-separated values in UTF-8."),
        asking(get("/api/v1/figures/cases.csv", may(Act::ReadCase), cases_file))
            .asks("bom", "`yes`: begins with a byte order mark, for spreadsheets.")
            .says("The cases of which every figure can be counted again, as comma-separated values; one audit entry."),
    ]
}

/// The figures of a period.
#[derive(Serialize, ToSchema)]
pub(super) struct FiguresOut {
    /// `2026-W47` or `2026`.
    period: String,
    /// Its first moment.
    from: String,
    /// The first moment after it.
    to: String,
    /// `exact` or `published`.
    version: String,
    /// Whether the period has not ended: the figures will change and are not to be passed on.
    provisional: bool,
    /// The one district that is counted; `null` for the country.
    district: Option<String>,
    /// Every figure; the project's `docs/figures.md` says what each counts.
    figures: Vec<FigureOut>,
}

/// A figure.
#[derive(Serialize, ToSchema)]
pub(super) struct FigureOut {
    /// Its name.
    key: String,
    /// `cases`, `alerts`, `devices`, `tips` or `ms`.
    unit: &'static str,
    /// What is shown; `null` where it is hidden or there is none.
    value: Option<i64>,
    /// What is counted.
    numerator: Option<i64>,
    /// Of what.
    denominator: Option<i64>,
    /// `exact`, `small` (1 to 4) or `withheld`.
    shown: &'static str,
}

pub(super) async fn read(
    State(state): State<WebState>,
    who: SignedIn,
    QueryOf(query): QueryOf<FiguresQuery>,
) -> Answer {
    let app = state.app();
    let version = query.version(app.usual_figures(&who.actor))?;
    let period = asked(&query, app.usual_period(version))?;
    let read = app.period_figures(&who.actor, period, version).await?;
    let out = FiguresOut {
        period: read.period.to_string(),
        from: at(read.span.from_ms),
        to: at(read.span.to_ms),
        version: word(read.version).to_owned(),
        provisional: read.running,
        district: read.district,
        figures: read.figures.into_iter().map(out).collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn figures_file(
    State(state): State<WebState>,
    who: SignedIn,
    QueryOf(query): QueryOf<FiguresQuery>,
) -> Answer {
    let app = state.app();
    let version = query.version(app.usual_figures(&who.actor))?;
    let period = asked(&query, app.usual_period(version))?;
    let read = app.period_figures(&who.actor, period, version).await?;
    let file = figures_csv(&read.figures, &read.span, query.mark())?;
    let name = format!("figures-{period}-{}", word(version));
    Ok(csv_answer(file, &name))
}

pub(super) async fn cases_file(
    State(state): State<WebState>,
    who: SignedIn,
    QueryOf(query): QueryOf<FiguresQuery>,
) -> Answer {
    let app = state.app();
    let period = asked(&query, app.present_week())?;
    let rows = app.figure_rows(&who.actor, period).await?;
    let file = cases_csv(&rows, query.mark())?;
    Ok(csv_answer(file, &format!("cases-{period}")))
}

fn out(figure: Figure) -> FigureOut {
    FigureOut {
        unit: figure.unit.as_str(),
        value: figure.value,
        numerator: figure.numerator,
        denominator: figure.denominator,
        shown: match figure.shown {
            Shown::Exact => "exact",
            Shown::Small => "small",
            Shown::Withheld => "withheld",
        },
        key: figure.key,
    }
}
