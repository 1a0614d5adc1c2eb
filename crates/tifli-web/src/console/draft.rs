//! Writing an alert: photo, texts, area, validity, and how many people it would disturb. Geometry and counts come from
//! below; nothing is frozen here.
//!
//! `POST /console/alerts/{id}/draft` with `csrf`, `base` (version of the draft shown), `photo`, `{field}.{language}`
//! for the texts, `area` (`circle` or `polygon`), `lat`, `lon`, `radius_km`, `polygon`, `hours`, and the button
//! `intent`: `save`, `preview` or `submit`; `confirmed` as `yes` when the page asked about an area without subscribers.

use askama::Template;
use jiff::Timestamp;

use super::obstacles::Obstacle;
use crate::forms::{Choice, FieldError, FormErrors};
use crate::i18n::{Direction, Locale};
use crate::layout::Shell;
use crate::public::MapSvg;

/// A photo to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoChoice {
    /// Identifier.
    pub media: String,
    /// Address of the small rendition.
    pub src: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The texts of one language, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftText {
    /// Language tag: `ar`, `fr`, `en`, `zgh`.
    pub language: String,
    /// The language's name in itself.
    pub language_name: String,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// First name.
    pub first_name: String,
    /// Where last seen.
    pub place: String,
    /// When last seen, in words.
    pub when: String,
    /// Clothes.
    pub clothes: String,
    /// Visible marks.
    pub marks: String,
    /// CAP headline.
    pub headline: String,
    /// CAP description.
    pub description: String,
    /// CAP instruction.
    pub instruction: String,
    /// Whether this language may be left empty without delaying the alert.
    pub optional: bool,
}

/// One box of a language's texts.
#[derive(Debug, Clone, Copy)]
pub struct TextBox<'a> {
    /// `first_name`, `place`, `when`, `clothes`, `marks`, `headline`, `description`, `instruction`.
    pub field: &'static str,
    /// What is typed.
    pub value: &'a str,
    /// Whether it has several lines.
    pub long: bool,
    /// The most characters.
    pub limit: u32,
}

impl TextBox<'_> {
    /// Whether an empty box takes the country's standard sentence.
    #[must_use]
    pub fn standard(&self) -> bool {
        matches!(self.field, "headline" | "description" | "instruction")
    }
}

impl DraftText {
    /// The boxes in the order of the page.
    #[must_use]
    pub fn boxes(&self) -> [TextBox<'_>; 8] {
        let line = |field, value, limit| TextBox {
            field,
            value,
            long: false,
            limit,
        };
        let words = |field, value, limit| TextBox {
            field,
            value,
            long: true,
            limit,
        };
        [
            line("first_name", &self.first_name, 60),
            line("place", &self.place, 120),
            line("when", &self.when, 120),
            words("clothes", &self.clothes, 300),
            words("marks", &self.marks, 300),
            line("headline", &self.headline, 160),
            words("description", &self.description, 1_000),
            words("instruction", &self.instruction, 500),
        ]
    }
}

/// In which of the ways an area is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AreaKind {
    /// A circle around a point.
    #[default]
    Circle,
    /// Corners.
    Polygon,
    /// Regions and provinces by name.
    Regions,
}

/// A region of the country to tick, and its provinces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionChoice {
    /// The region.
    pub region: Choice,
    /// Its provinces; none where the country tells none apart.
    pub provinces: Vec<Choice>,
}

impl RegionChoice {
    /// Whether one of its provinces is ticked, so that they must be seen.
    #[must_use]
    pub fn open(&self) -> bool {
        self.provinces.iter().any(|one| one.chosen)
    }
}

/// The area as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftArea {
    /// In which way it is given.
    pub kind: AreaKind,
    /// Every region of the country, some ticked.
    pub regions: Vec<RegionChoice>,
    /// Radius in kilometres.
    pub radius_km: String,
    /// Latitude of the middle.
    pub lat: String,
    /// Longitude of the middle.
    pub lon: String,
    /// Corners, one `latitude, longitude` a line.
    pub polygon: String,
}

/// Something about an area that its author and the approver should think about; never a reason to refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReachWarning {
    /// Part of it lies outside the country.
    Clipped,
    /// No subscriber is inside.
    Nobody,
    /// It covers most of the country.
    Wide,
    /// Its radius is under one kilometre.
    Small,
    /// People inside have been told often this month.
    Often,
    /// It is night there.
    Asleep,
}

impl ReachWarning {
    /// Every warning.
    pub const ALL: [Self; 6] = [
        Self::Clipped,
        Self::Nobody,
        Self::Wide,
        Self::Small,
        Self::Often,
        Self::Asleep,
    ];

    /// The word its sentence is kept under.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clipped => "clipped",
            Self::Nobody => "nobody",
            Self::Wide => "wide",
            Self::Small => "small",
            Self::Often => "often",
            Self::Asleep => "asleep",
        }
    }
}

/// How many people an area holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Subscribers inside; `None` while the area is not known.
    pub subscribers: Option<u64>,
    /// Residents inside by census.
    pub residents: Option<u64>,
    /// Foreign residents among them, in percent.
    pub foreign_percent: Option<u32>,
    /// Where the residents come from: a census and its year.
    pub source: String,
    /// The area in words of the page.
    pub area: String,
    /// Alerts an average person inside was in the area of in thirty days, in tenths; the budget of attention.
    pub month_tenths: Option<u32>,
    /// The most that any of them received.
    pub month_most: u32,
    /// Things to think about.
    pub warnings: Vec<ReachWarning>,
}

