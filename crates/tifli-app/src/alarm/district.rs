//! Which district a first alarm goes to: the one chosen by hand, else the one whose seat is nearest to
//! a place of the gazetteer that the line names.

use tifli_geo::distance;
use tifli_pack::fold;

use crate::{App, AppError, AppResult};

/// Most words of a place's name that are looked for in a line.
const WORDS: usize = 4;
/// Letters that Arabic writes in front of a place without a blank: in, to, from, and.
const IN_FRONT: [char; 4] = ['ب', 'ل', 'و', 'ف'];
/// Fewest letters of a name that is looked for.
const LETTERS: usize = 3;

impl App {
    /// The place of the gazetteer that a line names: the longest name, and of those the most populous.
    pub(crate) fn find_place_in(&self, line: &str) -> Option<String> {
        let folded = fold(line);
        let words: Vec<&str> = folded
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter(|word| !word.is_empty())
            .collect();
        for length in (1..=WORDS.min(words.len())).rev() {
            for window in words.windows(length) {
                let name = window.join(" ");
                let found = self.find_named(&name).or_else(|| {
                    let bare = name.strip_prefix(IN_FRONT)?;
                    self.find_named(bare)
                });
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// The district chosen, else the one nearest to the place.
    pub(super) fn competent(&self, chosen: &str, place: Option<&str>) -> AppResult<String> {
        let pack = self.pack();
        if !chosen.is_empty() {
            return match pack.district(chosen) {
                Some(district) => Ok(district.id.clone()),
                None => Err(AppError::field("district", "not_an_answer")),
            };
        }
        let Some(place) = place.and_then(|id| pack.places().find(id)) else {
            return Err(AppError::field("district", "district_needed"));
        };
        let seated = pack.districts().iter().filter_map(|district| {
            let away = distance(district.seat?, place.position).get();
            Some((away, &district.id))
        });
        let nearest = seated.min_by(|(a, _), (b, _)| a.total_cmp(b));
        nearest
            .map(|(_, district)| district.clone())
            .ok_or_else(|| AppError::field("district", "district_needed"))
    }

    fn find_named(&self, name: &str) -> Option<String> {
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        if letters < LETTERS {
            return None;
        }
        let places = self.pack().places();
        let hit = places.search(name, 1).into_iter().next()?;
        let place = places.find(&hit.place_id)?;
        let named = place.names.iter().map(|(_, name)| name);
        let mut spellings = named.chain(place.alternates.iter().map(String::as_str));
        spellings
            .any(|spelling| fold(spelling) == name)
            .then_some(hit.place_id)
    }
}
