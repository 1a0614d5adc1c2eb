//! Country packs: everything that differs by country, as checked data.
//!
//! For: numbers to call, languages, zone, texts of an alert, districts, papers, the gazetteer, the
//! outline of the jurisdiction. Not for: deciding anything about a case, nor any country's rule in
//! code: a new country is a new folder under `packs/`. Start at [`Pack`]; place names and the
//! folding of spellings are in [`places`] and [`fold`]; alert texts in [`text`].

mod calendar;
mod channel;
mod check;
mod directory;
mod error;
mod fold;
mod language;
mod letters;
mod likeness;
mod pack;
pub mod papers;
mod partner;
mod parts;
pub mod places;
mod qualification;
mod script;
mod settings;
pub mod telegram;
pub mod text;
mod translit;
mod triage;

pub use calendar::Calendar;
pub use channel::Channel;
pub use check::VENUE_KINDS;
pub use directory::{LineError, csv_reader};
pub use error::PackError;
pub use fold::fold;
pub use language::{Digits, Direction, Labels, LanguageTag, UnknownLanguage};
pub use letters::{AlertLetter, ConfirmLetter, Letters};
pub use likeness::likeness;
pub use pack::Pack;
pub use partner::{
    DeskContact, Engagement, Holds, LegalLine, Partner, PartnerKind, StepMinutes, Ways,
};
pub use parts::PackParts;
pub use places::{Place, PlaceHit, Places};
pub use qualification::{Neighbor, Night, Qualification};
pub use script::{Script, ScriptKind};
pub use settings::{
    AlertDefaults, Authority, Call, Cap, Choice, ConsentChannel, Credit, District, Kind, Languages,
    Law, OtherCall, Retention, RetentionStart, Venue,
};
pub use telegram::{SheetFacts, Telegrams};
pub use text::{AlertFacts, AlertText, AreaFacts, RenderError, TextKind};
pub use translit::transliterations;
pub use triage::Triage;
