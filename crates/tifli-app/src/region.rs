//! The regions of the country: their names, and which of them an area reaches. For feeds by region; who is inside an
//! area is asked elsewhere.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tifli_geo::{Outline, foreign_share};
use tifli_pack::Pack;

use crate::codes::sha256;
use crate::{App, AppError, AppResult};

/// Areas whose regions are kept in memory; a feed asks for the same few again and again.
const KEPT: usize = 512;

/// A region of the country.
#[derive(Debug, Clone)]
pub struct Region {
    /// Its id in the country pack.
    pub id: String,
    /// Its names: language tag, name.
    pub names: Vec<(String, String)>,
    outline: Outline,
}

impl Region {
    /// Its name in a language, or the first it has.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        let mut names = self.names.iter();
        let own = names.clone().find(|(tag, _)| tag == language);
        own.or(names.next()).map_or("", |(_, name)| name)
    }
}

type Ids = Arc<[String]>;
type ByCountry = HashMap<String, Arc<Vec<Region>>>;

/// The regions of each country: read once, because that walks every border.
static REGIONS: OnceLock<Mutex<ByCountry>> = OnceLock::new();

/// The ids of the regions an area reaches, by the hash of country and area.
static REACHED: OnceLock<Mutex<HashMap<[u8; 32], Ids>>> = OnceLock::new();

impl App {
    /// Every region of the country, in the order of the pack.
    pub fn regions(&self) -> AppResult<Arc<Vec<Region>>> {
        let held = REGIONS.get_or_init(Mutex::default);
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(regions) = held.get(self.pack().code()) {
            return Ok(Arc::clone(regions));
        }
        let regions = Arc::new(read(self.pack())?);
        held.insert(self.pack().code().to_owned(), Arc::clone(&regions));
        Ok(regions)
    }

    /// The ids of the regions that a frozen area reaches, be it with a corner.
    pub(crate) fn regions_reached(&self, canonical: &str) -> AppResult<Ids> {
        let key = sha256([self.pack().code(), canonical].join("\0").as_bytes());
        let held = REACHED.get_or_init(Mutex::default);
        let lock = || held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reached) = lock().get(&key) {
            return Ok(Arc::clone(reached));
        }
        let area = self.read_area(canonical)?;
        let regions = self.regions()?;
        let reached = regions
            .iter()
            .filter(|region| foreign_share(area.shape(), &region.outline) < 1.0);
        let reached: Ids = reached.map(|region| region.id.clone()).collect();
        let mut kept = lock();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&reached));
        Ok(reached)
    }
}

fn read(pack: &Pack) -> AppResult<Vec<Region>> {
    let damaged = || AppError::internal("regions");
    let json: serde_json::Value =
        serde_json::from_str(pack.regions_geojson()).map_err(|_| damaged())?;
    let features = json.get("features").and_then(serde_json::Value::as_array);
    let features = features.ok_or_else(damaged)?.iter();
    let region = |feature: &serde_json::Value| {
        let properties = feature["properties"].as_object().ok_or_else(damaged)?;
        let names = properties.iter().filter_map(|(key, name)| {
            let language = key.strip_prefix("name_")?;
            Some((language.to_owned(), name.as_str()?.to_owned()))
        });
        let id = properties.get("id").and_then(serde_json::Value::as_str);
        Ok(Region {
            id: id.ok_or_else(damaged)?.to_owned(),
            names: names.collect(),
            outline: Outline::from_geojson(&feature.to_string()).map_err(|_| damaged())?,
        })
    };
    features.map(region).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestHouse;

    #[test]
    fn every_pack_has_regions_with_a_name_in_each_language_of_its_pages() {
        for code in Pack::codes() {
            let pack = Pack::load(&code).unwrap();
            let regions = read(&pack).unwrap();
            assert!(regions.len() > 5, "{code}");
            for region in &regions {
                let id = region.id.bytes();
                assert!(id.len() > 0 && id.clone().all(|b| b.is_ascii_alphanumeric()));
                for language in &pack.languages().console {
                    let named = |(tag, name): &(String, String)| {
                        tag == language.as_str() && !name.is_empty()
                    };
                    assert!(
                        region.names.iter().any(named),
                        "{code} {} {language}",
                        region.id
                    );
                }
            }
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_area_around_rabat_reaches_its_region_and_not_the_far_south() {
        let house = TestHouse::new().await;
        let app = &house.app;
        let circle = |lat, lon, km| {
            let at = tifli_units::Position::new(lat, lon).unwrap();
            let radius = tifli_units::Radius::new(km).unwrap();
            tifli_geo::Area::new(tifli_geo::Shape::circle(at, radius), None).to_canonical()
        };
        let rabat = app.regions_reached(&circle(34.0, -6.84, 5.0)).unwrap();
        assert_eq!(rabat.len(), 1, "{rabat:?}");
        let wide = app.regions_reached(&circle(34.0, -6.84, 150.0)).unwrap();
        assert!(wide.contains(&rabat[0]) && wide.len() > 1);
        let all = app.regions().unwrap();
        assert!(wide.len() < all.len());
    }
}
