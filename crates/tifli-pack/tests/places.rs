//! The gazetteer: any spelling finds the place, and the people add up.

use tifli_geo::{Shape, Target};
use tifli_pack::{LanguageTag, Pack};
use tifli_units::{Position, Radius};

fn pack(code: &str) -> Pack {
    Pack::load(code).unwrap_or_else(|e| panic!("{code}: {e}"))
}

fn first(pack: &Pack, query: &str) -> String {
    let hits = pack.places().search(query, 8);
    let hit = hits
        .first()
        .unwrap_or_else(|| panic!("nothing for {query}"));
    hit.names.get(LanguageTag::FR).to_owned()
}

fn within(pack: &Pack, lat: f64, lon: f64, km: f64) -> u64 {
    let center = Position::new(lat, lon).unwrap();
    let shape = Shape::circle(center, Radius::new(km).unwrap());
    pack.residents(&Target::new(&shape, Some(pack.outline())))
}

#[test]
fn casablanca_is_found_by_every_spelling() {
    let ma = pack("ma");
    for query in [
        "Casa",
        "casa",
        "Casablanca",
        "casablanca",
        "CASABLANCA",
        "Casablnca",
        "kasablanka",
        "الدار البيضاء",
        "الدارالبيضاء",
        "الدار البيضا",
        "دار البيضاء",
        "كازا",
        "ⴰⵏⴼⴰ",
        "Dar el Beida",
    ] {
        assert_eq!(first(&ma, query), "Casablanca", "{query}");
    }
    let hit = &ma.places().search("Casa", 1)[0];
    assert!(hit.population > 3_000_000 && hit.kind == "commune");
    assert!(
        hit.parent
            .get(LanguageTag::FR)
            .contains("Casablanca-Settat")
    );
}

#[test]
fn other_towns_are_found_by_every_spelling() {
    let ma = pack("ma");
    for (query, name) in [
        ("Béni Mellal", "Béni Mellal"),
        ("beni mellal", "Béni Mellal"),
        ("beni melal", "Béni Mellal"),
        ("mellal", "Béni Mellal"),
        ("بني ملال", "Béni Mellal"),
        ("Fez", "Fès"),
        ("فاس", "Fès"),
        ("tangier", "Tanger"),
        ("ⵟⴰⵏⵊⴰ", "Tanger"),
        ("Marrakesh", "Marrakech"),
        ("marakech", "Marrakech"),
        ("مراكش", "Marrakech"),
        ("laayoune", "Laâyoune"),
        ("العيون", "Laâyoune"),
        ("رباط", "Rabat"),
        ("وجده", "Oujda"),
        ("Oued Ed-Dahab", "Oued Ed-Dahab"),
    ] {
        assert_eq!(first(&ma, query), name, "{query}");
    }
    let qa = pack("qa");
    for (query, name) in [
        ("الدوحه", "Doha"),
        ("doha", "Doha"),
        ("lusail", "Lusail"),
        ("لوسيل", "Lusail"),
    ] {
        assert_eq!(first(&qa, query), name, "{query}");
    }
}

#[test]
fn nonsense_finds_nothing_and_the_limit_holds() {
    let ma = pack("ma");
    for query in ["", "  ", "%_", "zzzzqqqq", "\u{202e}"] {
        assert!(ma.places().search(query, 8).is_empty(), "{query:?}");
    }
    assert_eq!(ma.places().search("a", 5).len(), 5);
    assert!(ma.places().search("a", 0).is_empty());
}

#[test]
fn the_census_adds_up_to_the_country() {
    let ma = pack("ma");
    assert_eq!(ma.communes().map(|r| r.population).sum::<u64>(), 36_828_330);
    let whole = within(&ma, 28.5, -9.0, 1_000.0);
    assert!(whole > 36_700_000, "{whole}");
    let rabat = within(&ma, 34.02, -6.84, 160.0);
    assert!((10_000_000..20_000_000).contains(&rabat), "{rabat}");
    let qatar = within(&pack("qa"), 25.29, 51.53, 160.0);
    assert!((1_500_000..3_000_000).contains(&qatar), "{qatar}");
}

#[test]
fn a_point_is_labelled_by_the_place_nearest_to_it() {
    let ma = pack("ma");
    let label = |lat, lon| {
        let place = ma.places().nearest(Position::new(lat, lon).unwrap());
        place.names.get(LanguageTag::FR).to_owned()
    };
    assert_eq!(label(34.013, -6.832), "Rabat");
    assert_eq!(label(23.69, -15.94), "Dakhla");
}

#[test]
fn every_place_has_a_name_a_known_parent_and_lies_in_the_country() {
    for code in Pack::codes() {
        let pack = pack(&code);
        for place in pack.places().iter() {
            assert!(!place.names.get(LanguageTag::FR).is_empty(), "{}", place.id);
            assert!(pack.outline().contains(place.position), "{}", place.id);
            if let Some(parent) = &place.parent {
                assert!(pack.places().find(parent).is_some(), "{}", place.id);
            }
        }
    }
}

#[test]
fn every_shape_of_the_map_is_a_place_of_the_gazetteer() {
    for (code, shapes) in [("ma", 12), ("qa", 7)] {
        let pack = pack(code);
        let map: serde_json::Value = serde_json::from_str(pack.regions_geojson()).unwrap();
        let features = map["features"].as_array().unwrap();
        assert_eq!(features.len(), shapes);
        for feature in features {
            let id = feature["properties"]["id"].as_str().unwrap();
            assert!(pack.places().find(id).is_some(), "{id}");
        }
    }
}

#[test]
fn a_place_without_a_position_of_its_own_says_so() {
    let ma = pack("ma");
    let quarter = &ma.places().search("Agdal Riyad", 1)[0];
    assert_eq!(quarter.kind, "arrondissement");
    assert!(!quarter.exact);
    let city = &ma.places().search("Rabat", 1)[0];
    assert!(city.exact);
    assert_eq!(quarter.position, city.position);
}
