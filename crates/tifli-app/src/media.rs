//! Photos of a file and of tips: decoded in a confined child, sealed, shown to who may see them.
//!
//! The original stays as it was handed in, sealed; what anybody sees is one of two freshly drawn
//! renditions. Not here: which photo an alert shows, and whether it still may.

mod cache;

#[cfg(test)]
mod stories;

pub(crate) use cache::PhotoCache;
pub use tifli_photo::RenditionName as Rendition;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::id::{CaseId, MediaId, TipId};
use tifli_domain::permission::Act;
use tifli_photo::limits::MAX_INPUT_BYTES;
use tifli_photo::{Decoded, PhotoError};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::CaseRow;
use tifli_store::media::MediaRow;
use tifli_store::{AuditedRead, BlobId, Sweep, Tx, case, handover, media};

use crate::bus::Event;
use crate::codes::{hex, sha256};
use crate::report::{not_erased, still_open};
use crate::{App, AppError, AppResult, Kind};

/// Most photos of one file; those of tips are not counted.
pub const MAX_PHOTOS: i64 = 6;

impl App {
    /// Adds a photo to the file of a case, behind those it has.
    pub async fn add_photo(&self, actor: &Actor, case: CaseId, bytes: &[u8]) -> AppResult<MediaId> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::TakeReport, &row.district)?;
        still_open(&row)?;
        let media = self
            .store_photo(case, None, &actor.person.to_string(), bytes)
            .await?;
        self.bus().ring(Event::Case(case.to_string()));
        Ok(media)
    }

    /// Opens one rendition for a person: `image/jpeg`. One audit entry each time.
    pub async fn open_photo(
        &self,
        actor: &Actor,
        media: MediaId,
        rendition: Rendition,
    ) -> AppResult<Vec<u8>> {
        let (photo, row) = self.photo_row(media).await?;
        self.permit_read(actor, &row).await?;
        not_erased(&row)?;
        self.open_rendition(&actor.person.to_string(), "look", &photo, rendition)
            .await
    }

    /// Puts a photo before the others of its file: an alert takes the first.
    pub async fn make_first_photo(&self, actor: &Actor, media: MediaId) -> AppResult<()> {
        let (photo, _) = self.photo_row(media).await?;
        let case = photo.case;
        let args = (self.clone(), actor.clone(), photo);
        self.db()
            .write("make_first_photo", args, |tx, (app, actor, photo)| {
                Box::pin(async move {
                    let row = case::get(tx, photo.case).await?;
                    app.permit(actor, Act::TakeReport, &row.district)?;
                    still_open(&row)?;
                    if photo.tip.is_some() {
                        return Err(AppError::conflict("photo_of_a_tip"));
                    }
                    media::make_first(tx, photo).await?;
                    audit(tx, &actor.person.to_string(), "case.first_photo", photo)
                })
            })
            .await?;
        self.bus().ring(Event::Case(case.to_string()));
        Ok(())
    }

    /// Takes a photo out of a file for good. Refused while an alert is out or being withdrawn.
    pub async fn remove_photo(&self, actor: &Actor, media: MediaId) -> AppResult<()> {
        let (photo, _) = self.photo_row(media).await?;
        let args = (self.clone(), actor.clone(), photo.clone());
        self.db()
            .write("remove_photo", args, |tx, (app, actor, photo)| {
                Box::pin(async move {
                    let row = case::get(tx, photo.case).await?;
                    app.permit(actor, Act::TakeReport, &row.district)?;
                    still_open(&row)?;
                    let out = matches!(row.state, CaseState::Alerted | CaseState::Recalling);
                    if out || photo.tip.is_some() {
                        return Err(AppError::conflict("photo_in_use"));
                    }
                    media::delete(tx, photo.media).await?;
                    audit(tx, &actor.person.to_string(), "case.remove_photo", photo)
                })
            })
            .await?;
        self.index().photos().drop_case(photo.case);
        for blob in photo.blobs() {
            self.db().blobs().delete(blob).await?;
        }
        self.bus().ring(Event::Case(photo.case.to_string()));
        Ok(())
    }

    /// Compares the files of photos with the rows that name them. Files that no row names, and that
    /// were so at the last look too, are removed; `Sweep::orphans` is what to hand in next time, and
    /// `Sweep::missing` are photos that lost a file.
    pub async fn sweep_blobs(&self, seen_before: &[BlobId]) -> AppResult<Sweep> {
        let named = self
            .db()
            .read("sweep_blobs", (), |reads, ()| {
                Box::pin(async move {
                    let mut named = media::list_blobs(reads).await?;
                    named.extend(handover::list_blobs(reads).await?);
                    named.extend(tifli_store::paper::list_blobs(reads).await?);
                    Ok::<_, AppError>(named)
                })
            })
            .await?;
        let named = named.into_iter().collect();
        let mut sweep = self.db().blobs().sweep(&named).await?;
        for blob in sweep
            .orphans
            .iter()
            .filter(|blob| seen_before.contains(blob))
        {
            self.db().blobs().delete(blob).await?;
        }
        sweep.orphans.retain(|blob| !seen_before.contains(blob));
        Ok(sweep)
    }

    /// What a photo's row says: its case, its size, its digests. Nothing protected.
    pub(crate) async fn photo_row(&self, media: MediaId) -> AppResult<(MediaRow, CaseRow)> {
        self.db()
            .read("photo_row", media, |reads, media| {
                Box::pin(async move {
                    let photo = media::get(reads, *media).await?;
                    let row = case::get(reads, photo.case).await?;
                    Ok::<_, AppError>((photo, row))
                })
            })
            .await
    }

    /// A rendition of a photo the public has now. The caller has made sure that it is public at this
    /// moment. Opened once under an entry by `system`, then kept in memory until the case is forgotten.
    pub(crate) async fn photo_bytes(
        &self,
        media: MediaId,
        rendition: Rendition,
    ) -> AppResult<Vec<u8>> {
        if let Some(bytes) = self.index().photos().find(media, rendition) {
            return Ok(bytes);
        }
        let (photo, row) = self.photo_row(media).await?;
        not_erased(&row)?;
        let bytes = self
            .open_rendition("system", "publish", &photo, rendition)
            .await?;
        self.index().photos().put(&photo, rendition, &bytes);
        Ok(bytes)
    }

    /// Decodes a photo, seals its original and renditions, and writes its row. `by` is a person's id
    /// or `public`; the caller has checked the permission. A photo that cannot be taken is a problem
    /// beside the field `photo`.
    pub(crate) async fn store_photo(
        &self,
        case: CaseId,
        tip: Option<TipId>,
        by: &str,
        bytes: &[u8],
    ) -> AppResult<MediaId> {
        let decoded = self.decoder().decode(bytes).await.map_err(refused)?;
        let row = self.seal_photo(case, bytes, &decoded).await?;
        let row = MediaRow {
            tip,
            created_by: by.to_owned(),
            ..row
        };
        let written = self
            .db()
            .write("store_photo", row.clone(), |tx, row| {
                Box::pin(store_in(tx, row))
            })
            .await;
        if written.is_err() {
            self.discard(&row).await;
        }
        written.map(|()| row.media)
    }

    /// A photo redrawn without metadata, as a JPEG. One that cannot be taken is a problem beside the
    /// field `photo`.
    pub(crate) async fn redrawn(&self, bytes: &[u8]) -> AppResult<Vec<u8>> {
        let decoded = self.decoder().decode(bytes).await.map_err(refused)?;
        Ok(rendition_of(&decoded, Rendition::Public)?.jpeg.clone())
    }

    /// Puts the three files away. They are durable once this returns, and named by no row yet.
    async fn seal_photo(
        &self,
        case: CaseId,
        original: &[u8],
        decoded: &Decoded,
    ) -> AppResult<MediaRow> {
        let public = rendition_of(decoded, Rendition::Public)?;
        let card = rendition_of(decoded, Rendition::Card)?;
        let key = self.case_key(case).await?;
        let blobs = self.db().blobs();
        let public_size = i64::try_from(public.jpeg.len()).unwrap_or(i64::MAX);
        Ok(MediaRow {
            media: MediaId::new(self.now_ms(), self.entropy()),
            case,
            tip: None,
            place: 0,
            original: blobs.put(&key, original).await?,
            public: blobs.put(&key, &public.jpeg).await?,
            card: blobs.put(&key, &card.jpeg).await?,
            public_width: public.width,
            public_height: public.height,
            public_size,
            public_sha256: hex(&sha256(&public.jpeg)),
            public_sha1: hex(digest(&SHA1_FOR_LEGACY_USE_ONLY, &public.jpeg).as_ref()),
            created_by: String::new(),
            created_ms: 0,
        })
    }

    async fn open_rendition(
        &self,
        who: &str,
        reason: &str,
        photo: &MediaRow,
        rendition: Rendition,
    ) -> AppResult<Vec<u8>> {
        let blob: &BlobId = match rendition {
            Rendition::Public => &photo.public,
            Rendition::Card => &photo.card,
        };
        let owner = photo.case.to_string();
        let sealed = self.db().blobs().get(&owner, blob).await?;
        let read = AuditedRead {
            actor: who.to_owned(),
            reason: reason.to_owned(),
            objects: vec![ObjectId::new("photo", photo.media)],
        };
        let opened = self.db().open_sealed(read, vec![sealed]).await?;
        Ok(opened.bytes(0).unwrap_or_default().to_vec())
    }

    /// Removes files whose row was refused. What cannot be removed now is ciphertext that no row
    /// names; the sweep of blobs finds it.
    async fn discard(&self, row: &MediaRow) {
        for blob in row.blobs() {
            if let Err(error) = self.db().blobs().delete(blob).await {
                tracing::warn!(%error, "a blob that no row names was left behind");
            }
        }
    }
}

