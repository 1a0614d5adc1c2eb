//! Samples of the figures of a week and of a year. Not served.

use super::super::figures::{FigureLine, FigureTable, FiguresPage, OtherPeriod, StageLine};
use super::{HOSTILE, Pages, pick, shell};
use crate::forms::FormErrors;
use crate::i18n::Locale;
use crate::layout::{ConsoleRole, Shell};

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("figures", &exact(locale))?;
    pages.insert("figures-published", &published(locale))
}

fn exact(locale: Locale) -> FiguresPage {
    let shell = shell(locale, Some(ConsoleRole::Room), "/console/figures");
    let mut errors = FormErrors::none();
    errors.insert("week", shell.say("problem-not_a_period"));
    FiguresPage {
        district: pick(locale, "الرباط", "Rabat", "Rabat").to_owned(),
        other_version: Some("/console/figures?week=2026-W47&version=published".to_owned()),
        cases_file: Some("/console/figures/cases.csv?week=2026-W47".to_owned()),
        cross: vec![(
            [
                shell.word("answer-nature-{}", "forced"),
                HOSTILE.to_owned(),
                shell.word("rung-{}", "area"),
            ],
            shell.num(3i64),
        )],
        week: HOSTILE.to_owned(),
        hides: false,
        errors,
        ..page(shell, "exact")
    }
}

fn published(locale: Locale) -> FiguresPage {
    let shell = shell(locale, Some(ConsoleRole::Operator), "/console/figures");
    page(shell, "published")
}

fn page(shell: Shell, version: &'static str) -> FiguresPage {
    let other = |number: i64| OtherPeriod {
        label: week(&shell, number),
        href: format!("/console/figures?week=2026-W{number}"),
    };
    let small = shell.about("figures-small", shell.num(5i64));
    FiguresPage {
        period: week(&shell, 47),
        week: "2026-W47".to_owned(),
        year: "2026".to_owned(),
        others: [other(46), other(48)],
        version,
        running: version == "exact",
        other_version: None,
        district: String::new(),
        figures_file: "/console/figures/figures.csv?week=2026-W47".to_owned(),
        cases_file: None,
        totals: vec![
            (shell.word("figures-total-{}", "received"), shell.num(62i64)),
            (shell.word("figures-total-{}", "closed"), small),
            (
                shell.word("figures-sum-{}", "approved-inside"),
                shell.num(1_250_000i64),
            ),
        ],
        tables: tables(&shell),
        cross: Vec::new(),
        stages: stages(&shell),
        hides: true,
        errors: FormErrors::none(),
        shell,
    }
}

fn week(shell: &Shell, number: i64) -> String {
    let digits = |n: i64| shell.formats.digits(n.to_string());
    shell.pair("figures-week-of", digits(number), digits(2026))
}

fn share(shell: &Shell, whole: &str, tenth: &str) -> String {
    let sign = if shell.locale() == Locale::En {
        '.'
    } else {
        ','
    };
    shell.about("figures-percent", format!("{whole}{sign}{tenth}"))
}

fn stages(shell: &Shell) -> Vec<StageLine> {
    let stage = |name: &str, within: String| StageLine {
        label: shell.word("figures-stage-{}", name),
        reached: shell.pair("figures-of", shell.num(58i64), shell.num(62i64)),
        within,
        median: shell.span(1_140i64),
        p90: shell.span(9_400i64),
    };
    let of = shell.pair("figures-of", shell.num(57i64), shell.num(58i64));
    let within = format!("{of} ({})", share(shell, "98", "3"));
    let hidden = shell.say("figures-withheld");
    vec![stage("alerted", within), stage("seen_live", hidden)]
}

fn tables(shell: &Shell) -> Vec<FigureTable> {
    let line = |label: String, count: i64, share: String| FigureLine {
        label,
        count: shell.num(count),
        share,
        bar: Some((count, 62)),
    };
    let hidden = |label: String, count: String| FigureLine {
        label,
        count,
        share: String::new(),
        bar: None,
    };
    let nature = |word: &str| shell.word("answer-nature-{}", word);
    let ending = |word: &str| shell.word("figures-ending-{}", word);
    let table = |name: &str, lines: Vec<FigureLine>| FigureTable {
        title: shell.word("figures-group-{}", name),
        lines,
    };
    vec![
        table(
            "received-nature",
            vec![
                line(nature("forced"), 40, share(shell, "64", "5")),
                line(nature("voluntary"), 22, share(shell, "35", "5")),
                line(nature("unknown"), 0, share(shell, "0", "0")),
            ],
        ),
        table(
            "found-ending",
            vec![
                hidden(ending("alive"), shell.say("figures-withheld")),
                hidden(
                    ending("dead"),
                    shell.about("figures-small", shell.num(5i64)),
                ),
                line(ending("unseen"), 0, share(shell, "0", "0")),
            ],
        ),
        table(
            "received-district",
            vec![line(HOSTILE.to_owned(), 62, share(shell, "100", "0"))],
        ),
    ]
}
