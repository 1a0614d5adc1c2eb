//! Freezing: from a draft to the message whose bytes are hashed, approved, signed and never change;
//! and opening a frozen message again, once per message and process.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use tifli_domain::alert::VersionState;
use tifli_domain::approval::Binding;
use tifli_domain::channel::capability::untargeted;
use tifli_domain::id::{AlertId, CaseId, MessageId};
use tifli_domain::loudness::Loudness;
use tifli_domain::message::{
    Earlier, Message, MsgType, PublicChild, PublicEvent, PublicPhoto, PublicText,
};
use tifli_pack::{AlertFacts, AreaFacts, LanguageTag, TextKind};
use tifli_store::alert::{AlertRow, frozen_context};
use tifli_store::message::{self, MessageRow};
use tifli_store::{Sealed, media};

use super::draft::{Draft, DraftText, audited};
use crate::area::area_hash;
use crate::codes::{hex, sha256};
use crate::{App, AppError, AppResult, Problem};

/// How many regions of an area are told by name in one line; of more, how many more there are. The page of the alert
/// and the CAP message name each.
const MOST_NAMED: usize = 4;

/// Opened messages of alerts that the public sees; forgotten at the end and at an erasure.
#[derive(Default)]
pub struct OpenMessages {
    held: RwLock<HashMap<MessageId, Held>>,
}

/// A message that was opened, and its CAP document once that was asked for.
struct Held {
    message: Arc<Message>,
    signed: Signed,
    cap: Option<Arc<str>>,
}

/// What of a row was verified when its message was opened.
type Signed = (String, Vec<u8>);

/// A message with its bytes and what an approval of it binds.
pub(crate) struct Frozen {
    pub(crate) sealed: Sealed,
    pub(crate) binding: Binding,
}

impl OpenMessages {
    /// The message of `row`, if it was opened before and the row still bears the same signature
    /// under the same things.
    fn find(&self, row: &MessageRow) -> Option<Arc<Message>> {
        let held = self
            .held
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let Held {
            message, signed, ..
        } = held.get(&row.message)?;
        let (binding, signature) = signed;
        (*binding == row.binding && *signature == row.signature).then(|| Arc::clone(message))
    }

    /// The CAP document of a message that is held.
    pub(super) fn find_cap(&self, message: MessageId) -> Option<Arc<str>> {
        let held = self
            .held
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        held.get(&message)?.cap.clone()
    }

    /// Holds the CAP document with its message, unless that was forgotten meanwhile.
    pub(super) fn put_cap(&self, message: MessageId, document: &Arc<str>) {
        let mut held = self
            .held
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(held) = held.get_mut(&message) {
            held.cap = Some(Arc::clone(document));
        }
    }

    fn put(&self, row: &MessageRow, message: Arc<Message>) {
        let mut held = self
            .held
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let opened = Held {
            message,
            signed: (row.binding.clone(), row.signature.clone()),
            cap: None,
        };
        held.insert(row.message, opened);
    }

    /// Forgets every message of the alert with this public code that tells of a child.
    pub fn forget(&self, code: &tifli_domain::id::PublicCode) {
        let mut held = self
            .held
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        held.retain(|_, held| held.message.alert != *code || held.message.child.is_none());
    }
}

impl App {
    /// The message a draft would become, in the words the public would read.
    pub(crate) async fn compose(
        &self,
        row: &AlertRow,
        message: MessageId,
        draft: &Draft,
        version: u32,
    ) -> AppResult<Message> {
        let spec = draft
            .area
            .as_ref()
            .ok_or_else(|| AppError::field("area", "area_empty"))?;
        let area = self.freeze_area(spec)?;
        let sent_ms = whole_seconds(self.now_ms());
        let msg_type = if version == 1 {
            MsgType::Alert
        } else {
            MsgType::Update
        };
        let texts = self.compose_texts(draft, &area, msg_type)?;
        Ok(Message {
            realm: self.realm(),
            pack: self.pack().code().to_owned(),
            alert: row.code.clone(),
            version,
            msg_type,
            identifier: identifier(message),
            sender: self.pack().cap().sender.clone(),
            sent_ms,
            expires_ms: sent_ms + i64::from(draft.validity_hours) * 3_600_000,
            child: Some(PublicChild {
                age: draft.age,
                sex: draft.sex,
                photo: self.photo_of(row.case, draft).await?,
            }),
            texts,
            area: area.to_canonical(),
            number_to_call: self.pack().call().number.clone(),
            references: self.references(row.alert).await?,
            event: draft.event,
            profiles: self.profiles_in_use().await?,
        })
    }