async fn store_in(tx: &mut Tx, photo: &MediaRow) -> AppResult<()> {
    let row = case::get(tx, photo.case).await?;
    still_open(&row)?;
    if photo.tip.is_none() && media::count_by_case(tx, photo.case).await? >= MAX_PHOTOS {
        let problem = crate::Problem::new("photo", "too_many_photos").with("limit", MAX_PHOTOS);
        return Err(AppError::invalid(vec![problem]));
    }
    media::insert(tx, photo).await?;
    audit(tx, &photo.created_by, "case.add_photo", photo)
}

/// An act on a photo stands among the entries of its case.
fn audit(tx: &mut Tx, by: &str, verb: &str, photo: &MediaRow) -> AppResult<()> {
    let mut detail = Detail::none().with("photo", photo.media);
    if let Some(tip) = photo.tip {
        detail = detail.with("tip", tip);
    }
    let object = ObjectId::new("case", photo.case);
    Ok(tx.audit(Entry::new(by, verb, object).with_detail(detail))?)
}

pub(crate) fn rendition_of(
    decoded: &Decoded,
    name: Rendition,
) -> AppResult<&tifli_photo::Rendition> {
    decoded
        .find_rendition(name)
        .ok_or_else(|| AppError::internal("rendition_missing"))
}

/// A photo that is not taken, beside its field. Only a decoder that cannot be started is our fault.
pub(crate) fn refused(error: PhotoError) -> AppError {
    let mut problem = crate::Problem::new("photo", error.code());
    if error == PhotoError::TooLargeBytes {
        problem = problem.with("limit_mib", MAX_INPUT_BYTES / (1024 * 1024));
    }
    let invalid = AppError::invalid(vec![problem]);
    match error {
        PhotoError::Spawn => AppError {
            kind: Kind::Unavailable,
            ..invalid
        },
        _ => invalid,
    }
}
