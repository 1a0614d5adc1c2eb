//! What memory holds of open cases: folded names and numbers to search by, and photos of live
//! alerts. Wiped when a case is erased; nothing of it is ever written to a disk.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{PoisonError, RwLock};

use tifli_domain::id::CaseId;
use tifli_domain::intake::Field;
use tifli_pack::{fold, transliterations};
use zeroize::Zeroizing;

use super::cues::{self, Asked, Cues};
use crate::media::PhotoCache;

/// Shortest form of a name that is compared across scripts or by its beginning.
const ENOUGH: usize = 3;
/// Fewest digits of a telephone number that are searched for.
const ENOUGH_DIGITS: usize = 5;

/// The index. Shared by all clones of the application.
#[derive(Default)]
pub struct Index {
    words: RwLock<Words>,
    photos: PhotoCache,
}

#[derive(Default)]
struct Words {
    cases: HashMap<CaseId, BTreeMap<Field, Keys>>,
    cues: HashMap<CaseId, Cues>,
    /// Erased cases: a save that was under way must not bring them back.
    forgotten: HashSet<CaseId>,
}

/// What one answer is found by.
enum Keys {
    Name(Vec<Word>),
    Digits(Zeroizing<String>),
}

/// One word of a name: as folded, and its forms across scripts.
struct Word {
    folded: Zeroizing<String>,
    forms: Vec<Zeroizing<String>>,
}

impl Index {
    /// The questions whose answers are searched.
    const SEARCHED: [Field; 7] = [
        Field::ReporterName,
        Field::ReporterPhone,
        Field::ReporterPaperNumber,
        Field::ChildFirstNameAr,
        Field::ChildFirstName,
        Field::ChildFamilyNameAr,
        Field::ChildFamilyName,
    ];

    /// The questions whose answers are held: those searched, and those a caller's words are recognized by.
    pub fn fields() -> impl Iterator<Item = Field> {
        Self::SEARCHED.into_iter().chain(cues::FIELDS)
    }

    /// Takes in what stands as the answer to one question; other questions are passed over.
    pub fn put(&self, case: CaseId, field: Field, value: &str) {
        if !Self::fields().any(|held| held == field) {
            return;
        }
        let mut words = self.words.write().unwrap_or_else(PoisonError::into_inner);
        if words.forgotten.contains(&case) {
            return;
        }
        words.cues.entry(case).or_default().put(field, value);
        if !Self::SEARCHED.contains(&field) {
            return;
        }
        let fields = words.cases.entry(case).or_default();
        match keys(field, value) {
            Some(keys) => fields.insert(field, keys),
            None => fields.remove(&field),
        };
    }

    /// The cases in which every word of the query is a name's beginning or its spelling in another
    /// script, or whose telephone number holds its digits. In no order.
    pub fn search(&self, query: &str) -> Vec<CaseId> {
        let digits = digits(query);
        let asked = words_of(query);
        let words = self.words.read().unwrap_or_else(PoisonError::into_inner);
        let found = words.cases.iter().filter(|(_, fields)| {
            let keys = || fields.values();
            let by_digits = digits.len() >= ENOUGH_DIGITS && keys().any(|key| key.holds(&digits));
            let by_words =
                !asked.is_empty() && asked.iter().all(|word| keys().any(|key| key.meets(word)));
            by_digits || by_words
        });
        found.map(|(case, _)| *case).collect()
    }

    /// The cases that a caller's words speak for, with how much, the strongest first. `places` are the places of the
    /// gazetteer that were named.
    pub fn recognize(&self, said: &str, places: Vec<String>) -> Vec<(CaseId, u32)> {
        let asked = Asked::new(said, places);
        let words = self.words.read().unwrap_or_else(PoisonError::into_inner);
        let weighed = words.cues.iter();
        let mut found: Vec<(CaseId, u32)> = weighed
            .filter_map(|(case, cues)| Some((*case, cues.weigh(&asked)?)))
            .collect();
        found.sort_unstable_by(|(a, more), (b, less)| less.cmp(more).then(b.cmp(a)));
        found
    }

