//! Cases as statistics count them: codes, moments and amounts of each, erased ones too.
//!
//! Nothing here is sealed, and nothing names a child. Not for folding them into figures, nor for who
//! may read them.

use tifli_domain::figures::{Age, Amount, Code, Moment, Row as Counted, Span};
use tifli_domain::id::CaseId;

use crate::alert::parsed;
use crate::{Reads, Row, StoreError, Tx};

/// What the report says of a child, in codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Forced, voluntary, unknown; empty where nothing was said.
    pub nature: String,
    /// The band of the age.
    pub age: Option<Age>,
    /// Girl, boy, unknown; empty where nothing was said.
    pub sex: String,
}

/// A case to be counted.
#[derive(Debug, Clone)]
pub struct FigureRow {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: i64,
    /// The district whose code the number bears.
    pub number_district: String,
    /// What is counted; its label is empty.
    pub counted: Counted,
    /// Whether it was erased without having been closed: then nothing says what it ended as but the
    /// items of its closing.
    pub erased_unclosed: bool,
}

/// Keeps what the report says, over what it said before.
pub async fn put_basis(tx: &mut Tx, case: CaseId, basis: &Basis) -> Result<(), StoreError> {
    let sql = "insert into case_figure
        (case_id, nature, age, sex, rung, tips, tips_linked, tips_dismissed, frozen)
        values ($1, $2, $3, $4, '', 0, 0, 0, 0)
        on conflict (case_id) do update
        set nature = excluded.nature, age = excluded.age, sex = excluded.sex";
    tx.query(sql)
        .bind(case.to_string())
        .bind(&basis.nature)
        .bind(basis.age.map_or("", Age::as_str))
        .bind(&basis.sex)
        .run()
        .await?;
    Ok(())
}

/// Every case received before the end of a span that was still open when it began, by number: of one
/// district, or of the whole country.
pub async fn list(
    reads: &mut impl Reads,
    span: &Span,
    district: Option<&str>,
) -> Result<Vec<FigureRow>, StoreError> {
    let rows = reads
        .select(LIST)
        .bind(span.from_ms)
        .bind(span.to_ms)
        .bind(district.unwrap_or_default())
        .list()
        .await?;
    rows.iter().map(read).collect()
}

/// `$1` and `$2` are the span, `$3` the district or nothing.
const LIST: &str = "select case_file.*, kept.nature, kept.age, kept.sex,
        case when kept.frozen = 1 then kept.rung
            else coalesce(
                (select code from publication_entry
                    where publication_entry.case_id = case_file.case_id
                    and kind in ('decided', 'reviewed')
                    order by seq desc limit 1),
                (select code from publication_entry
                    where publication_entry.case_id = case_file.case_id
                    and kind = 'proposed'
                    order by seq desc limit 1), '') end as rung,
        case when kept.frozen = 1 then kept.tips
            else (select count(*) from tip where tip.case_id = case_file.case_id) end as tips,
        case when kept.frozen = 1 then kept.tips_linked
            else (select count(*) from tip
                where tip.case_id = case_file.case_id and tip.state = 'linked') end as tips_linked,
        case when kept.frozen = 1 then kept.tips_dismissed
            else (select count(*) from tip
                where tip.case_id = case_file.case_id
                and tip.state = 'dismissed') end as tips_dismissed,
        (select min(opened_ms) from bulletin
            where bulletin.case_id = case_file.case_id) as bulletin_ms,
        (select min(delivery.first_ms) from delivery
            join alert on alert.alert_id = delivery.alert_id
            where alert.case_id = case_file.case_id
            and delivery.handed > 0) as first_push_ms,
        (select count(*) from alert
            where alert.case_id = case_file.case_id
            and alert.live_ms is not null) as alerts,
        (select cast(coalesce(sum(delivery.inside), 0) as bigint) from delivery
            join message on message.message_id = delivery.message_id
            join alert on alert.alert_id = delivery.alert_id
            where alert.case_id = case_file.case_id
            and message.msg_type = 'Alert'
            and delivery.kind = 'area') as inside,
        (select cast(coalesce(sum(delivery.handed), 0) as bigint) from delivery
            join message on message.message_id = delivery.message_id
            join alert on alert.alert_id = delivery.alert_id
            where alert.case_id = case_file.case_id
            and message.msg_type = 'Alert') as handed,
        (select end_reason from alert
            where alert.case_id = case_file.case_id
            and alert.ended_ms is not null
            order by alert.ended_ms desc limit 1) as end_reason,
        (select step.at_ms from closing_step step
            where step.case_id = case_file.case_id
            and step.item = 'located'
            and step.how = 'done'
            and step.seq = (select max(seq) from closing_step newest
                where newest.case_id = step.case_id
                and newest.item = 'located'
                and newest.how <> 'corrected')) as located_ms,
        (select step.at_ms from closing_step step
            where step.case_id = case_file.case_id
            and step.item = 'seen'
            and step.how = 'done'
            and step.seq = (select max(seq) from closing_step newest
                where newest.case_id = step.case_id
                and newest.item = 'seen'
                and newest.how <> 'corrected')) as seen_ms,
        retention.ending, retention.found_by, retention.attribution
    from case_file
    left join case_figure kept on kept.case_id = case_file.case_id
    left join retention on retention.case_id = case_file.case_id
    where case_file.received_ms < $2
    and coalesce(case_file.closed_ms, case_file.erased_ms, $1) >= $1
    and ($3 = '' or case_file.district = $3)
    order by case_file.number";

fn read(row: &Row) -> Result<FigureRow, StoreError> {
    let district: String = row.get("district")?;
    let number_district: Option<String> = row.get("number_district")?;
    let mut counted = Counted::default();
    for (code, column) in [
        (Code::Nature, "nature"),
        (Code::Age, "age"),
        (Code::Sex, "sex"),
        (Code::Rung, "rung"),
        (Code::EndReason, "end_reason"),
        (Code::Ending, "ending"),
        (Code::FoundBy, "found_by"),
        (Code::Attribution, "attribution"),
    ] {
        let said: Option<String> = row.get(column)?;
        counted.say(code, said.unwrap_or_default());
    }
    counted.say(Code::District, &*district);
    for (moment, column) in [
        (Moment::Received, "received_ms"),
        (Moment::Bulletin, "bulletin_ms"),
        (Moment::Submitted, "submitted_ms"),
        (Moment::Approved, "published_ms"),
        (Moment::FirstPush, "first_push_ms"),
        (Moment::SeenLive, "seen_live_ms"),
        (Moment::Ended, "ended_ms"),
        (Moment::Dark, "dark_ms"),
        (Moment::Located, "located_ms"),
        (Moment::Seen, "seen_ms"),
        (Moment::Closed, "closed_ms"),
    ] {
        counted.put(moment, row.get(column)?);
    }
    for (amount, column) in [
        (Amount::Alerts, "alerts"),
        (Amount::Inside, "inside"),
        (Amount::Handed, "handed"),
        (Amount::Tips, "tips"),
        (Amount::Linked, "tips_linked"),
        (Amount::Dismissed, "tips_dismissed"),
    ] {
        counted.count(amount, row.get(column)?);
    }
    let erased_ms: Option<i64> = row.get("erased_ms")?;
    let erased_unclosed = erased_ms.is_some() && counted.at(Moment::Closed).is_none();
    if erased_unclosed {
        counted.put(Moment::Closed, erased_ms);
    }
    Ok(FigureRow {
        case: parsed(row, "case_id")?,
        number: row.get("number")?,
        number_district: number_district.unwrap_or(district),
        counted,
        erased_unclosed,
    })
}
