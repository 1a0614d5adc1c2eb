//! The figures of a week or a year, and their two files.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tifli_app::figures::{Mark, PeriodFigures, Version, cases_csv, figures_csv};
use tifli_domain::figures::table::{By, GROUPS, Group, STAGES, SUMS, Stage, Total};
use tifli_domain::figures::{Code, Figure, LEAST, Period, Shown, Unit};
use tifli_domain::permission::Act;
use tifli_domain::typed;

use super::desk::Desk;
use crate::console::figures::{FigureLine, FigureTable, FiguresPage, OtherPeriod, StageLine};
use crate::console::problems::of_code;
use crate::forms::FormErrors;
use crate::i18n::Locale;
use crate::problem::{Answer, Refused};
use crate::request::QueryOf;

/// The query of the figures.
#[derive(Debug, Default, Deserialize)]
pub struct FiguresQuery {
    #[serde(default)]
    week: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    bom: String,
}

/// A period that cannot be read, by the field it was typed into.
pub struct WrongPeriod(pub &'static str);

impl FiguresQuery {
    /// The period asked for; that of today where none is.
    pub fn period(&self, today: Period) -> Result<Period, WrongPeriod> {
        let read = |field, typed: &str| {
            let period = typed::digits(typed).parse();
            period.map_err(|_| WrongPeriod(field))
        };
        match (self.week.is_empty(), self.year.is_empty()) {
            (true, true) => Ok(today),
            (false, _) => match read("week", &self.week)? {
                week @ Period::Week(_) => Ok(week),
                Period::Year(_) => Err(WrongPeriod("week")),
            },
            (true, false) => match read("year", &self.year)? {
                year @ Period::Year(_) => Ok(year),
                Period::Week(_) => Err(WrongPeriod("year")),
            },
        }
    }

    /// The version asked for; the usual one of the person where none is.
    pub fn version(&self, usual: Version) -> Result<Version, Refused> {
        match self.version.as_str() {
            "" => Ok(usual),
            "exact" => Ok(Version::Exact),
            "published" => Ok(Version::Published),
            _ => Err(Refused::field("version", "not_an_answer")),
        }
    }

    /// Whether the file begins with a byte order mark.
    pub fn mark(&self) -> Mark {
        match self.bom.as_str() {
            "yes" => Mark::Bom,
            _ => Mark::None,
        }
    }
}

/// `GET /console/figures`.
pub async fn page(desk: Desk, QueryOf(query): QueryOf<FiguresQuery>) -> Answer {
    let app = desk.app();
    let version = query.version(app.usual_figures(&desk.actor))?;
    let usual = app.usual_period(version);
    let mut errors = FormErrors::none();
    let mut period = query.period(usual).unwrap_or_else(|WrongPeriod(field)| {
        errors.insert(field, of_code(&desk.shell, "not_a_period"));
        usual
    });
    if version == Version::Published && !app.is_over(period) {
        errors.insert(field_of(period), of_code(&desk.shell, "period_runs"));
        period = usual;
    }
    let read = app.period_figures(&desk.actor, period, version).await?;
    let wrong = !errors.is_empty();
    let mut view = fill(&desk, &read, errors);
    if wrong {
        view.week = query.week;
        view.year = query.year;
        return Ok(desk.again(&view));
    }
    Ok(desk.page(&view))
}

/// `GET /console/figures/figures.csv`.
pub async fn figures_file(desk: Desk, QueryOf(query): QueryOf<FiguresQuery>) -> Answer {
    let app = desk.app();
    let version = query.version(app.usual_figures(&desk.actor))?;
    let period = asked(&query, app.usual_period(version))?;
    let read = app.period_figures(&desk.actor, period, version).await?;
    let file = figures_csv(&read.figures, &read.span, query.mark())?;
    Ok(csv_answer(
        file,
        &format!("figures-{period}-{}", word(version)),
    ))
}

/// `GET /console/figures/cases.csv`.
pub async fn cases_file(desk: Desk, QueryOf(query): QueryOf<FiguresQuery>) -> Answer {
    let app = desk.app();
    let period = asked(&query, app.present_week())?;
    let rows = app.figure_rows(&desk.actor, period).await?;
    let file = cases_csv(&rows, query.mark())?;
    Ok(csv_answer(file, &format!("cases-{period}")))
}

/// The period of a file; refused where it cannot be read.
pub fn asked(query: &FiguresQuery, today: Period) -> Result<Period, Refused> {
    let wrong = |WrongPeriod(field)| Refused::field(field, "not_a_period");
    query.period(today).map_err(wrong)
}

/// A file of comma-separated values that nobody keeps on the way.
pub fn csv_answer(file: String, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}.csv\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, file).into_response()
}

