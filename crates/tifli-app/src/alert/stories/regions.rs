//! Stories of areas that are regions and provinces of the country: what is refused, how they are named, what a CAP
//! message says of them, which feeds they are in.

use tifli_domain::area::AreaSpec;
use tifli_domain::id::MessageId;
use tifli_geo::Shape;
use tifli_pack::LanguageTag;
use tifli_units::Position;

use super::Story;
use crate::alert::DraftChange;
use crate::testing::TestHouse;
use crate::{App, AppError};

fn named(ids: &[&str]) -> AreaSpec {
    AreaSpec::Regions {
        ids: ids.iter().map(|id| (*id).to_owned()).collect(),
    }
}

fn change(ids: &[&str]) -> DraftChange {
    DraftChange {
        area: Some(named(ids)),
        ..DraftChange::default()
    }
}

impl Story {
    async fn drafted_for(&self, ids: &[&str]) -> MessageId {
        let version = self.begin().await;
        let app = &self.house.app;
        let saved = app.save_draft(&self.officer, version, change(ids)).await;
        saved.unwrap();
        version
    }
}

fn refused(app: &App, ids: &[&str]) -> Vec<(String, String)> {
    let error: AppError = app.freeze_area(&named(ids)).err().unwrap();
    let problems = error.problems.into_iter();
    problems.map(|one| (one.field, one.code)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn none_an_unknown_one_one_of_another_country_and_one_twice_are_refused_beside_the_regions() {
    let story = Story::new().await;
    let app = &story.house.app;
    let many: Vec<String> = app
        .provinces()
        .unwrap()
        .iter()
        .map(|one| one.id.clone())
        .collect();
    assert_eq!(many.len(), 75);
    for (ids, code) in [
        (&[][..], "regions_none"),
        (&["r99"], "region_unknown"),
        (&["r04", "mDA"], "region_unknown"),
        (&["R04"], "region_unknown"),
        (&[""], "region_unknown"),
        (&["r04", "r03", "r04"], "regions_repeated"),
    ] {
        assert_eq!(refused(app, ids), [("regions".to_owned(), code.to_owned())]);
    }
    let version = story.begin().await;
    let app = &story.house.app;
    let saved = app
        .save_draft(&story.officer, version, change(&["r99"]))
        .await;
    assert_eq!(saved.err().unwrap().problems[0].field, "regions");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_region_and_province_of_each_country_makes_an_area_with_its_residents() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let pack = app.pack();
    let mut told = 0;
    for one in app
        .regions()
        .unwrap()
        .iter()
        .chain(app.provinces().unwrap().iter())
    {
        let area = app.freeze_area(&named(&[&one.id])).unwrap();
        let target = app.target(&area).unwrap();
        let residents = pack.residents(&target);
        assert!(residents > 0, "{} has residents", one.id);
        told += u64::from(one.region.is_none()) * residents;
        let again = app.read_area(&area.to_canonical()).unwrap();
        assert_eq!(again, area, "{}", one.id);
        assert_eq!(app.foreign(&area), 0.0);
        assert!(app.parts_abroad(&area).is_empty());
    }
    let census: u64 = pack.communes().map(|commune| commune.population).sum();
    let share = told as f64 / census as f64;
    assert!(
        (0.99..=1.0).contains(&share),
        "the regions hold {share} of all"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_resident_of_the_country_lives_between_two_chosen_regions() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let ids: Vec<String> = app
        .regions()
        .unwrap()
        .iter()
        .map(|one| one.id.clone())
        .collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let area = app.freeze_area(&named(&ids)).unwrap();
    let target = app.target(&area).unwrap();
    for commune in app.pack().communes() {
        let cell = tifli_geo::Cell::at(commune.position);
        assert!(target.covers(cell), "{:?}", commune.position);
    }
    let each: Vec<_> = ids
        .iter()
        .map(|id| app.freeze_area(&named(&[id])).unwrap())
        .collect();
    let each: Vec<_> = each.iter().map(|area| app.target(area).unwrap()).collect();
    for step in 0..4_000 {
        let (lat, lon) = (f64::from(step / 63), f64::from(step % 63));
        let p = Position::new(27.7 + lat * 0.13, -13.0 + lon * 0.19).unwrap();
        let held = each
            .iter()
            .filter(|target| target.contains_point(p))
            .count();
        assert!(held <= 1, "{p:?} is in two regions");
        assert_eq!(target.contains_point(p), held == 1, "{p:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_province_of_a_chosen_region_adds_nothing_to_it() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let both = app.freeze_area(&named(&["p04421", "r04"])).unwrap();
    assert_eq!(both, app.freeze_area(&named(&["r04"])).unwrap());
    let two = app.freeze_area(&named(&["p04441", "p04421"])).unwrap();
    assert_eq!(app.region_names(&two, "fr").unwrap(), ["Rabat", "Salé"]);
    let Shape::Regions(regions) = two.shape() else {
        panic!("provinces are regions by name");
    };
    assert_eq!(regions.parts().len(), 2);
    let reached = app.regions_reached(&two.to_canonical()).unwrap();
    assert_eq!(reached.as_ref(), ["r04"], "feeds are by region");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_names_each_region_in_the_language_of_its_info_with_its_code_and_the_same_rings()
{
    let story = Story::new().await;
    let version = story.drafted_for(&["r04", "p03061"]).await;
    let app = &story.house.app;
    let submitted = story.submit(version).await;
    let screen = app.screen(&story.approver, version).await.unwrap();
    assert_eq!(submitted.binding.message, version);
    let alert = tifli_cap::parse(&app.cap_xml(&screen.message).unwrap()).unwrap();
    let names = |language: &str| {
        let info = alert.find_info(language).unwrap();
        let names = info.area.iter().map(|area| area.area_desc.clone());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names("fr"), ["Meknès", "Rabat-Salé-Kénitra"]);
    assert_eq!(names("ar"), ["مكناس", "الرباط-سلا-القنيطرة"]);
    assert_eq!(names("en"), ["Meknes", "Rabat-Sale-Kenitra"]);
    for info in &alert.info {
        let codes: Vec<_> = info.area.iter().map(|area| &area.geocode[0]).collect();
        assert!(codes.iter().all(|code| code.value_name == "ISO 3166-2"));
        assert_eq!(codes[1].value, "MA-04");
        for (area, first) in info.area.iter().zip(&alert.info[0].area) {
            assert_eq!(
                area.polygon, first.polygon,
                "the same rings in each language"
            );
            assert!(!area.polygon.is_empty() && area.circle.is_empty());
        }
    }
    let french = screen.message.text("fr").unwrap();
    assert_eq!(french.area, "Meknès, Rabat-Salé-Kénitra");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_regions_some_are_told_by_name_in_a_line_and_the_others_counted() {
    let story = Story::new().await;
    let ids = [
        "p01511", "p01571", "p03061", "p03231", "p04281", "p04421", "p04441",
    ];
    let version = story.drafted_for(&ids).await;
    story.submit(version).await;
    let app = &story.house.app;
    let screen = app.screen(&story.approver, version).await.unwrap();
    let words =
        |language: LanguageTag| screen.message.text(language.as_str()).unwrap().area.clone();
    let french = "Tanger-Assilah, Tétouan, Meknès, Fès et 3 autres";
    assert_eq!(words(LanguageTag::FR), french);
    assert!(words(LanguageTag::EN).ends_with("and 3 more"));
    assert!(words(LanguageTag::AR).ends_with("ومناطق أخرى عددها 3"));
    let area = app.read_area(&screen.message.area).unwrap();
    assert_eq!(app.region_names(&area, "fr").unwrap().len(), 7);
    let map = app
        .alert_map_svg(&screen.message.area, "fr", "carte")
        .unwrap();
    assert!(map.matches("class=\"map-kept\"").count() >= 7);
    assert!(map.len() < 60_000, "{} bytes", map.len());
}
