//! Plural categories of whole numbers, as CLDR 48 has them for the languages we speak.
//! Not for: ordinals or fractions.

use crate::LanguageTag;

/// A plural category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plural {
    /// 0 in Arabic.
    Zero,
    /// 1; also 0 in French.
    One,
    /// 2 in Arabic.
    Two,
    /// 3 to 10 in Arabic.
    Few,
    /// 11 to 99 in Arabic.
    Many,
    /// All else.
    Other,
}

/// The category of `n` in `language`.
pub fn plural(language: LanguageTag, n: u32) -> Plural {
    match language {
        LanguageTag::AR => match (n, n % 100) {
            (0, _) => Plural::Zero,
            (1, _) => Plural::One,
            (2, _) => Plural::Two,
            (_, 3..=10) => Plural::Few,
            (_, 11..=99) => Plural::Many,
            _ => Plural::Other,
        },
        LanguageTag::FR | LanguageTag::ZGH if n <= 1 => Plural::One,
        LanguageTag::EN if n == 1 => Plural::One,
        _ => Plural::Other,
    }
}

/// The categories a table in `language` must have words for.
pub(crate) fn needed(language: LanguageTag) -> &'static [Plural] {
    match language {
        LanguageTag::AR => &[
            Plural::One,
            Plural::Two,
            Plural::Few,
            Plural::Many,
            Plural::Other,
        ],
        _ => &[Plural::One, Plural::Other],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_has_six_forms_and_french_counts_zero_as_one() {
        let ar = |n| plural(LanguageTag::AR, n);
        assert_eq!(
            [0, 1, 2, 3, 10, 11, 99, 100, 103, 111].map(ar),
            [
                Plural::Zero,
                Plural::One,
                Plural::Two,
                Plural::Few,
                Plural::Few,
                Plural::Many,
                Plural::Many,
                Plural::Other,
                Plural::Few,
                Plural::Many
            ]
        );
        assert_eq!(plural(LanguageTag::FR, 0), Plural::One);
        assert_eq!(plural(LanguageTag::EN, 0), Plural::Other);
    }
}
