//! The figures recomputed from the file of cases alone, as `docs/figures.md` says, by another hand
//! than the program's: text in, text out, and nothing of the program's own counting is called.

use std::collections::BTreeMap;

use jiff::Timestamp;

/// 24 hours in milliseconds.
const DAY: i64 = 86_400_000;

/// What a line of the file of figures says after its key: value, numerator, denominator, percent.
pub type Told = [String; 4];

/// A line of the file of cases, by the names of its columns.
type Case = BTreeMap<String, String>;

/// The two files of a period, read.
pub struct Files {
    cases: Vec<Case>,
    /// What the file of figures says, by key.
    pub told: BTreeMap<String, Told>,
    from: i64,
    to: i64,
}

impl Files {
    /// Reads both files; says in words what cannot be read.
    pub fn read(cases: &str, figures: &str) -> Result<Self, String> {
        let cases = lines(cases)?;
        let mut told = BTreeMap::new();
        let mut bounds = BTreeMap::new();
        for line in lines(figures)? {
            let part = |name: &str| line.get(name).cloned().unwrap_or_default();
            let key = part("key");
            if key.starts_with("period_") {
                bounds.insert(key, moment(&part("value")));
                continue;
            }
            let says = ["value", "numerator", "denominator", "percent"].map(part);
            if told.insert(key.clone(), says).is_some() {
                return Err(format!("{key} stands twice"));
            }
        }
        let bound = |name: &str| {
            let found = bounds.get(name).copied().flatten();
            found.ok_or_else(|| format!("{name} is missing"))
        };
        Ok(Self {
            from: bound("period_from")?,
            to: bound("period_to")?,
            cases,
            told,
        })
    }

    /// How many cases there are.
    pub fn cases(&self) -> usize {
        self.cases.len()
    }

    /// Every figure, counted again; the districts without a case are taken from the file's keys.
    pub fn recount(&self) -> BTreeMap<String, Told> {
        let mut out = Out(BTreeMap::new());
        self.received(&mut out);
        self.recalled(&mut out);
        self.closed(&mut out);
        self.stages(&mut out);
        self.sums(&mut out);
        out.0
    }

    fn within(&self, column: &str) -> Vec<&Case> {
        let inside =
            |case: &&Case| at(case, column).is_some_and(|at| at >= self.from && at < self.to);
        self.cases.iter().filter(inside).collect()
    }

    fn received(&self, out: &mut Out) {
        let received = self.within("received_at");
        out.part("received", received.len(), received.len());
        let nature = ["forced", "voluntary", "unknown"];
        out.split("received.nature", &received, &nature, |c| said(c, "nature"));
        let districts: Vec<String> = self
            .told
            .keys()
            .filter_map(|key| key.strip_prefix("received.district."))
            .map(str::to_owned)
            .collect();
        let districts: Vec<&str> = districts.iter().map(String::as_str).collect();
        out.split("received.district", &received, &districts, |c| {
            said(c, "district")
        });
        let rungs = ["bulletin", "partners", "local", "area", "national"];
        out.split("received.rung", &received, &rungs, |c| said(c, "rung"));
        let ages = ["0_5", "6_11", "12_14", "15_17"];
        out.split("received.age", &received, &ages, |c| said(c, "age"));
        let sexes = ["girl", "boy", "unknown"];
        out.split("received.sex", &received, &sexes, |c| said(c, "sex"));
        out.split("received.cross", &received, &[], |c| {
            let parts = ["nature", "district", "rung"].map(|name| said(c, name));
            parts.join(".")
        });
        out.split("received.alerted", &received, &ALERTED, alerted);
        for total in ["submitted", "approved"] {
            let cases = self.within(&format!("{total}_at"));
            out.part(total, cases.len(), cases.len());
        }
        let open: Vec<&Case> = self
            .cases
            .iter()
            .filter(|case| at(case, "received_at").is_some_and(|at| at < self.to))
            .filter(|case| at(case, "closed_at").is_none())
            .collect();
        out.part("open", open.len(), open.len());
        out.split("open.alerted", &open, &ALERTED, alerted);
    }

    fn recalled(&self, out: &mut Out) {
        let ended = self.within("ended_at");
        out.part("ended", ended.len(), ended.len());
        let reasons = [
            "found",
            "consent_withdrawn",
            "danger",
            "false_report",
            "issued_in_error",
            "expired",
        ];
        out.split("ended.reason", &ended, &reasons, |c| said(c, "end_reason"));
    }

