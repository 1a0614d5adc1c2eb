//! Places to check: the list of a case, and the places that a unit was given.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::check::{Outcome, Reason};

use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;

/// What a look came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookView {
    /// What it came to.
    pub outcome: Outcome,
    /// The note.
    pub note: String,
    /// Who wrote it down; empty where that is not told.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceCard {
    /// Identifier of its case.
    pub case: String,
    /// The case's number; shown to units only.
    pub number: String,
    /// Its number within the case.
    pub item: i64,
    /// Why it is on the list.
    pub reason: Reason,
    /// The place in words, in the page's language where it is a code.
    pub words: String,
    /// When the child is usually there.
    pub usual: String,
    /// Units to give it to; empty when this person may not.
    pub units: Vec<Choice>,
    /// Which unit has it.
    pub unit: String,
    /// Whether somebody must still look.
    pub open: bool,
    /// Whether it is one to look at no more: the child avoids who is there.
    pub withdrawn: bool,
    /// What the looks came to, the newest first.
    pub looks: Vec<LookView>,
}

/// A result that could not be taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrongLook {
    /// Identifier of the case; empty when nothing is wrong.
    pub case: String,
    /// The place.
    pub item: i64,
    /// The note as typed.
    pub note: String,
    /// What is wrong.
    pub errors: FormErrors,
}

/// `GET /console/cases/{id}/places`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/places.html")]
pub struct PlacesPage {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// The number people say.
    pub number: String,
    /// What is looked into at once.
    pub hasty: Vec<PlaceCard>,
    /// The rest.
    pub rest: Vec<PlaceCard>,
    /// Whether this person may write results.
    pub may_record: bool,
    /// A result that could not be taken.
    pub wrong: WrongLook,
}

/// `GET /console/checks`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/checks.html")]
pub struct ChecksPage {
    /// Frame.
    pub shell: Shell,
    /// The places.
    pub places: Vec<PlaceCard>,
    /// A result that could not be taken.
    pub wrong: WrongLook,
}

impl WrongLook {
    /// Whether it is about this place.
    #[must_use]
    pub fn is_of(&self, place: &PlaceCard) -> bool {
        self.item == place.item && self.case == place.case
    }

    /// What is wrong, under the ids of the page: the answers of the place that it is about.
    #[must_use]
    pub fn summed(&self) -> FormErrors {
        let mut errors = FormErrors::none();
        for error in &self.errors.list {
            let id = format!("{}-{}-{}", error.field, self.case, self.item);
            errors.insert(&id, error.message.as_str());
        }
        errors
    }
}

impl PlaceCard {
    /// The anchor of the place on its page.
    #[must_use]
    pub fn anchor(&self) -> String {
        format!("place-{}", self.item)
    }

    /// The `id` of one of its fields.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        format!("{name}-{}-{}", self.case, self.item)
    }

    /// What a look can come to.
    #[must_use]
    pub fn outcomes(&self) -> [Outcome; 4] {
        Outcome::ALL
    }
}

impl PlacesPage {
    /// How many places there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.hasty.len() + self.rest.len()
    }

    /// How many were looked into.
    #[must_use]
    pub fn done(&self) -> usize {
        let all = self.hasty.iter().chain(&self.rest);
        all.filter(|place| !place.open).count()
    }
}
