//! Sending: the first telegram with the receipt of the report, updates, the cessation. Each is one
//! frozen telegram and one row per service, written in the transaction of the decision.

use std::collections::{BTreeMap, BTreeSet};

use tifli_domain::Actor;
use tifli_domain::bulletin::{
    Cause, MailAct, MailState, ReadingState, SearchAct, SearchState, TelegramKind,
};
use tifli_domain::case::CaseState;
use tifli_domain::duty::DutyEnd;
use tifli_domain::id::{BulletinId, CaseId, PersonId, TelegramId};
use tifli_domain::intake::Field;
use tifli_domain::permission::Act;
use tifli_domain::service::ServiceId;
use tifli_domain::telegram::Telegram;
use tifli_store::audit::{Detail, ObjectId};
use tifli_store::bulletin::{self, BulletinRow, PlaceRow, TelegramRow};
use tifli_store::case::CaseRow;
use tifli_store::{AuditedRead, DataKey, Reads, Sealed, Tx, case, service};

use super::audit;
use super::board::{awaits_nobody, watch_services};
use super::compose::Draft;
use super::dispatch;
use crate::bus::Event;
use crate::publication::gate_in;
use crate::report::still_open;
use crate::{App, AppError, AppResult};

/// A telegram on its way into a transaction.
struct Sending<'s> {
    app: &'s App,
    key: &'s DataKey,
    row: BulletinRow,
    kind: TelegramKind,
    by: Option<PersonId>,
    received_ms: i64,
    family_uninformed: bool,
    /// The last telegram of the search that goes on with this one.
    resumes: Option<TelegramRow>,
}

/// Opens the search for a child: the first telegram goes to every active service, and says so where
/// an earlier search of this case had ceased. Called within the receipt of the report, so that nothing
/// can come between the two.
pub(crate) async fn open(
    tx: &mut Tx,
    (app, key): (&App, &DataKey),
    (file, by): (&CaseRow, PersonId),
    answers: &BTreeMap<Field, String>,
) -> AppResult<BulletinId> {
    let now = tx.now_ms();
    let resumes = match bulletin::find_latest(tx, file.case).await? {
        Some(ceased) => {
            quiet(tx, ceased.bulletin).await?;
            awaits_nobody(tx, &ceased, (DutyEnd::Needless, by)).await?;
            bulletin::list_telegrams(tx, ceased.bulletin).await?.pop()
        }
        None => None,
    };
    let row = BulletinRow {
        bulletin: BulletinId::new(now, app.entropy()),
        case: file.case,
        district: file.district.clone(),
        state: SearchState::Open,
        opened_ms: now,
        ceased_ms: None,
        cause: None,
    };
    bulletin::insert(tx, &row).await?;
    let id = row.bulletin;
    let sending = Sending {
        app,
        key,
        row,
        kind: TelegramKind::Search,
        by: Some(by),
        received_ms: file.received_ms.unwrap_or(now),
        family_uninformed: gate_in(tx, file.case).await?.is_silent(),
        resumes,
    };
    let services = service::list_active(tx).await?;
    let services = services.into_iter().map(|one| one.id).collect();
    sending.send(tx, services, answers).await?;
    Ok(id)
}

/// Ceases the search of a case, if one is open: the cessation goes to everybody who was sent a
/// telegram of it. Says whether there was one.
pub(crate) async fn cease(
    tx: &mut Tx,
    (app, key): (&App, &DataKey),
    (case_id, by): (CaseId, Option<PersonId>),
    cause: Cause,
) -> AppResult<bool> {
    let found = bulletin::find_latest(tx, case_id).await?;
    let Some(mut row) = found.filter(|row| row.state == SearchState::Open) else {
        return Ok(false);
    };
    row.state = row.state.after(SearchAct::Cease)?;
    row.ceased_ms = Some(tx.now_ms());
    row.cause = Some(cause);
    bulletin::update(tx, &row).await?;
    let file = case::get(tx, case_id).await?;
    let services = addressees(tx, row.bulletin).await?;
    let sending = Sending {
        app,
        key,
        received_ms: file.received_ms.unwrap_or(file.started_ms),
        row,
        kind: TelegramKind::Cessation,
        by,
        family_uninformed: gate_in(tx, case_id).await?.is_silent(),
        resumes: None,
    };
    sending.send(tx, services, &BTreeMap::new()).await?;
    Ok(true)
}

