//! Bulletins as the services read them and the room follows them, and the directory they go to.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::bulletin::{Cause, MailState, ReadingState, SearchState, TelegramKind};
use tifli_domain::telegram::Sheet;

use super::dispatch::SystemRow;
use super::ledger::Reply;
use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;

/// One bulletin in a list. Nothing of what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulletinLine {
    /// Identifier.
    pub id: String,
    /// The number of its newest telegram.
    pub number: String,
    /// What that one says.
    pub kind: TelegramKind,
    /// The district that sent it.
    pub district: String,
    /// When.
    pub sent: Timestamp,
    /// Whether the child is sought.
    pub state: SearchState,
    /// What the own service did with it.
    pub own: Option<ReadingState>,
    /// To how many services it went.
    pub services: u32,
    /// How many of them have not acknowledged it.
    pub silent: u32,
    /// To how many the e-mail failed.
    pub failed: u32,
}

/// `GET /console/bulletins`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/bulletins.html")]
pub struct Bulletins {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// Bulletins that wait for the own service.
    pub waiting: u64,
    /// Whether the person belongs to no service, so that nothing can wait for them.
    pub no_service: bool,
    /// Those that wait first, then the newest.
    pub lines: Vec<BulletinLine>,
}

/// One telegram on its page.
#[derive(Debug, Clone)]
pub struct TelegramView {
    /// Identifier within the page.
    pub id: String,
    /// Its place among the telegrams of the bulletin, from 1.
    pub version: u32,
    /// Whether its CAP document was kept.
    pub cap: bool,
    /// What it says.
    pub kind: TelegramKind,
    /// Its number.
    pub number: String,
    /// When it was sent.
    pub sent: Timestamp,
    /// By whom, with unit.
    pub by: String,
    /// The reader's language first.
    pub sheets: Vec<SheetView>,
}

/// A telegram in one language.
#[derive(Debug, Clone)]
pub struct SheetView {
    /// The language's own name.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// Whether it is shown at once.
    pub open: bool,
    /// The words.
    pub sheet: Sheet,
}

/// The newest telegram at one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceRow {
    /// The service's slug.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind it is.
    pub kind: String,
    /// Whom to call.
    pub phone: String,
    /// Where its e-mail stands.
    pub mail: MailState,
    /// Why it was not handed over last.
    pub mail_code: Option<String>,
    /// When the mail server took it.
    pub handed: Option<Timestamp>,
    /// Reminders so far.
    pub reminders: u32,
    /// What it did.
    pub reading: ReadingState,
    /// When it was opened, and by whom.
    pub read: Option<(Timestamp, String)>,
    /// When it was acknowledged, and by whom.
    pub acknowledged: Option<(Timestamp, String)>,
    /// Whether by telephone.
    pub by_phone: bool,
}

impl ServiceRow {
    /// Style of the badge of what it did.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.reading {
            ReadingState::Unread => "warn",
            ReadingState::Read => "amber",
            ReadingState::Acknowledged => "good",
        }
    }
}

/// What this person may do with a bulletin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BulletinActs {
    /// Acknowledge it for the own service.
    pub acknowledge: bool,
    /// Remind, write down a call, send an update.
    pub send: bool,
    /// Say for the own service where it looked, or that it saw the child.
    pub report: bool,
}

/// `GET /console/bulletins/{id}`. Forms: `acknowledge`, `phone` (`service`), `remind`, and `POST
/// /console/cases/{id}/bulletin` for an update.
#[derive(Debug, Clone, Template)]
#[template(path = "console/bulletin.html")]
pub struct BulletinPage {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// Identifier.
    pub id: String,
    /// Identifier and number of the case, for who may read its file.
    pub case: Option<(String, String)>,
    /// Whether the child is sought.
    pub state: SearchState,
    /// Why not.
    pub cause: Option<Cause>,
    /// The telegrams, the newest first.
    pub telegrams: Vec<TelegramView>,
    /// The newest one at each service this person may see, silent ones first.
    pub services: Vec<ServiceRow>,
    /// How many of them are silent.
    pub silent: usize,
    /// The newest telegram at each of their own systems, for who may read deliveries.
    pub systems: Vec<SystemRow>,
    /// When the own service acknowledged, and by whom.
    pub own: Option<(Timestamp, String)>,
    /// What may be done.
    pub acts: BulletinActs,
    /// What was refused, as a sentence.
    pub refused: Option<String>,
}

/// `GET /console/cases/{id}/bulletin` where there is none yet.
#[derive(Debug, Clone, Template)]
#[template(path = "console/bulletin_none.html")]
pub struct NoBulletin {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// Its number as people say it.
    pub number: String,
}

/// A service of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryRow {
    /// Slug.
    pub id: String,
    /// Name in the page's language.
    pub name: String,
    /// What kind it is.
    pub kind: String,
    /// Region and district, as far as known.
    pub place: String,
    /// Where its bulletins are announced.
    pub email: String,
    /// Whom to call.
    pub phone: String,
    /// Whether it receives bulletins.
    pub active: bool,
}

/// The form of one service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceForm {
    /// Slug, as typed.
    pub id: String,
    /// Names as typed: Arabic, French, English.
    pub names: [String; 3],
    /// Region as typed.
    pub region: String,
    /// E-mail as typed.
    pub email: String,
    /// Telephone as typed.
    pub phone: String,
    /// Kinds to choose from.
    pub kinds: Vec<Choice>,
    /// Districts to choose from.
    pub districts: Vec<Choice>,
    /// Active or not.
    pub active: Vec<Choice>,
}

/// `GET /console/services?edit=`. Forms: `POST /console/services` (one service), `POST /console/services/import`
/// (`csv`), `POST /console/services/people` (`person`, `service`).
#[derive(Debug, Clone, Template)]
#[template(path = "console/services.html")]
pub struct ServicesPage {
    /// Frame.
    pub shell: Shell,
    /// The services, by kind.
    pub services: Vec<DirectoryRow>,
    /// The form of one.
    pub form: ServiceForm,
    /// People to put into a service.
    pub people: Vec<Choice>,
    /// Services to put them into.
    pub choices: Vec<Choice>,
    /// Who belongs to which: person and service.
    pub members: Vec<(String, String)>,
    /// The file as it was pasted.
    pub csv: String,
    /// What became of a file, as a sentence.
    pub imported: Option<String>,
    /// What is wrong.
    pub errors: FormErrors,
}
