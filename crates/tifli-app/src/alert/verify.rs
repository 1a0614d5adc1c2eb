//! Is this real? A code, a link of ours or a pasted text, answered with one of four words. Nothing of what was asked is
//! kept or logged.

use std::collections::HashMap;
use std::sync::Arc;

use tifli_domain::Realm;
use tifli_domain::alert::AlertState;
use tifli_domain::id::PublicCode;
use tifli_domain::message::MsgType;
use tifli_paper::Qr;
use tifli_store::alert::{self, AlertRow};
use tifli_store::message::{self, MessageRow};
use tifli_units::western_digit;

use super::copy::{Copy, Fit, Pasted};
use super::public::PublicState;
use crate::{App, AppError, AppResult, Kind};

/// The longest text that is looked at, in characters: twice the longest alert in three languages.
pub const LONGEST_TEXT: usize = 8_000;

/// How long after its last message a text without a code is still looked for, in milliseconds: as long as the feed
/// shows it. A text with its code or link is known until the case is erased.
const LOOKED_FOR_MS: i64 = 72 * 3_600_000;

/// Codes in one text that are looked up.
const MOST_CODES: usize = 5;

/// All that anybody is ever answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Ours, and it stands now.
    Active,
    /// Ours, and over.
    Ended,
    /// Not from this service, or changed since.
    NotOurs,
    /// Ours, but of an exercise or a demonstration: no child is missing.
    Exercise,
}

/// What is said beside the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// The text names an alert of ours or holds a sentence of it, and differs from what went out.
    Differs,
    /// A newer version is out.
    Outdated,
    /// The address leads elsewhere, whatever its end looks like.
    ForeignAddress,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The word.
    pub verdict: Verdict,
    /// What is said beside it.
    pub note: Option<Note>,
    /// The alert to look at, while it is out.
    pub alert: Option<PublicCode>,
}

/// What somebody typed or pasted.
#[derive(Debug, PartialEq, Eq)]
enum Typed {
    Code(PublicCode),
    ForeignAddress,
    Text,
}

/// What a pasted text was found to be.
#[derive(Default)]
struct Compared {
    copies: Vec<Arc<Copy>>,
    notices: Vec<Arc<Copy>>,
    newest: HashMap<PublicCode, u32>,
    resembles: bool,
    erased: bool,
}

impl Verdict {
    /// Every answer.
    pub const ALL: [Self; 4] = [Self::Active, Self::Ended, Self::NotOurs, Self::Exercise];

    /// The word for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Ended => "ended",
            Self::NotOurs => "not_ours",
            Self::Exercise => "exercise",
        }
    }
}

impl Note {
    /// The word for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::Outdated => "outdated",
            Self::ForeignAddress => "foreign_address",
        }
    }
}

impl Verified {
    const fn new(verdict: Verdict) -> Self {
        Self {
            verdict,
            note: None,
            alert: None,
        }
    }

    fn noted(self, note: Option<Note>) -> Self {
        Self { note, ..self }
    }
}

