//! By what a caller's words are recognized: the child's names in any spelling, where it was last seen, what it
//! wears. Held in memory beside the index of names, wiped with it. It only proposes; a person chooses.

use std::collections::BTreeMap;

use tifli_domain::intake::Field;
use tifli_pack::{fold, transliterations};
use zeroize::Zeroizing;

/// Shortest word that is looked at.
const SHORTEST: usize = 3;
/// Shortest form across scripts that is a sign of its own.
const ENOUGH: usize = 3;
/// Most words of one call that are looked at.
const MOST: usize = 60;
/// Letters and articles that Arabic writes in front of a word without a blank.
const IN_FRONT: [&str; 11] = [
    "وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك",
];
/// Words that say nothing of a child, folded.
const COMMON: [&str; 30] = [
    "avec", "dans", "pour", "elle", "lui", "une", "des", "les", "the", "and", "with", "was",
    "near", "pres", "qui", "que", "son", "ses", "est", "من", "على", "الي", "مع", "عند", "قرب",
    "كان", "كانت", "هذا", "هذه", "التي",
];

/// What a name says when it is written the same, when it is the same across scripts, when only its consonants are.
const NAME: [u32; 3] = [60, 50, 40];
/// What a family name says.
const FAMILY: u32 = 25;
/// What a place of the gazetteer says.
const PLACE: u32 = 25;
/// What each word of a place or of clothes says, and what all of them say at most.
const WORD: (u32, u32) = (12, 24);
/// Less than this is no sign.
const LEAST: u32 = 24;

/// Questions whose answers are held here only.
pub(super) const FIELDS: [Field; 6] = [
    Field::LastSeenPlace,
    Field::LastSeenWords,
    Field::ClothesAr,
    Field::Clothes,
    Field::MarksAr,
    Field::Marks,
];
const FIRST: [Field; 2] = [Field::ChildFirstNameAr, Field::ChildFirstName];
const FAMILIES: [Field; 2] = [Field::ChildFamilyNameAr, Field::ChildFamilyName];

/// What a case is recognized by.
#[derive(Default)]
pub(super) struct Cues(BTreeMap<Field, Vec<Cue>>);

/// One word: as folded, and its forms across scripts, the last one its consonants.
struct Cue {
    folded: Zeroizing<String>,
    forms: Vec<Zeroizing<String>>,
}

/// A caller's words, made ready once for all cases.
pub(super) struct Asked {
    words: Vec<Vec<Cue>>,
    places: Vec<String>,
}

impl Asked {
    /// What was said, and the places of the gazetteer that were named in it.
    pub(super) fn new(said: &str, places: Vec<String>) -> Self {
        let folded = Zeroizing::new(fold(said));
        let words = folded.split(' ').filter(|word| is_telling(word)).take(MOST);
        Self {
            words: words.map(variants).collect(),
            places,
        }
    }
}

impl Cues {
    /// Takes in what stands as the answer to one question.
    pub(super) fn put(&mut self, field: Field, value: &str) {
        if !FIELDS.contains(&field) && !FIRST.contains(&field) && !FAMILIES.contains(&field) {
            return;
        }
        let cues: Vec<Cue> = match field {
            // A code of the gazetteer is compared as it is.
            Field::LastSeenPlace => vec![Cue::plain(value.trim())],
            _ => {
                let folded = Zeroizing::new(fold(value));
                let words = folded.split(' ').filter(|word| is_telling(word));
                words.map(Cue::new).collect()
            }
        };
        if value.trim().is_empty() {
            self.0.remove(&field);
        } else {
            self.0.insert(field, cues);
        }
    }

    /// How much the words speak for this case; `None` where they hardly do.
    pub(super) fn weigh(&self, asked: &Asked) -> Option<u32> {
        let first = self.best(&FIRST, asked);
        let family = self.best(&FAMILIES, asked).min(FAMILY);
        let place = self.0.get(&Field::LastSeenPlace);
        let named = |cue: &Cue| asked.places.iter().any(|place| *place == *cue.folded);
        let place = match place.is_some_and(|cues| cues.iter().any(named)) {
            true => PLACE,
            false => 0,
        };
        let around = self.count(&[Field::LastSeenWords], asked);
        let looks = self.count(&FIELDS[2..], asked);
        let score = first + family + place + around + looks;
        (score >= LEAST).then_some(score)
    }

