//! Rows folded into a report, shown exactly or as it may be published.

use std::collections::BTreeMap;

use super::hide::protect;
use super::row::{Code, Moment, Row};
use super::table::{By, GROUPS, Group, LIMIT_MS, Publishing, STAGES, SUMS, Stage, Summing, Total};
use super::{Figure, LEAST, Period, Shown, Span, Unit};

/// A count within a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its code.
    pub code: String,
    /// How many.
    pub count: i64,
}

/// A total told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The name before the codes.
    pub name: String,
    /// The key of the figure that is told apart.
    pub of: String,
    /// That figure.
    pub whole: i64,
    /// The parts, which add up to it.
    pub cells: Vec<Cell>,
    publishing: Publishing,
}

/// How long a stage took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    /// The stage's name.
    pub name: &'static str,
    /// The cases that began it.
    pub of: Total,
    /// How many began it.
    pub began: i64,
    /// How many came through it.
    pub reached: i64,
    /// The time of which half are at most as long, in milliseconds.
    pub median: Option<i64>,
    /// The time of which nine in ten are at most as long.
    pub p90: Option<i64>,
}

/// Amounts added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Its key.
    pub key: &'static str,
    /// The cases it is made of.
    pub of: Total,
    /// What it counts.
    pub unit: Unit,
    /// The sum.
    pub sum: i64,
    /// Of what: the sum it is a part of, or the number of cases.
    pub whole: i64,
    /// How many cases were added up.
    pub cases: i64,
}

/// Everything that is counted of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The totals that are no parts.
    pub totals: Vec<(Total, i64)>,
    /// What they are told apart by; a part comes after its whole.
    pub parts: Vec<Part>,
    /// How long the stages took.
    pub times: Vec<Times>,
    /// What is added up.
    pub sums: Vec<Sum>,
}

impl Report {
    /// Folds the cases as they stood at the end of the period. A district without a case is counted
    /// as zero.
    pub fn fold(rows: &[Row], span: &Span, districts: &[&str]) -> Self {
        let rows: Vec<Row> = rows.iter().map(|row| row.clone().cut(span.to_ms)).collect();
        let all = All {
            rows: &rows,
            span,
            districts,
        };
        let mut report = Self {
            totals: Total::ROOTS.map(|total| (total, all.count(total))).to_vec(),
            parts: GROUPS.iter().map(|group| all.part(group)).collect(),
            times: Vec::new(),
            sums: SUMS.iter().map(|sum| all.sum(sum)).collect(),
        };
        for stage in STAGES {
            let (parts, times) = all.stage(stage);
            report.parts.extend(parts);
            report.times.push(times);
        }
        report
    }

    /// Every figure as it is, for people who may read the cases.
    pub fn exact(&self) -> Vec<Figure> {
        self.figures(View::Exact)
    }

    /// Every figure that may leave the house, small cells hidden.
    pub fn published(&self, period: Period) -> Vec<Figure> {
        self.figures(View::Published(period))
    }

    fn figures(&self, view: View) -> Vec<Figure> {
        let mut list = List {
            view,
            figures: Vec::new(),
            shown: BTreeMap::new(),
        };
        let kept = |of: Total| view.keeps(of.publishing());
        for (total, count) in self.totals.iter().filter(|(of, _)| kept(*of)) {
            let how = view.total(*count);
            list.cases(total.key().to_owned(), (*count, *count), (how, how));
        }
        for part in self.parts.iter().filter(|part| view.keeps(part.publishing)) {
            let whole = list.shown(&part.of);
            let counts: Vec<i64> = part.cells.iter().map(|cell| cell.count).collect();
            for (cell, how) in part.cells.iter().zip(view.cells(&counts, whole)) {
                let key = format!("{}.{}", part.name, cell.code);
                list.cases(key, (cell.count, part.whole), (how, whole));
            }
        }
        let times = self.times.iter().filter(|times| kept(times.of));
        times.for_each(|times| list.times(times));
        let sums = self.sums.iter().filter(|sum| kept(sum.of));
        sums.for_each(|sum| list.sum(sum));
        list.figures
    }
}

/// For whom figures are.
#[derive(Debug, Clone, Copy)]
enum View {
    /// For people who may read the cases.
    Exact,
    /// For everybody.
    Published(Period),
}

impl View {
    fn keeps(self, publishing: Publishing) -> bool {
        match (self, publishing) {
            (Self::Exact, _) | (_, Publishing::Always) => true,
            (Self::Published(period), Publishing::Years) => matches!(period, Period::Year(_)),
            (Self::Published(_), Publishing::Never) => false,
        }
    }

    fn total(self, count: i64) -> Shown {
        match self {
            Self::Exact => Shown::Exact,
            Self::Published(_) => Shown::of_total(count),
        }
    }

    fn cells(self, counts: &[i64], whole: Shown) -> Vec<Shown> {
        match self {
            Self::Exact => vec![Shown::Exact; counts.len()],
            Self::Published(_) => protect(counts, whole),
        }
    }

    /// How something is shown that is made of so many cases; a time or a sum of few would be theirs.
    fn made_of(self, cases: i64) -> Shown {
        match self {
            Self::Published(_) if (1..LEAST).contains(&cases) => Shown::Withheld,
            Self::Published(_) | Self::Exact => Shown::Exact,
        }
    }
}

/// The cases of a period.
struct All<'r> {
    rows: &'r [Row],
    span: &'r Span,
    districts: &'r [&'r str],
}

