//! The impact assessment as tables: what may go wrong for whom, how grave and how likely, what is
//! done against it, and what remains.
//!
//! Each measure points at the test that holds it; a test of the pages looks that each is there. The
//! levels are what the house proposes; the operator's officer for data protection confirms or
//! changes them by hand. Words are the translations'.

/// How grave a harm is, or how likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Hardly felt, hardly thinkable.
    Negligible,
    /// Overcome with some trouble.
    Limited,
    /// Overcome with serious trouble.
    Significant,
    /// Perhaps never overcome.
    Maximum,
}

/// Who is harmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The child.
    Child,
    /// The guardian and the family.
    Guardian,
    /// Subscribers, witnesses, other adults.
    Public,
    /// The people of the house.
    Officers,
}

/// Something that is done against a risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Its code.
    pub id: &'static str,
    /// The test that holds it.
    pub test: &'static str,
}

/// Something that may go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Risk {
    /// Its code.
    pub id: &'static str,
    /// For whom.
    pub whose: Whose,
    /// How grave it would be.
    pub severity: Level,
    /// How likely it is with nothing done.
    pub likelihood: Level,
    /// What is done, by code.
    pub measures: &'static [&'static str],
    /// How likely it is then.
    pub residual: Level,
}

impl Level {
    /// The word of the translations.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Negligible => "negligible",
            Self::Limited => "limited",
            Self::Significant => "significant",
            Self::Maximum => "maximum",
        }
    }
}

impl Whose {
    /// All, in the order of the assessment.
    pub const ALL: [Self; 4] = [Self::Child, Self::Guardian, Self::Public, Self::Officers];

    /// The word of the translations.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Guardian => "guardian",
            Self::Public => "public",
            Self::Officers => "officers",
        }
    }
}

const fn held(id: &'static str, test: &'static str) -> Measure {
    Measure { id, test }
}

/// What is done, each with the test that holds it.
pub const MEASURES: &[Measure] = &[
    held(
        "recall",
        "the_end_reaches_everyone_who_was_handed_the_alert_also_who_moved_away",
    ),
    held("neutral_end", "the_ended_page_holds_nothing_of_the_child"),
    held("not_indexed", "every_page_asks_not_to_be_indexed"),
    held(
        "erasure",
        "of_an_erased_case_no_word_is_found_on_disk_in_any_spelling_or_encoding",
    ),
    held(
        "backups",
        "yesterdays_backup_opens_with_yesterdays_keys_and_not_with_todays",
    ),
    held(
        "gate",
        "a_flagged_reporter_publishes_nothing_until_the_prosecutor_opens_the_gate",
    ),
    held(
        "silent_family",
        "while_the_gate_is_closed_the_page_says_only_that_the_report_is_registered",
    ),
    held(
        "four_eyes",
        "one_person_one_unit_one_part_or_two_things_are_not_signed",
    ),
    held("least_public", "no_public_byte_holds_a_protected_answer"),
    held(
        "neutral_label",
        "words_of_abduction_are_refused_of_a_case_that_is_not_known_to_be_forced",
    ),
    held(
        "best_interests",
        "a_voluntary_case_goes_public_only_with_its_note",
    ),
    held(
        "consent",
        "a_channel_without_the_guardians_consent_is_not_used_until_the_prosecutor_stands_in",
    ),
    held(
        "legal_line",
        "a_channel_without_its_legal_line_cannot_be_enabled",
    ),
    held(
        "withdrawal",
        "asking_for_withdrawal_opens_a_decision_and_ends_nothing",
    ),
    held(
        "coarse_place",
        "a_device_that_moves_keeps_its_number_and_gets_a_new_sequence_cell_and_keys",
    ),
    held(
        "hashed_receipts",
        "a_tip_is_found_by_its_receipt_and_by_no_other",
    ),
    held(
        "silent_log",
        "the_fullest_log_of_a_whole_case_tells_nothing_of_a_person",
    ),
    held(
        "clearance",
        "a_plate_is_asked_about_and_leaves_only_when_cleared",
    ),
    held("sealing", "what_is_sealed_opens_in_its_place_only"),
    held("audit", "every_read_has_exactly_one_audit_entry"),
    held(
        "districts",
        "each_route_answers_each_role_in_each_district_as_the_permissions_say",
    ),
    held(
        "second_factor",
        "one_code_sent_twenty_times_at_once_opens_one_session",
    ),
    held("photo", "position_and_marker_are_gone_from_every_rendition"),
    held("durable", "no_acknowledged_report_or_tip_is_lost"),
];

