//! What is counted, of what, and by what: the definitions, printed as `docs/figures.md`.

use super::row::{Age, Amount, Code, Moment, Row};
use super::{Span, Unit};
use crate::alert::EndReason;
use crate::closing::{ATTRIBUTIONS, FOUND_BY};
use crate::qualify::Rung;
use crate::retention::Ending;

/// The ceiling of the procedure, in milliseconds.
pub const LIMIT_MS: i64 = 24 * 60 * 60 * 1000;

/// Cases that belong together because something happened to them in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// Received in the period.
    Received,
    /// First handed over for approval in the period.
    Submitted,
    /// First alerted in the period.
    Approved,
    /// Their alert ended in the period.
    Ended,
    /// Closed in the period.
    Closed,
    /// Closed in the period, the child located.
    Found,
    /// Received before the end of the period and not closed then.
    Open,
}

/// By what cases are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By what is said of them.
    Code(Code),
    /// By whether they were ever alerted.
    Alerted,
    /// By whether the child was found.
    Outcome,
    /// By nature, district and rung together.
    Cross,
}

/// Which versions for publication hold a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publishing {
    /// Each.
    Always,
    /// That of a year only: weeks add up.
    Years,
    /// None.
    Never,
}

/// A total told apart.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// Its name; a figure's key is the name, a dot, and the code.
    pub name: &'static str,
    /// What is told apart.
    pub of: Total,
    /// By what.
    pub by: By,
    /// Where it is published.
    pub publishing: Publishing,
    /// What it says, for the documentation.
    pub says: &'static str,
}

/// The time from one moment to another.
#[derive(Debug, Clone, Copy)]
pub struct Stage {
    /// Its name, after `stage.`.
    pub name: &'static str,
    /// From when.
    pub from: Moment,
    /// Until when.
    pub to: Moment,
    /// Of which cases.
    pub of: Total,
    /// What it says, for the documentation.
    pub says: &'static str,
}

/// Amounts of cases added up.
#[derive(Debug, Clone, Copy)]
pub struct Summing {
    /// Its key.
    pub key: &'static str,
    /// Of which cases.
    pub of: Total,
    /// What is added up.
    pub amount: Amount,
    /// Of what it is a part; else it is told with the number of cases.
    pub within: Option<Amount>,
    /// What it counts.
    pub unit: Unit,
    /// What it says, for the documentation.
    pub says: &'static str,
}

const fn group(name: &'static str, of: Total, by: By, says: &'static str) -> Group {
    Group {
        name,
        of,
        by,
        publishing: Publishing::Always,
        says,
    }
}

const fn yearly(group: Group) -> Group {
    Group {
        publishing: Publishing::Years,
        ..group
    }
}

const fn inside_only(group: Group) -> Group {
    Group {
        publishing: Publishing::Never,
        ..group
    }
}

use Total::{Approved, Closed, Ended, Found, Open, Received, Submitted};

/// Every group, a part after its whole.
pub const GROUPS: &[Group] = &[
    yearly(group(
        "received.nature",
        Received,
        By::Code(Code::Nature),
        "Cases received, by what the report says of the disappearance: forced, voluntary, unknown.",
    )),
    yearly(group(
        "received.district",
        Received,
        By::Code(Code::District),
        "Cases received, by the district that keeps them.",
    )),
    yearly(group(
        "received.rung",
        Received,
        By::Code(Code::Rung),
        "Cases received, by the rung decided last, or else proposed last; `not_said` while nobody chose one.",
    )),
    yearly(group(
        "received.age",
        Received,
        By::Code(Code::Age),
        "Cases received, by the band of the child's age.",
    )),
    yearly(group(
        "received.sex",
        Received,
        By::Code(Code::Sex),
        "Cases received, by the child's sex.",
    )),
    inside_only(group(
        "received.cross",
        Received,
        By::Cross,
        "Cases received, by nature, district and rung together; only what is not zero.",
    )),
    group(
        "received.alerted",
        Received,
        By::Alerted,
        "Cases received, by whether the public was alerted before the end of the period.",
    ),
    group(
        "ended.reason",
        Ended,
        By::Code(Code::EndReason),
        "Alerts recalled, one for each case, by the reason: false reports and errors stand here.",
    ),
    group(
        "closed.outcome",
        Closed,
        By::Outcome,
        "Files closed: the child was found, was not found, or was never missing.",
    ),
    group(
        "closed.attribution",
        Closed,
        By::Code(Code::Attribution),
        "Files closed, by what the alert had to do with it.",
    ),
    group(
        "found.ending",
        Found,
        By::Code(Code::Ending),
        "Children found: alive, dead, or located and never seen by an officer.",
    ),
    group(
        "found.by",
        Found,
        By::Code(Code::FoundBy),
        "Children found, by who found them.",
    ),
    group(
        "found.alerted",
        Found,
        By::Alerted,
        "Children found, by whether the public had been alerted.",
    ),
    inside_only(group(
        "open.alerted",
        Open,
        By::Alerted,
        "Files open at the end of the period, by whether the public had been alerted.",
    )),
];

