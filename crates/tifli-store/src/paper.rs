//! Papers of a case: entries about papers asked for, consents and substitutions, and the numbers of statements.
//!
//! Scans are blobs sealed under the case's key. Not here: what an entry means, and what is printed.

use tifli_domain::id::{CaseId, PersonId};

use crate::alert::{find_parsed, parsed};
use crate::{BlobId, Reads, Row, Sealed, StoreError, Tx};

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A paper that is asked for; the subject is its code.
    Asked,
    /// Consent for a channel; the subject is the channel.
    Consent,
    /// Consent substituted by the prosecutor; the subject is the article of law.
    Substitution,
}

/// An entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its case.
    pub case: CaseId,
    /// Order within the case, from 1.
    pub seq: i64,
    /// What it is about.
    pub kind: Kind,
    /// Which paper, channel or article: a code of the pack.
    pub subject: String,
    /// What became of it: a code.
    pub code: String,
    /// What was written with it.
    pub words: Sealed,
    /// The scanned paper.
    pub scan: Option<BlobId>,
    /// Who wrote it down.
    pub by: PersonId,
    /// When.
    pub at_ms: i64,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Asked, Self::Consent, Self::Substitution];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Consent => "consent",
            Self::Substitution => "substitution",
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

/// The context the words of an entry are sealed for. The number is not known yet when they are sealed, so what the
/// entry is about and the moment stand in it.
pub fn words_context(case: CaseId, kind: Kind, subject: &str, at_ms: i64) -> String {
    format!(
        "paper_entry:words:{case}:{}:{subject}:{at_ms}",
        kind.as_str()
    )
}

/// Appends an entry; its number is given here and its `seq` is not read.
pub async fn insert(tx: &mut Tx, entry: &Entry) -> Result<i64, StoreError> {
    let sql = "select coalesce(max(seq), 0) as last from paper_entry where case_id = $1";
    let row = tx.query(sql).bind(entry.case.to_string()).get().await?;
    let seq = row.get::<i64>("last")? + 1;
    let sql = "insert into paper_entry
        (case_id, seq, kind, subject, code, words_sealed, scan_blob, by_person, at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    tx.query(sql)
        .bind(entry.case.to_string())
        .bind(seq)
        .bind(entry.kind.as_str())
        .bind(&entry.subject)
        .bind(&entry.code)
        .bind(entry.words.bytes().to_vec())
        .bind(entry.scan.as_ref().map(|scan| scan.as_str().to_owned()))
        .bind(entry.by.to_string())
        .bind(entry.at_ms)
        .run()
        .await?;
    Ok(seq)
}

/// Everything written of a case, in its order.
pub async fn list(reads: &mut impl Reads, case: CaseId) -> Result<Vec<Entry>, StoreError> {
    let sql = "select * from paper_entry where case_id = $1 order by seq";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// The scans of a case: what an erasure removes.
pub async fn list_scans(reads: &mut impl Reads, case: CaseId) -> Result<Vec<BlobId>, StoreError> {
    let entries = list(reads, case).await?;
    Ok(entries.into_iter().filter_map(|entry| entry.scan).collect())
}

/// Every blob that an entry names, for the sweep.
pub async fn list_blobs(reads: &mut impl Reads) -> Result<Vec<BlobId>, StoreError> {
    let sql = "select scan_blob as blob from paper_entry where scan_blob is not null";
    let rows = reads.select(sql).list().await?;
    rows.iter().map(|row| parsed(row, "blob")).collect()
}

/// The number of a case's statement within its district and year, given now if it has none: `(year, number)`.
pub async fn take_number(
    tx: &mut Tx,
    case: CaseId,
    district: &str,
    year: i16,
) -> Result<(i64, i64), StoreError> {
    if let Some(known) = find_number(tx, case).await? {
        return Ok(known);
    }
    let now = tx.now_ms();
    let sql = "insert into paper_number (district, year, number, case_id, at_ms)
        values ($1, $2,
            (select coalesce(max(p.number), 0) + 1
             from paper_number p where p.district = $1 and p.year = $2),
            $3, $4)
        returning number";
    let year = i64::from(year);
    let query = tx.query(sql).bind(district).bind(year);
    let row = query.bind(case.to_string()).bind(now).get().await?;
    Ok((year, row.get("number")?))
}

/// The number of a case's statement, if one was given: `(year, number)`.
pub async fn find_number(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Option<(i64, i64)>, StoreError> {
    let sql = "select year, number from paper_number where case_id = $1";
    let row = reads.select(sql).bind(case.to_string()).find().await?;
    row.map(|row| Ok((row.get("year")?, row.get("number")?)))
        .transpose()
}

fn read(row: &Row) -> Result<Entry, StoreError> {
    let case: CaseId = parsed(row, "case_id")?;
    let kind: Kind = parsed(row, "kind")?;
    let subject: String = row.get("subject")?;
    let at_ms = row.get("at_ms")?;
    let context = words_context(case, kind, &subject, at_ms);
    Ok(Entry {
        case,
        seq: row.get("seq")?,
        kind,
        subject,
        code: row.get("code")?,
        words: row.get_sealed("words_sealed", &case.to_string(), &context)?,
        scan: find_parsed(row, "scan_blob")?,
        by: parsed(row, "by_person")?,
        at_ms,
    })
}
