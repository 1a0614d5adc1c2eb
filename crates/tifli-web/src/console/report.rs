//! The report while it is typed: every field of the intake table with its value, version and save state; photos; the
//! place; what must be corrected or confirmed. Each field is saved by itself, by script or by the one form.
//!
//! The form is `multipart/form-data`, `POST /console/cases/{id}/report`, with `csrf`, one part per field under its
//! domain name, `base.{field}` (the version shown), `keep.{field}` (`yours` or `theirs`), `photo` (files), `place_q`,
//! and the button `intent`: `save`, `photo`, `place`, `map`, `open`, or `remove:{media}` or `main:{media}`.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::intake::{Field, Kind, Mark, Section, Tie, Tier, Visibility, Warning};

use crate::forms::{Choice, FieldError, FormErrors};
use crate::layout::Shell;
use crate::public::MapSvg;

/// How an answer is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widget {
    /// One line.
    Line,
    /// Several lines.
    Words,
    /// Yes, no, unknown or refused, and words.
    Told,
    /// A few answers to choose from.
    Radios,
    /// A list of the country pack.
    Select,
    /// A whole number.
    Whole,
    /// A date.
    Date,
    /// A local date and time.
    LocalTime,
    /// Decimal degrees.
    Degrees,
    /// The search for a place.
    Place,
}

/// What happened to an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// Nothing was answered.
    Never,
    /// Kept.
    At(Timestamp),
    /// Somebody else answered meanwhile.
    Conflict(Conflict),
}

/// Two answers to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The other answer, as shown to people.
    pub theirs: String,
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What another person of the case said to the same question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherSaid {
    /// The number of the person.
    pub source: u32,
    /// Who it is, in words.
    pub who: String,
    /// What was said, as shown to people.
    pub said: String,
    /// When.
    pub at: Timestamp,
    /// Whether the report takes this answer.
    pub taken: bool,
}

/// A stage of the questions with how far it is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierLink {
    /// Which one.
    pub tier: Tier,
    /// Questions that somebody answered.
    pub answered: usize,
    /// Questions.
    pub total: usize,
}

/// One question of the form.
#[derive(Debug, Clone)]
pub struct FieldView {
    /// Which one.
    pub field: Field,
    /// The answer as typed.
    pub value: String,
    /// Version of the answer shown; 0 when there is none.
    pub base: i64,
    /// Answers to choose from: filled for pack codes; fixed answers are named by the template.
    pub choices: Vec<Choice>,
    /// Whether it is kept.
    pub saved: Saved,
    /// What was marked instead of a value, or beside words.
    pub mark: Option<Mark>,
    /// What other people of the case said.
    pub others: Vec<OtherSaid>,
    /// Whether the report takes the answer of the person who is asked now.
    pub taken: bool,
    /// How many places to check it has put on the list by now.
    pub places: usize,
}

impl FieldView {
    /// A question without an answer.
    #[must_use]
    pub fn empty(field: Field) -> Self {
        Self {
            field,
            value: String::new(),
            base: 0,
            choices: Vec::new(),
            saved: Saved::Never,
            mark: None,
            others: Vec::new(),
            taken: true,
            places: 0,
        }
    }