    /// The other cases whose child has a first name and a family name like this one's, in any
    /// spelling; where no family name is known on one side, the first name alone. In no order.
    pub fn same_child(&self, case: CaseId) -> Vec<CaseId> {
        let words = self.words.read().unwrap_or_else(PoisonError::into_inner);
        let Some(own) = words.cases.get(&case) else {
            return Vec::new();
        };
        let others = words.cases.iter().filter(|(other, _)| **other != case);
        let alike = others.filter(|(_, fields)| {
            alike(own, fields, &FIRST_NAMES) == Some(true)
                && alike(own, fields, &FAMILY_NAMES) != Some(false)
        });
        alike.map(|(other, _)| *other).collect()
    }

    /// Wipes everything held of a case, for good.
    pub fn forget(&self, case: CaseId) {
        let mut words = self.words.write().unwrap_or_else(PoisonError::into_inner);
        words.cases.remove(&case);
        words.cues.remove(&case);
        words.forgotten.insert(case);
        drop(words);
        self.photos.forget(case);
    }

    pub(crate) fn photos(&self) -> &PhotoCache {
        &self.photos
    }
}

/// Questions for a child's first name.
const FIRST_NAMES: [Field; 2] = [Field::ChildFirstNameAr, Field::ChildFirstName];
/// Questions for a child's family name.
const FAMILY_NAMES: [Field; 2] = [Field::ChildFamilyNameAr, Field::ChildFamilyName];

/// Whether a name of one case is spelt like one of the other; `None` where either has none.
fn alike(
    one: &BTreeMap<Field, Keys>,
    other: &BTreeMap<Field, Keys>,
    fields: &[Field],
) -> Option<bool> {
    let names = |of: &'_ BTreeMap<Field, Keys>| -> bool {
        fields.iter().any(|field| of.contains_key(field))
    };
    if !names(one) || !names(other) {
        return None;
    }
    let pairs = fields
        .iter()
        .flat_map(|a| fields.iter().map(move |b| (a, b)));
    let mut both = pairs.filter_map(|(a, b)| Some((one.get(a)?, other.get(b)?)));
    Some(both.any(|(a, b)| a.same_name(b)))
}

impl Keys {
    /// Whether each word of one name is a spelling of a word of the other.
    fn same_name(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Name(own), Self::Name(others)) => {
                let spelt = |word: &Word| {
                    let mut others = others.iter();
                    others.any(|other| word.meets(other) && other.meets(word))
                };
                own.iter().all(|word| word.is_article() || spelt(word))
            }
            _ => false,
        }
    }

    fn holds(&self, digits: &str) -> bool {
        matches!(self, Self::Digits(own) if own.contains(digits))
    }

    fn meets(&self, asked: &Word) -> bool {
        match self {
            Self::Name(words) => words.iter().any(|word| word.meets(asked)),
            Self::Digits(_) => false,
        }
    }
}

impl Word {
    fn is_article(&self) -> bool {
        ["el", "al", "l"].contains(&self.folded.as_str())
    }

    fn meets(&self, asked: &Self) -> bool {
        if self.folded.starts_with(asked.folded.as_str()) {
            return true;
        }
        let long = asked
            .forms
            .iter()
            .filter(|form| form.chars().count() >= ENOUGH);
        long.into_iter()
            .any(|form| self.forms.iter().any(|own| own.starts_with(form.as_str())))
    }
}

fn keys(field: Field, value: &str) -> Option<Keys> {
    match field {
        Field::ReporterPhone | Field::ReporterPaperNumber => {
            let digits = digits(value);
            (!digits.is_empty()).then_some(Keys::Digits(digits))
        }
        _ => {
            let words = words_of(value);
            (!words.is_empty()).then_some(Keys::Name(words))
        }
    }
}

fn words_of(text: &str) -> Vec<Word> {
    let folded = Zeroizing::new(fold(text));
    folded
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| Word {
            folded: Zeroizing::new(word.to_owned()),
            forms: transliterations(word)
                .into_iter()
                .map(Zeroizing::new)
                .collect(),
        })
        .collect()
}

