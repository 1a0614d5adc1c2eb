//! Opening a backup as whoever stole or restored it would: with the rows, the master key and some
//! file of keys. Not for reading a running house; this works on copies.

use std::fs;
use std::path::{Path, PathBuf};

use tifli_domain::Realm;
use tifli_domain::id::CaseId;
use tifli_store::audit::ObjectId;
use tifli_store::{AuditedRead, Db, DbSettings, Place, StoreError, case};

use super::client::{Check, Wrong};
use crate::demo::Folder;
use crate::secrets;
use crate::system::{self, SystemClock};

/// How many answers of a case a backup holds, and how many of them open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// Held.
    pub held: usize,
    /// Opened.
    pub opened: usize,
}

/// Tries every answer of a case in a copy of `backup` with a copy of `keys`.
pub async fn try_backup(
    folder: &Folder,
    (backup, keys): (&Path, &Path),
    pack: &str,
    case: CaseId,
) -> Check<Opening> {
    let scratch = tempfile::tempdir().map_err(|_| wrong("no passing folder"))?;
    let data = scratch.path().to_owned();
    let copies = [
        (backup.join("tifli.db"), "tifli.db"),
        (keys.to_owned(), "keys.db"),
    ];
    for (from, name) in copies {
        fs::copy(from, data.join(name)).map_err(|_| wrong("a file of the backup is missing"))?;
    }
    let master = secrets::read_master_key(&folder.master_key_file())
        .map_err(|failure| Wrong(failure.to_string()))?;
    let db = Db::open(DbSettings {
        place: Place::Sqlite(data.join("tifli.db")),
        keys_path: data.join("keys.db"),
        blobs_dir: data.join("blobs"),
        master,
        realm: Realm::Demo,
        pack_code: pack.to_owned(),
        node: "thief".to_owned(),
        clock: SystemClock::default().handed(),
        entropy: system::entropy(),
    });
    let db = db
        .await
        .map_err(|_| wrong("the backup's database does not open"))?;
    let opening = try_answers(&db, case).await;
    db.close().await;
    opening.map_err(|error| Wrong(format!("the backup cannot be tried: {error}")))
}

async fn try_answers(db: &Db, case: CaseId) -> Result<Opening, StoreError> {
    let answers = db
        .read("try_answers", case, |reads, case| {
            Box::pin(async move { case::list_answers(reads, *case).await })
        })
        .await?;
    let mut opening = Opening {
        held: answers.len(),
        opened: 0,
    };
    for answer in answers {
        let read = AuditedRead {
            actor: "thief".into(),
            reason: "try_backup".into(),
            objects: vec![ObjectId::new("case", case)],
        };
        match db.open_sealed(read, vec![answer.value]).await {
            Ok(_) => opening.opened += 1,
            Err(StoreError::NoKey { .. } | StoreError::KeyDestroyed { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(opening)
}

/// The files under `folder` in which one of `words` stands in the clear.
pub fn files_that_tell(folder: &Path, words: &[&str]) -> Check<Vec<PathBuf>> {
    let mut telling = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let entries = fs::read_dir(&folder).map_err(|_| wrong("a folder cannot be read"))?;
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            // A file may go while this looks: then nothing stands in it.
            let Ok(bytes) = fs::read(&path) else { continue };
            if words.iter().any(|word| holds(&bytes, word.as_bytes())) {
                telling.push(path);
            }
        }
    }
    Ok(telling)
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

fn wrong(what: &str) -> Wrong {
    Wrong(what.to_owned())
}
