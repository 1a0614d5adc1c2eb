//! A telegram as a CAP document of scope Restricted: written and signed when the telegram is sent, sealed with it,
//! given to those who may read the bulletin and to nobody else.
//!
//! It holds what the sheets of the telegram say and nothing more. It stands in no feed and at no public address: those
//! know the messages of alerts only. A telegram that cannot be written or signed as CAP goes out all the same.

use tifli_cap as cap;
use tifli_domain::Actor;
use tifli_domain::Realm;
use tifli_domain::bulletin::TelegramKind;
use tifli_domain::id::{BulletinId, TelegramId};
use tifli_domain::telegram::{Sheet, Telegram};
use tifli_pack::LanguageTag;
use tifli_store::AuditedRead;
use tifli_store::audit::ObjectId;
use tifli_store::bulletin::TelegramRow;

use crate::alert::{cap_status, cap_time};
use crate::{App, AppError, AppResult};

impl App {
    /// The document of a telegram of this bulletin, the newest where no version is named, as it was signed. Reading
    /// it is reading the telegram: one audit entry, and the person's service has read it.
    ///
    /// # Errors
    /// Conflict `cap_not_kept` for a telegram from before documents were kept, or one that could not be written.
    pub async fn bulletin_cap(
        &self,
        actor: &Actor,
        id: BulletinId,
        version: Option<u32>,
    ) -> AppResult<String> {
        let closed = self.closed_bulletin(actor, id).await?;
        let newest = closed.telegrams.last().map_or(0, |one| one.version);
        let wanted = version.unwrap_or(newest);
        let mut telegrams = closed.telegrams.iter();
        let row = telegrams.find(|one| one.version == wanted);
        let sealed = row.ok_or_else(AppError::not_found)?.cap.clone();
        let sealed = sealed.ok_or_else(|| AppError::conflict("cap_not_kept"))?;
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "bulletin".to_owned(),
            objects: vec![
                ObjectId::new("bulletin", id),
                ObjectId::new("case", closed.row.case),
            ],
        };
        let opened = self.db().open_sealed(read, vec![sealed]).await?;
        let document = opened.text(0).ok_or_else(|| AppError::internal("cap"))?;
        if let Some(own) = closed.own.as_ref().filter(|_| wanted == newest) {
            self.mark_read(actor, id, own).await?;
        }
        Ok(document.to_owned())
    }

    /// The document of a telegram that is about to go out: signed, else unsigned, else none. What failed is logged.
    pub(super) fn telegram_cap(
        &self,
        (bulletin, id): (BulletinId, TelegramId),
        telegram: &Telegram,
        earlier: &[TelegramRow],
    ) -> Option<String> {
        let written = self
            .restricted((bulletin, id), telegram, earlier)
            .and_then(|alert| cap::write(&alert).map_err(|_| AppError::internal("cap")));
        let said = |code: &str| {
            tracing::error!(telegram.id = %id, code, "the CAP document of a telegram is not as it should be");
        };
        let unsigned = written.inspect_err(|error| said(&error.code)).ok()?;
        let signed = self.sign_cap(&unsigned);
        Some(signed.unwrap_or_else(|_| {
            said("cap_not_signed");
            unsigned
        }))
    }

    fn restricted(
        &self,
        (bulletin, id): (BulletinId, TelegramId),
        telegram: &Telegram,
        earlier: &[TelegramRow],
    ) -> AppResult<cap::Alert> {
        let key = self.telegram_key(id, telegram.sent_ms)?;
        let kind = msg_type(telegram.kind);
        let status = cap_status(self.realm());
        let mut alert = cap::Alert::new(key, status, kind, cap::Scope::Restricted);
        alert.restriction = Some(self.pack().telegrams().restriction());
        alert.incidents = vec![bulletin.to_string()];
        if self.realm() != Realm::Live {
            alert.note = Some(self.realm_note(self.realm())?);
        }
        for one in earlier {
            let named = self.telegram_key(one.telegram, one.sent_ms)?;
            alert.references.push(named);
        }
        let page = format!("{}/console/bulletins/{bulletin}", self.base_url());
        let infos = telegram.sheets.iter().map(|sheet| {
            let mut info = self.sheet_info(telegram, sheet);
            info.web = Some(page.clone());
            info
        });
        alert.info = infos.collect();
        let facts = cap::Facts::new(cap::Event::MissingPerson);
        let applied = cap::Profile::OASIS.apply(&alert, &facts);
        applied.map_err(|_| AppError::internal("cap_event"))
    }

    fn telegram_key(&self, id: TelegramId, sent_ms: i64) -> AppResult<cap::Reference> {
        Ok(cap::Reference {
            sender: self.pack().cap().sender.clone(),
            identifier: telegram_identifier(id),
            sent: cap_time(sent_ms - sent_ms.rem_euclid(1_000))?,
        })
    }

    /// One sheet as a block: title and number, the numbered paragraphs, the line that ends it.
    fn sheet_info(&self, telegram: &Telegram, sheet: &Sheet) -> cap::Info {
        let ceased = telegram.kind == TelegramKind::Cessation;
        let (urgency, severity, certainty, response) = match ceased {
            true => (
                cap::Urgency::Past,
                cap::Severity::Minor,
                cap::Certainty::Observed,
                cap::ResponseType::AllClear,
            ),
            false => (
                cap::Urgency::Immediate,
                cap::Severity::Severe,
                cap::Certainty::Likely,
                cap::ResponseType::Monitor,
            ),
        };
        let event = sheet.title.clone();
        let mut info = cap::Info::new(cap::Category::Rescue, event, urgency, severity, certainty);
        let language = sheet.language.parse().unwrap_or(LanguageTag::AR);
        let authority = self.pack().authority().name.get(language);
        let numbered = (1..).zip(&sheet.paragraphs);
        let paragraphs: Vec<String> = sheet
            .warning
            .iter()
            .cloned()
            .chain(numbered.map(|(place, words)| format!("{place}. {words}")))
            .collect();
        info.language = Some(sheet.language.clone());
        info.response_type = vec![response];
        info.sender_name = Some(authority.to_owned());
        info.headline = Some(format!("{} {}", sheet.title, telegram.label()));
        info.description = Some(paragraphs.join("\n"));
        info.instruction = Some(sheet.closing.clone());
        info.contact = Some(self.pack().call().number.clone());
        info.area = vec![cap::Area::new(self.pack().names().get(language))];
        info
    }
}

/// The identifier of a telegram's CAP document.
pub(crate) fn telegram_identifier(id: TelegramId) -> String {
    format!("tifli-{}", id.to_string().replace('_', "-"))
}

fn msg_type(kind: TelegramKind) -> cap::MsgType {
    match kind {
        TelegramKind::Search => cap::MsgType::Alert,
        TelegramKind::Update => cap::MsgType::Update,
        TelegramKind::Cessation => cap::MsgType::Cancel,
    }
}
