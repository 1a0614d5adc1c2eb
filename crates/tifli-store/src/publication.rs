//! What people decided and wrote down about whether and how a case may be public: rulings on the
//! gate, what the prosecutor was told, rungs, notes, clearances, reviews.
//!
//! Appended; an entry that no longer holds is ended, never removed. The words are sealed under the
//! key of the case. Not for deciding what follows (`tifli_domain::publication`).

use tifli_domain::id::{CaseId, PersonId};

use crate::alert::{find_parsed, parsed};
use crate::{Reads, Row, Sealed, StoreError, Tx};

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The prosecutor's ruling on the gate.
    Ruling,
    /// The prosecutor was informed.
    Informed,
    /// A rung that an officer proposed.
    Proposed,
    /// A rung that was decided.
    Decided,
    /// A review of the decision was asked for.
    ReviewAsked,
    /// A rung decided on review by another person.
    Reviewed,
    /// Why publication serves a child that left by itself.
    BestInterests,
    /// A clearance of an adult's identity or a plate.
    Clearance,
    /// The decision was explained to the guardian.
    Explained,
}

/// An entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its case.
    pub case: CaseId,
    /// Order within the case, from 1.
    pub seq: i64,
    /// What it is.
    pub kind: Kind,
    /// The ruling, the rung, the way, what was cleared: a code.
    pub code: String,
    /// What was written.
    pub words: Sealed,
    /// Who.
    pub by: PersonId,
    /// When.
    pub at_ms: i64,
    /// When it ceased to hold.
    pub ended_ms: Option<i64>,
    /// By whom.
    pub ended_by: Option<PersonId>,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Ruling,
        Self::Informed,
        Self::Proposed,
        Self::Decided,
        Self::ReviewAsked,
        Self::Reviewed,
        Self::BestInterests,
        Self::Clearance,
        Self::Explained,
    ];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ruling => "ruling",
            Self::Informed => "informed",
            Self::Proposed => "proposed",
            Self::Decided => "decided",
            Self::ReviewAsked => "review_asked",
            Self::Reviewed => "reviewed",
            Self::BestInterests => "best_interests",
            Self::Clearance => "clearance",
            Self::Explained => "explained",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = tifli_domain::id::IdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(tifli_domain::id::IdError)
    }
}

/// The context the words of an entry of this kind are sealed for. The number is not known yet when
/// they are sealed, so the kind and the moment stand in it.
pub fn words_context(case: CaseId, kind: Kind, at_ms: i64) -> String {
    format!("publication_entry:words:{case}:{}:{at_ms}", kind.as_str())
}

/// Appends an entry; its number is given here and its `seq` is not read.
pub async fn insert(tx: &mut Tx, entry: &Entry) -> Result<i64, StoreError> {
    let sql = "select coalesce(max(seq), 0) as last from publication_entry where case_id = $1";
    let row = tx.query(sql).bind(entry.case.to_string()).get().await?;
    let seq = row.get::<i64>("last")? + 1;
    let sql = "insert into publication_entry
        (case_id, seq, kind, code, words_sealed, by_person, at_ms)
        values ($1, $2, $3, $4, $5, $6, $7)";
    tx.query(sql)
        .bind(entry.case.to_string())
        .bind(seq)
        .bind(entry.kind.as_str())
        .bind(&entry.code)
        .bind(entry.words.bytes().to_vec())
        .bind(entry.by.to_string())
        .bind(entry.at_ms)
        .run()
        .await?;
    Ok(seq)
}

/// Everything written of a case, in its order.
pub async fn list(reads: &mut impl Reads, case: CaseId) -> Result<Vec<Entry>, StoreError> {
    let sql = "select * from publication_entry where case_id = $1 order by seq";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// Ends an entry that still holds; says whether it did.
pub async fn end(tx: &mut Tx, case: CaseId, seq: i64, by: PersonId) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "update publication_entry
        set ended_ms = $3, ended_by = $4
        where case_id = $1 and seq = $2 and ended_ms is null";
    let query = tx.query(sql).bind(case.to_string()).bind(seq);
    let changed = query.bind(now).bind(by.to_string()).run().await?;
    Ok(changed > 0)
}

fn read(row: &Row) -> Result<Entry, StoreError> {
    let case: CaseId = parsed(row, "case_id")?;
    let kind: Kind = parsed(row, "kind")?;
    let at_ms = row.get("at_ms")?;
    let context = words_context(case, kind, at_ms);
    Ok(Entry {
        case,
        seq: row.get("seq")?,
        kind,
        code: row.get("code")?,
        words: row.get_sealed("words_sealed", &case.to_string(), &context)?,
        by: parsed(row, "by_person")?,
        at_ms,
        ended_ms: row.get("ended_ms")?,
        ended_by: find_parsed(row, "ended_by")?,
    })
}
