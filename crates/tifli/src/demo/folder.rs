//! The folder of a demonstration: fresh, or one that a demonstration made before. Its secrets lie
//! beside its data, which is right for invented data only.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use super::Seed;
use super::people::DemoPerson;
use super::systems::SystemsMark;
use crate::failure::{Done, Failure, Trying as _};
use crate::house::{make_private_folder, write_private};
use crate::secrets::new_master_key;

/// The file that says that a folder is a demonstration's.
const MARK: &str = "demo.json";
const MASTER_KEY: &str = "master.key";

/// What must stay the same when a demonstration is gone on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// The country.
    pub pack: String,
    /// How many invented subscribers.
    pub subscribers: u32,
    /// All subscribers and their phones follow from it.
    pub seed: Seed,
    /// Where the phones' push services are, a part of every subscriber's address.
    pub partners: Vec<SocketAddr>,
    /// Who can sign in.
    pub people: Vec<DemoPerson>,
    /// The systems of partners, once they are connected.
    #[serde(default)]
    pub systems: Option<SystemsMark>,
}

/// The folder of a demonstration.
pub struct Folder {
    path: PathBuf,
    mark: Option<Mark>,
    /// Removed with everything in it when this goes.
    _passing: Option<TempDir>,
}

impl Folder {
    /// Opens `asked`, or a passing folder. Refuses one that holds something else.
    pub fn open(asked: Option<&Path>) -> Done<Self> {
        let Some(path) = asked else {
            let passing = TempDir::with_prefix("tifli-demo-").trying("making a passing folder")?;
            let path = passing.path().to_owned();
            write_private(&path.join(MASTER_KEY), new_master_key().as_bytes())?;
            return Ok(Self {
                path,
                mark: None,
                _passing: Some(passing),
            });
        };
        let path = std::path::absolute(path).trying("finding the folder of the demonstration")?;
        make_private_folder(&path)?;
        let mark = read_mark(&path)?;
        if mark.is_none() {
            empty(&path)?;
            write_private(&path.join(MASTER_KEY), new_master_key().as_bytes())?;
        }
        Ok(Self {
            path,
            mark,
            _passing: None,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file of the master key.
    pub fn master_key_file(&self) -> PathBuf {
        self.path.join(MASTER_KEY)
    }

    /// Where the house keeps its data.
    pub fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    /// What an earlier run wrote down; `None` if this is the first.
    pub fn mark(&self) -> Option<&Mark> {
        self.mark.as_ref()
    }

    /// Writes down that everything is made.
    pub fn set_mark(&mut self, mark: Mark) -> Done {
        let text = serde_json::to_vec_pretty(&mark).trying("writing down the demonstration")?;
        write_private(&self.path.join(MARK), &text)?;
        self.mark = Some(mark);
        Ok(())
    }
}

fn read_mark(path: &Path) -> Done<Option<Mark>> {
    match fs::read(path.join(MARK)) {
        Ok(text) => serde_json::from_slice(&text)
            .trying("reading what the demonstration wrote down")
            .map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::because(
            "reading what the demonstration wrote down",
            &error,
        )),
    }
}

/// Refuses a folder that holds anything but what an interrupted preparation leaves behind, which
/// is cleared away.
fn empty(path: &Path) -> Done {
    let looking = "looking into the folder of the demonstration";
    let mut names = Vec::new();
    for entry in fs::read_dir(path).trying(looking)? {
        names.push(entry.trying(looking)?.file_name());
    }
    let left_behind = |name: &OsString| {
        let half_written = [format!("{MARK}.new"), format!("{MASTER_KEY}.new")];
        name == MASTER_KEY
            || name == "data"
            || half_written.iter().any(|half| name == half.as_str())
    };
    let interrupted = names.iter().all(left_behind) && names.iter().any(|name| name != "data");
    if !names.is_empty() && !interrupted {
        return Err(Failure::new(format!(
            "{} is not empty and no demonstration made it: name another folder",
            path.display()
        )));
    }
    for name in names {
        let entry = path.join(name);
        let gone = if entry.is_dir() {
            fs::remove_dir_all(&entry)
        } else {
            fs::remove_file(&entry)
        };
        gone.trying("clearing an interrupted preparation away")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark() -> Mark {
        Mark {
            pack: "ma".into(),
            subscribers: 5,
            seed: [1; 32],
            partners: Vec::new(),
            people: Vec::new(),
            systems: None,
        }
    }

    #[test]
    fn a_fresh_folder_is_taken_and_gone_on_with_later() {
        let outer = tempfile::tempdir().unwrap();
        let path = outer.path().join("demo");
        let mut folder = Folder::open(Some(&path)).unwrap();
        assert!(folder.mark().is_none());
        folder.set_mark(mark()).unwrap();
        let key = fs::read(folder.master_key_file()).unwrap();
        let again = Folder::open(Some(&path)).unwrap();
        assert_eq!(again.mark(), Some(&mark()));
        assert_eq!(fs::read(again.master_key_file()).unwrap(), key);
    }

    #[test]
    fn a_folder_with_something_else_in_it_is_left_alone() {
        let outer = tempfile::tempdir().unwrap();
        fs::write(outer.path().join("thesis.txt"), "years of work").unwrap();
        assert!(Folder::open(Some(outer.path())).is_err());
        assert!(outer.path().join("thesis.txt").is_file());
        assert!(!outer.path().join(MASTER_KEY).exists());
    }

    #[test]
    fn an_interrupted_preparation_is_begun_again() {
        let outer = tempfile::tempdir().unwrap();
        let first = Folder::open(Some(outer.path())).unwrap();
        fs::create_dir(first.data()).unwrap();
        fs::write(first.data().join("tifli.db"), "half").unwrap();
        let again = Folder::open(Some(outer.path())).unwrap();
        assert!(!again.data().exists());
    }
}