impl App {
    /// Answers for whatever was typed or pasted.
    pub async fn verify(&self, typed: &str) -> AppResult<Verified> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(AppError::field("text", "missing"));
        }
        if typed.chars().nth(LONGEST_TEXT).is_some() {
            return Err(AppError::field("text", "too_long"));
        }
        match read(typed, self.base_url()) {
            Typed::Text => self.verify_text(typed).await,
            Typed::Code(_) | Typed::ForeignAddress => self.verify_short(typed).await,
        }
    }

    /// The address under which anybody asks about an alert; short, because it stands in QR codes.
    #[must_use]
    pub fn verify_url(&self, code: &PublicCode) -> String {
        format!("{}/v/{code}", self.base_url())
    }

    /// The QR code of that address as SVG. It says nothing of what stands there: a draft shows it too.
    pub fn verify_qr(&self, code: &PublicCode) -> AppResult<String> {
        let code = Qr::of(&self.verify_url(code)).map_err(|_| AppError::internal("qr"))?;
        Ok(code.svg())
    }

    /// Answers for a code or a link alone: nothing is compared, so that anybody may ask as often as they like.
    pub async fn verify_short(&self, typed: &str) -> AppResult<Verified> {
        match read(typed.trim(), self.base_url()) {
            Typed::Code(code) => self.verify_code(&code).await,
            Typed::ForeignAddress => {
                Ok(Verified::new(Verdict::NotOurs).noted(Some(Note::ForeignAddress)))
            }
            Typed::Text => Ok(Verified::new(Verdict::NotOurs)),
        }
    }

    /// Answers for a public code.
    pub async fn verify_code(&self, code: &PublicCode) -> AppResult<Verified> {
        match self.public_state(code).await {
            Ok(PublicState::Live(_)) => Ok(Verified {
                alert: Some(code.clone()),
                ..Verified::new(out(self.realm()))
            }),
            Ok(PublicState::Ended(_) | PublicState::Closed) => Ok(Verified::new(Verdict::Ended)),
            Err(error) if error.kind == Kind::Gone => Ok(Verified::new(Verdict::Ended)),
            Err(error) if error.kind == Kind::NotFound => Ok(Verified::new(Verdict::NotOurs)),
            Err(error) => Err(error),
        }
    }

    async fn verify_text(&self, text: &str) -> AppResult<Verified> {
        let codes = codes_in(text);
        let named = self.messages_named(&codes).await?;
        let rows = if named.is_empty() {
            self.messages_looked_for().await?
        } else {
            named
        };
        let compared = self.compare(text, &rows).await?;
        let best = self.best_of(&compared).await?;
        let known = rows.iter().any(|(row, _)| codes.contains(&row.code));
        Ok(match best {
            Some(found) => found,
            // The words are gone with the case: what is left to say is that it is over.
            None if compared.erased && known => Verified::new(Verdict::Ended),
            None => Verified::new(Verdict::NotOurs)
                .noted((compared.resembles || known).then_some(Note::Differs)),
        })
    }

    async fn compare(&self, text: &str, rows: &[(AlertRow, MessageRow)]) -> AppResult<Compared> {
        let mut compared = Compared::default();
        let mut copies = Vec::new();
        for (row, message) in rows {
            let last = compared.newest.entry(row.code.clone()).or_default();
            *last = (*last).max(message.version);
            match self.copy_of(row, message).await? {
                Some(copy) => copies.push(copy),
                None => compared.erased = true,
            }
        }
        let mut pasted = Pasted::new(self, text);
        // A text made to be slow to compare keeps no sender waiting.
        let fitted = tokio::task::spawn_blocking(move || {
            let fits = copies.into_iter().map(|copy| (copy.fit(&mut pasted), copy));
            fits.collect::<Vec<_>>()
        });
        for (fit, copy) in fitted.await.map_err(|_| AppError::internal("compare"))? {
            match fit {
                Fit::Whole => compared.copies.push(copy),
                Fit::EndNotice => compared.notices.push(copy),
                Fit::Partly => compared.resembles = true,
                Fit::Not => {}
            }
        }
        compared.resembles |= !compared.notices.is_empty();
        Ok(compared)
    }

    /// What is out goes before what is over, and the newest version before an older one.
    async fn best_of(&self, compared: &Compared) -> AppResult<Option<Verified>> {
        let mut best: Option<Verified> = None;
        for copy in &compared.copies {
            let found = self.verify_code(&copy.alert).await?;
            let newest = compared.newest.get(&copy.alert);
            let is_old = found.alert.is_some() && newest.is_some_and(|last| copy.version < *last);
            let found = found.noted(is_old.then_some(Note::Outdated));
            let rank = |one: &Verified| (one.alert.is_some(), one.note.is_none());
            if best.as_ref().is_none_or(|best| rank(&found) > rank(best)) {
                best = Some(found);
            }
        }
        for copy in &compared.notices {
            let found = self.verify_code(&copy.alert).await?;
            // That an alert has ended is true of none that is out.
            if best.is_none() && found.verdict == Verdict::Ended {
                best = Some(found);
            }
        }
        Ok(best)
    }

    /// Every message that asked to look for a child, of the alerts with these codes.
    async fn messages_named(&self, codes: &[PublicCode]) -> AppResult<Vec<(AlertRow, MessageRow)>> {
        self.db()
            .read("messages_named", codes.to_vec(), |reads, codes| {
                Box::pin(async move {
                    let mut rows = Vec::new();
                    for code in codes.iter() {
                        if let Some(row) = alert::find_by_code(reads, code).await? {
                            let messages = message::list_by_alert(reads, row.alert).await?;
                            rows.extend(asking(&row, messages));
                        }
                    }
                    Ok::<_, AppError>(rows)
                })
            })
            .await
    }

    /// The same of every alert that is out or went out a short while ago.
    async fn messages_looked_for(&self) -> AppResult<Vec<(AlertRow, MessageRow)>> {
        let since = self.now_ms() - LOOKED_FOR_MS;
        self.db()
            .read("messages_looked_for", since, |reads, since| {
                Box::pin(async move {
                    let mut rows = Vec::new();
                    let live = alert::list_by_state(reads, AlertState::Live).await?;
                    for row in &live {
                        let messages = message::list_by_alert(reads, row.alert).await?;
                        rows.extend(asking(row, messages));
                    }
                    for message in message::list_pushed_since(reads, *since).await? {
                        if live.iter().all(|row| row.alert != message.alert) {
                            let row = alert::get(reads, message.alert).await?;
                            rows.push((row, message));
                        }
                    }
                    Ok::<_, AppError>(rows)
                })
            })
            .await
    }

    /// The parts of a message; nothing when it has been erased. A message of an ended alert is opened once in the life
    /// of a process, under an entry of its own, and not kept.
    async fn copy_of(
        &self,
        alert: &AlertRow,
        message: &MessageRow,
    ) -> AppResult<Option<Arc<Copy>>> {
        if let Some(copy) = self.copies().find(message.message) {
            return Ok(Some(copy));
        }
        if self.is_erased(alert).await? {
            return Ok(None);
        }
        let opened = self.unseal(message, "verify").await?;
        self.copies().learn(self, message, &opened)?;
        Ok(self.copies().find(message.message))
    }
}

