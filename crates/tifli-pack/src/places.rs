//! The gazetteer: places with their names in several languages, found by any spelling, and the
//! people who live there by census point. All in memory, no I/O.
//!
//! For: typing a place, naming a point of the map, counting residents of an area. Not for:
//! addresses, nor where a subscriber is (that is a cell, never a place).

mod layers;
mod search;

use crate::language::{Labels, LanguageTag};
use crate::settings::{Gazetteer, Kind};
use crate::{PackError, PackParts};
use search::Index;
use std::collections::HashMap;
use tifli_geo::Target;
use tifli_units::Position;

/// A place of the gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its id within the pack, stable from release to release.
    pub id: String,
    /// The id of its kind.
    pub kind: String,
    /// Its names; a language may be missing, [`Labels::get`] then gives another.
    pub names: Labels,
    /// Other spellings.
    pub alternates: Vec<String>,
    /// Where it is: the town's centre, or the middle of its area.
    pub position: Position,
    /// Whether the position is its own; if not, it is that of the place that holds it.
    pub exact: bool,
    /// People; zero where the source gives none.
    pub population: u64,
    /// The place that holds it.
    pub parent: Option<String>,
}

/// A place found by its name.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceHit {
    /// The place.
    pub place_id: String,
    /// Its names.
    pub names: Labels,
    /// The id of its kind.
    pub kind: String,
    /// What its kind is called.
    pub kind_name: Labels,
    /// Where it is.
    pub position: Position,
    /// Whether the position is its own, not that of the place that holds it.
    pub exact: bool,
    /// People.
    pub population: u64,
    /// The places that hold it, nearest first, as one label per language; empty for the widest.
    pub parent: Labels,
}

/// A point at which a number of people are counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Residents {
    /// Where they are counted.
    pub position: Position,
    /// How many.
    pub population: u64,
}

/// All places of a pack.
#[derive(Debug, Clone)]
pub struct Places {
    places: Vec<Place>,
    by_id: HashMap<String, usize>,
    index: Index,
    kinds: Vec<Kind>,
    residents: Vec<Residents>,
    labelling: Vec<usize>,
}

impl Places {
    /// Puts the layers of a gazetteer together.
    pub(crate) fn read(settings: &Gazetteer, parts: &PackParts) -> Result<Self, PackError> {
        let places = layers::read(settings, parts)?;
        let by_id = places
            .iter()
            .enumerate()
            .map(|(i, p)| (p.id.clone(), i))
            .collect();
        let residents: Vec<Residents> = places
            .iter()
            .filter(|p| p.population > 0 && settings.residents.contains(&p.kind))
            .map(|p| Residents {
                position: p.position,
                population: p.population,
            })
            .collect();
        let labelling: Vec<usize> = places
            .iter()
            .enumerate()
            .filter(|(_, p)| p.exact && settings.nearest.contains(&p.kind))
            .map(|(i, _)| i)
            .collect();
        if residents.is_empty() || labelling.is_empty() {
            return Err(PackError::rule(
                "gazetteer",
                "no place counts residents, or none may label a point",
            ));
        }
        Ok(Self {
            index: Index::new(&places, &settings.kind),
            kinds: settings.kind.clone(),
            places,
            by_id,
            residents,
            labelling,
        })
    }

    /// At most `limit` places whose name is `query` in any spelling or script, best first: the same
    /// name, then a beginning, then beginnings of words, then a similar name; the more populous first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<PlaceHit> {
        self.index
            .search(query, limit)
            .into_iter()
            .map(|i| self.hit(&self.places[i]))
            .collect()
    }

    /// The place of this id.
    pub fn find(&self, id: &str) -> Option<&Place> {
        self.by_id.get(id).map(|i| &self.places[*i])
    }

    /// The place of this id, under the name that callers of a map expect; see [`Places::find`].
    pub fn get(&self, id: &str) -> Option<&Place> {
        self.find(id)
    }

    /// The place nearest to a point, to label it.
    pub fn nearest(&self, to: Position) -> &Place {
        let nearest = self
            .labelling
            .iter()
            .min_by(|a, b| {
                let from = |i: &usize| tifli_geo::distance(self.places[*i].position, to).get();
                from(a).total_cmp(&from(b))
            })
            .expect("a gazetteer without a labelling place is refused at load");
        &self.places[*nearest]
    }

    /// How many residents are counted inside an area. Whole communities count at one point, so a
    /// small area may count nobody or everybody.
    pub fn residents(&self, target: &Target<'_>) -> u64 {
        self.residents
            .iter()
            .filter(|r| target.contains_point(r.position))
            .map(|r| r.population)
            .sum()
    }

    /// The points at which residents are counted.
    pub fn communes(&self) -> impl Iterator<Item = Residents> {
        self.residents.iter().copied()
    }

    /// All places.
    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        self.places.iter()
    }

    /// The places whose own position is known and whose kind may label a point of a map.
    pub fn labelling(&self) -> impl Iterator<Item = &Place> {
        self.labelling.iter().map(|&at| &self.places[at])
    }

    /// What a kind of place is called.
    pub fn kind_name(&self, kind: &str) -> Labels {
        self.kinds
            .iter()
            .find(|k| k.id == kind)
            .map(|k| k.name.clone())
            .unwrap_or_default()
    }

    /// The names of the places that hold this one, nearest first, as one label per language.
    pub fn parent_label(&self, place: &Place) -> Labels {
        let chain = self.ancestors(place);
        let label = |language: LanguageTag| {
            let separator = if language == LanguageTag::AR {
                "، "
            } else {
                ", "
            };
            let own = place.names.get(language);
            let mut names: Vec<&str> = chain.iter().map(|p| p.names.get(language)).collect();
            names.dedup();
            names.retain(|n| *n != own);
            names.join(separator)
        };
        [LanguageTag::AR, LanguageTag::FR, LanguageTag::EN]
            .into_iter()
            .map(|l| (l, label(l)))
            .filter(|(_, words)| !words.is_empty())
            .collect()
    }

    fn ancestors(&self, place: &Place) -> Vec<&Place> {
        let mut chain = Vec::new();
        let mut next = place.parent.as_deref();
        while let Some(parent) = next.and_then(|id| self.find(id)) {
            chain.push(parent);
            next = parent.parent.as_deref();
        }
        chain
    }

    fn hit(&self, place: &Place) -> PlaceHit {
        PlaceHit {
            place_id: place.id.clone(),
            names: place.names.clone(),
            kind: place.kind.clone(),
            kind_name: self.kind_name(&place.kind),
            position: place.position,
            exact: place.exact,
            population: place.population,
            parent: self.parent_label(place),
        }
    }
}
