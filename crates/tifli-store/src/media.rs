//! Photos: which blobs hold a photo's original and renditions, and what a message says of it.
//!
//! The bytes are blobs sealed under the case's key. Not here: decoding, and who may look.

use tifli_domain::id::{CaseId, MediaId, TipId};

use crate::alert::{find_parsed, parsed};
use crate::{BlobId, Reads, Row, StoreError, Tx};

/// A photo's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaRow {
    /// Its id.
    pub media: MediaId,
    /// Its case.
    pub case: CaseId,
    /// The tip it came with; `None` for a photo of the file.
    pub tip: Option<TipId>,
    /// Order among the photos of its case: the lowest is shown first.
    pub place: i64,
    /// The file as it was handed in, metadata and all.
    pub original: BlobId,
    /// The rendition for the public page.
    pub public: BlobId,
    /// The small rendition.
    pub card: BlobId,
    /// Width of the public rendition in pixels.
    pub public_width: u32,
    /// Height of the public rendition in pixels.
    pub public_height: u32,
    /// Length of the public rendition in bytes.
    pub public_size: i64,
    /// SHA-256 of the public rendition, in hexadecimal.
    pub public_sha256: String,
    /// SHA-1 of the public rendition, in hexadecimal: CAP's `digest` is defined so.
    pub public_sha1: String,
    /// A person's id, or `public`.
    pub created_by: String,
    /// When it was added.
    pub created_ms: i64,
}

impl MediaRow {
    /// The blobs that hold it.
    pub fn blobs(&self) -> [&BlobId; 3] {
        [&self.original, &self.public, &self.card]
    }
}

/// Adds a photo behind the others of its case; `place` and `created_ms` are given here.
pub async fn insert(tx: &mut Tx, row: &MediaRow) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into media
        (media_id, case_id, tip_id, place, original_blob, public_blob, card_blob, public_width,
         public_height, public_size, public_sha256, public_sha1, created_by, created_ms)
        values ($1, $2, $3,
            (select coalesce(max(m.place), 0) + 1 from media m where m.case_id = $2),
            $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    tx.query(sql)
        .bind(row.media.to_string())
        .bind(row.case.to_string())
        .bind(row.tip.map(|tip| tip.to_string()))
        .bind(row.original.as_str())
        .bind(row.public.as_str())
        .bind(row.card.as_str())
        .bind(row.public_width)
        .bind(row.public_height)
        .bind(row.public_size)
        .bind(&row.public_sha256)
        .bind(&row.public_sha1)
        .bind(&row.created_by)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The photo with this id.
pub async fn get(reads: &mut impl Reads, media: MediaId) -> Result<MediaRow, StoreError> {
    let sql = "select * from media where media_id = $1";
    read(&reads.select(sql).bind(media.to_string()).get().await?)
}

/// The photos of a case's file, the first one first; those of tips are not among them.
pub async fn list_by_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<MediaRow>, StoreError> {
    let sql = "select * from media where case_id = $1 and tip_id is null order by place";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// The photos that came with a tip.
pub async fn list_by_tip(reads: &mut impl Reads, tip: TipId) -> Result<Vec<MediaRow>, StoreError> {
    let sql = "select * from media where tip_id = $1 order by place";
    let rows = reads.select(sql).bind(tip.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// Every photo of a case, those of its tips too: what an erasure destroys.
pub async fn list_all_of_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<MediaRow>, StoreError> {
    let sql = "select * from media where case_id = $1 order by place";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// How many photos the file of a case has, those of tips not counted.
pub async fn count_by_case(reads: &mut impl Reads, case: CaseId) -> Result<i64, StoreError> {
    let sql = "select count(*) as photos from media where case_id = $1 and tip_id is null";
    reads
        .select(sql)
        .bind(case.to_string())
        .get()
        .await?
        .get("photos")
}

/// Puts a photo before all others of its case.
pub async fn make_first(tx: &mut Tx, row: &MediaRow) -> Result<(), StoreError> {
    let sql = "update media
        set place = (select min(m.place) - 1 from media m where m.case_id = $2)
        where media_id = $1";
    tx.query(sql)
        .bind(row.media.to_string())
        .bind(row.case.to_string())
        .run()
        .await?;
    Ok(())
}

/// Removes a photo's row; its blobs are the caller's to remove once this is durable.
pub async fn delete(tx: &mut Tx, media: MediaId) -> Result<(), StoreError> {
    let sql = "delete from media where media_id = $1";
    tx.query(sql).bind(media.to_string()).run().await?;
    Ok(())
}

/// Every blob that a photo names, of cases and of found children, for the sweep.
pub async fn list_blobs(reads: &mut impl Reads) -> Result<Vec<BlobId>, StoreError> {
    let sql = "select original_blob as blob from media
        union all select public_blob from media
        union all select card_blob from media
        union all select photo_blob from found_child
            where photo_blob is not null
            and state <> 'erased'";
    let rows = reads.select(sql).list().await?;
    rows.iter().map(|row| parsed(row, "blob")).collect()
}

fn read(row: &Row) -> Result<MediaRow, StoreError> {
    Ok(MediaRow {
        media: parsed(row, "media_id")?,
        case: parsed(row, "case_id")?,
        tip: find_parsed(row, "tip_id")?,
        place: row.get("place")?,
        original: parsed(row, "original_blob")?,
        public: parsed(row, "public_blob")?,
        card: parsed(row, "card_blob")?,
        public_width: row.get("public_width")?,
        public_height: row.get("public_height")?,
        public_size: row.get("public_size")?,
        public_sha256: row.get("public_sha256")?,
        public_sha1: row.get("public_sha1")?,
        created_by: row.get("created_by")?,
        created_ms: row.get("created_ms")?,
    })
}