    /// The message that ends an alert: no child, the same words whatever the reason.
    pub(crate) async fn compose_cancel(
        &self,
        row: &AlertRow,
        message: MessageId,
        area: &str,
    ) -> AppResult<Message> {
        let sent_ms = whole_seconds(self.now_ms());
        let texts: AppResult<Vec<PublicText>> = self
            .alert_languages()
            .map(|language| self.ended_text(language))
            .collect();
        Ok(Message {
            realm: self.realm(),
            pack: self.pack().code().to_owned(),
            alert: row.code.clone(),
            version: row.version + 1,
            msg_type: MsgType::Cancel,
            identifier: identifier(message),
            sender: self.pack().cap().sender.clone(),
            sent_ms,
            expires_ms: sent_ms + 24 * 3_600_000,
            child: None,
            texts: texts?,
            area: area.to_owned(),
            number_to_call: self.pack().call().number.clone(),
            references: self.references(row.alert).await?,
            event: self.last_event(row.alert).await,
            profiles: self.profiles_in_use().await?,
        })
    }

    /// Seals a message and says what an approval of it binds: these channels among others.
    pub(crate) async fn freeze(
        &self,
        ids: (AlertId, MessageId, CaseId),
        message: &Message,
        channels: Vec<String>,
        count: (u64, i64),
    ) -> AppResult<Frozen> {
        let bytes = serde_json::to_vec(message).map_err(|_| AppError::internal("message"))?;
        let sealed = self.seal(ids.2, &frozen_context(ids.1), &bytes).await?;
        let binding = Binding {
            realm: message.realm,
            alert: ids.0,
            message: ids.1,
            version: message.version,
            message_hash: hex(&sha256(&bytes)),
            area_hash: area_hash(&message.area),
            untargeted: untargeted(&channels),
            channels,
            expires_ms: message.expires_ms,
            count: count.0,
            at_seq: count.1,
            loudness: None,
        };
        Ok(Frozen { sealed, binding })
    }

    /// The message of an issued row, opened once per process. The house's signature must stand under
    /// it, the hash of its bytes must be the one signed, and the row may say nothing else.
    pub async fn open_message(&self, row: &MessageRow) -> AppResult<Arc<Message>> {
        if let Some(message) = self.open_messages().find(row) {
            same_as_signed(row, &parse_binding(&row.binding)?)?;
            same_as_frozen(row, &message)?;
            return Ok(message);
        }
        let message = Arc::new(self.unseal(row, "publish").await?);
        self.copies().learn(self, row, &message)?;
        self.open_messages().put(row, Arc::clone(&message));
        Ok(message)
    }

    /// The message of an issued row, opened for `reason` under an entry of its own and kept nowhere.
    pub(super) async fn unseal(&self, row: &MessageRow, reason: &str) -> AppResult<Message> {
        let binding = self.verified(row)?;
        let read = tifli_store::AuditedRead {
            actor: "system".into(),
            reason: reason.into(),
            objects: vec![tifli_store::audit::ObjectId::new("message", row.message)],
        };
        let opened = self
            .db()
            .open_sealed(read, vec![row.frozen.clone()])
            .await?;
        let message = checked(opened.bytes(0), &binding)?;
        same_as_frozen(row, &message)?;
        Ok(message)
    }

    /// What the house signed for this row: two hands, or an end. Nothing is sent or shown without.
    pub(crate) fn verified(&self, row: &MessageRow) -> AppResult<Binding> {
        let binding = parse_binding(&row.binding)?;
        same_as_signed(row, &binding)?;
        if self.verifier().verify(&binding, &row.signature).is_err() {
            return Err(unsigned(row));
        }
        Ok(binding)
    }

    /// How loudly the message of an issued row goes out: what the approver chose and the house signed.
    pub(crate) fn loudness_of(&self, row: &MessageRow) -> AppResult<Loudness> {
        Ok(self.verified(row)?.loudness())
    }

    /// The frozen message of a version under decision, for a person.
    pub(crate) async fn open_frozen(
        &self,
        actor: &tifli_domain::Actor,
        row: &AlertRow,
        sealed: Sealed,
        binding: &Binding,
    ) -> AppResult<Message> {
        let opened = self
            .db()
            .open_sealed(audited(actor, "decide", row.alert), vec![sealed])
            .await?;
        checked(opened.bytes(0), binding)
    }

