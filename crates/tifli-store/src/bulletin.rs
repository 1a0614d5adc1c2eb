//! Bulletins: the search of a case, its frozen telegrams, and each telegram at each service.
//!
//! A telegram is sealed under the key of its case. Not here: its words, who may read it, and the
//! e-mail itself.

use tifli_domain::bulletin::{Cause, MailState, ReadingState, SearchState, TelegramKind};
use tifli_domain::id::{BulletinId, CaseId, PersonId, TelegramId};
use tifli_domain::service::ServiceId;

use crate::alert::{find_parsed, parsed};
use crate::lease::LeaseTable;
use crate::{Reads, Row, Sealed, StoreError, Tx, counter};

/// Most bulletins a list gives.
const LIST_LIMIT: u32 = 500;

/// E-mails that are due.
pub const MAILS: LeaseTable = LeaseTable {
    table: "telegram_service",
    key: "place_id",
    due: "mail = 'waiting' and mail_next_ms <= $3",
    order: "mail_next_ms, place_id",
};

/// The search for one child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulletinRow {
    /// Its id.
    pub bulletin: BulletinId,
    /// The case.
    pub case: CaseId,
    /// The district that keeps the case, and sends its telegrams.
    pub district: String,
    /// Whether the child is sought.
    pub state: SearchState,
    /// Since when.
    pub opened_ms: i64,
    /// When the search ceased.
    pub ceased_ms: Option<i64>,
    /// Why.
    pub cause: Option<Cause>,
}

/// One telegram.
#[derive(Debug, Clone)]
pub struct TelegramRow {
    /// Its id.
    pub telegram: TelegramId,
    /// Its bulletin.
    pub bulletin: BulletinId,
    /// The case.
    pub case: CaseId,
    /// Its place among the telegrams of the bulletin, from 1.
    pub version: u32,
    /// What it says.
    pub kind: TelegramKind,
    /// The year of its number.
    pub year: i64,
    /// Its number within the year.
    pub number: i64,
    /// Who sent it; `None` for the clock.
    pub sent_by: Option<PersonId>,
    /// When.
    pub sent_ms: i64,
    /// The telegram itself, sealed for [`telegram_context`].
    pub frozen: Sealed,
    /// Its CAP document as it was signed, sealed for [`telegram_cap_context`].
    pub cap: Option<Sealed>,
}

/// One telegram at one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceRow {
    /// Telegram and service in one word.
    pub place: String,
    /// The telegram.
    pub telegram: TelegramId,
    /// Its bulletin.
    pub bulletin: BulletinId,
    /// The case.
    pub case: CaseId,
    /// The service.
    pub service: ServiceId,
    /// Where its e-mail stands.
    pub mail: MailState,
    /// 0 for the first e-mail; counts the reminders.
    pub mail_seq: u32,
    /// How often this e-mail failed.
    pub mail_attempts: u32,
    /// When it is tried next.
    pub mail_next_ms: i64,
    /// Why it failed last, as a code.
    pub mail_code: Option<String>,
    /// When the mail server took the last e-mail.
    pub handed_ms: Option<i64>,
    /// When the service is reminded next.
    pub remind_ms: Option<i64>,
    /// What the service did with it.
    pub reading: ReadingState,
    /// Who opened it first.
    pub read_by: Option<PersonId>,
    /// When.
    pub read_ms: Option<i64>,
    /// Who acknowledged it, or wrote down that it was acknowledged.
    pub acknowledged_by: Option<PersonId>,
    /// When.
    pub acknowledged_ms: Option<i64>,
    /// Whether it was acknowledged by telephone.
    pub by_phone: bool,
}

/// Which bulletins a list may give.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// All of them.
    pub everywhere: bool,
    /// Those of this district; empty for none.
    pub district: String,
    /// Those sent to this service.
    pub service: Option<ServiceId>,
}

/// A bulletin in a list: nothing of what its telegrams say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The bulletin.
    pub row: BulletinRow,
    /// What its newest telegram says.
    pub kind: TelegramKind,
    /// That telegram's place among them.
    pub version: u32,
    /// The year of its number.
    pub year: i64,
    /// Its number.
    pub number: i64,
    /// When it was sent.
    pub sent_ms: i64,
    /// To how many services.
    pub services: u32,
    /// How many of them acknowledged it.
    pub acknowledged: u32,
    /// To how many the e-mail failed.
    pub failed: u32,
    /// What the own service did with it.
    pub own: Option<ReadingState>,
}

