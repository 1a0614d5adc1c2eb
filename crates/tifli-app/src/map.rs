//! Maps as SVG text for pages that load nothing from elsewhere: the regions of the country with an
//! alert's area, or with one point, on them. It decides nothing and shows no protected value.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tifli_geo::svg::{BaseMap, MapSvg, Projection};
use tifli_geo::{Area, Bounds, CapGeometry, Outline, Shape};
use tifli_pack::{LanguageTag, Pack};
use tifli_units::{Kilometres, Position};

use crate::codes::sha256;
use crate::{App, AppError, AppResult};

/// The largest width of a map, in pixels.
const WIDTH: u32 = 640;
/// The largest height of a map, in pixels.
const HEIGHT: u32 = 480;
/// How much of the country is shown around an area, as a share of the area's box.
const AROUND_AREA: f64 = 0.35;
/// How far a map of one point reaches, in kilometres.
const AROUND_POINT: f64 = 40.0;
/// How many places are tried as names on one map, the most populous first; those that would cover
/// another are left out.
const TRIED: usize = 60;
/// Drawn areas kept in memory; an area that went out is drawn for many readers.
const KEPT: usize = 256;

/// What is drawn on the map of the country.
#[derive(Debug, Default)]
pub(crate) struct OnCountry {
    /// Areas of alerts, canonical.
    pub areas: Vec<String>,
    /// Where children were last seen.
    pub points: Vec<Position>,
    /// Sightings.
    pub sightings: Vec<Position>,
}

type Bases = HashMap<(String, LanguageTag), Arc<BaseMap>>;

/// Base maps by country and language: prepared once, because that walks every border.
static BASES: OnceLock<Mutex<Bases>> = OnceLock::new();

/// Drawings by the hash of what they show.
static DRAWN: OnceLock<Mutex<HashMap<[u8; 32], Arc<str>>>> = OnceLock::new();

impl App {
    /// The map of an alert's frozen area. `title` is what a screen reader says in its place.
    pub fn alert_map_svg(
        &self,
        canonical: &str,
        language: &str,
        title: &str,
    ) -> AppResult<Arc<str>> {
        let key = [self.pack().code(), language, title, canonical].join("\0");
        let key = sha256(key.as_bytes());
        let drawn = DRAWN.get_or_init(Mutex::default);
        let lock = || drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(svg) = lock().get(&key) {
            return Ok(Arc::clone(svg));
        }
        let area = self.read_area(canonical)?;
        let svg: Arc<str> = self.draw_area(&area, language, title)?.into();
        let mut kept = lock();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&svg));
        Ok(svg)
    }

    /// The map of one point and the country around it. Never kept: a point may be protected.
    pub fn point_map_svg(&self, point: Position, language: &str, title: &str) -> AppResult<String> {
        let reach = Kilometres::new(AROUND_POINT).ok_or_else(|| AppError::internal("reach"))?;
        let bounds = Bounds::of_circle(point, reach);
        let base = self.base_map(language)?;
        let map = MapSvg::new(Projection::fit(bounds, WIDTH, HEIGHT), title);
        let map = map.base(&base).point(point);
        Ok(self.named(map, bounds, language)?.render())
    }

    /// The map of the whole country with areas, points and sightings on it. Never kept: points may be protected.
    pub(crate) fn country_map_svg(
        &self,
        drawn: &OnCountry,
        (language, title): (&str, &str),
    ) -> AppResult<String> {
        let base = self.base_map(language)?;
        let bounds = base.bounds().ok_or_else(|| AppError::internal("regions"))?;
        let bounds = bounds.padded(0.02);
        let mut map = MapSvg::new(Projection::fit(bounds, WIDTH, WIDTH), title).base(&base);
        for area in &drawn.areas {
            map = map.shape(self.read_area(area)?.shape());
        }
        for point in &drawn.points {
            map = map.point(*point);
        }
        for sighting in &drawn.sightings {
            map = map.sighting(*sighting);
        }
        Ok(self.named(map, bounds, language)?.render())
    }

    fn draw_area(&self, area: &Area, language: &str, title: &str) -> AppResult<String> {
        let bounds = area.shape().bounds().padded(AROUND_AREA);
        let base = self.base_map(language)?;
        let mut map = MapSvg::new(Projection::fit(bounds, WIDTH, HEIGHT), title)
            .base(&base)
            .shape(area.shape());
        let cut = match area.shape() {
            Shape::Regions(_) => None,
            _ => area.to_cap(Some(self.pack().outline())).ok(),
        };
        if let Some(CapGeometry::Polygons(rings)) = cut {
            for ring in &rings {
                map = map.kept(ring);
            }
        }
        Ok(self.named(map, bounds, language)?.render())
    }

    /// Puts the names of the most populous towns in view on a map. What has borders of its own (a region, a
    /// province) has no dot.
    fn named<'m>(
        &self,
        mut map: MapSvg<'m>,
        bounds: Bounds,
        language: &str,
    ) -> AppResult<MapSvg<'m>> {
        let language = tag(language)?;
        let mut places: Vec<_> = self
            .pack()
            .places()
            .labelling()
            .filter(|place| place.population > 0 && bounds.contains(place.position))
            .collect();
        places.sort_by_key(|place| std::cmp::Reverse(place.population));
        for place in places.into_iter().take(TRIED) {
            map = map.place(place.position, place.names.get(language));
        }
        Ok(map)
    }

    fn base_map(&self, language: &str) -> AppResult<Arc<BaseMap>> {
        let language = tag(language)?;
        let bases = BASES.get_or_init(Mutex::default);
        let mut bases = bases.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (self.pack().code().to_owned(), language);
        if let Some(base) = bases.get(&key) {
            return Ok(Arc::clone(base));
        }
        let base = Arc::new(build(self.pack(), language)?);
        bases.insert(key, Arc::clone(&base));
        Ok(base)
    }
}