    fn compose_texts(
        &self,
        draft: &Draft,
        area: &tifli_geo::Area,
        msg_type: MsgType,
    ) -> AppResult<Vec<PublicText>> {
        let mut problems = Vec::new();
        let mut texts = Vec::new();
        for text in &draft.texts {
            match self.compose_text(draft, text, area, msg_type) {
                Ok(done) => texts.push(done),
                Err(problem) => problems.push((text.language.clone(), problem)),
            }
        }
        let has = |language: &LanguageTag| {
            texts
                .iter()
                .any(|t: &PublicText| t.language == language.as_str())
        };
        if self.pack().languages().suffice.iter().all(has) {
            return Ok(texts);
        }
        Err(AppError::invalid(
            problems.into_iter().map(|(_, problem)| problem).collect(),
        ))
    }

    fn compose_text(
        &self,
        draft: &Draft,
        text: &DraftText,
        area: &tifli_geo::Area,
        msg_type: MsgType,
    ) -> Result<PublicText, Problem> {
        let language: LanguageTag = text
            .language
            .parse()
            .map_err(|_| Problem::new("language", "unknown_language"))?;
        let field = |name: &str| format!("{name}_{}", language.as_str());
        for (name, value) in [("first_name", &text.first_name), ("place", &text.place)] {
            if value.is_empty() {
                return Err(Problem::new(field(name), "missing"));
            }
        }
        let kind = if msg_type == MsgType::Alert {
            TextKind::Alert
        } else {
            TextKind::Update
        };
        let facts = AlertFacts {
            first_name: &text.first_name,
            age: u32::try_from(draft.age).unwrap_or(0),
            sex: draft.sex,
            clothes: &text.clothes,
            marks: &text.marks,
            place: &text.place,
            time_local: &text.when,
            number: "",
        };
        let refused = |_| Problem::new(field("headline"), "template");
        let template = self
            .pack()
            .render_alert(language, kind, &facts)
            .map_err(refused)?;
        let own = |own: &String, from_template: String| {
            if own.is_empty() {
                from_template
            } else {
                own.clone()
            }
        };
        Ok(PublicText {
            language: text.language.clone(),
            first_name: text.first_name.clone(),
            place: text.place.clone(),
            when: text.when.clone(),
            clothes: text.clothes.clone(),
            marks: text.marks.clone(),
            headline: own(&text.headline, template.headline),
            description: own(&text.description, template.description),
            instruction: own(&text.instruction, template.instruction),
            area: self.area_words(language, area, &text.place),
            event: self.pack().alert().event.get(language).to_owned(),
            sender_name: self.pack().authority().name.get(language).to_owned(),
        })
    }

    fn ended_text(&self, language: LanguageTag) -> AppResult<PublicText> {
        let ended = self
            .pack()
            .render_ended(language)
            .map_err(|_| AppError::internal("ended_template"))?;
        Ok(PublicText {
            language: language.as_str().to_owned(),
            first_name: String::new(),
            place: String::new(),
            when: String::new(),
            clothes: String::new(),
            marks: String::new(),
            headline: ended.headline,
            description: ended.description,
            instruction: ended.instruction,
            area: self.pack().names().get(language).to_owned(),
            event: self.pack().alert().event.get(language).to_owned(),
            sender_name: self.pack().authority().name.get(language).to_owned(),
        })
    }

    fn area_words(&self, language: LanguageTag, area: &tifli_geo::Area, place: &str) -> String {
        // Ids are known to the pack that froze them; without their names the place still tells where.
        let names = self.region_names(area, language.as_str());
        let names = names.unwrap_or_default();
        let told = if names.len() > MOST_NAMED + 1 {
            MOST_NAMED
        } else {
            names.len()
        };
        let facts = match area.shape() {
            tifli_geo::Shape::Circle(circle) => AreaFacts::Circle {
                radius: circle.radius().kilometres(),
                place,
            },
            tifli_geo::Shape::Polygon(_) => AreaFacts::Polygon { place },
            tifli_geo::Shape::Regions(_) => AreaFacts::Regions {
                names: &names[..told],
                more: names.len() - told,
            },
        };
        self.pack()
            .render_area(language, &facts)
            .unwrap_or_else(|_| place.to_owned())
    }

    /// The draft's photo, which must be one of this case.
    async fn photo_of(&self, case: CaseId, draft: &Draft) -> AppResult<Option<PublicPhoto>> {
        let Some(id) = draft.photo else {
            return Ok(None);
        };
        let row = self
            .db()
            .read("get_media", id, |reads, id| {
                Box::pin(async move { Ok::<_, AppError>(media::get(reads, *id).await?) })
            })
            .await
            .map_err(|_| AppError::field("photo", "photo_missing"))?;
        if row.case != case {
            return Err(AppError::field("photo", "photo_missing"));
        }
        Ok(Some(PublicPhoto {
            media: id.to_string(),
            sha256: row.public_sha256,
            sha1: row.public_sha1,
            size: row.public_size.unsigned_abs(),
        }))
    }