    /// What may be marked beside the control; a question with answers to choose from has them there.
    #[must_use]
    pub fn marks(&self) -> &'static [Mark] {
        match self.field.kind() {
            Kind::OneOf(_) | Kind::YesNo => &[],
            _ => self.field.marks(),
        }
    }

    /// Whether this is what was marked.
    #[must_use]
    pub fn is_marked(&self, mark: &Mark) -> bool {
        self.mark == Some(*mark)
    }

    /// The word of what an answer is used for.
    #[must_use]
    pub fn feed(&self) -> &'static str {
        self.field.feed().as_str()
    }

    /// Whether the services read its answer in the bulletin.
    #[must_use]
    pub fn in_bulletin(&self) -> bool {
        tifli_domain::bulletin::may_hold(self.field)
    }

    /// Its number on the paper form; 0 for what only the screen asks.
    #[must_use]
    pub fn number(&self) -> usize {
        self.field.number().unwrap_or_default()
    }

    /// Its name in the form.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.field.name()
    }

    /// Whether it takes the whole width of the form.
    #[must_use]
    pub fn is_wide(&self) -> bool {
        matches!(self.widget(), Widget::Words | Widget::Told)
    }

    /// How it is typed.
    #[must_use]
    pub fn widget(&self) -> Widget {
        match self.field.kind() {
            Kind::Line(_) => Widget::Line,
            Kind::Words(_) => Widget::Words,
            Kind::Told(_) => Widget::Told,
            Kind::OneOf(_) | Kind::YesNo => Widget::Radios,
            Kind::PackCode(_) => Widget::Select,
            Kind::Whole(..) => Widget::Whole,
            Kind::Date => Widget::Date,
            Kind::LocalTime => Widget::LocalTime,
            Kind::Degrees => Widget::Degrees,
            Kind::Place => Widget::Place,
        }
    }

    /// Fixed answers, when it has them: those of the table, and a refusal where one can be marked.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        match self.field.kind() {
            // Not to consent is an answer of its own.
            Kind::OneOf(words) if self.field == Field::ConsentPublish => words.to_vec(),
            Kind::OneOf(words) => {
                let marks = self.field.marks().iter().map(|mark| mark.as_str());
                words.iter().copied().chain(marks).collect()
            }
            Kind::YesNo => Mark::ALL.map(Mark::as_str).to_vec(),
            _ => Vec::new(),
        }
    }

    /// Whether this fixed answer is the one given.
    #[must_use]
    pub fn is_chosen(&self, word: &str) -> bool {
        self.value == word || self.mark.is_some_and(|mark| mark.as_str() == word)
    }

    /// The most characters, when there is a limit.
    #[must_use]
    pub fn limit(&self) -> Option<usize> {
        self.field.kind().limit()
    }

    /// The word of who may see it.
    #[must_use]
    pub fn visibility(&self) -> &'static str {
        visibility_word(self.field.visibility())
    }

    /// Writing direction of the answer: names in one script keep theirs whatever the page's is.
    #[must_use]
    pub fn dir(&self) -> &'static str {
        match self.field {
            Field::ChildFirstNameAr
            | Field::ChildFamilyNameAr
            | Field::ClothesAr
            | Field::MarksAr => "rtl",
            Field::ChildFirstName
            | Field::ChildFamilyName
            | Field::ReporterPhone
            | Field::ReporterPaperNumber => "ltr",
            _ => "auto",
        }
    }

    /// Whether a report is not enough without it (or its sibling).
    #[must_use]
    pub fn needed(&self) -> bool {
        matches!(
            self.field,
            Field::ReporterName
                | Field::ReporterRelation
                | Field::ChildFirstNameAr
                | Field::ChildAge
                | Field::LastSeenAt
                | Field::LastSeenPlace
        )
    }

    /// The conflict, if there is one.
    #[must_use]
    pub fn find_conflict(&self) -> Option<&Conflict> {
        match &self.saved {
            Saved::Conflict(conflict) => Some(conflict),
            _ => None,
        }
    }

    /// Whether an answer is kept that the form does not show.
    #[must_use]
    pub fn is_kept_sealed(&self) -> bool {
        self.field.is_sealed() && self.base > 0 && self.value.is_empty() && self.mark.is_none()
    }

    /// When it was kept, if it was.
    #[must_use]
    pub fn find_saved(&self) -> Option<&Timestamp> {
        match &self.saved {
            Saved::At(at) => Some(at),
            _ => None,
        }
    }
}

/// The word of who may see a value.
#[must_use]
pub fn visibility_word(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "public",
        Visibility::Police => "police",
        Visibility::CaseTeam => "team",
        Visibility::Sealed => "sealed",
    }
}

/// The word of something a person must confirm.
#[must_use]
pub fn warning_word(warning: Warning) -> &'static str {
    match warning {
        Warning::LongAgo => "long-ago",
        Warning::OutsideCountry => "outside-country",
        Warning::NoSubscriber => "no-subscriber",
    }
}

/// One section of the form.
#[derive(Debug, Clone)]
pub struct ReportSection {
    /// Which one.
    pub section: Section,
    /// Its questions in the order of the domain's table.
    pub fields: Vec<FieldView>,
}

impl ReportSection {
    /// The sections of a stage with every field of the domain's table but the confirmation, made by `view`.
    pub fn list(tier: Tier, mut view: impl FnMut(Field) -> FieldView) -> Vec<Self> {
        let sections = Section::ALL.iter().copied();
        sections
            .filter(|section| section.tier() == tier)
            .map(|section| Self {
                section,
                fields: Field::ALL
                    .iter()
                    .copied()
                    .filter(|field| field.section() == section && *field != Field::Confirmed)
                    .map(&mut view)
                    .collect(),
            })
            .collect()
    }

    /// Its word, for texts and anchors.
    #[must_use]
    pub fn word(&self) -> &'static str {
        self.section.as_str()
    }

    /// How many of its questions have an answer.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.fields
            .iter()
            .filter(|field| {
                !field.value.is_empty() || field.mark.is_some() || field.is_kept_sealed()
            })
            .count()
    }
}

/// A photo of the case; the bytes come from `GET /console/media/{id}/small`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPhoto {
    /// Identifier of the photo.
    pub media: String,
    /// Address of the small rendition.
    pub src: String,
    /// Width and height in pixels as published.
    pub size: (u32, u32),
    /// When it was added.
    pub added: Timestamp,
    /// Whether it is the one an alert takes first.
    pub main: bool,
}

