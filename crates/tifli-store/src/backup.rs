//! Data backups: rows and blobs, both sealed, without any key.
//!
//! SQLite's come from the running server (`vacuum into` reads one moment while writes go on).
//! A PostgreSQL server has tools of its own. Keys are backed up apart ([`crate::Keys::backup`]).

use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use aws_lc_rs::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

use crate::audit::{self, ChainHead, hex};
use crate::blobs::{off_thread, sync_path};
use crate::connect::Connector;
use crate::tx::Bare;
use crate::{BlobId, Db, Engine, Place, StoreError};

const DATA: &str = "tifli.db";
const MANIFEST: &str = "manifest.json";

/// What a backup holds, or a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupReport {
    /// Realm of the database.
    pub realm: String,
    /// Code of its country pack.
    pub pack: String,
    /// When it was taken, in UTC milliseconds.
    pub made_ms: i64,
    /// Where each audit chain stood.
    pub heads: Vec<ChainHead>,
    /// Every file.
    pub files: Vec<BackupFile>,
}

/// One file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupFile {
    /// Path within the backup.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

impl Db {
    /// Takes a backup into `folder`, which must be new or empty. Writes go on meanwhile.
    pub async fn backup(&self, folder: &Path) -> Result<BackupReport, StoreError> {
        self.backup_with(folder, &[]).await
    }

    /// As [`Db::backup`], and copies these files beside the rows where they are there.
    pub async fn backup_with(
        &self,
        folder: &Path,
        beside: &[PathBuf],
    ) -> Result<BackupReport, StoreError> {
        let Place::Sqlite(_) = self.place() else {
            return Err(StoreError::Unsupported(
                "a PostgreSQL database is backed up with pg_dump or its own base backup; \
                 copy the folder of blobs after it",
            ));
        };
        let folder = folder.to_owned();
        let made = folder.clone();
        off_thread("making the backup's folder", move || new_folder(&made)).await?;
        let heads = self.copy_rows(&folder.join(DATA)).await?;
        let blobs = self.blobs().list().await?;
        let beside = beside.to_vec();
        let pairs: Vec<(PathBuf, BlobId)> = blobs
            .into_iter()
            .map(|id| (self.blobs().path_of(&id), id))
            .collect();
        let mut report = BackupReport {
            realm: self.house().realm.as_str().to_owned(),
            pack: self.house().pack_code.clone(),
            made_ms: self.now_ms(),
            heads,
            files: Vec::new(),
        };
        off_thread("copying the blobs", move || {
            report.files = copy_blobs(&folder, &pairs)?;
            report.files.extend(copy_beside(&folder, &beside)?);
            report.files.insert(0, describe(&folder, Path::new(DATA))?);
            write_manifest(&folder, &report)?;
            Ok(report)
        })
        .await
    }

    async fn copy_rows(&self, copy: &Path) -> Result<Vec<ChainHead>, StoreError> {
        let mut conn = Connector::new(self.place())?.connect_writer().await?;
        let done = sqlx::query("vacuum into $1")
            .bind(copy.to_string_lossy().into_owned())
            .execute(&mut conn)
            .await;
        done.map_err(|error| StoreError::from_driver("backup", &error))?;
        let mut conn = Connector::frozen(copy)?.connect().await?;
        audit::heads(&mut Bare::new(&mut conn, Engine::Sqlite, 0, "backup")).await
    }
}

/// Checks every file against the manifest, the database's own structure and its audit chains.
pub async fn verify_backup(folder: &Path) -> Result<BackupReport, StoreError> {
    let checked = folder.to_owned();
    let (report, wrong) = off_thread("reading the backup", move || compare(&checked)).await?;
    if let Some(wrong) = wrong {
        return Err(StoreError::Backup(wrong));
    }
    let mut conn = Connector::frozen(&folder.join(DATA))?.connect().await?;
    let verdict: String = sqlx::query_scalar("pragma integrity_check")
        .fetch_one(&mut conn)
        .await
        .map_err(|error| StoreError::from_driver("verify_backup", &error))?;
    if verdict != "ok" {
        return Err(StoreError::Backup("the database is damaged".into()));
    }
    let mut reads = Bare::new(&mut conn, Engine::Sqlite, 0, "verify_backup");
    let chains = audit::verify(&mut reads, &report.heads).await?;
    match chains.first_bad {
        None => Ok(report),
        Some((node, seq)) => Err(StoreError::Backup(format!(
            "the audit chain of {node} does not hold at entry {seq}"
        ))),
    }
}

/// The manifest, and the first file that does not agree with it.
fn compare(folder: &Path) -> io::Result<(BackupReport, Option<String>)> {
    let text = fs::read(folder.join(MANIFEST))?;
    let report: BackupReport = serde_json::from_slice(&text)?;
    for file in &report.files {
        let path = Path::new(&file.path);
        let inside = path
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        let holds = inside && describe(folder, path).is_ok_and(|found| found == *file);
        if !holds {
            let wrong = file.path.clone();
            return Ok((report, Some(wrong)));
        }
    }
    Ok((report, None))
}

fn new_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    match fs::read_dir(folder)?.next() {
        None => Ok(()),
        Some(_) => Err(io::ErrorKind::AlreadyExists.into()),
    }
}

fn copy_blobs(folder: &Path, blobs: &[(PathBuf, BlobId)]) -> io::Result<Vec<BackupFile>> {
    let mut files = Vec::with_capacity(blobs.len());
    for (from, id) in blobs {
        let path = Path::new("blobs").join(id.relative_path());
        let target = folder.join(&path);
        if let Some(shelf) = target.parent() {
            fs::create_dir_all(shelf)?;
        }
        match fs::copy(from, &target) {
            Ok(_) => sync_path(&target)?,
            // Erased while the backup ran: then it does not belong in it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        }
        files.push(describe(folder, &path)?);
    }
    Ok(files)
}

/// Copies single files of the house, by their own names.
fn copy_beside(folder: &Path, files: &[PathBuf]) -> io::Result<Vec<BackupFile>> {
    let mut copied = Vec::with_capacity(files.len());
    for (from, name) in files
        .iter()
        .filter_map(|file| Some((file, file.file_name()?)))
    {
        let target = folder.join(name);
        match fs::copy(from, &target) {
            Ok(_) => sync_path(&target)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        }
        copied.push(describe(folder, Path::new(name))?);
    }
    Ok(copied)
}

fn write_manifest(folder: &Path, report: &BackupReport) -> io::Result<()> {
    let path = folder.join(MANIFEST);
    fs::write(&path, serde_json::to_vec_pretty(report)?)?;
    sync_path(&folder.join(DATA))?;
    sync_path(&path)?;
    sync_path(folder)
}

fn describe(folder: &Path, path: &Path) -> io::Result<BackupFile> {
    let mut file = fs::File::open(folder.join(path))?;
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        context.update(&buffer[..read]);
        bytes += read as u64;
    }
    Ok(BackupFile {
        path: path.to_string_lossy().into_owned(),
        bytes,
        sha256: hex(context.finish().as_ref()),
    })
}