impl<'r> All<'r> {
    fn of(&self, total: Total) -> impl Iterator<Item = &'r Row> {
        let span = self.span;
        self.rows.iter().filter(move |row| total.holds(row, span))
    }

    fn count(&self, total: Total) -> i64 {
        counted(self.of(total).count())
    }

    fn part(&self, group: &Group) -> Part {
        let mut cells: Vec<Cell> = Vec::new();
        let known = group.by.known();
        let districts = match group.by {
            By::Code(Code::District) => self.districts,
            _ => &[],
        };
        for code in known.into_iter().chain(districts.iter().copied()) {
            cells.push(cell(code, 0));
        }
        let mut found: BTreeMap<String, i64> = BTreeMap::new();
        for row in self.of(group.of) {
            *found.entry(group.by.of(row)).or_default() += 1;
        }
        for (code, count) in found {
            match cells.iter_mut().find(|cell| cell.code == code) {
                Some(cell) => cell.count = count,
                None => cells.push(cell(&code, count)),
            }
        }
        Part {
            name: group.name.to_owned(),
            of: group.of.key().to_owned(),
            whole: self.count(group.of),
            cells,
            publishing: group.publishing,
        }
    }

    fn stage(&self, stage: &Stage) -> ([Part; 2], Times) {
        let began = self.count(stage.of);
        let mut took: Vec<i64> = self
            .of(stage.of)
            .filter_map(|row| lasted(row, stage.from, stage.to))
            .collect();
        took.sort_unstable();
        let reached = counted(took.len());
        let within = counted(took.iter().filter(|ms| **ms <= LIMIT_MS).count());
        let name = format!("stage.{}", stage.name);
        let halves = |name: &str, of: &str, (yes, no): (Cell, Cell)| Part {
            name: name.to_owned(),
            of: of.to_owned(),
            whole: yes.count + no.count,
            cells: vec![yes, no],
            publishing: stage.of.publishing(),
        };
        let first = (
            cell("reached", reached),
            cell("not_reached", began - reached),
        );
        let second = (
            cell("within_24h", within),
            cell("after_24h", reached - within),
        );
        let parts = [
            halves(&name, stage.of.key(), first),
            halves(&format!("{name}.limit"), &format!("{name}.reached"), second),
        ];
        let times = Times {
            name: stage.name,
            of: stage.of,
            began,
            reached,
            median: rank(&took, 50),
            p90: rank(&took, 90),
        };
        (parts, times)
    }

    fn sum(&self, summing: &Summing) -> Sum {
        let add = |amount| -> i64 { self.of(summing.of).map(|row| row.amount(amount)).sum() };
        let cases = self.count(summing.of);
        Sum {
            key: summing.key,
            of: summing.of,
            unit: summing.unit,
            sum: add(summing.amount),
            whole: summing.within.map_or(cases, add),
            cases,
        }
    }
}

/// Figures as they are put down, with how each is shown.
struct List {
    view: View,
    figures: Vec<Figure>,
    shown: BTreeMap<String, Shown>,
}

impl List {
    fn shown(&self, key: &str) -> Shown {
        self.shown.get(key).copied().unwrap_or(Shown::Withheld)
    }

    fn cases(&mut self, key: String, (count, whole): (i64, i64), (how, of): (Shown, Shown)) {
        self.shown.insert(key.clone(), how);
        let count = (how == Shown::Exact).then_some(count);
        self.figures.push(Figure {
            key,
            unit: Unit::Cases,
            value: count,
            numerator: count,
            denominator: (of == Shown::Exact).then_some(whole),
            shown: how,
        });
    }

    /// A time is that of one case: it is shown where enough came through the stage and nothing of
    /// the stage is hidden, for it says on which side of a time how many lie.
    fn times(&mut self, times: &Times) {
        let name = format!("stage.{}", times.name);
        let cells = [
            "reached",
            "not_reached",
            "limit.within_24h",
            "limit.after_24h",
        ];
        let told = cells
            .iter()
            .map(|cell| self.shown(&format!("{name}.{cell}")));
        let hidden = told.into_iter().any(|how| how != Shown::Exact);
        let how = if hidden {
            Shown::Withheld
        } else {
            self.view.made_of(times.reached)
        };
        for (which, ms) in [("median", times.median), ("p90", times.p90)] {
            let key = format!("{name}.{which}");
            let parts = (times.reached, times.began);
            self.put((key, Unit::Milliseconds), (ms, parts), how);
        }
    }

    fn sum(&mut self, sum: &Sum) {
        let how = self.view.made_of(sum.cases);
        let key = (sum.key.to_owned(), sum.unit);
        self.put(key, (Some(sum.sum), (sum.sum, sum.whole)), how);
    }

    fn put(
        &mut self,
        (key, unit): (String, Unit),
        (value, (part, whole)): (Option<i64>, (i64, i64)),
        shown: Shown,
    ) {
        let open = shown == Shown::Exact;
        self.figures.push(Figure {
            key,
            unit,
            value: value.filter(|_| open),
            numerator: open.then_some(part),
            denominator: open.then_some(whole),
            shown,
        });
    }
}

/// How long a case took from one moment to another; what was put down late took no time.
fn lasted(row: &Row, from: Moment, to: Moment) -> Option<i64> {
    Some((row.at(to)? - row.at(from)?).max(0))
}

/// The smallest of the sorted values that so many in a hundred are not above.
fn rank(sorted: &[i64], hundredths: usize) -> Option<i64> {
    let place = (sorted.len() * hundredths).div_ceil(100);
    sorted.get(place.checked_sub(1)?).copied()
}

fn cell(code: &str, count: i64) -> Cell {
    Cell {
        code: code.to_owned(),
        count,
    }
}

fn counted(how_many: usize) -> i64 {
    i64::try_from(how_many).unwrap_or(i64::MAX)
}
