//! Tips that say the same stand as one row with a count. Nothing is merged: each keeps its own words, receipt and
//! decision, and a person may keep one apart.

use std::collections::BTreeSet;

use tifli_units::{Kilometres, Position};

use crate::id::{CaseId, TipId};

/// A tip as it is compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The tip.
    pub tip: TipId,
    /// The case it speaks of; tips of two cases are never the same.
    pub case: CaseId,
    /// Its words in one spelling.
    pub words: String,
    /// Telephone numbers it holds, see [`phones`].
    pub phones: BTreeSet<String>,
    /// Where, as a point.
    pub point: Option<Position>,
    /// Where, as a place of the list.
    pub place: Option<String>,
    /// When it was seen, in UTC milliseconds.
    pub seen_ms: Option<i64>,
    /// Whether a person said that it stands by itself.
    pub apart: bool,
}

/// Why two tips are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Same {
    /// The same words, or nearly.
    Words,
    /// The same place at the same time.
    PlaceAndTime,
    /// The same telephone number.
    Phone,
}

words!(Same {
    Words = "words",
    PlaceAndTime = "place_and_time",
    Phone = "phone",
});

/// Tips that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// The one that stands for them: the first of the list.
    pub head: TipId,
    /// The others, each with why.
    pub others: Vec<(TipId, Same)>,
}

/// Points within so many kilometres of each other are one place.
const ONE_PLACE_KM: f64 = 1.2;
/// Sightings within so many milliseconds of each other are one time.
const ONE_TIME_MS: i64 = 90 * 60_000;
/// Shorter words than this say too little to be the same by themselves.
const SHORTEST: usize = 5;
/// How much of their words nearly same tips share.
const SHARED: f64 = 0.8;
/// Digits of the shortest telephone number.
const PHONE: usize = 8;

/// Folds a list, in its order: each tip joins the first head it is the same as, or becomes one. `distance` is the
/// length of the way between two points.
pub fn fold(items: &[Item], distance: impl Fn(Position, Position) -> Kilometres) -> Vec<Fold> {
    let mut folds: Vec<(usize, Vec<(TipId, Same)>)> = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let joined = folds.iter_mut().find_map(|(head, others)| {
            same(items.get(*head)?, item, &distance).map(|why| (others, why))
        });
        match joined {
            Some((others, why)) => others.push((item.tip, why)),
            None => folds.push((place, Vec::new())),
        }
    }
    folds
        .into_iter()
        .filter_map(|(head, others)| {
            let head = items.get(head)?.tip;
            Some(Fold { head, others })
        })
        .collect()
}

/// The telephone numbers in a text in one spelling: groups of digits that follow each other, compared by their last
/// digits so that a prefix of the country makes no difference. A group that is a year makes them a date.
pub fn phones(folded: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut run: Vec<&str> = Vec::new();
    for group in folded.split(' ').chain(std::iter::once("")) {
        if !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()) {
            run.push(group);
            continue;
        }
        let digits = run.concat();
        if !run.iter().any(|group| is_year(group)) && digits.len() >= PHONE {
            found.insert(digits[digits.len() - PHONE..].to_owned());
        }
        run.clear();
    }
    found
}

fn is_year(group: &str) -> bool {
    group.len() == 4 && (group.starts_with("19") || group.starts_with("20"))
}

fn same(
    one: &Item,
    other: &Item,
    distance: &impl Fn(Position, Position) -> Kilometres,
) -> Option<Same> {
    if one.case != other.case || one.apart || other.apart {
        return None;
    }
    if !one.phones.is_disjoint(&other.phones) {
        return Some(Same::Phone);
    }
    let near = near(one, other, distance);
    let timely = one.seen_ms.zip(other.seen_ms);
    let timely = timely.map(|(a, b)| a.abs_diff(b) <= ONE_TIME_MS.unsigned_abs());
    if near != Some(false) && timely != Some(false) && same_words(&one.words, &other.words) {
        return Some(Same::Words);
    }
    (near == Some(true) && timely == Some(true)).then_some(Same::PlaceAndTime)
}

/// Whether two tips speak of one place; nothing where one of them tells none. A town of the list is no place that two
/// people share, so it only ever says that they do not.
fn near(
    one: &Item,
    other: &Item,
    distance: &impl Fn(Position, Position) -> Kilometres,
) -> Option<bool> {
    if let Some((a, b)) = one.point.zip(other.point) {
        return Some(distance(a, b).get() <= ONE_PLACE_KM);
    }
    match (&one.place, &other.place) {
        (Some(a), Some(b)) if a != b => Some(false),
        _ => None,
    }
}