    /// The strongest likeness of a word to a name.
    fn best(&self, fields: &[Field], asked: &Asked) -> u32 {
        let cues = fields
            .iter()
            .filter_map(|field| self.0.get(field))
            .flatten();
        let said = || asked.words.iter().flatten();
        let best = cues.map(|cue| said().map(|word| cue.likeness(word)).max().unwrap_or(0));
        best.max().unwrap_or(0)
    }

    /// How many words of these answers were said.
    fn count(&self, fields: &[Field], asked: &Asked) -> u32 {
        let cues: Vec<&Cue> = fields
            .iter()
            .filter_map(|f| self.0.get(f))
            .flatten()
            .collect();
        let said = |word: &&Vec<Cue>| {
            word.iter()
                .any(|one| cues.iter().any(|cue| cue.likeness(one) >= NAME[1]))
        };
        let many = u32::try_from(asked.words.iter().filter(said).count()).unwrap_or(0);
        (many * WORD.0).min(WORD.1)
    }
}

impl Cue {
    fn new(word: &str) -> Self {
        Self {
            folded: Zeroizing::new(word.to_owned()),
            forms: transliterations(word)
                .into_iter()
                .map(Zeroizing::new)
                .collect(),
        }
    }

    fn plain(word: &str) -> Self {
        Self {
            folded: Zeroizing::new(word.to_owned()),
            forms: Vec::new(),
        }
    }

    fn likeness(&self, other: &Self) -> u32 {
        if self.folded == other.folded {
            return NAME[0];
        }
        let long = |form: &&Zeroizing<String>| form.chars().count() >= ENOUGH;
        let shared = |forms: &[Zeroizing<String>], others: &[Zeroizing<String>]| {
            forms.iter().filter(long).any(|form| others.contains(form))
        };
        let (bones, written) = (self.forms.last(), self.forms.split_last());
        let others = other.forms.split_last();
        if let (Some((_, own)), Some((_, others))) = (written, others)
            && shared(own, others)
        {
            return NAME[1];
        }
        match (bones, other.forms.last()) {
            (Some(own), Some(others)) if own == others && own.chars().count() >= ENOUGH => NAME[2],
            _ => 0,
        }
    }
}

/// The word and what is left of it without what Arabic writes in front.
fn variants(word: &str) -> Vec<Cue> {
    let bare = IN_FRONT.iter().filter_map(|front| word.strip_prefix(front));
    let bare = bare.filter(|rest| rest.chars().count() >= SHORTEST);
    std::iter::once(word).chain(bare).map(Cue::new).collect()
}

fn is_telling(word: &str) -> bool {
    word.chars().count() >= SHORTEST && !COMMON.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn salma() -> Cues {
        let mut cues = Cues::default();
        cues.put(Field::ChildFirstNameAr, "سلمى");
        cues.put(Field::ChildFirstName, "Salma");
        cues.put(Field::ChildFamilyName, "El Idrissi");
        cues.put(Field::LastSeenPlace, "ma-rabat");
        cues.put(Field::LastSeenWords, "devant la gare routière");
        cues.put(Field::Clothes, "manteau rouge, bottes vertes");
        cues
    }

    fn weigh(said: &str, places: &[&str]) -> Option<u32> {
        let places = places.iter().map(|place| (*place).to_owned()).collect();
        salma().weigh(&Asked::new(said, places))
    }

    #[test]
    fn a_first_name_in_any_spelling_is_enough() {
        for said in [
            "Salma",
            "c'est la petite SALMA",
            "selma",
            "سلمى",
            "شاهدت سلما وحدها",
            "رأيت وسلمى",
        ] {
            assert!(weigh(said, &[]).is_some_and(|score| score >= 40), "{said}");
        }
    }

    #[test]
    fn two_words_of_place_and_clothes_are_a_sign_and_one_is_none() {
        assert!(weigh("manteau rouge", &[]).is_some());
        assert!(weigh("gare rouge", &[]).is_some());
        assert!(weigh("a girl", &["ma-rabat"]).is_some());
        for said in ["rouge", "avec une", "Karim à Fès", ""] {
            assert_eq!(weigh(said, &["ma-fes"]), None, "{said}");
        }
    }

    #[test]
    fn more_signs_weigh_more() {
        let name = weigh("salma", &[]);
        let both = weigh("salma rouge gare", &["ma-rabat"]);
        assert!(both > name);
        assert!(name > weigh("manteau rouge", &[]));
    }

    #[test]
    fn an_answer_taken_back_is_no_sign_any_more() {
        let mut cues = salma();
        cues.put(Field::Clothes, "");
        let asked = Asked::new("manteau rouge", Vec::new());
        assert_eq!(cues.weigh(&asked), None);
    }
}