impl Reach {
    /// Before an area was given.
    #[must_use]
    pub const fn unknown() -> Self {
        Self {
            subscribers: None,
            residents: None,
            foreign_percent: None,
            source: String::new(),
            area: String::new(),
            month_tenths: None,
            month_most: 0,
            warnings: Vec::new(),
        }
    }
}

/// The count and map alone: `POST /console/alerts/{id}/reach` with the fields of the area, asked while typing.
#[derive(Debug, Clone, Template)]
#[template(path = "console/parts/reach.html")]
pub struct ReachPanel {
    /// Frame, for words.
    pub shell: Shell,
    /// How many.
    pub reach: Reach,
    /// Where.
    pub map: Option<MapSvg>,
}

/// A decision that sent a draft back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Who, with unit.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// The rung proposed instead, as its word; empty where none was.
    pub rung: &'static str,
    /// Whether it can still be taken over.
    pub open: bool,
}

/// A rendering of the public page in one language: made by the public view, so that nothing else can be in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicPreview {
    /// Language tag.
    pub language: String,
    /// The language's name in itself.
    pub language_name: String,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// The inside of the page's `<main>`, escaped by its own template.
    pub html: String,
}

/// `GET|POST /console/alerts/{id}/draft`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/draft.html")]
pub struct AlertDraft {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the alert.
    pub alert: String,
    /// Identifier of the case.
    pub case: String,
    /// Number of the case.
    pub number: String,
    /// First name.
    pub child: String,
    /// Version being written; above 1 it updates a live alert.
    pub version: u32,
    /// Version of the draft row shown, sent back as `base`.
    pub base: String,
    /// Whether consent to publish is recorded.
    pub consent_given: bool,
    /// Photos to choose from.
    pub photos: Vec<PhotoChoice>,
    /// Texts by language.
    pub texts: Vec<DraftText>,
    /// Whether the texts name or describe an adult who can be recognized: yes or no, neither chosen while nobody said.
    pub names_adult: Vec<Choice>,
    /// Whether the texts give a plate.
    pub names_plate: Vec<Choice>,
    /// What stands in the way of this draft.
    pub obstacles: Vec<Obstacle>,
    /// The area as typed.
    pub area: DraftArea,
    /// Hours of validity as typed.
    pub hours: String,
    /// The most hours allowed.
    pub hours_most: u32,
    /// How many people.
    pub reach: Reach,
    /// Where.
    pub map: Option<MapSvg>,
    /// Why an earlier submission came back.
    pub returned: Option<Returned>,
    /// The public pages, when a preview was asked for.
    pub previews: Vec<PublicPreview>,
    /// When it was last saved.
    pub saved: Option<Timestamp>,
    /// What is wrong; fields by their form names.
    pub errors: FormErrors,
}

impl PublicPreview {
    /// Takes what stands inside `<main>` of a rendered public page, with its headings two steps lower so that the page
    /// around it keeps the only main heading; `None` when there is no such part.
    #[must_use]
    pub fn of_page(locale: Locale, page: &str) -> Option<Self> {
        let (_, rest) = page.split_once("<main ")?;
        let (_, rest) = rest.split_once('>')?;
        let (inside, _) = rest.split_once("</main>")?;
        let html = [
            ("<h2", "<h4"),
            ("</h2>", "</h4>"),
            ("<h1", "<h3"),
            ("</h1>", "</h3>"),
        ]
        .iter()
        .fold(inside.to_owned(), |html, (from, to)| html.replace(from, to));
        Some(Self {
            language: locale.tag().to_owned(),
            language_name: locale.own_name().to_owned(),
            dir: if locale.dir() == Direction::Rtl {
                "rtl"
            } else {
                "ltr"
            },
            html,
        })
    }
}

impl AlertDraft {
    /// The form name of a box: `{field}.{language}`.
    #[must_use]
    pub fn box_name(&self, part: &TextBox<'_>, text: &DraftText) -> String {
        format!("{}.{}", part.field, text.language)
    }

    /// The two answers to a question about what the texts name, with the one given.
    #[must_use]
    pub fn named(shell: &Shell, given: &str) -> Vec<Choice> {
        let choices = ["no", "yes"].map(|word| Choice::new(word, shell.word("answer-{}", word)));
        Choice::select(choices.to_vec(), given)
    }

    /// A problem with the name of its box in front, for the summary on top.
    #[must_use]
    pub fn problem(&self, error: &FieldError) -> String {
        let Some((part, tag)) = error.field.rsplit_once('.') else {
            return error.message.clone();
        };
        let language = self
            .texts
            .iter()
            .find(|text| text.language == tag)
            .map_or(tag, |text| &text.language_name);
        let label = format!("{} ({language})", self.shell.word("text-{}", part));
        self.shell.t.wrong_with(&label, &error.message)
    }

    /// Whether something is wrong with the texts of a language.
    #[must_use]
    pub fn wrong_in(&self, language: &str) -> bool {
        self.errors.list.iter().any(|error| {
            error
                .field
                .rsplit_once('.')
                .is_some_and(|(_, tag)| tag == language)
        })
    }

    /// Whether the alert is to go without a photo.
    #[must_use]
    pub fn no_photo_chosen(&self) -> bool {
        !self.photos.iter().any(|photo| photo.chosen)
    }
}
