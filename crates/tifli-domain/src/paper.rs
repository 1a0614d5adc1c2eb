//! Papers of a case: which kinds there are, what each may hold, and the papers that are asked for.
//!
//! A paper holds what its purpose needs and nothing else: [`PaperKind::may_hold`] is the table. What
//! is missing of the papers asked for never delays a report or a bulletin; no decision reads it.

use crate::intake::Field;

/// A paper that the house prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaperKind {
    /// The statement of the reporter, numbered by district and year.
    Statement,
    /// The consent form, channel by channel, to be signed by hand.
    Consent,
    /// What the guardian takes home.
    Receipt,
    /// The record that the child was handed over.
    HandOver,
    /// The case on a page or two, for the prosecutor and for a change of hands.
    Summary,
}

/// How far a paper that is asked for has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AskedState {
    /// Not there.
    Missing,
    /// A person of the house saw it.
    Seen,
    /// Its picture lies in the file.
    Scanned,
}

impl PaperKind {
    /// Every kind, in the order of the page.
    pub const ALL: [Self; 5] = [
        Self::Statement,
        Self::Consent,
        Self::Receipt,
        Self::HandOver,
        Self::Summary,
    ];

    /// The word in addresses and audit entries.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Consent => "consent",
            Self::Receipt => "receipt",
            Self::HandOver => "hand_over",
            Self::Summary => "summary",
        }
    }

    /// Whether this paper may hold the answer to this question. Sealed questions stand on no paper.
    pub fn may_hold(self, field: Field) -> bool {
        use Field::*;
        let names = matches!(
            field,
            ChildFirstNameAr | ChildFirstName | ChildFamilyNameAr | ChildFamilyName
        );
        match self {
            Self::Statement => {
                names
                    || matches!(
                        field,
                        ReporterName
                            | ReporterRelation
                            | ReporterPaperKind
                            | ReporterPaperNumber
                            | ReporterPhone
                            | ChildBirthDate
                            | ChildAge
                            | ChildSex
                            | ClothesAr
                            | Clothes
                            | MarksAr
                            | Marks
                            | HomeAddress
                            | LastSeenAt
                            | LastSeenPlace
                            | LastSeenWords
                            | Circumstances
                    )
            }
            Self::Consent => {
                names || matches!(field, ReporterName | ReporterRelation | ReporterPaperNumber)
            }
            Self::Receipt => {
                matches!(field, ReporterName | ChildFirstNameAr | ChildFirstName)
            }
            Self::HandOver => {
                names
                    || matches!(
                        field,
                        ChildBirthDate | ChildAge | ReporterName | ReporterRelation
                    )
            }
            Self::Summary => {
                names
                    || matches!(
                        field,
                        ReporterName
                            | ReporterRelation
                            | ReporterPhone
                            | ConsentPublish
                            | ChildBirthDate
                            | ChildAge
                            | ChildSex
                            | ClothesAr
                            | Clothes
                            | MarksAr
                            | Marks
                            | LastSeenAt
                            | LastSeenPlace
                            | LastSeenWords
                            | Circumstances
                            | Nature
                    )
            }
        }
    }
}

read_by_word!(PaperKind);

impl AskedState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Missing, Self::Seen, Self::Scanned];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Seen => "seen",
            Self::Scanned => "scanned",
        }
    }
}

read_by_word!(AskedState);

/// The number of a statement: district, year, count within both.
pub fn number(district_code: &str, year: i16, count: i64) -> String {
    format!("{district_code}/{year}/{count:05}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Visibility;

    #[test]
    fn no_paper_holds_a_sealed_answer_or_the_exact_point() {
        for kind in PaperKind::ALL {
            for field in Field::ALL {
                let closed = field.visibility() == Visibility::Sealed
                    || matches!(field, Field::LastSeenLat | Field::LastSeenLon);
                assert!(!(closed && kind.may_hold(*field)), "{kind:?} {field:?}");
            }
        }
    }

    #[test]
    fn what_the_guardian_takes_home_tells_a_finder_next_to_nothing() {
        let held = Field::ALL
            .iter()
            .filter(|f| PaperKind::Receipt.may_hold(**f));
        let held: Vec<Field> = held.copied().collect();
        assert_eq!(
            held,
            [
                Field::ReporterName,
                Field::ChildFirstNameAr,
                Field::ChildFirstName
            ]
        );
    }

    #[test]
    fn only_the_statement_holds_the_home_address_and_the_number_of_a_paper_of_identity() {
        for kind in PaperKind::ALL {
            let is_statement = kind == PaperKind::Statement;
            assert_eq!(kind.may_hold(Field::HomeAddress), is_statement, "{kind:?}");
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert!(!PaperKind::Summary.may_hold(Field::ReporterPaperNumber));
        assert!(!PaperKind::Receipt.may_hold(Field::ReporterPaperNumber));
    }

    #[test]
    fn a_number_names_its_district_and_year() {
        assert_eq!(number("CAS", 2026, 17), "CAS/2026/00017");
    }
}
