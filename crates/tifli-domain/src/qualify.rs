//! Qualification: from what is known of a case to the rung of the response, with every criterion
//! named as met or missing.
//!
//! One table ([`LADDER`]) says what each rung needs, one ([`LIMITS`]) what each rung allows; both are
//! printed in `docs/qualification.md`. The numbers are the country pack's. People decide: an
//! approver may choose another rung with a reason, and no rung holds back the bulletin.
//! What a publication needs besides (consent, gate, notes) is in [`crate::publication`].

use crate::gate::Gate;
use crate::intake::{Consent, Nature};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use tifli_units::Radius;

/// A level of the response. Ordered: a higher one holds everything of the lower ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// The restricted notice to all units, and nothing public.
    Bulletin,
    /// Partners get a link and a feed; nobody is pushed to.
    Partners,
    /// People near the place last seen.
    Local,
    /// The usual circle.
    Area,
    /// The whole country.
    National,
}

/// A sign of danger that the person who asks ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// Force, or a stranger or a vehicle was seen.
    Force,
    /// A threat to harm the child, or to take it abroad.
    Threat,
    /// Self-harm was spoken of or feared.
    SelfHarm,
    /// Medicine is needed soon, or the child is ill.
    Medical,
    /// A disability or a disorder makes the child helpless alone.
    Disability,
    /// Cold, heat, night, water or works near.
    Surroundings,
    /// Somebody may be using the child.
    Exploitation,
}

/// How sure the reporter is that the child is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// Nobody said otherwise.
    NotSaid,
    /// Sure.
    Sure,
    /// Likely.
    Likely,
    /// Doubtful: perhaps with somebody.
    Doubtful,
}

/// Whether the child may be moving away fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moving {
    /// Nothing says so.
    NotKnown,
    /// By vehicle, train, ship or towards a border.
    Away,
}

/// What is known of a case when it is qualified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Age in whole years.
    pub age: i64,
    /// Forced, voluntary, unknown.
    pub nature: Nature,
    /// Signs of danger.
    pub signs: BTreeSet<Sign>,
    /// How sure the reporter is.
    pub certainty: Certainty,
    /// Whether the child moves away.
    pub moving: Moving,
    /// Whole hours since the child was last seen.
    pub hours: i64,
    /// The reporter gate.
    pub gate: Gate,
    /// Consent to publish, given or substituted.
    pub consent: Consent,
    /// Why publication serves a child that left by itself.
    pub best_interests: BestInterests,
}

/// Whether it is written down why publication serves a child that left by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BestInterests {
    /// Not yet.
    NotWritten,
    /// It is.
    Written,
}

/// The country's numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Below this age a child is young, in years.
    pub young_below: i64,
    /// From so many hours after the last sight a disappearance is long.
    pub long_hours: i64,
    /// The largest radius of a local alert.
    pub local: Radius,
    /// The largest radius of an area alert.
    pub area: Radius,
}

/// One thing a rung asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// The reporter gate is open, or the prosecutor opened it.
    Gate,
    /// Consent is given or substituted.
    Consent,
    /// A voluntary disappearance has a note on why publication serves the child.
    ServesTheChild,
    /// The disappearance is not doubtful.
    Credible,
    /// The child is young.
    Young,
    /// At least one sign of danger.
    Danger,
    /// It is known to be forced.
    Forced,
    /// The child has been missing for long.
    Long,
    /// Force or a threat.
    Grave,
    /// The child moves away fast.
    MovesAway,
}

/// How a line of the ladder counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// It must be met before anything is published at this rung, whoever decides.
    Condition,
    /// It must be met.
    Needed,
    /// One of those marked so must be met.
    OneOf,
}

/// One line of the ladder.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// The rung; it also needs all lines of the rungs below.
    pub rung: Rung,
    /// What.
    pub criterion: Criterion,
    /// How it counts.
    pub weight: Weight,
}

/// How far a rung may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Nobody.
    Nobody,
    /// The pack's local radius.
    Local,
    /// The pack's area radius.
    Area,
    /// No bound but the country's outline.
    Country,
}

