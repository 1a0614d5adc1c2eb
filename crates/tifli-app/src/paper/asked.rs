//! The papers that are asked for: missing, seen, scanned. A scanned page is decoded in the confined child, redrawn and
//! sealed; it goes with the erasure of its case. Not a condition of anything.

use tifli_domain::Actor;
use tifli_domain::id::CaseId;
use tifli_domain::paper::AskedState;
use tifli_domain::permission::Act;
use tifli_photo::PhotoError;
use tifli_store::audit::{Detail, Entry as AuditEntry, ObjectId};
use tifli_store::paper::{self, Entry, Kind};
use tifli_store::{AuditedRead, BlobId, case};

use super::{Draft, Words};
use crate::bus::Event;
use crate::media::Rendition;
use crate::report::{not_erased, still_open};
use crate::stages::Stage;
use crate::{App, AppError, AppResult, Problem};

/// How far a paper has come, as a person says.
#[derive(Clone)]
pub struct NewAsked {
    /// Which paper, by the pack's list.
    pub document: String,
    /// How far.
    pub state: AskedState,
    /// The picture of the page, for a scanned one.
    pub scan: Option<Vec<u8>>,
}

impl App {
    /// Writes down how far a paper that is asked for has come. A file makes it scanned, whatever was said.
    pub async fn record_asked(&self, actor: &Actor, case: CaseId, new: NewAsked) -> AppResult<()> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::TakeReport, &row.district)?;
        still_open(&row)?;
        if !self
            .pack()
            .documents()
            .iter()
            .any(|known| known.id == new.document)
        {
            return Err(AppError::field("document", "not_an_answer"));
        }
        let state = match (&new.scan, new.state) {
            (Some(_), _) => AskedState::Scanned,
            (None, AskedState::Scanned) => return Err(AppError::field("scan", "missing")),
            (None, state) => state,
        };
        let scan = self.store_scan(case, new.scan.as_deref()).await?;
        let draft = Draft {
            case,
            kind: Kind::Asked,
            subject: new.document,
            code: state.as_str().to_owned(),
            scan: scan.clone(),
        };
        let entry = self.paper_entry(actor, draft, &Words::default()).await?;
        let written = self
            .write_paper_entry(actor, Act::TakeReport, "case.paper", entry)
            .await;
        self.keep_or_discard(scan, written).await
    }

    /// The picture of a scanned page: `image/jpeg`, for the case team only. One audit entry each time.
    pub async fn open_scan(&self, actor: &Actor, case: CaseId, seq: i64) -> AppResult<Vec<u8>> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::ReadCase, &row.district)?;
        not_erased(&row)?;
        let entries = self.paper_entries(case).await?;
        let entry = entries.into_iter().find(|entry| entry.seq == seq);
        let scan = entry
            .and_then(|entry| entry.scan)
            .ok_or_else(AppError::not_found)?;
        let sealed = self.db().blobs().get(&case.to_string(), &scan).await?;
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "scan".to_owned(),
            objects: vec![ObjectId::new("case", case)],
        };
        let opened = self.db().open_sealed(read, vec![sealed]).await?;
        Ok(opened.bytes(0).unwrap_or_default().to_vec())
    }

    /// Everything written about papers of a case; words stay sealed.
    pub(super) async fn paper_entries(&self, case: CaseId) -> AppResult<Vec<Entry>> {
        self.db()
            .read("paper_entries", case, |reads, case| {
                Box::pin(async move { Ok::<_, AppError>(paper::list(reads, *case).await?) })
            })
            .await
    }

    /// Decodes, redraws and seals the picture of a page; it is durable and named by no row yet.
    pub(super) async fn store_scan(
        &self,
        case: CaseId,
        bytes: Option<&[u8]>,
    ) -> AppResult<Option<BlobId>> {
        let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else {
            return Ok(None);
        };
        let decoded = self.decoder().decode(bytes).await.map_err(refused)?;
        let page = decoded
            .find_rendition(Rendition::Public)
            .ok_or_else(|| AppError::internal("rendition_missing"))?;
        let key = self.case_key(case).await?;
        Ok(Some(self.db().blobs().put(&key, &page.jpeg).await?))
    }

    /// Writes an entry with its audit entry, which names kind, subject and code only.
    pub(super) async fn write_paper_entry(
        &self,
        actor: &Actor,
        act: Act,
        verb: &'static str,
        entry: Entry,
    ) -> AppResult<()> {
        let case = entry.case;
        let args = (self.clone(), actor.clone(), act, (verb, entry));
        let stage = Stage::begin("paper.entry", case);
        self.db()
            .write(
                "paper_entry",
                args,
                |tx, (app, actor, act, (verb, entry))| {
                    Box::pin(async move {
                        let row = case::get(tx, entry.case).await?;
                        app.permit(actor, *act, &row.district)?;
                        still_open(&row)?;
                        let seq = paper::insert(tx, entry).await?;
                        let detail = Detail::none()
                            .with("entry", seq)
                            .with("of", &entry.subject)
                            .with("is", &entry.code);
                        let object = ObjectId::new("case", entry.case);
                        let by = actor.person;
                        tx.audit(AuditEntry::new(by, *verb, object).with_detail(detail))?;
                        Ok::<_, AppError>(())
                    })
                },
            )
            .await?;
        stage.commit();
        self.bus().ring(Event::Case(case.to_string()));
        Ok(())
    }

    /// Removes the file of an entry that was refused.
    pub(super) async fn keep_or_discard(
        &self,
        scan: Option<BlobId>,
        written: AppResult<()>,
    ) -> AppResult<()> {
        if let (Some(scan), Err(_)) = (&scan, &written)
            && let Err(error) = self.db().blobs().delete(scan).await
        {
            tracing::warn!(%error, "a blob that no row names was left behind");
        }
        written
    }
}

/// A page that is not taken, beside its field; a PDF is told from other files, for scanners like to make them.
fn refused(error: PhotoError) -> AppError {
    let is_pdf = matches!(
        error,
        PhotoError::UnsupportedFormat {
            found: tifli_photo::ForeignFormat::Pdf
        }
    );
    let code = if is_pdf { "scan_is_pdf" } else { error.code() };
    let mut problem = Problem::new("scan", code);
    if error == PhotoError::TooLargeBytes {
        problem = problem.with(
            "limit_mib",
            tifli_photo::limits::MAX_INPUT_BYTES / (1024 * 1024),
        );
    }
    AppError::invalid(vec![problem])
}
