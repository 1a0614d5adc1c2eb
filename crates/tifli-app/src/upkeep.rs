//! What keeps the house running: is the store ready, is the audit chain whole, a backup of the
//! data. Each is one call for the web's admin listener or an auditor; the rules of the field are
//! elsewhere.

use std::path::Path;

use tifli_domain::Actor;
use tifli_domain::permission::Act;
use tifli_store::audit::{self, ChainReport, Detail, Entry, ObjectId};
use tifli_store::{BackupReport, Engine, bulletin, delivery, dispatch};

use crate::{App, AppError, AppResult};

/// How long a request may come again, in milliseconds.
const CLAIMS_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// The file, in the data folder, of the certificate a house makes itself to sign its CAP messages.
pub const CAP_CERTIFICATE_FILE: &str = "cap-certificate.pem";

/// A certificate with less than this left is spoken of, in days.
pub const CERTIFICATE_SOON_DAYS: i64 = 30;

/// The certificate that signs CAP messages ends soon, or has ended. Alerts go out all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateNotice {
    /// Its last moment, in UTC milliseconds.
    pub until_ms: i64,
    /// Whether it is not valid now.
    pub ended: bool,
}

impl App {
    /// Writes and reads once, so that a full disk or a locked file is noticed before a report is.
    /// It changes nothing and leaves no audit entry.
    pub async fn check_ready(&self) -> AppResult<()> {
        self.db()
            .write("check_ready", (), |_, ()| {
                Box::pin(async { Ok::<_, AppError>(()) })
            })
            .await?;
        self.db()
            .read("check_ready", (), |reads, ()| {
                Box::pin(async move {
                    tifli_store::counter::last(reads, "subscription").await?;
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Gives back what the process before this one had leased. SQLite's file is held by one process
    /// at a time, so whoever had a lease is gone; on PostgreSQL leases run out by themselves.
    pub(crate) async fn release_leases(&self) -> AppResult<()> {
        if self.db().engine() != Engine::Sqlite {
            return Ok(());
        }
        let released = self
            .db()
            .write("release_leases", (), |tx, ()| {
                Box::pin(async move {
                    let mails = bulletin::release_mails(tx).await?;
                    let dispatches = dispatch::release(tx).await?;
                    Ok::<_, AppError>(delivery::release_all(tx).await? + mails + dispatches)
                })
            })
            .await?;
        if released > 0 {
            tracing::info!(leases = released, "goes on with work that was cut short");
        }
        Ok(())
    }

    /// A request that comes again comes soon: what was claimed a week ago is forgotten.
    pub(crate) async fn forget_claims(&self) -> AppResult<()> {
        let before_ms = self.now_ms() - CLAIMS_MS;
        self.db()
            .write("forget_claims", before_ms, |tx, before_ms| {
                Box::pin(async move {
                    tx.forget_claims(*before_ms).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Verifies every audit chain from its first entry, for an auditor; leaves an entry of its own.
    pub async fn verify_audit(&self, actor: &Actor) -> AppResult<ChainReport> {
        self.permit_anywhere(actor, Act::ReadAudit)?;
        let report = self.verify_chain().await?;
        let detail = Detail::none()
            .with("entries", report.entries)
            .with("ok", report.ok);
        let entry = Entry::new(
            actor.person,
            "audit.verify",
            ObjectId::new("audit", "chain"),
        );
        self.db()
            .write("audit_verify", entry.with_detail(detail), |tx, entry| {
                Box::pin(async move { Ok::<_, AppError>(tx.audit(entry.clone())?) })
            })
            .await?;
        Ok(report)
    }

    /// Verifies every audit chain from its first entry, for the operator of the machine.
    pub async fn verify_chain(&self) -> AppResult<ChainReport> {
        self.db()
            .read("verify_chain", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(audit::verify(reads, &[]).await?) })
            })
            .await
    }

    /// Takes a data backup (rows and blobs, sealed, no key) into `folder`, which must be new or empty.
    /// The certificate the house made itself goes with it from its folder `data`: partners have pinned
    /// exactly this one.
    pub async fn back_up(&self, folder: &Path, data: &Path) -> AppResult<BackupReport> {
        let certificate = data.join(CAP_CERTIFICATE_FILE);
        Ok(self.db().backup_with(folder, &[certificate]).await?)
    }

    /// What is wrong with the certificate that signs CAP messages, if anything is.
    pub fn certificate_notice(&self) -> Option<CertificateNotice> {
        let until = self.cap_certificate().validity().until;
        let left = until.duration_since(self.now()).as_hours();
        let ended = !self.cap_certificate().validity().contains(self.now());
        (ended || left < CERTIFICATE_SOON_DAYS * 24).then_some(CertificateNotice {
            until_ms: until.as_millisecond(),
            ended,
        })
    }
}