/// What a rung allows.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// The rung.
    pub rung: Rung,
    /// Channels it may not use; `*` is every one.
    pub without: &'static [&'static str],
    /// How far.
    pub within: Within,
}

/// What the table says of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualification {
    /// The rung that the case itself deserves.
    pub rung: Rung,
    /// The rung that may be used now: bulletin only while a condition is missing.
    pub now: Rung,
    /// Criteria that are met.
    pub met: Vec<Criterion>,
    /// Criteria that are not, with the rung that asks for each.
    pub missing: Vec<(Rung, Criterion)>,
}

/// What the public is told of the kind of a disappearance: always the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicLabel {
    /// A missing child.
    MissingChild,
}

const fn line(rung: Rung, criterion: Criterion, weight: Weight) -> Line {
    Line {
        rung,
        criterion,
        weight,
    }
}

/// What each rung needs.
pub const LADDER: &[Line] = &[
    line(Rung::Partners, Criterion::Gate, Weight::Condition),
    line(Rung::Partners, Criterion::Consent, Weight::Condition),
    line(Rung::Partners, Criterion::ServesTheChild, Weight::Condition),
    line(Rung::Local, Criterion::Credible, Weight::Needed),
    line(Rung::Area, Criterion::Young, Weight::OneOf),
    line(Rung::Area, Criterion::Danger, Weight::OneOf),
    line(Rung::Area, Criterion::Forced, Weight::OneOf),
    line(Rung::Area, Criterion::Long, Weight::OneOf),
    line(Rung::National, Criterion::Grave, Weight::Needed),
    line(Rung::National, Criterion::MovesAway, Weight::Needed),
];

/// What each rung allows.
pub const LIMITS: [Limit; 5] = [
    Limit {
        rung: Rung::Bulletin,
        without: &["*"],
        within: Within::Nobody,
    },
    Limit {
        rung: Rung::Partners,
        without: &["web_push", "mail_alert"],
        within: Within::Area,
    },
    Limit {
        rung: Rung::Local,
        without: &[],
        within: Within::Local,
    },
    Limit {
        rung: Rung::Area,
        without: &[],
        within: Within::Area,
    },
    Limit {
        rung: Rung::National,
        without: &[],
        within: Within::Country,
    },
];

words!(Rung {
    Bulletin = "bulletin",
    Partners = "partners",
    Local = "local",
    Area = "area",
    National = "national",
});
words!(Sign {
    Force = "force",
    Threat = "threat",
    SelfHarm = "self_harm",
    Medical = "medical",
    Disability = "disability",
    Surroundings = "surroundings",
    Exploitation = "exploitation",
});
words!(Certainty {
    NotSaid = "not_said",
    Sure = "sure",
    Likely = "likely",
    Doubtful = "doubtful",
});
words!(Criterion {
    Gate = "gate",
    Consent = "consent",
    ServesTheChild = "serves_the_child",
    Credible = "credible",
    Young = "young",
    Danger = "danger",
    Forced = "forced",
    Long = "long",
    Grave = "grave",
    MovesAway = "moves_away",
});

impl Criterion {
    /// Whether a case meets it.
    pub fn is_met(self, facts: &Facts, numbers: &Thresholds) -> bool {
        match self {
            Self::Gate => facts.gate.lets_publish(),
            Self::Consent => facts.consent == Consent::Given,
            Self::ServesTheChild => {
                facts.nature != Nature::Voluntary || facts.best_interests == BestInterests::Written
            }
            Self::Credible => facts.certainty != Certainty::Doubtful,
            Self::Young => facts.age < numbers.young_below,
            Self::Danger => !facts.signs.is_empty(),
            Self::Forced => facts.nature == Nature::Forced,
            Self::Long => facts.hours >= numbers.long_hours,
            Self::Grave => {
                facts.nature == Nature::Forced
                    || facts.signs.contains(&Sign::Force)
                    || facts.signs.contains(&Sign::Threat)
            }
            Self::MovesAway => facts.moving == Moving::Away,
        }
    }

