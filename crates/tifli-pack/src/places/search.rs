//! Finds places by name over folded keys. Exact names, beginnings and beginnings of words come from
//! one pass; only where they leave room are similar spellings and other scripts tried.

use super::Place;
use crate::fold::{fold, without_articles};
use crate::settings::Kind;
use crate::translit::skeleton;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Least likeness (Jaro-Winkler) of two spellings of one name.
const LIKENESS: f64 = 0.88;
/// A query or skeleton shorter than this is too little to compare loosely.
const ENOUGH: usize = 3;

/// How well a name matches, best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Quality {
    /// Alike in percent.
    Similar(u8),
    /// The same consonants in another script.
    Skeleton,
    Words,
    Beginning,
    Same,
}

/// One name of one place.
#[derive(Debug, Clone)]
struct Key {
    name: String,
    skeleton: String,
    place: usize,
    own: bool,
}

/// All names.
#[derive(Debug, Clone)]
pub(super) struct Index {
    keys: Vec<Key>,
    /// Per place: whether it comes before broader ones, and its people.
    rank: Vec<(bool, u64)>,
}

impl Index {
    pub fn new(places: &[Place], kinds: &[Kind]) -> Self {
        let broad = |p: &Place| kinds.iter().any(|k| k.id == p.kind && k.broad);
        let mut keys = Vec::new();
        for (i, place) in places.iter().enumerate() {
            let own = place.names.iter().map(|(_, name)| (name, true));
            let others = place.alternates.iter().map(|name| (name.as_str(), false));
            let start = keys.len();
            for (name, own) in own.chain(others) {
                let name = without_articles(&fold(name));
                let repeated = keys[start..].iter().any(|k: &Key| k.name == name);
                if !name.is_empty() && !repeated {
                    keys.push(Key {
                        skeleton: skeleton(&name),
                        name,
                        place: i,
                        own,
                    });
                }
            }
        }
        Self {
            keys,
            rank: places.iter().map(|p| (!broad(p), p.population)).collect(),
        }
    }

    /// Indices of the places found, best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<usize> {
        let query = without_articles(&fold(query));
        if query.is_empty() || limit == 0 {
            return Vec::new();
        }
        let mut found = HashMap::new();
        self.collect(&mut found, |key| direct(&query, &key.name));
        if found.len() < limit && query.chars().count() >= ENOUGH {
            let bones = skeleton(&query);
            self.collect(&mut found, |key| loose(&query, &bones, key));
        }
        let mut ranked: Vec<(usize, (Quality, bool))> = found.into_iter().collect();
        ranked.sort_by_key(|(place, (quality, own))| {
            let (narrow, people) = self.rank[*place];
            (Reverse((*quality, *own, narrow, people)), *place)
        });
        ranked.truncate(limit);
        ranked.into_iter().map(|(place, _)| place).collect()
    }

    /// Keeps the best match of each place. A name of its own beats another spelling.
    fn collect(
        &self,
        found: &mut HashMap<usize, (Quality, bool)>,
        matches: impl Fn(&Key) -> Option<Quality>,
    ) {
        for key in &self.keys {
            if let Some(quality) = matches(key) {
                let best = found.entry(key.place).or_insert((quality, key.own));
                *best = (*best).max((quality, key.own));
            }
        }
    }
}

/// The same, a beginning, or each word of the query the beginning of a word.
fn direct(query: &str, name: &str) -> Option<Quality> {
    if name == query {
        return Some(Quality::Same);
    }
    if name.starts_with(query) {
        return Some(Quality::Beginning);
    }
    let all = query
        .split(' ')
        .all(|asked| name.split(' ').any(|word| word.starts_with(asked)));
    all.then_some(Quality::Words)
}

/// A similar spelling, or the same consonants.
fn loose(query: &str, bones: &str, key: &Key) -> Option<Quality> {
    if bones.chars().count() >= ENOUGH && bones == key.skeleton {
        return Some(Quality::Skeleton);
    }
    let (a, b) = (query.len(), key.name.len());
    if a > 2 * b || b > 2 * a {
        return None;
    }
    let alike = strsim::jaro_winkler(query, &key.name);
    (alike >= LIKENESS).then_some(Quality::Similar((alike * 100.0) as u8))
}
