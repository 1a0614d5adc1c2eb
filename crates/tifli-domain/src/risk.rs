//! How much a missing child is at risk, for the order in which the room looks at cases: a rule of first answers, with
//! its reasons. It never lowers anything: there is no low grade here, and no alert waits for it.
//!
//! A starting table of our own, after what police practice asks first. Not for the rung of an alert ([`crate::qualify`]).

use std::collections::BTreeMap;

use crate::intake::{Field, Mark};

/// The grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Risk {
    /// Something raises it.
    High,
    /// Every missing child.
    Medium,
}

words!(Risk {
    High = "high",
    Medium = "medium",
});

/// What raises the risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Raise {
    /// Force, an unknown adult or a vehicle was seen, or the reporter says it was forced.
    Force,
    /// Younger than eleven.
    Young,
    /// Needs medicine.
    Medicine,
    /// Water or works near, and younger than eight.
    Water,
    /// A disorder or disability, alone outside.
    Development,
}

words!(Raise {
    Force = "force",
    Young = "young",
    Medicine = "medicine",
    Water = "water",
    Development = "development",
});

/// The answers the rule looks at.
pub const FIELDS: [Field; 8] = [
    Field::Nature,
    Field::ForceSeen,
    Field::AdultSeen,
    Field::VehicleEntered,
    Field::WaterNear,
    Field::HazardsNear,
    Field::Medicine,
    Field::Development,
];

/// The risk and what raises it. `answers` are values with what was marked; `age` is in whole years.
pub fn risk(
    age: Option<i64>,
    answers: &BTreeMap<Field, (String, Option<Mark>)>,
) -> (Risk, Vec<Raise>) {
    let yes = |field: Field| {
        let answer = answers.get(&field);
        answer.is_some_and(|(_, mark)| *mark == Some(Mark::Yes))
    };
    let younger = |than: i64| age.is_some_and(|age| age < than);
    let forced = answers
        .get(&Field::Nature)
        .is_some_and(|(value, _)| value == "forced");
    let near = yes(Field::WaterNear) || yes(Field::HazardsNear);
    let seen = yes(Field::ForceSeen) || yes(Field::AdultSeen) || yes(Field::VehicleEntered);
    let raised = [
        (Raise::Force, forced || seen),
        (Raise::Young, younger(11)),
        (Raise::Medicine, yes(Field::Medicine)),
        (Raise::Water, near && younger(8)),
        (Raise::Development, yes(Field::Development)),
    ];
    let why: Vec<Raise> = raised
        .into_iter()
        .filter_map(|(why, holds)| holds.then_some(why))
        .collect();
    match why.is_empty() {
        true => (Risk::Medium, why),
        false => (Risk::High, why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(field: Field, mark: Mark) -> BTreeMap<Field, (String, Option<Mark>)> {
        BTreeMap::from([(field, (String::new(), Some(mark)))])
    }

    #[test]
    fn every_child_is_at_medium_risk_at_least_and_only_a_yes_raises_it() {
        for field in FIELDS {
            for mark in Mark::ALL.iter().copied() {
                for age in [None, Some(3), Some(7), Some(10), Some(11), Some(17)] {
                    let (grade, why) = risk(age, &answered(field, mark));
                    assert_eq!(grade == Risk::High, !why.is_empty());
                    let young = age.is_some_and(|age| age < 11);
                    let water = matches!(field, Field::WaterNear | Field::HazardsNear);
                    let raised = mark == Mark::Yes && !water && field != Field::Nature;
                    assert_eq!(
                        grade == Risk::High,
                        young || raised,
                        "{field:?} {mark:?} {age:?}"
                    );
                }
            }
        }
        assert_eq!(risk(None, &BTreeMap::new()), (Risk::Medium, Vec::new()));
    }

    #[test]
    fn force_is_also_what_the_report_calls_forced_and_water_counts_for_the_small() {
        let forced = BTreeMap::from([(Field::Nature, ("forced".to_owned(), None))]);
        assert_eq!(risk(Some(16), &forced).1, [Raise::Force]);
        let water = answered(Field::WaterNear, Mark::Yes);
        assert_eq!(risk(Some(7), &water).1, [Raise::Young, Raise::Water]);
        assert_eq!(risk(Some(8), &water).1, [Raise::Young]);
        assert_eq!(risk(Some(12), &water).0, Risk::Medium);
    }
}