    fn closed(&self, out: &mut Out) {
        let closed = self.within("closed_at");
        out.part("closed", closed.len(), closed.len());
        let outcome = |case: &Case| {
            let word = match case["ending"].as_str() {
                "alive" | "dead" | "unseen" => "found",
                "not_missing" => "not_missing",
                _ => "not_found",
            };
            word.to_owned()
        };
        let outcomes = ["found", "not_found", "not_missing"];
        out.split("closed.outcome", &closed, &outcomes, outcome);
        let words = ["decisive", "contributed", "unknown", "none", "harmed"];
        out.split("closed.attribution", &closed, &words, |c| {
            said(c, "attribution")
        });
        let found: Vec<&Case> = closed
            .into_iter()
            .filter(|case| outcome(case) == "found")
            .collect();
        let endings = ["alive", "dead", "unseen"];
        out.split("found.ending", &found, &endings, |c| said(c, "ending"));
        let finders = [
            "police",
            "public",
            "family",
            "child",
            "institution",
            "other",
        ];
        out.split("found.by", &found, &finders, |c| said(c, "found_by"));
        out.split("found.alerted", &found, &ALERTED, alerted);
    }

    fn stages(&self, out: &mut Out) {
        for (name, of, from, to) in [
            ("bulletin", "received_at", "received_at", "bulletin_at"),
            ("submitted", "received_at", "received_at", "submitted_at"),
            ("decided", "submitted_at", "submitted_at", "approved_at"),
            ("alerted", "received_at", "received_at", "approved_at"),
            ("first_push", "approved_at", "approved_at", "first_push_at"),
            ("seen_live", "received_at", "received_at", "seen_live_at"),
            ("located", "received_at", "received_at", "located_at"),
            ("dark", "ended_at", "ended_at", "dark_at"),
            ("closed", "closed_at", "received_at", "closed_at"),
        ] {
            let began = self.within(of);
            let mut took = Vec::new();
            for case in &began {
                if let (Some(from), Some(to)) = (at(case, from), at(case, to)) {
                    took.push(if to > from { to - from } else { 0 });
                }
            }
            took.sort_unstable();
            let fast = took.iter().filter(|ms| **ms <= DAY).count();
            let key = |end: &str| format!("stage.{name}.{end}");
            out.part(&key("reached"), took.len(), began.len());
            out.part(&key("not_reached"), began.len() - took.len(), began.len());
            out.part(&key("limit.within_24h"), fast, took.len());
            out.part(&key("limit.after_24h"), took.len() - fast, took.len());
            // The smallest time that at least so many percent of the cases do not exceed.
            for (end, percent) in [("median", 50), ("p90", 90)] {
                let enough = |ms: &&i64| {
                    let not_above = took.iter().filter(|other| other <= ms).count();
                    not_above * 100 >= took.len() * percent
                };
                let time = took.iter().find(enough);
                let time = time.map_or_else(String::new, i64::to_string);
                out.put(
                    &key(end),
                    [
                        time,
                        took.len().to_string(),
                        began.len().to_string(),
                        String::new(),
                    ],
                );
            }
        }
    }

    fn sums(&self, out: &mut Out) {
        let add = |cases: &[&Case], column: &str| -> i64 {
            let amounts = cases.iter().map(|case| case[column].parse::<i64>());
            amounts.map(Result::unwrap_or_default).sum()
        };
        let approved = self.within("approved_at");
        let cases = approved.len().to_string();
        for name in ["alerts", "inside", "handed"] {
            let sum = add(&approved, name).to_string();
            let says = [sum.clone(), sum, cases.clone(), String::new()];
            out.put(&format!("approved.{name}"), says);
        }
        let received = self.within("received_at");
        let tips = add(&received, "tips");
        for name in ["tips", "tips_linked", "tips_dismissed"] {
            let sum = add(&received, name);
            let whole = match name {
                "tips" => received.len().to_string(),
                _ => tips.to_string(),
            };
            let says = [sum.to_string(), sum.to_string(), whole, String::new()];
            out.put(&format!("received.{name}"), says);
        }
    }
}

/// Whether the public was ever alerted.
const ALERTED: [&str; 2] = ["alerted", "never"];

fn alerted(case: &Case) -> String {
    let word = if case["approved_at"].is_empty() {
        "never"
    } else {
        "alerted"
    };
    word.to_owned()
}

struct Out(BTreeMap<String, Told>);

impl Out {
    fn put(&mut self, key: &str, says: Told) {
        self.0.insert(key.to_owned(), says);
    }

    fn part(&mut self, key: &str, count: usize, whole: usize) {
        let percent = share(i64::try_from(count).unwrap_or_default(), whole);
        let count = count.to_string();
        self.put(key, [count.clone(), count, whole.to_string(), percent]);
    }

    /// Counts cases by a word; the known words are there even if no case has them.
    fn split(
        &mut self,
        group: &str,
        cases: &[&Case],
        known: &[&str],
        word: impl Fn(&Case) -> String,
    ) {
        let mut counts: BTreeMap<String, usize> =
            known.iter().map(|word| ((*word).to_owned(), 0)).collect();
        for case in cases {
            *counts.entry(word(case)).or_default() += 1;
        }
        for (word, count) in counts {
            self.part(&format!("{group}.{word}"), count, cases.len());
        }
    }
}