fn asking(row: &AlertRow, messages: Vec<MessageRow>) -> Vec<(AlertRow, MessageRow)> {
    let asks = |message: &MessageRow| message.msg_type != MsgType::Cancel;
    let messages = messages.into_iter().filter(asks);
    messages.map(|message| (row.clone(), message)).collect()
}

/// The answer for an alert that is out.
pub(super) const fn out(realm: Realm) -> Verdict {
    match realm {
        Realm::Live => Verdict::Active,
        Realm::Drill | Realm::Demo => Verdict::Exercise,
    }
}

/// A code in any case and grouping, a link whose host is ours, a link elsewhere, or a text.
fn read(typed: &str, base: &str) -> Typed {
    let is_one = !typed.contains(char::is_whitespace);
    if is_one && typed.contains('/') {
        return match path_of_ours(typed, base) {
            Some(path) => code_of_path(path).map_or(Typed::Text, Typed::Code),
            None => Typed::ForeignAddress,
        };
    }
    read_code(typed).map_or(Typed::Text, Typed::Code)
}

/// What follows our host in an address; nothing when the host is not exactly ours.
fn path_of_ours<'t>(address: &'t str, base: &str) -> Option<&'t str> {
    let bare = |text: &'t str| text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = base.split_once("://").map_or(base, |(_, rest)| rest);
    let address = bare(address);
    let (authority, path) = address.split_at(address.find('/')?);
    authority.eq_ignore_ascii_case(host).then_some(path)
}

/// `/a/{code}`, `/v/{code}`, with a language in front and what belongs to the page behind.
fn code_of_path(path: &str) -> Option<PublicCode> {
    let (path, query) = path.split_once(['?', '#']).unwrap_or((path, ""));
    let mut steps = path.split('/').filter(|step| !step.is_empty());
    let asked = steps.clone().next_back();
    let is_form = matches!(asked, Some("v" | "verify"));
    if is_form {
        return query
            .split('&')
            .find_map(|pair| read_code(pair.strip_prefix("code=")?));
    }
    steps.find(|step| matches!(*step, "a" | "v"))?;
    read_code(steps.next()?)
}

/// The code in what was typed, with digits of any keyboard and letters that look like digits.
fn read_code(typed: &str) -> Option<PublicCode> {
    let plain = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let digits = plain.map(|c| match western_digit(c).to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    });
    digits.collect::<String>().parse().ok()
}

/// Everything in a text that has the form of a public code.
fn codes_in(text: &str) -> Vec<PublicCode> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let mut codes: Vec<PublicCode> = words
        .filter_map(|word| word.to_ascii_lowercase().parse().ok())
        .collect();
    codes.dedup();
    codes.truncate(MOST_CODES);
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "0123456789abcdef";
    const BASE: &str = "https://tifli.example";

    fn code() -> Typed {
        Typed::Code(CODE.parse().unwrap())
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for typed in [
            CODE,
            "0123 4567-89AB CDEF",
            "O123456789ABCDEF",
            "٠١٢٣ ٤٥٦٧ ٨٩ab cdef",
            "https://tifli.example/fr/a/0123456789abcdef?v=2",
            "http://TIFLI.example/v/0123456789abcdef",
            "tifli.example/a/0123456789abcdef/",
            "https://tifli.example/fr/a/0123456789abcdef/tip",
            "https://tifli.example/verify?code=0123456789abcdef",
        ] {
            assert_eq!(read(typed, BASE), code(), "{typed}");
        }
        assert_eq!(read("12", BASE), Typed::Text);
    }

    #[test]
    fn an_address_elsewhere_is_not_ours_whatever_it_ends_in() {
        for typed in [
            "https://tifli.example.evil.example/a/0123456789abcdef",
            "https://tifli.example@evil.example/a/0123456789abcdef",
            "https://evil.example/https://tifli.example/a/0123456789abcdef",
            "https://tifli.example:8443/a/0123456789abcdef",
            "https://tifli.exаmple/a/0123456789abcdef",
        ] {
            assert_eq!(read(typed, BASE), Typed::ForeignAddress, "{typed}");
        }
    }

    #[test]
    fn an_address_of_ours_that_names_no_alert_is_a_text() {
        for typed in [
            "https://tifli.example/",
            "https://tifli.example/about/0123456789abcdef",
        ] {
            assert_eq!(read(typed, BASE), Typed::Text, "{typed}");
        }
    }
}