/// The digits of a text in ASCII, without the zeros in front that a country code replaces.
fn digits(text: &str) -> Zeroizing<String> {
    let folded = Zeroizing::new(fold(text));
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    Zeroizing::new(digits.trim_start_matches('0').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tifli_store::testing::CountingEntropy;

    fn case(number: i64) -> CaseId {
        CaseId::new(number, &CountingEntropy::default())
    }

    #[test]
    fn a_name_is_found_in_any_spelling_and_script() {
        let index = Index::default();
        index.put(case(1), Field::ChildFirstName, "Yassine");
        index.put(case(1), Field::ChildFamilyName, "El Idrissi");
        for query in [
            "yassine",
            "Yacine",
            "ياسين",
            "YASS",
            "yacine idrissi",
            "idrissi",
        ] {
            assert_eq!(index.search(query), [case(1)], "{query}");
        }
        for query in ["", "Karim", "yassine karim", "0"] {
            assert!(index.search(query).is_empty(), "{query}");
        }
    }

    #[test]
    fn a_telephone_number_is_found_with_and_without_its_country_code() {
        let index = Index::default();
        index.put(case(1), Field::ReporterPhone, "+212 6 12 34 56 78");
        for query in ["0612345678", "+212612345678", "٠٦١٢٣٤٥٦٧٨", "06 12 34"] {
            assert_eq!(index.search(query), [case(1)], "{query}");
        }
        assert!(index.search("0699").is_empty());
    }

    #[test]
    fn an_answer_taken_back_is_no_longer_found() {
        let index = Index::default();
        index.put(case(1), Field::ChildFirstName, "Salma");
        index.put(case(1), Field::ChildFirstName, "");
        assert!(index.search("Salma").is_empty());
    }

    #[test]
    fn a_forgotten_case_does_not_come_back() {
        let index = Index::default();
        index.put(case(1), Field::ChildFirstName, "Salma");
        index.forget(case(1));
        index.put(case(1), Field::ChildFirstName, "Salma");
        assert!(index.search("Salma").is_empty());
    }

    #[test]
    fn the_same_child_is_found_in_another_script_and_its_sister_is_not() {
        let index = Index::default();
        index.put(case(1), Field::ChildFirstName, "Yassine");
        index.put(case(1), Field::ChildFamilyName, "El Idrissi");
        index.put(case(2), Field::ChildFirstNameAr, "ياسين");
        index.put(case(2), Field::ChildFamilyNameAr, "الإدريسي");
        index.put(case(3), Field::ChildFirstName, "Salma");
        index.put(case(3), Field::ChildFamilyName, "El Idrissi");
        index.put(case(4), Field::ReporterName, "Yassine El Idrissi");
        assert_eq!(index.same_child(case(1)), [case(2)]);
        assert_eq!(index.same_child(case(2)), [case(1)]);
        assert!(index.same_child(case(3)).is_empty());
        index.forget(case(1));
        assert!(index.same_child(case(2)).is_empty());
    }

    #[test]
    fn a_caller_is_recognized_by_two_words_until_the_case_is_forgotten() {
        let index = Index::default();
        index.put(case(1), Field::ChildFirstName, "Salma");
        index.put(case(1), Field::Clothes, "manteau rouge");
        index.put(case(2), Field::ChildFirstNameAr, "ياسين");
        let found = index.recognize("yacine, près de la gare", Vec::new());
        assert_eq!(
            found.iter().map(|(case, _)| *case).collect::<Vec<_>>(),
            [case(2)]
        );
        assert_eq!(index.recognize("manteau rouge", Vec::new())[0].0, case(1));
        assert!(
            index.search("manteau").is_empty(),
            "the list of cases is searched by name"
        );
        index.forget(case(1));
        assert!(
            index
                .recognize("Salma manteau rouge", Vec::new())
                .is_empty()
        );
    }

    #[test]
    fn what_is_not_searched_is_not_held() {
        let index = Index::default();
        index.put(case(1), Field::HomeAddress, "Rue des Orangers");
        assert!(index.search("orangers").is_empty());
    }
}