/// What may go wrong.
pub const RISKS: &[Risk] = &[
    Risk {
        id: "exposed_for_life",
        whose: Whose::Child,
        severity: Level::Maximum,
        likelihood: Level::Significant,
        measures: &[
            "recall",
            "neutral_end",
            "not_indexed",
            "least_public",
            "photo",
            "erasure",
            "backups",
        ],
        residual: Level::Limited,
    },
    Risk {
        id: "dangerous_reporter",
        whose: Whose::Child,
        severity: Level::Maximum,
        likelihood: Level::Limited,
        measures: &["gate", "silent_family", "four_eyes"],
        residual: Level::Negligible,
    },
    Risk {
        id: "published_in_error",
        whose: Whose::Child,
        severity: Level::Significant,
        likelihood: Level::Limited,
        measures: &["four_eyes", "best_interests", "recall", "neutral_end"],
        residual: Level::Negligible,
    },
    Risk {
        id: "stigma",
        whose: Whose::Child,
        severity: Level::Significant,
        likelihood: Level::Significant,
        measures: &["least_public", "neutral_label", "best_interests"],
        residual: Level::Negligible,
    },
    Risk {
        id: "kept_too_long",
        whose: Whose::Child,
        severity: Level::Significant,
        likelihood: Level::Significant,
        measures: &["erasure", "backups"],
        residual: Level::Limited,
    },
    Risk {
        id: "consent_ignored",
        whose: Whose::Guardian,
        severity: Level::Significant,
        likelihood: Level::Limited,
        measures: &["consent", "legal_line", "withdrawal"],
        residual: Level::Negligible,
    },
    Risk {
        id: "extortion",
        whose: Whose::Guardian,
        severity: Level::Significant,
        likelihood: Level::Significant,
        measures: &["least_public", "silent_family"],
        residual: Level::Limited,
    },
    Risk {
        id: "subscriber_followed",
        whose: Whose::Public,
        severity: Level::Limited,
        likelihood: Level::Limited,
        measures: &["coarse_place", "silent_log"],
        residual: Level::Negligible,
    },
    Risk {
        id: "witness_unmasked",
        whose: Whose::Public,
        severity: Level::Significant,
        likelihood: Level::Limited,
        measures: &["hashed_receipts", "silent_log", "sealing"],
        residual: Level::Negligible,
    },
    Risk {
        id: "third_adult_named",
        whose: Whose::Public,
        severity: Level::Significant,
        likelihood: Level::Significant,
        measures: &["clearance", "four_eyes", "erasure"],
        residual: Level::Limited,
    },
    Risk {
        id: "sent_abroad",
        whose: Whose::Public,
        severity: Level::Significant,
        likelihood: Level::Significant,
        measures: &["legal_line", "consent"],
        residual: Level::Limited,
    },
    Risk {
        id: "insider",
        whose: Whose::Officers,
        severity: Level::Significant,
        likelihood: Level::Significant,
        measures: &["districts", "audit", "sealing"],
        residual: Level::Limited,
    },
    Risk {
        id: "account_taken",
        whose: Whose::Officers,
        severity: Level::Significant,
        likelihood: Level::Limited,
        measures: &["second_factor", "four_eyes", "audit"],
        residual: Level::Negligible,
    },
    Risk {
        id: "machine_lost",
        whose: Whose::Officers,
        severity: Level::Significant,
        likelihood: Level::Limited,
        measures: &["sealing", "backups", "durable"],
        residual: Level::Negligible,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_measure_stands_once_and_serves_a_risk_and_each_risk_has_a_measure_that_helps() {
        let known: BTreeSet<_> = MEASURES.iter().map(|measure| measure.id).collect();
        assert_eq!(known.len(), MEASURES.len());
        let used: BTreeSet<_> = RISKS
            .iter()
            .flat_map(|risk| risk.measures)
            .copied()
            .collect();
        assert_eq!(known, used);
        for risk in RISKS {
            assert!(risk.residual < risk.likelihood, "{}", risk.id);
        }
        for whose in Whose::ALL {
            assert!(RISKS.iter().any(|risk| risk.whose == whose), "{whose:?}");
        }
    }
}