    /// What it asks for, in words for the documentation.
    pub fn says(self) -> &'static str {
        match self {
            Self::Gate => "the reporter gate is open, or the prosecutor opened it",
            Self::Consent => "consent is given, or substituted by the prosecutor",
            Self::ServesTheChild => "if voluntary: a note says why publication serves the child",
            Self::Credible => "the reporter does not doubt that the child is missing",
            Self::Young => "the child is young (`young_below` of the pack)",
            Self::Danger => "at least one sign of danger",
            Self::Forced => "the disappearance is forced",
            Self::Long => "the last sight is long ago (`long_hours` of the pack)",
            Self::Grave => "forced, or a sign of force or a threat",
            Self::MovesAway => "the child moves away fast, or towards a border",
        }
    }
}

impl Rung {
    /// What it allows.
    pub fn limit(self) -> Limit {
        let limit = LIMITS.into_iter().find(|limit| limit.rung == self);
        limit.expect("every rung has its limit")
    }

    /// Whether a channel may be used.
    pub fn allows(self, channel: &str) -> bool {
        let without = self.limit().without;
        !without.iter().any(|one| *one == "*" || *one == channel)
    }

    /// The largest radius; `None` is unbounded. `Bulletin` has none to ask about: nothing goes out.
    pub fn widest(self, numbers: &Thresholds) -> Option<Radius> {
        match self.limit().within {
            Within::Nobody | Within::Local => Some(numbers.local),
            Within::Area => Some(numbers.area),
            Within::Country => None,
        }
    }
}

/// What the public is told of a disappearance: never how it came about.
pub fn public_label(_nature: Nature, _signs: &BTreeSet<Sign>) -> PublicLabel {
    PublicLabel::MissingChild
}

/// The rung of a case by the table.
pub fn qualify(facts: &Facts, numbers: &Thresholds) -> Qualification {
    let met = |criterion: Criterion| criterion.is_met(facts, numbers);
    let mut rung = Rung::Bulletin;
    for candidate in Rung::ALL.iter().copied() {
        let lines = || LADDER.iter().filter(move |line| line.rung == candidate);
        let needed = lines().filter(|line| line.weight == Weight::Needed);
        let mut one_of = lines()
            .filter(|line| line.weight == Weight::OneOf)
            .peekable();
        let enough = one_of.peek().is_none() || one_of.any(|line| met(line.criterion));
        if !(enough && needed.map(|line| line.criterion).all(met)) {
            break;
        }
        rung = candidate;
    }
    let held = LADDER
        .iter()
        .any(|line| line.weight == Weight::Condition && !met(line.criterion));
    Qualification {
        rung,
        now: if held { Rung::Bulletin } else { rung },
        met: LADDER
            .iter()
            .map(|line| line.criterion)
            .filter(|criterion| met(*criterion))
            .collect(),
        missing: LADDER
            .iter()
            .filter(|line| !met(line.criterion))
            .map(|line| (line.rung, line.criterion))
            .collect(),
    }
}

/// Both tables as Markdown, for `docs/qualification.md`.
pub fn print() -> String {
    let mut out = String::from(
        "## What each rung needs\n\n| Rung | Criterion | Counts as |\n|---|---|---|\n",
    );
    for line in LADDER {
        let weight = match line.weight {
            Weight::Condition => "condition of any publication",
            Weight::Needed => "needed",
            Weight::OneOf => "one of these",
        };
        let says = line.criterion.says();
        let _ = writeln!(out, "| {:?} | {says} | {weight} |", line.rung);
    }
    out.push_str("\n## What each rung allows\n\n| Rung | Channels | Reaches |\n|---|---|---|\n");
    for limit in LIMITS {
        let channels = match limit.without {
            [] => "all".to_owned(),
            ["*"] => "none: the bulletin alone".to_owned(),
            some => format!("all but {}", some.join(", ")),
        };
        let within = match limit.within {
            Within::Nobody => "nobody of the public",
            Within::Local => "at most `local_km` of the pack",
            Within::Area => "at most `area_km` of the pack",
            Within::Country => "the whole country",
        };
        let _ = writeln!(out, "| {:?} | {channels} | {within} |", limit.rung);
    }
    out
}

#[cfg(test)]
mod tests;