    /// The kind of event the last message told of. Nothing here keeps an end from going out: where it
    /// cannot be read, the end is one of a missing person.
    async fn last_event(&self, alert: AlertId) -> PublicEvent {
        let last = self
            .db()
            .read("last_event", alert, |reads, alert| {
                Box::pin(async move {
                    Ok::<_, AppError>(message::list_by_alert(reads, *alert).await?.pop())
                })
            })
            .await;
        let opened = match last {
            Ok(Some(row)) => self.open_message(&row).await.map(|message| message.event),
            Ok(None) => Ok(PublicEvent::default()),
            Err(error) => Err(error),
        };
        opened.unwrap_or_else(|error| {
            tracing::error!(alert.id = %alert, code = %error.code,
                "the kind of event of an alert that ends cannot be read");
            PublicEvent::default()
        })
    }

    async fn references(&self, alert: AlertId) -> AppResult<Vec<Earlier>> {
        let sender = self.pack().cap().sender.clone();
        let rows = self
            .db()
            .read("references", alert, |reads, alert| {
                Box::pin(
                    async move { Ok::<_, AppError>(message::list_by_alert(reads, *alert).await?) },
                )
            })
            .await?;
        let earlier = |row: MessageRow| Earlier {
            sender: sender.clone(),
            identifier: row.identifier,
            sent_ms: row.sent_ms,
        };
        Ok(rows.into_iter().map(earlier).collect())
    }
}

/// The binding as stored.
pub(crate) fn parse_binding(json: &str) -> AppResult<Binding> {
    serde_json::from_str(json).map_err(|_| AppError::internal("binding"))
}

/// The binding as it is stored.
pub(crate) fn write_binding(binding: &Binding) -> AppResult<String> {
    serde_json::to_string(binding).map_err(|_| AppError::internal("binding"))
}

/// Whether a version is waiting for a decision, and what it binds.
pub(crate) fn submitted(version: &tifli_store::alert::VersionRow) -> AppResult<(Sealed, Binding)> {
    if version.state != VersionState::Submitted {
        return Err(AppError::conflict("not_submitted"));
    }
    let frozen = version
        .frozen
        .clone()
        .ok_or_else(|| AppError::internal("not_frozen"))?;
    let binding = version
        .binding
        .as_deref()
        .ok_or_else(|| AppError::internal("not_frozen"))?;
    Ok((frozen, parse_binding(binding)?))
}

fn same_as_signed(row: &MessageRow, binding: &Binding) -> AppResult<()> {
    let same = binding.alert == row.alert
        && binding.message == row.message
        && binding.version == row.version
        && binding.expires_ms == row.expires_ms
        && binding.area_hash == area_hash(&row.area);
    if same { Ok(()) } else { Err(unsigned(row)) }
}

fn same_as_frozen(row: &MessageRow, message: &Message) -> AppResult<()> {
    let same = message.msg_type == row.msg_type
        && message.version == row.version
        && message.identifier == row.identifier
        && message.sent_ms == row.sent_ms
        && message.expires_ms == row.expires_ms;
    if same { Ok(()) } else { Err(unsigned(row)) }
}

fn unsigned(row: &MessageRow) -> AppError {
    tracing::error!(alert.id = %row.alert, message.id = %row.message,
        "a message without a valid signature was refused");
    AppError::internal("signature")
}

fn checked(bytes: Option<&[u8]>, binding: &Binding) -> AppResult<Message> {
    let bytes = bytes.ok_or_else(|| AppError::internal("message"))?;
    if hex(&sha256(bytes)) != binding.message_hash {
        return Err(AppError::internal("message_altered"));
    }
    let message: Message =
        serde_json::from_slice(bytes).map_err(|_| AppError::internal("message"))?;
    if area_hash(&message.area) != binding.area_hash {
        return Err(AppError::internal("area_altered"));
    }
    Ok(message)
}

/// CAP identifiers hold no blank, comma, `<` or `&`; a message id holds none either.
fn identifier(message: MessageId) -> String {
    format!("tifli-{}", message.to_string().replace('_', "-"))
}

/// CAP times have no fraction.
fn whole_seconds(ms: i64) -> i64 {
    ms - ms.rem_euclid(1_000)
}
