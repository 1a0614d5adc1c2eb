//! What a pack must hold to be loaded.

use tifli_pack::{LanguageTag, Pack, PackError, PackParts};

fn with(path: &str, from: &str, to: &str) -> Result<Pack, PackError> {
    let mut parts = PackParts::embedded("ma").unwrap();
    let text = parts.get(path).unwrap().to_owned();
    assert!(text.contains(from), "{path} does not hold {from}");
    parts.insert(path, text.replacen(from, to, 1));
    Pack::from_parts("ma", &parts)
}

fn refused(path: &str, from: &str, to: &str, why: &str) {
    let error = with(path, from, to)
        .map(|_| "loaded")
        .unwrap_err()
        .to_string();
    assert!(error.contains(why), "expected `{why}` in: {error}");
}

#[test]
fn the_built_in_packs_load_and_an_unknown_one_does_not() {
    assert_eq!(Pack::codes(), ["ma", "qa"]);
    let ma = Pack::load("ma").unwrap();
    assert_eq!(ma.default_radius().kilometres().get(), 160.0);
    assert_eq!(ma.zone_name(), "Africa/Casablanca");
    assert_eq!(ma.call().number, "19");
    assert!(ma.districts().len() >= 12);
    assert_eq!(
        ma.district("dakhla").unwrap().name.get(LanguageTag::AR),
        "الداخلة"
    );
    assert!(ma.district("nowhere").is_none());
    assert_eq!(ma.choices("relations").unwrap()[0].id, "father");
    let qa = Pack::load("qa").unwrap();
    assert_eq!(qa.languages().suffice, [LanguageTag::AR, LanguageTag::EN]);
    assert!(qa.districts().len() >= 3);
    assert!(matches!(Pack::load("../ma"), Err(PackError::Unknown(_))));
}

#[test]
fn a_missing_or_unknown_key_is_refused() {
    refused("pack.toml", "zone = \"Africa/Casablanca\"", "", "zone");
    refused(
        "pack.toml",
        "ceiling_hours = 24",
        "ceiling_hours = 24\nceiling = 1",
        "ceiling",
    );
    refused(
        "pack.toml",
        "Africa/Casablanca",
        "Africa/Nowhere",
        "time zone",
    );
    refused(
        "templates/fr.toml",
        "[ended]\nheadline",
        "[ended]\ntitle",
        "title",
    );
    refused(
        "templates/ar.toml",
        "two = \"سنتان\"",
        "",
        "Two has no words",
    );
    refused("places/osm.csv", "name_zgh", "name_ber", "name_ber");
}

#[test]
fn a_missing_language_or_file_is_refused() {
    refused(
        "pack.toml",
        ", en = \"Kingdom of Morocco\"",
        "",
        "no words in `en`",
    );
    refused(
        "pack.toml",
        "en = \"Father\"",
        "en = \"\"",
        "no words in `en`",
    );
    for file in ["templates/en.toml", "outline.geojson", "places/hcp.csv"] {
        let mut parts = PackParts::embedded("ma").unwrap();
        assert!(parts.remove(file).is_some());
        let error = Pack::from_parts("ma", &parts)
            .map(|_| "loaded")
            .unwrap_err();
        assert!(matches!(error, PackError::MissingFile(_)), "{error}");
    }
}

#[test]
fn a_broken_rule_is_refused_by_name() {
    refused(
        "pack.toml",
        "validity_hours = 24",
        "validity_hours = 96",
        "alert.validity_hours",
    );
    refused(
        "pack.toml",
        "number = \"19\"",
        "number = \"nineteen\"",
        "call",
    );
    refused(
        "pack.toml",
        "alerts.tifli.ma.invalid",
        "alerts, tifli",
        "cap.sender",
    );
    refused(
        "pack.toml",
        "seat = [33.9959, -6.8498]",
        "seat = [-6.8498, 33.9959]",
        "outside the outline",
    );
    refused(
        "pack.toml",
        "id = \"father\"",
        "id = \"mother\"",
        "stands twice",
    );
    refused(
        "pack.toml",
        "suffice = [\"ar\", \"fr\"]",
        "suffice = [\"zgh\"]",
        "suffice",
    );
}

#[test]
fn a_text_with_an_unknown_variable_or_a_forbidden_word_is_refused() {
    refused(
        "templates/en.toml",
        "{first_name}, {age}",
        "{family_name}, {age}",
        "{family_name}",
    );
    refused(
        "templates/fr.toml",
        "Cette alerte a pris fin\"",
        "{first_name} retrouvé\"",
        "{first_name}",
    );
    refused(
        "templates/fr.toml",
        "Disparition d'enfant",
        "Enlèvement d'enfant",
        "never says",
    );
    refused(
        "templates/ar.toml",
        "اختفاء {child}",
        "اختطاف {child}",
        "never says",
    );
    refused(
        "templates/en.toml",
        "Missing child: {first_name}",
        "Missing child: {first_name",
        "braces",
    );
}

#[test]
fn the_neighbor_across_each_border_is_named_and_the_sea_is_nobodys() {
    use tifli_units::{Position, Radius};
    let named = |code: &str, lat: f64, lon: f64| -> Vec<String> {
        let pack = Pack::load(code).unwrap();
        let center = Position::new(lat, lon).unwrap();
        let shape = tifli_geo::Shape::circle(center, Radius::new(160.0).unwrap());
        let there = |n: &&tifli_pack::Neighbor| {
            tifli_geo::square_km_abroad(&shape, pack.outline(), &n.land) > 50.0
        };
        let neighbors = pack.neighbors().iter().filter(there);
        neighbors.map(|n| n.id.clone()).collect()
    };
    assert_eq!(named("ma", 34.68, -1.91), ["dz"], "Oujda");
    assert_eq!(named("ma", 35.77, -5.80), ["es"], "Tangier");
    assert_eq!(named("ma", 33.57, -7.59), [""; 0], "Casablanca");
    assert_eq!(named("ma", 31.63, -8.00), [""; 0], "Marrakesh");
    assert_eq!(named("qa", 25.2867, 51.5333), ["sa", "bh", "ae"], "Doha");
}

#[test]
fn the_thresholds_of_both_packs_bound_their_rungs() {
    for code in Pack::codes() {
        let pack = Pack::load(&code).unwrap();
        let numbers = pack.qualification().thresholds();
        assert!(numbers.local < numbers.area);
        assert!(pack.default_radius() <= numbers.area, "{code}");
    }
    refused("pack.toml", "from = 22", "from = 24", "hour");
    refused("pack.toml", "local_km = 30", "local_km = 300", "no farther");
}

#[test]
fn every_pack_has_the_words_of_every_paper_in_two_languages_and_asks_for_each_channel() {
    for code in Pack::codes() {
        let pack = Pack::load(&code).unwrap();
        assert_eq!(pack.paper_texts().len(), 2, "{code}");
        for texts in pack.paper_texts() {
            for kind in tifli_domain::paper::PaperKind::ALL {
                let paper = texts.of(kind);
                assert!(
                    !paper.title.is_empty() && !paper.signatures.is_empty(),
                    "{code} {kind:?}"
                );
            }
        }
        let channels: Vec<&str> = pack
            .consent_channels()
            .iter()
            .map(|c| c.id.as_str())
            .collect();
        assert_eq!(
            channels,
            ["own", "meta", "media", "transport", "telecom"],
            "{code}"
        );
        assert!(!pack.articles().is_empty(), "{code}");
    }
}