const fn stage(
    name: &'static str,
    (from, to): (Moment, Moment),
    of: Total,
    says: &'static str,
) -> Stage {
    Stage {
        name,
        from,
        to,
        of,
        says,
    }
}

/// Every stage.
pub const STAGES: &[Stage] = &[
    stage(
        "bulletin",
        (Moment::Received, Moment::Bulletin),
        Received,
        "From the report to the bulletin.",
    ),
    stage(
        "submitted",
        (Moment::Received, Moment::Submitted),
        Received,
        "From the report to the first alert handed over for approval.",
    ),
    stage(
        "decided",
        (Moment::Submitted, Moment::Approved),
        Submitted,
        "From there to its approval.",
    ),
    stage(
        "alerted",
        (Moment::Received, Moment::Approved),
        Received,
        "From the report to the public page.",
    ),
    stage(
        "first_push",
        (Moment::Approved, Moment::FirstPush),
        Approved,
        "From the approval to the first device.",
    ),
    stage(
        "seen_live",
        (Moment::Received, Moment::SeenLive),
        Received,
        "From the report to the moment at which a person saw it live at the first carrier partner: this stops the 24-hour clock.",
    ),
    stage(
        "located",
        (Moment::Received, Moment::Located),
        Received,
        "From the report to the child located.",
    ),
    stage(
        "dark",
        (Moment::Ended, Moment::Dark),
        Ended,
        "From the end of the alert to the withdrawal reported by the last channel: time to dark.",
    ),
    stage(
        "closed",
        (Moment::Received, Moment::Closed),
        Closed,
        "From the report to the closed file.",
    ),
];

/// Everything added up.
pub const SUMS: &[Summing] = &[
    Summing {
        key: "approved.alerts",
        of: Approved,
        amount: Amount::Alerts,
        within: None,
        unit: Unit::Alerts,
        says: "Alerts that went out for the cases first alerted in the period, until now.",
    },
    Summing {
        key: "approved.inside",
        of: Approved,
        amount: Amount::Inside,
        within: None,
        unit: Unit::Devices,
        says: "Devices inside the areas of these alerts, each counted once for each alert.",
    },
    Summing {
        key: "approved.handed",
        of: Approved,
        amount: Amount::Handed,
        within: None,
        unit: Unit::Devices,
        says: "Devices that were handed one of these alerts, each counted once for each alert.",
    },
    Summing {
        key: "received.tips",
        of: Received,
        amount: Amount::Tips,
        within: None,
        unit: Unit::Tips,
        says: "Tips on the cases received in the period, until now.",
    },
    Summing {
        key: "received.tips_linked",
        of: Received,
        amount: Amount::Linked,
        within: Some(Amount::Tips),
        unit: Unit::Tips,
        says: "Those linked as sightings.",
    },
    Summing {
        key: "received.tips_dismissed",
        of: Received,
        amount: Amount::Dismissed,
        within: Some(Amount::Tips),
        unit: Unit::Tips,
        says: "Those dismissed.",
    },
];

impl Total {
    /// The totals that are figures of their own; [`Total::Found`] is a cell of a group.
    pub const ROOTS: [Self; 6] = [Received, Submitted, Approved, Ended, Closed, Open];