fn said(case: &Case, column: &str) -> String {
    match case[column].as_str() {
        "" => "not_said".to_owned(),
        word => word.to_owned(),
    }
}

/// A percentage with one decimal, half up.
fn share(part: i64, whole: usize) -> String {
    let whole = i64::try_from(whole).unwrap_or_default();
    if whole == 0 {
        return String::new();
    }
    let tenths = (2000 * part + whole) / (2 * whole);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn at(case: &Case, column: &str) -> Option<i64> {
    moment(&case[column])
}

fn moment(text: &str) -> Option<i64> {
    text.parse::<Timestamp>()
        .ok()
        .map(Timestamp::as_millisecond)
}

/// The lines of a file, by the names in its first one.
fn lines(text: &str) -> Result<Vec<Case>, String> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.deserialize::<Case>();
    rows.map(|row| row.map_err(|_| "not comma-separated values".to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tifli_app::figures::{Mark, cases_csv, figures_csv};
    use tifli_domain::figures::{Amount, Code, Moment, Period, Report, Row, Span};

    const DISTRICTS: [&str; 3] = ["here", "there", "nowhere"];

    /// Numbers in an order that looks like none; the same from the same seed.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, most: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(self.0 >> 33).unwrap() % most
        }

        fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
            words[self.below(words.len())]
        }
    }

    /// An invented case: moments before, in and after the period, and after each other or not.
    fn case(dice: &mut Dice, span: &Span, number: usize) -> Row {
        let mut row = Row::new(format!("CASE-{number}"));
        for (code, words) in [
            (Code::District, &DISTRICTS[..2]),
            (Code::Nature, &["forced", "voluntary", "unknown", ""]),
            (Code::Age, &["0_5", "6_11", "12_14", "15_17", ""]),
            (Code::Sex, &["girl", "boy", "unknown"]),
            (Code::Rung, &["", "bulletin", "area", "national"]),
            (Code::EndReason, &["found", "false_report", "expired"]),
            (
                Code::Ending,
                &["alive", "dead", "unseen", "not_found", "not_missing", ""],
            ),
            (Code::FoundBy, &["police", "child", ""]),
            (Code::Attribution, &["decisive", "none", ""]),
        ] {
            row.say(code, dice.pick(words));
        }
        let week = 7 * DAY;
        let start = span.from_ms - week;
        let most = usize::try_from(3 * week).unwrap();
        let mut moment = || Some(start + i64::try_from(dice.below(most)).unwrap());
        let received = moment().unwrap().min(span.to_ms - 1);
        row.put(Moment::Received, Some(received));
        for at in &Moment::ALL[1..] {
            let at_ms = moment().filter(|at_ms| at_ms % 3 > 0);
            row.put(*at, at_ms);
        }
        if let Some(closed) = row.at(Moment::Closed) {
            row.put(Moment::Closed, Some(closed.max(span.from_ms)));
        }
        for amount in Amount::ALL {
            row.count(*amount, i64::try_from(dice.below(9)).unwrap());
        }
        row
    }

    #[test]
    fn of_invented_cases_every_figure_is_the_same_by_both_hands() {
        let zone = jiff::tz::TimeZone::get("Asia/Qatar").unwrap();
        for (seed, cases) in [(1, 0), (2, 1), (3, 9), (4, 60), (5, 500)] {
            let dice = &mut Dice(seed);
            let period: Period = "2026-W47".parse().unwrap();
            let span = period.span(&zone).unwrap();
            let rows: Vec<Row> = (0..cases).map(|n| case(dice, &span, n)).collect();
            let report = Report::fold(&rows, &span, &DISTRICTS);
            let cut: Vec<Row> = rows.into_iter().map(|row| row.cut(span.to_ms)).collect();
            let cases = cases_csv(&cut, Mark::Bom).unwrap();
            let figures = figures_csv(&report.exact(), &span, Mark::None).unwrap();
            let files = Files::read(&cases, &figures).unwrap();
            assert_eq!(files.recount(), files.told, "seed {seed}");
            assert!(files.told.len() > 90, "{}", files.told.len());
        }
    }

    #[test]
    fn a_figure_that_is_one_off_is_noticed() {
        let zone = jiff::tz::TimeZone::UTC;
        let span = "2026".parse::<Period>().unwrap().span(&zone).unwrap();
        let dice = &mut Dice(7);
        let rows: Vec<Row> = (0..40)
            .map(|n| case(dice, &span, n).cut(span.to_ms))
            .collect();
        let report = Report::fold(&rows[1..], &span, &DISTRICTS);
        let cases = cases_csv(&rows, Mark::None).unwrap();
        let figures = figures_csv(&report.exact(), &span, Mark::None).unwrap();
        let files = Files::read(&cases, &figures).unwrap();
        assert_ne!(files.recount(), files.told);
    }
}