/// The context a telegram is sealed for.
pub fn telegram_context(telegram: TelegramId) -> String {
    format!("telegram:frozen:{telegram}")
}

/// The context the CAP document of a telegram is sealed for.
pub fn telegram_cap_context(telegram: TelegramId) -> String {
    format!("telegram:cap:{telegram}")
}

/// The key of a telegram at a service.
pub fn place_id(telegram: TelegramId, service: &ServiceId) -> String {
    format!("{telegram}.{service}")
}

/// Adds a bulletin.
pub async fn insert(tx: &mut Tx, row: &BulletinRow) -> Result<(), StoreError> {
    let sql = "insert into bulletin (bulletin_id, case_id, district, state, opened_ms)
        values ($1, $2, $3, $4, $5)";
    tx.query(sql)
        .bind(row.bulletin.to_string())
        .bind(row.case.to_string())
        .bind(&row.district)
        .bind(row.state.as_str())
        .bind(row.opened_ms)
        .run()
        .await?;
    Ok(())
}

/// Writes what may change of a bulletin.
pub async fn update(tx: &mut Tx, row: &BulletinRow) -> Result<(), StoreError> {
    let sql = "update bulletin
        set state = $2, ceased_ms = $3, cause = $4
        where bulletin_id = $1";
    tx.query(sql)
        .bind(row.bulletin.to_string())
        .bind(row.state.as_str())
        .bind(row.ceased_ms)
        .bind(row.cause.map(Cause::as_str))
        .run()
        .await?;
    Ok(())
}

/// Takes the next number of a year.
pub async fn next_number(tx: &mut Tx, year: i64) -> Result<i64, StoreError> {
    counter::next(tx, &format!("telegram.{year}")).await
}

/// Adds a telegram.
pub async fn insert_telegram(tx: &mut Tx, row: &TelegramRow) -> Result<(), StoreError> {
    let sql = "insert into telegram
        (telegram_id, bulletin_id, case_id, version, kind, year, number, sent_by, sent_ms,
         frozen_sealed, cap_sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    tx.query(sql)
        .bind(row.telegram.to_string())
        .bind(row.bulletin.to_string())
        .bind(row.case.to_string())
        .bind(row.version)
        .bind(row.kind.as_str())
        .bind(row.year)
        .bind(row.number)
        .bind(row.sent_by.map(|person| person.to_string()))
        .bind(row.sent_ms)
        .bind(row.frozen.bytes())
        .bind(row.cap.as_ref().map(Sealed::bytes))
        .run()
        .await?;
    Ok(())
}

/// Adds a telegram at a service.
pub async fn insert_place(tx: &mut Tx, row: &PlaceRow) -> Result<(), StoreError> {
    let sql = "insert into telegram_service
        (place_id, telegram_id, bulletin_id, case_id, service_id, mail, mail_seq, mail_attempts,
         mail_next_ms, remind_ms, reading, by_phone, lease_attempts)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0)";
    tx.query(sql)
        .bind(&row.place)
        .bind(row.telegram.to_string())
        .bind(row.bulletin.to_string())
        .bind(row.case.to_string())
        .bind(row.service.as_str())
        .bind(row.mail.as_str())
        .bind(row.mail_seq)
        .bind(row.mail_attempts)
        .bind(row.mail_next_ms)
        .bind(row.remind_ms)
        .bind(row.reading.as_str())
        .run()
        .await?;
    Ok(())
}

/// Writes what may change of a telegram at a service.
pub async fn update_place(tx: &mut Tx, row: &PlaceRow) -> Result<(), StoreError> {
    let sql = "update telegram_service
        set mail = $2, mail_seq = $3, mail_attempts = $4, mail_next_ms = $5, mail_code = $6,
            handed_ms = $7, remind_ms = $8, reading = $9, read_by = $10, read_ms = $11,
            acknowledged_by = $12, acknowledged_ms = $13, by_phone = $14
        where place_id = $1";
    tx.query(sql)
        .bind(&row.place)
        .bind(row.mail.as_str())
        .bind(row.mail_seq)
        .bind(row.mail_attempts)
        .bind(row.mail_next_ms)
        .bind(row.mail_code.as_deref())
        .bind(row.handed_ms)
        .bind(row.remind_ms)
        .bind(row.reading.as_str())
        .bind(row.read_by.map(|person| person.to_string()))
        .bind(row.read_ms)
        .bind(row.acknowledged_by.map(|person| person.to_string()))
        .bind(row.acknowledged_ms)
        .bind(row.by_phone)
        .run()
        .await?;
    Ok(())
}