    /// The key of its figure.
    pub fn key(self) -> &'static str {
        match self {
            Received => "received",
            Submitted => "submitted",
            Approved => "approved",
            Ended => "ended",
            Closed => "closed",
            Found => "closed.outcome.found",
            Open => "open",
        }
    }

    /// Where it is published, and with it its stages and sums. Those that are not would say the same of
    /// nearly the same cases as those that are, and so give away what is hidden there.
    pub fn publishing(self) -> Publishing {
        match self {
            Received | Ended | Closed | Found => Publishing::Always,
            Submitted | Approved | Open => Publishing::Never,
        }
    }

    /// What it says, for the documentation.
    pub fn says(self) -> &'static str {
        match self {
            Received => "Cases whose report was received in the period.",
            Submitted => {
                "Cases whose first alert was handed over for approval in the period, whenever they were received."
            }
            Approved => "Cases first alerted in the period, whenever they were received.",
            Ended => "Cases whose alert ended in the period: recalls.",
            Closed => "Files closed in the period.",
            Found => "Files closed in the period, the child found alive, dead or located.",
            Open => "Files received before the end of the period and not closed at its end.",
        }
    }

    /// Whether a case, as it stood at the end of the period, belongs to it.
    pub fn holds(self, row: &Row, span: &Span) -> bool {
        let within = |moment| span.holds(row.at(moment));
        match self {
            Received => within(Moment::Received),
            Submitted => within(Moment::Submitted),
            Approved => within(Moment::Approved),
            Ended => within(Moment::Ended),
            Closed => within(Moment::Closed),
            Found => within(Moment::Closed) && outcome(row) == "found",
            Open => row.at(Moment::Received).is_some() && row.at(Moment::Closed).is_none(),
        }
    }
}

impl By {
    /// The codes that are always shown, zero or not.
    pub fn known(self) -> Vec<&'static str> {
        match self {
            Self::Code(code) => known(code),
            Self::Alerted => vec!["alerted", "never"],
            Self::Outcome => vec!["found", "not_found", "not_missing"],
            Self::Cross => Vec::new(),
        }
    }

    /// The code of a case.
    pub fn of(self, row: &Row) -> String {
        match self {
            Self::Code(code) => row.said(code).to_owned(),
            Self::Alerted => match row.at(Moment::Approved) {
                Some(_) => "alerted".to_owned(),
                None => "never".to_owned(),
            },
            Self::Outcome => outcome(row).to_owned(),
            Self::Cross => [Code::Nature, Code::District, Code::Rung]
                .map(|code| row.said(code))
                .join("."),
        }
    }
}

fn known(code: Code) -> Vec<&'static str> {
    match code {
        // The country's districts are given with the rows.
        Code::District => Vec::new(),
        Code::Nature => vec!["forced", "voluntary", "unknown"],
        Code::Age => Age::ALL.map(Age::as_str).to_vec(),
        Code::Sex => vec!["girl", "boy", "unknown"],
        Code::Rung => Rung::ALL.iter().map(|rung| rung.as_str()).collect(),
        Code::EndReason => EndReason::ALL.iter().map(|why| why.as_str()).collect(),
        Code::Ending => vec!["alive", "dead", "unseen"],
        Code::FoundBy => FOUND_BY.to_vec(),
        Code::Attribution => ATTRIBUTIONS.to_vec(),
    }
}

/// Found, not found or never missing.
fn outcome(row: &Row) -> &'static str {
    match row.code(Code::Ending).parse() {
        Ok(Ending::Alive | Ending::Dead | Ending::Unseen) => "found",
        Ok(Ending::NotMissing) => "not_missing",
        Ok(Ending::NotFound) | Err(_) => "not_found",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_name_is_used_once_and_a_part_comes_after_its_whole() {
        let mut seen: BTreeSet<String> = Total::ROOTS.map(|total| total.key().to_owned()).into();
        for group in GROUPS {
            assert!(seen.contains(group.of.key()), "{}", group.name);
            for code in group.by.known() {
                assert!(seen.insert(format!("{}.{code}", group.name)), "{code}");
            }
        }
        for stage in STAGES {
            assert!(seen.contains(stage.of.key()), "{}", stage.name);
            assert!(seen.insert(format!("stage.{}", stage.name)));
        }
        for sum in SUMS {
            assert!(seen.insert(sum.key.to_owned()), "{}", sum.key);
        }
    }

    #[test]
    fn nothing_that_tells_children_apart_is_published_by_the_week() {
        for group in GROUPS {
            let tells_apart = matches!(
                group.by,
                By::Cross
                    | By::Code(Code::District | Code::Nature | Code::Age | Code::Sex | Code::Rung)
            );
            let by_the_week = group.publishing == Publishing::Always;
            assert!(!(tells_apart && by_the_week), "{}", group.name);
        }
    }
}
