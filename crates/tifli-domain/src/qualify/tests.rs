//! Every combination of facts against what the tables promise.

use super::*;

const NATURES: [Nature; 3] = [Nature::Forced, Nature::Voluntary, Nature::Unknown];
const CONSENTS: [Consent; 3] = [Consent::Given, Consent::Refused, Consent::Unknown];

fn numbers() -> Thresholds {
    let km = |km| Radius::new(km).unwrap();
    Thresholds {
        young_below: 13,
        long_hours: 12,
        local: km(30.0),
        area: km(160.0),
    }
}

fn plain() -> Facts {
    Facts {
        age: 15,
        nature: Nature::Unknown,
        signs: BTreeSet::new(),
        certainty: Certainty::NotSaid,
        moving: Moving::NotKnown,
        hours: 5,
        gate: Gate::Open,
        consent: Consent::Given,
        best_interests: BestInterests::NotWritten,
    }
}

/// Facts over every value that a criterion distinguishes, and all subsets of the signs.
fn every() -> Vec<Facts> {
    let mut all = Vec::new();
    for bits in 0..(1u32 << Sign::ALL.len()) {
        let signs: BTreeSet<Sign> = Sign::ALL
            .iter()
            .enumerate()
            .filter(|(place, _)| bits >> place & 1 == 1)
            .map(|(_, sign)| *sign)
            .collect();
        for nature in NATURES {
            for gate in Gate::ALL {
                for consent in CONSENTS {
                    for age in [12, 13] {
                        for (hours, moving) in [(11, Moving::Away), (12, Moving::NotKnown)] {
                            for certainty in [Certainty::NotSaid, Certainty::Doubtful] {
                                for best_interests in
                                    [BestInterests::NotWritten, BestInterests::Written]
                                {
                                    all.push(Facts {
                                        age,
                                        nature,
                                        signs: signs.clone(),
                                        certainty,
                                        moving,
                                        hours,
                                        gate,
                                        consent,
                                        best_interests,
                                    });
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    all
}

#[test]
fn nothing_public_while_a_condition_is_missing() {
    for facts in every() {
        let found = qualify(&facts, &numbers());
        let held = !facts.gate.lets_publish()
            || facts.consent != Consent::Given
            || (facts.nature == Nature::Voluntary
                && facts.best_interests == BestInterests::NotWritten);
        assert_eq!(
            found.now,
            if held { Rung::Bulletin } else { found.rung },
            "{facts:?}"
        );
        assert_eq!(
            found.met.len() + found.missing.len(),
            LADDER.len(),
            "every criterion is named once"
        );
    }
}

#[test]
fn a_runaway_never_carries_an_abduction_label() {
    for facts in every() {
        let label = public_label(facts.nature, &facts.signs);
        assert_eq!(label, PublicLabel::MissingChild, "{facts:?}");
    }
}

#[test]
fn another_sign_never_lowers_the_rung() {
    for facts in every() {
        let before = qualify(&facts, &numbers()).rung;
        for sign in Sign::ALL {
            let mut more = facts.clone();
            more.signs.insert(*sign);
            assert!(
                qualify(&more, &numbers()).rung >= before,
                "{facts:?} and {sign:?}"
            );
        }
    }
}

#[test]
fn each_rung_is_reached_by_its_own_case() {
    let rung = |facts: &Facts| qualify(facts, &numbers()).rung;
    let mut facts = plain();
    assert_eq!(rung(&facts), Rung::Local, "fifteen, no sign of danger");
    facts.certainty = Certainty::Doubtful;
    assert_eq!(rung(&facts), Rung::Partners, "perhaps with somebody");
    facts.certainty = Certainty::Sure;
    facts.age = 9;
    assert_eq!(rung(&facts), Rung::Area, "nine");
    facts.moving = Moving::Away;
    assert_eq!(rung(&facts), Rung::Area, "on a train, nobody forced it");
    facts.nature = Nature::Forced;
    assert_eq!(rung(&facts), Rung::National, "taken, in a car");
    facts = Facts {
        hours: 12,
        ..plain()
    };
    assert_eq!(rung(&facts), Rung::Area, "fifteen, since this morning");
    facts.gate = Gate::Closed;
    assert_eq!(qualify(&facts, &numbers()).now, Rung::Bulletin);
}

#[test]
fn a_rung_bounds_channels_and_radius() {
    assert!(!Rung::Bulletin.allows("public_page"));
    assert!(Rung::Partners.allows("cap_feed") && !Rung::Partners.allows("web_push"));
    for rung in [Rung::Local, Rung::Area, Rung::National] {
        assert!(rung.allows("web_push"));
    }
    let widest: Vec<_> = Rung::ALL
        .iter()
        .map(|rung| rung.widest(&numbers()))
        .collect();
    let (local, area) = (Some(numbers().local), Some(numbers().area));
    assert_eq!(widest, [local, area, local, area, None]);
    assert!(
        LIMITS
            .iter()
            .map(|limit| limit.rung)
            .eq(Rung::ALL.iter().copied())
    );
}