/// The regions of a pack with their names in one language.
fn build(pack: &Pack, language: LanguageTag) -> AppResult<BaseMap> {
    let damaged = || AppError::internal("regions");
    let json: serde_json::Value =
        serde_json::from_str(pack.regions_geojson()).map_err(|_| damaged())?;
    let features = json.get("features").and_then(serde_json::Value::as_array);
    let mut regions = Vec::new();
    for feature in features.ok_or_else(damaged)? {
        let outline = Outline::from_geojson(&feature.to_string()).map_err(|_| damaged())?;
        let name = &feature["properties"][format!("name_{language}")];
        regions.push((name.as_str().unwrap_or_default().to_owned(), outline));
    }
    Ok(BaseMap::new(
        regions
            .iter()
            .map(|(name, outline)| (name.as_str(), outline)),
    ))
}

fn tag(language: &str) -> AppResult<LanguageTag> {
    language.parse().map_err(|_| AppError::internal("language"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestHouse;

    #[test]
    fn every_pack_has_a_base_map_in_every_language() {
        for code in Pack::codes() {
            let pack = Pack::load(&code).unwrap();
            for language in LanguageTag::ALL {
                let base = build(&pack, language).unwrap();
                assert!(base.bounds().is_some(), "{code} {language}");
            }
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn towns_are_named_the_largest_first_and_regions_are_not() {
        let house = TestHouse::new().await;
        let rabat = Position::new(34.02, -6.83).unwrap();
        let svg = house.app.point_map_svg(rabat, "fr", "map").unwrap();
        let names: Vec<&str> = svg
            .split("text-anchor=\"middle\">")
            .skip(1)
            .filter_map(|rest| rest.split('<').next())
            .collect();
        assert!(names.contains(&"Salé"), "{names:?}");
        assert!(
            !names.iter().any(|name| name.contains("Rabat-Salé")),
            "{names:?}"
        );
    }
}
