//! Renditions of photos that the public has now, so that a page seen by thousands opens a sealed
//! blob once. Memory only, bounded, wiped when its case is forgotten.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tifli_domain::id::{CaseId, MediaId};
use tifli_photo::RenditionName;
use tifli_store::media::MediaRow;
use zeroize::Zeroizing;

/// Renditions held at most: with 200 kB each, some 25 MB.
const PLACES: usize = 128;

/// The cache.
#[derive(Default)]
pub(crate) struct PhotoCache {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    renditions: VecDeque<Entry>,
    /// Cases whose photos must not come back: a read may have been under way.
    forgotten: HashSet<CaseId>,
}

struct Entry {
    case: CaseId,
    media: MediaId,
    name: RenditionName,
    jpeg: Zeroizing<Vec<u8>>,
}

impl PhotoCache {
    /// The rendition, if it is held.
    pub(crate) fn find(&self, media: MediaId, name: RenditionName) -> Option<Vec<u8>> {
        let held = self.lock();
        let mut entries = held.renditions.iter();
        let entry = entries.find(|entry| entry.media == media && entry.name == name)?;
        Some(entry.jpeg.to_vec())
    }

    /// Holds a rendition; the one held longest gives way.
    pub(crate) fn put(&self, photo: &MediaRow, name: RenditionName, jpeg: &[u8]) {
        let mut held = self.lock();
        let known = |entry: &Entry| entry.media == photo.media && entry.name == name;
        if held.forgotten.contains(&photo.case) || held.renditions.iter().any(known) {
            return;
        }
        if held.renditions.len() == PLACES {
            held.renditions.pop_front();
        }
        held.renditions.push_back(Entry {
            case: photo.case,
            media: photo.media,
            name,
            jpeg: Zeroizing::new(jpeg.to_vec()),
        });
    }

    /// Wipes the renditions of a case; those of photos still public are opened again when asked for.
    pub(crate) fn drop_case(&self, case: CaseId) {
        self.lock().renditions.retain(|entry| entry.case != case);
    }

    /// Wipes the renditions of a case, for good.
    pub(crate) fn forget(&self, case: CaseId) {
        let mut held = self.lock();
        held.renditions.retain(|entry| entry.case != case);
        held.forgotten.insert(case);
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
