//! The regions and provinces of the country: their names, areas made of them, and which regions an area reaches. Who is
//! inside an area is asked elsewhere.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tifli_geo::{Area, MAX_REGIONS, Outline, RegionPart, Shape, foreign_share};

use crate::codes::sha256;
use crate::{App, AppError, AppResult};

/// Areas whose regions are kept in memory; a feed asks for the same few again and again.
const KEPT: usize = 512;

/// A region or province of the country.
#[derive(Debug, Clone)]
pub struct Region {
    /// Its id in the country pack.
    pub id: String,
    /// Its names: language tag, name.
    pub names: Vec<(String, String)>,
    /// Its ISO 3166-2 code, where it has one.
    pub iso: Option<String>,
    /// The region that a province lies in.
    pub region: Option<String>,
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
type ByCountry = HashMap<String, Layers>;

/// The regions of a country and, within them, its provinces.
#[derive(Clone)]
struct Layers {
    regions: Arc<Vec<Region>>,
    provinces: Arc<Vec<Region>>,
}

/// The regions of each country: read once, because that walks every border.
static REGIONS: OnceLock<Mutex<ByCountry>> = OnceLock::new();

/// The ids of the regions an area reaches, by the hash of country and area.
static REACHED: OnceLock<Mutex<HashMap<[u8; 32], Ids>>> = OnceLock::new();

impl App {
    /// Every region of the country, in the order of the pack.
    pub fn regions(&self) -> AppResult<Arc<Vec<Region>>> {
        Ok(self.layers()?.regions)
    }

    /// Every province, in the order of the pack; none where the pack tells none apart.
    pub fn provinces(&self) -> AppResult<Arc<Vec<Region>>> {
        Ok(self.layers()?.provinces)
    }

    /// The shape of regions and provinces chosen by id. A province of a chosen region adds nothing to it.
    pub(crate) fn shape_of_regions(&self, ids: &[String]) -> AppResult<Shape> {
        let refused = |code| AppError::field("regions", code);
        if ids.is_empty() {
            return Err(refused("regions_none"));
        }
        let layers = self.layers()?;
        if ids.iter().collect::<BTreeSet<_>>().len() < ids.len() {
            return Err(refused("regions_repeated"));
        }
        let found = ids.iter().map(|id| layers.find(id));
        let chosen: Vec<&Region> = found
            .collect::<Option<_>>()
            .ok_or_else(|| refused("region_unknown"))?;
        let held = |region: &&&Region| {
            let within = region.region.as_ref();
            within.is_none_or(|outer| !ids.contains(outer))
        };
        let own = chosen.iter().filter(held);
        let own: Vec<_> = own.map(|one| (one.id.as_str(), &one.outline)).collect();
        if own.len() > MAX_REGIONS {
            return Err(refused("regions_many"));
        }
        Shape::regions(own).map_err(|_| AppError::internal("regions"))
    }

    /// The names of the regions of a frozen area in one language; none of an area that was drawn.
    pub fn region_names(&self, area: &Area, language: &str) -> AppResult<Vec<String>> {
        let Shape::Regions(regions) = area.shape() else {
            return Ok(Vec::new());
        };
        let layers = self.layers()?;
        let name = |part: &RegionPart| {
            let region = layers.find(part.id());
            region.map_or_else(|| part.id().to_owned(), |one| one.name(language).to_owned())
        };
        Ok(regions.parts().iter().map(name).collect())
    }

    /// The region or province of an id.
    pub(crate) fn find_region(&self, id: &str) -> AppResult<Option<Region>> {
        Ok(self.layers()?.find(id).cloned())
    }

    fn layers(&self) -> AppResult<Layers> {
        let held = REGIONS.get_or_init(Mutex::default);
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(layers) = held.get(self.pack().code()) {
            return Ok(layers.clone());
        }
        let layers = Layers {
            regions: Arc::new(read(self.pack().regions_geojson())?),
            provinces: match self.pack().provinces_geojson() {
                Some(text) => Arc::new(read(text)?),
                None => Arc::default(),
            },
        };
        held.insert(self.pack().code().to_owned(), layers.clone());
        Ok(layers)
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
        let layers = self.layers()?;
        let named = layers.named(area.shape());
        let reaches = |region: &&Region| match &named {
            Some(named) => named.contains(&region.id),
            None => foreign_share(area.shape(), &region.outline) < 1.0,
        };
        let reached = layers.regions.iter().filter(reaches);
        let reached: Ids = reached.map(|region| region.id.clone()).collect();
        let mut kept = lock();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&reached));
        Ok(reached)
    }
}

impl Layers {
    fn find(&self, id: &str) -> Option<&Region> {
        let mut all = self.regions.iter().chain(self.provinces.iter());
        all.find(|region| region.id == id)
    }

    /// The regions that an area chosen by name lies in; `None` for one that was drawn. Its neighbors share a border with
    /// it and are not reached.
    fn named(&self, shape: &Shape) -> Option<BTreeSet<String>> {
        let Shape::Regions(regions) = shape else {
            return None;
        };
        let region =
            |part: &RegionPart| match self.find(part.id()).and_then(|one| one.region.clone()) {
                Some(outer) => outer,
                None => part.id().to_owned(),
            };
        Some(regions.parts().iter().map(region).collect())
    }
}

fn read(geojson: &str) -> AppResult<Vec<Region>> {
    let damaged = || AppError::internal("regions");
    let json: serde_json::Value = serde_json::from_str(geojson).map_err(|_| damaged())?;
    let features = json.get("features").and_then(serde_json::Value::as_array);
    let features = features.ok_or_else(damaged)?.iter();
    let region = |feature: &serde_json::Value| {
        let properties = feature["properties"].as_object().ok_or_else(damaged)?;
        let names = properties.iter().filter_map(|(key, name)| {
            let language = key.strip_prefix("name_")?;
            Some((language.to_owned(), name.as_str()?.to_owned()))
        });
        let word = |key: &str| Some(properties.get(key)?.as_str()?.to_owned());
        Ok(Region {
            id: word("id").ok_or_else(damaged)?,
            iso: word("iso"),
            region: word("region"),
            names: names.collect(),
            outline: Outline::from_geojson(&feature.to_string()).map_err(|_| damaged())?,
        })
    };
    features.map(region).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tifli_pack::Pack;

    use crate::testing::TestHouse;

    #[test]
    fn every_pack_has_regions_with_a_name_in_each_language_of_its_pages() {
        for code in Pack::codes() {
            let pack = Pack::load(&code).unwrap();
            let regions = read(pack.regions_geojson()).unwrap();
            assert!(regions.len() > 5, "{code}");
            let provinces = pack.provinces_geojson().map(|text| read(text).unwrap());
            for region in regions.iter().chain(provinces.iter().flatten()) {
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
