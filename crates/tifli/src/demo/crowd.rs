//! The invented subscribers: where each of them lives, as coarse as the store would keep it, spread
//! like the country's people. Everything follows from a seed. Not for their keys: [`super::fill`].

use std::collections::HashMap;

use super::Seed;
use tifli_app::subscribe::SHARED_BY;
use tifli_geo::{Cell, coarsen, destination};
use tifli_pack::places::Residents;
use tifli_pack::{LanguageTag, Pack};
use tifli_units::{Kilometres, Position};

/// How far from the point where a community is counted its people live, in kilometres.
const SPREAD_KM: f64 = 10.0;
/// How often another point is tried when one lies outside the country.
const TRIES: usize = 4;

/// All invented subscribers, by number from 0, in the order of their cells.
pub struct Crowd {
    people: Vec<Someone>,
}

/// One invented subscriber.
#[derive(Clone, Copy)]
pub struct Someone {
    /// The cell that is stored.
    pub cell: Cell,
    /// The language of their alerts.
    pub language: LanguageTag,
}

impl Crowd {
    /// Invents `amount` subscribers.
    pub fn invent(pack: &Pack, seed: &Seed, amount: u32) -> Self {
        let mut dice = Dice::new(seed);
        let map = Map::new(pack);
        let homes: Vec<Cell> = (0..amount).map(|_| Cell::at(map.home(&mut dice))).collect();
        let shared = count_with_parents(&homes);
        let holds = |cell: Cell| shared.get(&cell).copied().unwrap_or(0);
        let mut people: Vec<Someone> = homes
            .into_iter()
            .map(|home| Someone {
                cell: coarsen(home, holds, SHARED_BY),
                language: language(pack, &mut dice),
            })
            .collect();
        // The store keeps its table in this order, so it is filled from front to back.
        people.sort_by_key(|someone| someone.cell);
        Self { people }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// All of them, by number.
    pub fn people(&self) -> &[Someone] {
        &self.people
    }
}

/// Where people of the country live.
struct Map<'p> {
    pack: &'p Pack,
    communities: Vec<Residents>,
    /// How many people live in this community and those before it.
    upto: Vec<u64>,
}

impl<'p> Map<'p> {
    fn new(pack: &'p Pack) -> Self {
        let communities: Vec<Residents> = pack.communes().collect();
        let mut sum = 0;
        let upto = communities
            .iter()
            .map(|community| {
                sum += community.population;
                sum
            })
            .collect();
        Self {
            pack,
            communities,
            upto,
        }
    }

    /// Somebody's home: a community by its size, and a point not far from where it is counted.
    fn home(&self, dice: &mut Dice) -> Position {
        let everybody = self.upto.last().copied().unwrap_or(1).max(1);
        let one = dice.below(everybody);
        let place = self.upto.partition_point(|upto| *upto <= one);
        let center = self.communities[place.min(self.communities.len() - 1)].position;
        let near = (0..TRIES).find_map(|_| {
            let bearing = dice.fraction() * 360.0;
            let along = Kilometres::new(SPREAD_KM * dice.fraction().sqrt())?;
            let home = destination(center, bearing, along);
            self.pack.outline().contains(home).then_some(home)
        });
        near.unwrap_or(center)
    }
}

/// Seven of ten read the pack's first language, two the second, one the last.
fn language(pack: &Pack, dice: &mut Dice) -> LanguageTag {
    let languages = &pack.languages().alert;
    let place = match dice.below(10) {
        0..=6 => 0,
        7 | 8 => 1,
        _ => languages.len() - 1,
    };
    languages
        .get(place)
        .or(languages.first())
        .copied()
        .unwrap_or(LanguageTag::AR)
}

fn count_with_parents(homes: &[Cell]) -> HashMap<Cell, u64> {
    let mut shared = HashMap::new();
    for home in homes {
        let mut at = Some(*home);
        while let Some(cell) = at {
            *shared.entry(cell).or_insert(0) += 1;
            at = cell.parent();
        }
    }
    shared
}

/// Numbers that look random and follow from a seed (SplitMix64). For inventing, not for secrets.
struct Dice(u64);

impl Dice {
    fn new(seed: &Seed) -> Self {
        let mut first = [0; 8];
        first.copy_from_slice(&seed[..8]);
        Self(u64::from_le_bytes(first))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Below `limit`, which is above zero.
    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// From 0 to just below 1.
    fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd(seed: u8, amount: u32) -> Crowd {
        Crowd::invent(&Pack::load("ma").unwrap(), &[seed; 32], amount)
    }

    #[test]
    fn the_same_seed_invents_the_same_people() {
        let cells = |seed| -> Vec<u64> {
            crowd(seed, 500)
                .people()
                .iter()
                .map(|one| one.cell.raw())
                .collect()
        };
        assert_eq!(cells(1), cells(1));
        assert_ne!(cells(1), cells(2));
    }

    #[test]
    fn nobody_is_kept_in_a_cell_that_too_few_share() {
        let crowd = crowd(3, 5_000);
        for someone in crowd.people() {
            let sharing = crowd
                .people()
                .iter()
                .filter(|one| someone.cell.holds(one.cell))
                .count();
            let world = someone.cell.resolution() == 0;
            // Whoever lives in the same cell may be kept in a coarser one above it.
            let above = crowd
                .people()
                .iter()
                .filter(|one| one.cell.holds(someone.cell))
                .count();
            assert!(world || sharing + above >= 100, "{sharing} share a cell");
        }
    }

    #[test]
    fn people_live_in_the_country_and_read_its_languages() {
        let pack = Pack::load("ma").unwrap();
        let crowd = crowd(4, 2_000);
        assert_eq!(crowd.len(), 2_000);
        for someone in crowd.people() {
            let reach = someone.cell.circumradius();
            assert!(pack.outline().contains_grown(someone.cell.center(), reach));
            assert!(pack.languages().alert.contains(&someone.language));
        }
    }
}