/// Sets every service searching again where the search of a case had ceased: a new bulletin with a
/// number of its own. Says whether it had.
pub(crate) async fn resume(
    tx: &mut Tx,
    with: (&App, &DataKey),
    (actor, case_id): (&Actor, CaseId),
) -> AppResult<bool> {
    let latest = bulletin::find_latest(tx, case_id).await?;
    if latest.is_none_or(|row| row.state == SearchState::Open) {
        return Ok(false);
    }
    let file = case::get(tx, case_id).await?;
    let answers = with.0.answers_in(tx, actor, case_id).await?;
    open(tx, with, (&file, actor.person), &answers).await?;
    Ok(true)
}

/// What an update carries into its transaction.
struct Update {
    app: App,
    actor: Actor,
    case: CaseId,
    key: DataKey,
}

impl App {
    /// Tells every service what is known now: an update of the search, or a new bulletin if the
    /// search had ceased. Refused where nothing has changed.
    pub async fn send_bulletin(&self, actor: &Actor, case_id: CaseId) -> AppResult<BulletinId> {
        let file = self.case_row(case_id).await?;
        self.permit(actor, Act::SendBulletin, &file.district)?;
        let args = Update {
            app: self.clone(),
            actor: actor.clone(),
            case: case_id,
            key: self.case_key(case_id).await?,
        };
        let id = self
            .db()
            .write("send_bulletin", args, |tx, args| {
                Box::pin(async move { send_in(tx, args).await })
            })
            .await?;
        self.announce_bulletin(case_id);
        Ok(id)
    }

    /// Wakes the workers and the live pages after a telegram was written.
    pub(crate) fn announce_bulletin(&self, case_id: CaseId) {
        self.bus().call_workers();
        self.bus().ring(Event::Bulletin(case_id.to_string()));
    }
}

async fn send_in(tx: &mut Tx, args: &Update) -> AppResult<BulletinId> {
    let Update {
        app,
        actor,
        case: case_id,
        key,
    } = args;
    let file = case::get(tx, *case_id).await?;
    app.permit(actor, Act::SendBulletin, &file.district)?;
    still_open(&file)?;
    if file.state == CaseState::Draft {
        return Err(AppError::conflict("not_received"));
    }
    let answers = app.answers_in(tx, actor, *case_id).await?;
    let latest = bulletin::find_latest(tx, *case_id).await?;
    let Some(mut row) = latest.filter(|row| row.state == SearchState::Open) else {
        return open(tx, (app, key), (&file, actor.person), &answers).await;
    };
    row.state = row.state.after(SearchAct::Update)?;
    let mut services = addressees(tx, row.bulletin).await?;
    let active = service::list_active(tx).await?;
    services.extend(active.into_iter().map(|one| one.id));
    let id = row.bulletin;
    let sending = Sending {
        app,
        key,
        received_ms: file.received_ms.unwrap_or(file.started_ms),
        row,
        kind: TelegramKind::Update,
        by: Some(actor.person),
        family_uninformed: gate_in(tx, *case_id).await?.is_silent(),
        resumes: None,
    };
    sending.send(tx, services, &answers).await?;
    Ok(id)
}

/// Every service that was sent a telegram of this bulletin.
async fn addressees(tx: &mut Tx, bulletin: BulletinId) -> AppResult<BTreeSet<ServiceId>> {
    let places = bulletin::list_places(tx, bulletin).await?;
    Ok(places.into_iter().map(|place| place.service).collect())
}