fn same_words(one: &str, other: &str) -> bool {
    let a: BTreeSet<&str> = one.split(' ').collect();
    let b: BTreeSet<&str> = other.split(' ').collect();
    if a.len() < SHORTEST || b.len() < SHORTEST {
        return false;
    }
    let shared = u32::try_from(a.intersection(&b).count()).unwrap_or(u32::MAX);
    let all = u32::try_from(a.union(&b).count()).unwrap_or(u32::MAX);
    f64::from(shared) >= SHARED * f64::from(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Entropy;

    const STATION: &str = "i saw a girl in a red coat at the station";
    const HOUR: i64 = 3_600_000;

    struct Fixed(u8);

    impl Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    fn item(n: u8, words: &str) -> Item {
        Item {
            tip: TipId::new(1, &Fixed(n)),
            case: CaseId::new(1, &Fixed(200)),
            words: words.to_owned(),
            phones: phones(words),
            point: None,
            place: None,
            seen_ms: None,
            apart: false,
        }
    }

    /// A degree is a hundred kilometres here.
    fn flat(a: Position, b: Position) -> Kilometres {
        let km = (a.lat() - b.lat()).hypot(a.lon() - b.lon()) * 100.0;
        Kilometres::new(km).unwrap()
    }

    fn at(lat: f64) -> Option<Position> {
        Some(Position::new(lat, 0.0).unwrap())
    }

    fn joined(one: Item, other: Item) -> Option<Same> {
        let folds = fold(&[one, other], flat);
        folds[0].others.first().map(|(_, why)| *why)
    }

    #[test]
    fn the_same_words_and_nearly_the_same_are_one_and_others_are_not() {
        let nearly = "i saw a girl in a red coat at the big station";
        assert_eq!(
            joined(item(1, STATION), item(2, STATION)),
            Some(Same::Words)
        );
        assert_eq!(joined(item(1, STATION), item(2, nearly)), Some(Same::Words));
        let other = item(2, "two boys were playing ball behind the school");
        assert_eq!(joined(item(1, STATION), other), None);
        assert_eq!(joined(item(1, "i saw her"), item(2, "i saw her")), None);
    }

    #[test]
    fn the_same_words_about_two_places_or_times_are_two() {
        let placed = |n, lat| Item {
            point: at(lat),
            ..item(n, STATION)
        };
        assert_eq!(joined(placed(1, 0.0), placed(2, 1.0)), None);
        assert_eq!(joined(placed(1, 0.0), placed(2, 0.01)), Some(Same::Words));
        let timed = |n, seen| Item {
            seen_ms: Some(seen),
            ..item(n, STATION)
        };
        assert_eq!(joined(timed(1, 0), timed(2, 5 * HOUR)), None);
        let listed = |n, place: &str| Item {
            place: Some(place.to_owned()),
            ..item(n, STATION)
        };
        assert_eq!(joined(listed(1, "fes"), listed(2, "rabat")), None);
    }

    #[test]
    fn one_place_at_one_time_is_one_whatever_the_words_and_a_town_is_not_a_place() {
        let seen = |n, words: &str, lat, ms| Item {
            point: at(lat),
            seen_ms: Some(ms),
            ..item(n, words)
        };
        let one = seen(1, "a girl", 0.0, 0);
        let close = seen(2, "une fille", 0.01, HOUR);
        assert_eq!(joined(one.clone(), close), Some(Same::PlaceAndTime));
        assert_eq!(joined(one.clone(), seen(2, "x", 0.02, 0)), None);
        assert_eq!(joined(one, seen(2, "x", 0.0, 2 * HOUR)), None);
        let town = |n| Item {
            place: Some("casablanca".to_owned()),
            seen_ms: Some(0),
            ..item(n, "a girl")
        };
        assert_eq!(joined(town(1), town(2)), None);
    }

    #[test]
    fn one_telephone_number_is_one_teller_however_it_is_written() {
        let one = item(1, "call me 06 12 34 56 78");
        let other = item(2, "my number is 212612345678 please");
        assert_eq!(joined(one, other), Some(Same::Phone));
        assert!(phones("on 22 11 2026 14 30").is_empty());
    }

    #[test]
    fn kept_apart_or_of_another_case_stays_by_itself() {
        let apart = Item {
            apart: true,
            ..item(2, STATION)
        };
        assert_eq!(joined(item(1, STATION), apart), None);
        let foreign = Item {
            case: CaseId::new(1, &Fixed(201)),
            ..item(2, STATION)
        };
        assert_eq!(joined(item(1, STATION), foreign), None);
    }

    #[test]
    fn nothing_is_lost_and_nothing_stands_twice() {
        let items: Vec<Item> = (0..40)
            .map(|n| {
                let words = [STATION, "call 0612345678", "nothing at all"];
                item(n, words[usize::from(n) % 3])
            })
            .collect();
        let folds = fold(&items, flat);
        let mut all: Vec<TipId> = Vec::new();
        for fold in &folds {
            all.push(fold.head);
            all.extend(fold.others.iter().map(|(tip, _)| *tip));
        }
        all.sort_unstable();
        let mut given: Vec<TipId> = items.iter().map(|item| item.tip).collect();
        given.sort_unstable();
        assert_eq!(all, given);
    }
}