/// The word of a version.
pub fn word(version: Version) -> &'static str {
    match version {
        Version::Exact => "exact",
        Version::Published => "published",
    }
}

/// Figures found by their keys, in words.
struct Told<'d> {
    desk: &'d Desk,
    figures: &'d [Figure],
}

fn fill(desk: &Desk, read: &PeriodFigures, errors: FormErrors) -> FiguresPage {
    let told = Told {
        desk,
        figures: &read.figures,
    };
    let (app, period) = (desk.app(), read.period);
    let (week, year) = match period {
        Period::Week(week) => (period, Period::Year(week.year())),
        Period::Year(_) => (app.usual_period(read.version), period),
    };
    let may_show = |period: &Period| read.version == Version::Exact || app.is_over(*period);
    let version = word(read.version);
    let reads_cases = desk.may(Act::ReadCase);
    let other = match read.version {
        Version::Exact => Version::Published,
        Version::Published => Version::Exact,
    };
    let other = (reads_cases && !read.running)
        .then(|| format!("{}&version={}", href("", period), word(other)));
    FiguresPage {
        period: in_words(desk, period),
        week: week.to_string(),
        year: year.to_string(),
        others: [period.find_earlier(), period.find_later()].map(|other| {
            let other = other.filter(may_show).unwrap_or(period);
            OtherPeriod {
                label: in_words(desk, other),
                href: format!("{}&version={version}", href("", other)),
            }
        }),
        version,
        running: read.running,
        other_version: other,
        district: read
            .district
            .as_ref()
            .map_or_else(String::new, |id| desk.district(id)),
        figures_file: format!("{}&version={version}&bom=yes", href("/figures.csv", period)),
        cases_file: reads_cases.then(|| format!("{}&bom=yes", href("/cases.csv", period))),
        totals: told.totals(),
        tables: GROUPS
            .iter()
            .filter_map(|group| told.table(group))
            .collect(),
        cross: told.cross(),
        stages: STAGES
            .iter()
            .filter_map(|stage| told.stage(stage))
            .collect(),
        hides: read.figures.iter().any(|one| one.shown != Shown::Exact),
        errors,
        shell: desk.shell.clone(),
    }
}