/// The photos of a report alone: the answer to the script's upload, `POST /console/cases/{id}/photos`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/parts/photos.html")]
pub struct PhotosPanel {
    /// Frame, for words.
    pub shell: Shell,
    /// The photos.
    pub photos: Vec<ReportPhoto>,
}

/// A place of the gazetteer that matches what was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceHit {
    /// Its code, the value kept.
    pub code: String,
    /// Its name in the page's language.
    pub name: String,
    /// What it lies in, in words: province, region.
    pub within: String,
    /// Latitude and longitude, degrees.
    pub point: (f64, f64),
}

/// The places alone: `POST /console/cases/{id}/report/places` with `place_q`, for the live list.
#[derive(Debug, Clone, Template)]
#[template(path = "console/parts/places.html")]
pub struct PlacesPanel {
    /// Frame, for words.
    pub shell: Shell,
    /// What was searched for.
    pub place_query: String,
    /// The place kept now.
    pub chosen: Option<PlaceHit>,
    /// What matches.
    pub places: Vec<PlaceHit>,
}

/// `GET|POST /console/cases/{id}/report`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/report.html")]
pub struct ReportForm {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// The number people say.
    pub number: String,
    /// District that takes the report.
    pub district: String,
    /// First keystroke.
    pub started: Timestamp,
    /// Hours from the report to the publication at most.
    pub ceiling_hours: u32,
    /// The sections.
    pub sections: Vec<ReportSection>,
    /// The photos.
    pub photos: Vec<ReportPhoto>,
    /// Largest photo, megabytes.
    pub photo_megabytes: u32,
    /// What was searched for among places.
    pub place_query: String,
    /// The place kept now.
    pub chosen: Option<PlaceHit>,
    /// Places that match.
    pub places: Vec<PlaceHit>,
    /// The point on a map.
    pub map: Option<MapSvg>,
    /// What must be corrected before the case opens; fields by their domain names, and `photo`.
    pub errors: FormErrors,
    /// What must be confirmed before the case opens.
    pub confirm: Vec<Warning>,
    /// Whether the case is open already and the form now corrects it.
    pub open: bool,
    /// The stage shown.
    pub tier: Tier,
    /// All stages.
    pub tiers: Vec<TierLink>,
    /// The number of the person who answers.
    pub source: u32,
    /// Everybody who answers, to choose from.
    pub sources: Vec<Choice>,
    /// When it was said, as typed; empty is now.
    pub said_at: String,
    /// Stands for the person at the desk: what waits on this computer is theirs alone.
    pub holder: String,
    /// Seconds until their session ends.
    pub session_left: i64,
    /// When the report was received on paper, as typed; empty for one that was told.
    pub paper_at: String,
    /// The same as it is kept.
    pub paper_kept: String,
}

impl ReportForm {
    /// When the paper was received, in figures.
    #[must_use]
    pub fn paper_words(&self) -> String {
        self.paper_kept.replace('T', " ")
    }

    /// Whether this is the first stage, with the place, the photos and the way to open the case.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.tier == Tier::First
    }

    /// What people can be to the child who answer beside the reporter.
    #[must_use]
    pub fn ties(&self) -> Vec<Tie> {
        let ties = Tie::ALL.into_iter();
        ties.filter(|tie| *tie != Tie::Reporter).collect()
    }

    /// The words under a section's title; empty when it needs none.
    #[must_use]
    pub fn more(&self, section: &ReportSection) -> String {
        self.shell.section_more(section.word())
    }

    /// The words of what must be confirmed.
    #[must_use]
    pub fn confirm_words(&self) -> Vec<&'static str> {
        self.confirm.iter().copied().map(warning_word).collect()
    }

    /// A problem with the name of its question in front, for the summary on top.
    #[must_use]
    pub fn problem(&self, error: &FieldError) -> String {
        let label = match error.field.as_str() {
            "photo" => self.shell.say("photo-add"),
            "said_at" => self.shell.say("said-at"),
            "name" => self.shell.say("source-name"),
            "tie" => self.shell.say("source-tie"),
            name => self.shell.word("field-{}", name),
        };
        self.shell.t.wrong_with(&label, &error.message)
    }

    /// The words of a section that stand before `field`: a heading inside a long section.
    #[must_use]
    pub fn heading_before(&self, field: &FieldView) -> Option<&'static str> {
        match field.field {
            Field::ClothesAr => Some("look"),
            Field::LastSeenPlace => Some("place"),
            Field::Circumstances => Some("what"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_domain_but_the_confirmation_stands_on_the_form_once() {
        let tiers = Tier::ALL.map(|tier| ReportSection::list(tier, FieldView::empty));
        let shown: Vec<Field> = tiers
            .iter()
            .flatten()
            .flat_map(|s| s.fields.iter().map(|f| f.field))
            .collect();
        let wanted: Vec<Field> = Field::ALL
            .iter()
            .copied()
            .filter(|f| *f != Field::Confirmed)
            .collect();
        assert_eq!(shown, wanted);
    }
}