impl Sending<'_> {
    async fn send(
        &self,
        tx: &mut Tx,
        services: BTreeSet<ServiceId>,
        answers: &BTreeMap<Field, String>,
    ) -> AppResult<()> {
        let now = tx.now_ms();
        let earlier = bulletin::list_telegrams(tx, self.row.bulletin).await?;
        let mut draft = Draft {
            kind: self.kind,
            number: (0, self.app.telegram_year(now)),
            sent_ms: now,
            district: &self.row.district,
            received_ms: self.received_ms,
            services: services.len(),
            answers,
            first: earlier.first().or(self.resumes.as_ref()),
            cause: self.row.cause,
            family_uninformed: self.family_uninformed,
        };
        if self.kind == TelegramKind::Update {
            self.refuse_the_same(tx, earlier.last(), &draft).await?;
        }
        draft.number.0 = bulletin::next_number(tx, draft.number.1).await?;
        let telegram = self.app.compose_telegram(&draft);
        let row = self.freeze(&telegram, &earlier)?;
        bulletin::insert_telegram(tx, &row).await?;
        quiet(tx, self.row.bulletin).await?;
        for service in &services {
            bulletin::insert_place(tx, &self.place(row.telegram, service, now)).await?;
        }
        dispatch::write(tx, self.app, &row, &services).await?;
        if !services.is_empty() {
            watch_services(tx, self.app, &self.row).await?;
        }
        let by = actor_of(self.by);
        let detail = Detail::none()
            .with("number", format!("{}.{}", row.number, row.year))
            .with("services", services.len());
        audit(tx, by, (verb(self.kind), &self.row), detail)
    }

    fn freeze(&self, telegram: &Telegram, earlier: &[TelegramRow]) -> AppResult<TelegramRow> {
        let id = TelegramId::new(telegram.sent_ms, self.app.entropy());
        let bytes = serde_json::to_vec(telegram).map_err(|_| AppError::internal("telegram"))?;
        let context = bulletin::telegram_context(id);
        let sealed = self.key.seal(&context, &bytes);
        let owner = self.row.case.to_string();
        let cap = self
            .app
            .telegram_cap((self.row.bulletin, id), telegram, earlier);
        let cap = cap.map(|xml| {
            let context = bulletin::telegram_cap_context(id);
            let sealed = self.key.seal(&context, xml.as_bytes());
            Sealed::new(&owner, &context, sealed)
        });
        Ok(TelegramRow {
            telegram: id,
            bulletin: self.row.bulletin,
            case: self.row.case,
            version: u32::try_from(earlier.len() + 1).unwrap_or(u32::MAX),
            kind: self.kind,
            year: telegram.year,
            number: telegram.number,
            sent_by: self.by,
            sent_ms: telegram.sent_ms,
            frozen: Sealed::new(&owner, &context, sealed),
            cap,
        })
    }

    fn place(&self, telegram: TelegramId, service: &ServiceId, now: i64) -> PlaceRow {
        PlaceRow {
            place: bulletin::place_id(telegram, service),
            telegram,
            bulletin: self.row.bulletin,
            case: self.row.case,
            service: service.clone(),
            mail: MailState::Waiting,
            mail_seq: 0,
            mail_attempts: 0,
            mail_next_ms: now,
            mail_code: None,
            handed_ms: None,
            remind_ms: Some(now + self.app.pack().telegrams().remind_ms()),
            reading: ReadingState::Unread,
            read_by: None,
            read_ms: None,
            acknowledged_by: None,
            acknowledged_ms: None,
            by_phone: false,
        }
    }

    /// Refuses an update that says what the last telegram said.
    async fn refuse_the_same(
        &self,
        tx: &mut Tx,
        last: Option<&TelegramRow>,
        draft: &Draft<'_>,
    ) -> AppResult<()> {
        let Some(last) = last else {
            return Ok(());
        };
        let said = reopen(tx, (last, self.by, "update")).await?;
        let now = self.app.compose_telegram(draft);
        match says(&said) == says(&now) {
            true => Err(AppError::conflict("nothing_new")),
            false => Ok(()),
        }
    }
}

/// Nobody is mailed about, or reminded of, telegrams of a bulletin that a newer one overtakes.
async fn quiet(tx: &mut Tx, bulletin: BulletinId) -> AppResult<()> {
    for mut place in bulletin::list_places(tx, bulletin).await? {
        if place.reading == ReadingState::Acknowledged {
            continue;
        }
        if place.mail == MailState::Waiting {
            place.mail = place.mail.after(MailAct::Drop)?;
        }
        place.remind_ms = None;
        bulletin::update_place(tx, &place).await?;
    }
    Ok(())
}

/// What an earlier telegram said, within the write that needs to know.
async fn reopen(
    tx: &mut Tx,
    (row, by, reason): (&TelegramRow, Option<PersonId>, &str),
) -> AppResult<Telegram> {
    let read = AuditedRead {
        actor: actor_of(by),
        reason: reason.to_owned(),
        objects: vec![
            ObjectId::new("bulletin", row.bulletin),
            ObjectId::new("case", row.case),
        ],
    };
    let opened = tx.open(read, vec![row.frozen.clone()]).await?;
    serde_json::from_slice(opened.bytes(0).unwrap_or_default())
        .map_err(|_| AppError::internal("telegram"))
}

fn actor_of(by: Option<PersonId>) -> String {
    by.map_or_else(|| "system".to_owned(), |by| by.to_string())
}

/// What a telegram says of the child, and whether the family may know: all but the first paragraph, which names the
/// telegram's own occasion, and the last, which says what is wanted.
fn says(telegram: &Telegram) -> (bool, Vec<&[String]>) {
    let sheets = telegram.sheets.iter();
    let of_the_child = sheets.map(|sheet| match sheet.paragraphs.as_slice() {
        [_, child @ .., _] => child,
        _ => &[],
    });
    (telegram.family_uninformed, of_the_child.collect())
}

fn verb(kind: TelegramKind) -> &'static str {
    match kind {
        TelegramKind::Search => "bulletin.send",
        TelegramKind::Update => "bulletin.update",
        TelegramKind::Cessation => "bulletin.cease",
    }
}