/// The bulletin of this id.
pub async fn get(reads: &mut impl Reads, id: BulletinId) -> Result<BulletinRow, StoreError> {
    let sql = "select * from bulletin where bulletin_id = $1";
    read(&reads.select(sql).bind(id.to_string()).get().await?)
}

/// The newest bulletin of a case.
pub async fn find_latest(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Option<BulletinRow>, StoreError> {
    let sql = "select * from bulletin
        where case_id = $1
        order by opened_ms desc, bulletin_id desc
        limit 1";
    let row = reads.select(sql).bind(case.to_string()).find().await?;
    row.as_ref().map(read).transpose()
}

/// The newest five hundred bulletins within reach whose case is not erased, the newest telegram
/// first, each with what `reach`'s own service did with that telegram.
pub async fn list(reads: &mut impl Reads, reach: &Reach) -> Result<Vec<Line>, StoreError> {
    let sql = "select bulletin.*, telegram.kind, telegram.version, telegram.year,
            telegram.number, telegram.sent_ms,
            (select count(*) from telegram_service p
                where p.telegram_id = telegram.telegram_id) as services,
            (select count(*) from telegram_service p
                where p.telegram_id = telegram.telegram_id
                and p.reading = 'acknowledged') as acknowledged,
            (select count(*) from telegram_service p
                where p.telegram_id = telegram.telegram_id
                and p.mail = 'failed') as failed,
            own.reading as own
        from bulletin
        join telegram on telegram.bulletin_id = bulletin.bulletin_id
        and telegram.version = (
            select max(newer.version) from telegram newer
            where newer.bulletin_id = bulletin.bulletin_id)
        join case_file on case_file.case_id = bulletin.case_id
        left join telegram_service own on own.telegram_id = telegram.telegram_id
        and own.service_id = $1
        where case_file.state <> 'erased'
        and ($2 = 1 or own.service_id is not null or bulletin.district = $3)
        order by telegram.sent_ms desc, bulletin.bulletin_id desc
        limit $4";
    let service = reach.service.as_ref().map_or("", ServiceId::as_str);
    let rows = reads
        .select(sql)
        .bind(service)
        .bind(reach.everywhere)
        .bind(&reach.district)
        .bind(LIST_LIMIT)
        .list()
        .await?;
    rows.iter().map(read_line).collect()
}

/// Every bulletin of a case, the oldest first.
pub async fn list_by_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<BulletinRow>, StoreError> {
    let sql = "select * from bulletin where case_id = $1 order by opened_ms, bulletin_id";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// The telegrams of a bulletin, the first one first.
pub async fn list_telegrams(
    reads: &mut impl Reads,
    bulletin: BulletinId,
) -> Result<Vec<TelegramRow>, StoreError> {
    let sql = "select * from telegram where bulletin_id = $1 order by version";
    let rows = reads.select(sql).bind(bulletin.to_string()).list().await?;
    rows.iter().map(read_telegram).collect()
}

/// One telegram.
pub async fn get_telegram(
    reads: &mut impl Reads,
    id: TelegramId,
) -> Result<TelegramRow, StoreError> {
    let sql = "select * from telegram where telegram_id = $1";
    read_telegram(&reads.select(sql).bind(id.to_string()).get().await?)
}

/// Every telegram of a bulletin at every service, by service and telegram.
pub async fn list_places(
    reads: &mut impl Reads,
    bulletin: BulletinId,
) -> Result<Vec<PlaceRow>, StoreError> {
    let sql = "select telegram_service.*
        from telegram_service
        join telegram on telegram.telegram_id = telegram_service.telegram_id
        where telegram_service.bulletin_id = $1
        order by telegram_service.service_id, telegram.version";
    let rows = reads.select(sql).bind(bulletin.to_string()).list().await?;
    rows.iter().map(read_place).collect()
}

/// One telegram at one service.
pub async fn get_place(reads: &mut impl Reads, place: &str) -> Result<PlaceRow, StoreError> {
    let sql = "select * from telegram_service where place_id = $1";
    read_place(&reads.select(sql).bind(place).get().await?)
}

/// Telegrams whose service is to be reminded by now.
pub async fn list_to_remind(reads: &mut impl Reads) -> Result<Vec<PlaceRow>, StoreError> {
    let now = reads.now_ms();
    let sql = "select * from telegram_service
        where reading <> 'acknowledged'
        and mail in ('handed', 'failed')
        and remind_ms <= $1
        order by remind_ms
        limit $2";
    let rows = reads.select(sql).bind(now).bind(LIST_LIMIT).list().await?;
    rows.iter().map(read_place).collect()
}

/// The services that have not acknowledged the newest telegram of a case's newest bulletin.
pub async fn list_silent(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<PlaceRow>, StoreError> {
    let Some(row) = find_latest(reads, case).await? else {
        return Ok(Vec::new());
    };
    let newest = list_telegrams(reads, row.bulletin).await?.pop();
    let mut places = list_places(reads, row.bulletin).await?;
    places.retain(|place| {
        let newest = newest.as_ref().map(|telegram| telegram.telegram);
        Some(place.telegram) == newest && place.reading != ReadingState::Acknowledged
    });
    Ok(places)
}

/// How many bulletins one service has not acknowledged, by their newest telegram.
pub async fn count_waiting(reads: &mut impl Reads, service: &ServiceId) -> Result<i64, StoreError> {
    let sql = "select count(*) as waiting
        from telegram_service
        join telegram on telegram.telegram_id = telegram_service.telegram_id
        join case_file on case_file.case_id = telegram_service.case_id
        where telegram_service.service_id = $1
        and telegram_service.reading <> 'acknowledged'
        and case_file.state <> 'erased'
        and telegram.version = (
            select max(newer.version) from telegram newer
            where newer.bulletin_id = telegram.bulletin_id)";
    let row = reads.select(sql).bind(service.as_str()).get().await?;
    row.get("waiting")
}

/// Gives back every e-mail that a process before this one had taken.
pub async fn release_mails(tx: &mut Tx) -> Result<u64, StoreError> {
    let sql = "update telegram_service
        set lease_token = null, lease_until_ms = null
        where lease_token is not null";
    tx.query(sql).run().await
}

fn read(row: &Row) -> Result<BulletinRow, StoreError> {
    Ok(BulletinRow {
        bulletin: parsed(row, "bulletin_id")?,
        case: parsed(row, "case_id")?,
        district: row.get("district")?,
        state: parsed(row, "state")?,
        opened_ms: row.get("opened_ms")?,
        ceased_ms: row.get("ceased_ms")?,
        cause: find_parsed(row, "cause")?,
    })
}

fn read_line(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        row: read(row)?,
        kind: parsed(row, "kind")?,
        version: row.get("version")?,
        year: row.get("year")?,
        number: row.get("number")?,
        sent_ms: row.get("sent_ms")?,
        services: row.get("services")?,
        acknowledged: row.get("acknowledged")?,
        failed: row.get("failed")?,
        own: find_parsed(row, "own")?,
    })
}

fn read_telegram(row: &Row) -> Result<TelegramRow, StoreError> {
    let telegram: TelegramId = parsed(row, "telegram_id")?;
    let case: CaseId = parsed(row, "case_id")?;
    let context = telegram_context(telegram);
    Ok(TelegramRow {
        telegram,
        bulletin: parsed(row, "bulletin_id")?,
        case,
        version: row.get("version")?,
        kind: parsed(row, "kind")?,
        year: row.get("year")?,
        number: row.get("number")?,
        sent_by: find_parsed(row, "sent_by")?,
        sent_ms: row.get("sent_ms")?,
        frozen: row.get_sealed("frozen_sealed", &case.to_string(), &context)?,
        cap: row.find_sealed(
            "cap_sealed",
            &case.to_string(),
            &telegram_cap_context(telegram),
        )?,
    })
}

fn read_place(row: &Row) -> Result<PlaceRow, StoreError> {
    Ok(PlaceRow {
        place: row.get("place_id")?,
        telegram: parsed(row, "telegram_id")?,
        bulletin: parsed(row, "bulletin_id")?,
        case: parsed(row, "case_id")?,
        service: parsed(row, "service_id")?,
        mail: parsed(row, "mail")?,
        mail_seq: row.get("mail_seq")?,
        mail_attempts: row.get("mail_attempts")?,
        mail_next_ms: row.get("mail_next_ms")?,
        mail_code: row.get("mail_code")?,
        handed_ms: row.get("handed_ms")?,
        remind_ms: row.get("remind_ms")?,
        reading: parsed(row, "reading")?,
        read_by: find_parsed(row, "read_by")?,
        read_ms: row.get("read_ms")?,
        acknowledged_by: find_parsed(row, "acknowledged_by")?,
        acknowledged_ms: row.get("acknowledged_ms")?,
        by_phone: row.get("by_phone")?,
    })
}