impl Told<'_> {
    fn find(&self, key: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.key == key)
    }

    /// Totals, then sums.
    fn totals(&self) -> Vec<(String, String)> {
        let shell = &self.desk.shell;
        let total = |total: Total| {
            let figure = self.find(total.key())?;
            let label = shell.word("figures-total-{}", total.key());
            Some((label, self.count(figure)))
        };
        let sums = SUMS.iter().filter_map(|sum| {
            let figure = self.find(sum.key)?;
            let label = shell.word("figures-sum-{}", &sum.key.replace('.', "-"));
            Some((label, self.count(figure)))
        });
        let totals = Total::ROOTS.into_iter().filter_map(total);
        totals.chain(sums).collect()
    }

    fn table(&self, group: &Group) -> Option<FigureTable> {
        if group.by == By::Cross {
            return None;
        }
        let start = format!("{}.", group.name);
        let cells = self.figures.iter().filter_map(|figure| {
            let code = figure.key.strip_prefix(&start)?;
            (figure.unit == Unit::Cases).then_some((code, figure))
        });
        let lines: Vec<FigureLine> = cells
            .map(|(code, figure)| FigureLine {
                label: self.label(group.by, code),
                count: self.count(figure),
                share: self.share(figure),
                bar: figure
                    .numerator
                    .zip(figure.denominator)
                    .filter(|(_, whole)| *whole > 0),
            })
            .collect();
        let key = group.name.replace('.', "-");
        (!lines.is_empty()).then(|| FigureTable {
            title: self.desk.shell.word("figures-group-{}", &key),
            lines,
        })
    }

    fn cross(&self) -> Vec<([String; 3], String)> {
        let cells = self.figures.iter().filter_map(|figure| {
            let codes = figure.key.strip_prefix("received.cross.")?;
            let mut parts = codes.split('.');
            let codes = [Code::Nature, Code::District, Code::Rung];
            let words =
                codes.map(|code| self.label(By::Code(code), parts.next().unwrap_or_default()));
            Some((words, self.count(figure)))
        });
        cells.collect()
    }

    fn stage(&self, stage: &Stage) -> Option<StageLine> {
        let key = |end: &str| format!("stage.{}.{end}", stage.name);
        let reached = self.find(&key("reached"))?;
        let within = self.find(&key("limit.within_24h"))?;
        let shell = &self.desk.shell;
        let time = |end: &str| match self.find(&key(end)) {
            Some(figure) => self.time(figure),
            None => String::new(),
        };
        let of = |figure: &Figure| match (figure.shown, figure.denominator) {
            (Shown::Exact, Some(whole)) => {
                shell.pair("figures-of", self.count(figure), shell.num(whole))
            }
            _ => self.count(figure),
        };
        let share = self.share(within);
        Some(StageLine {
            label: shell.word("figures-stage-{}", stage.name),
            reached: of(reached),
            within: if share.is_empty() {
                self.count(within)
            } else {
                format!("{} ({share})", of(within))
            },
            median: time("median"),
            p90: time("p90"),
        })
    }

    fn time(&self, figure: &Figure) -> String {
        let shell = &self.desk.shell;
        match (figure.shown, figure.value) {
            (Shown::Exact, Some(ms)) => shell.span(ms / 1000),
            (Shown::Exact, None) => shell.say("figures-no-time"),
            _ => shell.say("figures-withheld"),
        }
    }

    fn count(&self, figure: &Figure) -> String {
        let shell = &self.desk.shell;
        match (figure.shown, figure.value) {
            (Shown::Exact, Some(value)) => shell.num(value),
            (Shown::Small, _) => shell.about("figures-small", shell.num(LEAST)),
            _ => shell.say("figures-withheld"),
        }
    }

    fn share(&self, figure: &Figure) -> String {
        let Some(permille) = figure.permille() else {
            return String::new();
        };
        // One number, so that its two halves stay in their order in a text from right to left.
        let sign = match self.desk.shell.locale() {
            Locale::En => '.',
            Locale::Ar | Locale::Fr => ',',
        };
        let number = format!("{}{sign}{}", permille / 10, permille % 10);
        let shell = &self.desk.shell;
        shell.about("figures-percent", shell.formats.digits(number))
    }

    /// A code in words; a district by its name.
    fn label(&self, by: By, code: &str) -> String {
        let shell = &self.desk.shell;
        if code == tifli_domain::figures::NOT_SAID {
            return shell.say("figures-not-said");
        }
        match by {
            By::Code(Code::District) => self.desk.district(code),
            By::Code(Code::Nature) => shell.word("answer-nature-{}", code),
            By::Code(Code::Age) => shell.word("figures-age-{}", code),
            By::Code(Code::Sex) => shell.word("sex-{}", code),
            By::Code(Code::Rung) => shell.word("rung-{}", code),
            By::Code(Code::EndReason) => shell.word("end-reason-{}", code),
            By::Code(Code::Ending) => shell.word("figures-ending-{}", code),
            By::Code(Code::FoundBy) => shell.word("closing-word-located-{}", code),
            By::Code(Code::Attribution) => shell.word("closing-word-outcome-{}", code),
            By::Alerted => shell.word("figures-alerted-{}", code),
            By::Outcome => shell.word("figures-outcome-{}", code),
            By::Cross => code.to_owned(),
        }
    }
}

/// A period as people say it.
fn in_words(desk: &Desk, period: Period) -> String {
    let formats = &desk.shell.formats;
    match period {
        Period::Week(week) => desk.shell.pair(
            "figures-week-of",
            formats.digits(week.week().to_string()),
            formats.digits(week.year().to_string()),
        ),
        Period::Year(year) => formats.digits(year.to_string()),
    }
}

/// The field that a period is typed into.
fn field_of(period: Period) -> &'static str {
    match period {
        Period::Week(_) => "week",
        Period::Year(_) => "year",
    }
}

/// The address of a page or file of a period.
fn href(file: &str, period: Period) -> String {
    let name = field_of(period);
    format!("/console/figures{file}?{name}={period}")
}
