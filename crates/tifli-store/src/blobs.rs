//! Blobs: sealed bytes too large for a row, each a file named by the SHA-256 of its ciphertext.
//!
//! Put first, then commit the row that names it: a file is synced, and so is its folder, before
//! [`Blobs::put`] returns. What a crash leaves behind is found by [`Blobs::sweep`], both ways.

use std::collections::HashSet;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use tifli_domain::ports::Entropy;

use crate::audit::hex;
use crate::{DataKey, Sealed, StoreError};

/// The place every blob is sealed for; its name binds the rest.
const CONTEXT: &str = "blob";

/// The name of a blob: 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlobId(String);

/// What a sweep found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sweep {
    /// Files no row names. A write under way may be about to name one: remove only what two sweeps
    /// some time apart both found.
    pub orphans: Vec<BlobId>,
    /// Blobs named by a row whose file is gone.
    pub missing: Vec<BlobId>,
}

/// The folder of blobs.
#[derive(Clone)]
pub struct Blobs {
    folder: Arc<Path>,
    entropy: Arc<dyn Entropy>,
}

impl Blobs {
    /// Opens the folder, or makes it readable by this user only.
    pub(crate) async fn open(folder: &Path, entropy: Arc<dyn Entropy>) -> Result<Self, StoreError> {
        let folder: Arc<Path> = folder.into();
        let made = Arc::clone(&folder);
        off_thread("opening the blobs", move || {
            private_folders().create(made.join("incoming"))?;
            sync_path(&made)
        })
        .await?;
        Ok(Self { folder, entropy })
    }

    /// Seals `plain` under `key` and stores it; durable once this returns.
    pub async fn put(&self, key: &DataKey, plain: &[u8]) -> Result<BlobId, StoreError> {
        let sealed = key.seal(CONTEXT, plain);
        let id = BlobId::of(&sealed);
        let target = self.path_of(&id);
        let mut tail = [0; 16];
        self.entropy.fill(&mut tail);
        let incoming = self.folder.join("incoming").join(hex(&tail));
        off_thread("storing a blob", move || {
            let stored = store(&incoming, &target, &sealed);
            if stored.is_err() {
                // What stays in `incoming` is ciphertext nobody names; the error that matters is `stored`.
                drop(fs::remove_file(&incoming));
            }
            stored
        })
        .await?;
        Ok(id)
    }

    /// The blob, still sealed under `owner`'s key; opened through an audited read. Damage is an error.
    pub async fn get(&self, owner: &str, id: &BlobId) -> Result<Sealed, StoreError> {
        let path = self.path_of(id);
        let bytes = off_thread("reading a blob", move || match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        })
        .await?;
        match bytes {
            Some(bytes) if BlobId::of(&bytes) == *id => Ok(Sealed::new(owner, CONTEXT, bytes)),
            _ => Err(StoreError::Blob { id: id.0.clone() }),
        }
    }

    /// Removes a blob. Removing one that is gone is harmless.
    pub async fn delete(&self, id: &BlobId) -> Result<(), StoreError> {
        let path = self.path_of(id);
        off_thread("removing a blob", move || match fs::remove_file(&path) {
            Ok(()) => sync_path(parent(&path)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        })
        .await
    }

    /// Compares the files with the blobs that rows name.
    pub async fn sweep(&self, known: &HashSet<BlobId>) -> Result<Sweep, StoreError> {
        let present: HashSet<BlobId> = self.list().await?.into_iter().collect();
        let mut orphans: Vec<_> = present.difference(known).cloned().collect();
        let mut missing: Vec<_> = known.difference(&present).cloned().collect();
        orphans.sort();
        missing.sort();
        Ok(Sweep { orphans, missing })
    }

    /// Every blob that has a file, in order.
    pub async fn list(&self) -> Result<Vec<BlobId>, StoreError> {
        let folder = Arc::clone(&self.folder);
        off_thread("listing the blobs", move || {
            let mut found = Vec::new();
            for shelf in fs::read_dir(&folder)? {
                let shelf = shelf?;
                if shelf.file_name().len() != 2 {
                    continue;
                }
                for file in fs::read_dir(shelf.path())? {
                    let name = file?.file_name();
                    found.extend(name.to_str().and_then(|name| name.parse().ok()));
                }
            }
            found.sort();
            Ok(found)
        })
        .await
    }

    /// Where a blob's file is, for the backup.
    pub(crate) fn path_of(&self, id: &BlobId) -> PathBuf {
        self.folder.join(id.relative_path())
    }
}

impl BlobId {
    fn of(bytes: &[u8]) -> Self {
        Self(hex(digest(&SHA256, bytes).as_ref()))
    }

    /// The name as text, for a column.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `ab/abcdef…`: a shelf of 256 keeps folders small.
    pub(crate) fn relative_path(&self) -> PathBuf {
        Path::new(&self.0[..2]).join(&self.0)
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for BlobId {
    type Err = StoreError;

    /// Only a name of the right form, so that no path can be smuggled in.
    fn from_str(text: &str) -> Result<Self, StoreError> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() == 64 && text.bytes().all(digit) {
            Ok(Self(text.to_owned()))
        } else {
            Err(StoreError::Blob {
                id: "of a wrong form".into(),
            })
        }
    }
}

/// Runs file work where it may block.
pub(crate) async fn off_thread<T: Send + 'static>(
    what: &'static str,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result.map_err(StoreError::file(what)),
        Err(_) => Err(StoreError::Closed),
    }
}

/// Makes an empty file that only this user may read, unless it is there.
pub(crate) fn make_private_file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true).mode(0o600);
    options.open(path).map(drop)
}

/// Syncs a file or a folder.
pub(crate) fn sync_path(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Writes zeros over a file's bytes, then empties it. A file that is not there is fine.
pub(crate) fn overwrite(path: &Path) -> io::Result<()> {
    let mut file = match OpenOptions::new().write(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut left = file.metadata()?.len();
    let zeros = [0; 4096];
    while left > 0 {
        let part = left.min(zeros.len() as u64);
        file.write_all(&zeros[..part as usize])?;
        left -= part;
    }
    file.sync_all()?;
    file.set_len(0)?;
    file.sync_all()
}

fn store(incoming: &Path, target: &Path, bytes: &[u8]) -> io::Result<()> {
    let shelf = parent(target)?;
    if !shelf.exists() {
        private_folders().create(shelf)?;
        sync_path(parent(shelf)?)?;
    }
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(incoming)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(incoming, target)?;
    sync_path(shelf)
}

fn parent(path: &Path) -> io::Result<&Path> {
    path.parent().ok_or(io::ErrorKind::InvalidInput.into())
}

fn private_folders() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder
}
