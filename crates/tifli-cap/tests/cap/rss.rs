//! The RSS feed: the same entries as Atom, in the words of RSS.
//!
//! For: `RssFeed`. Not for: serving it.

use expect_test::expect;
use roxmltree::Document;
use tifli_cap::{
    AtomAuthor, AtomEntry, AtomFeed, FeedCategory, Options, RssFeed, Rule, Wrapper, WriteError,
    check_file,
};

use crate::samples::{self, Shape, time};

fn atom() -> AtomFeed {
    let alert = samples::cancel(Shape::Circle);
    let url = "https://alerte.tifli.example/cap/MA-2026-0007-3.xml";
    let mut entry = AtomEntry::of(&alert, url, "fr").expect("a message with info");
    entry.cap_bytes = Some(7_321);
    entry.categories.push(FeedCategory {
        scheme: Some("https://alerte.tifli.example/regions".to_owned()),
        term: "MA-04".to_owned(),
        label: Some("Rabat-Salé-Kénitra".to_owned()),
    });
    AtomFeed {
        id: "https://alerte.tifli.example/feed/fr".to_owned(),
        title: "Tifli".to_owned(),
        updated: time("2026-11-22T12:15:00+01:00"),
        self_link: "https://alerte.tifli.example/feed/fr.atom".to_owned(),
        language: "fr".to_owned(),
        author: AtomAuthor {
            name: "Tifli (exercise)".to_owned(),
            uri: None,
        },
        entries: vec![entry],
    }
}

fn rss() -> RssFeed {
    RssFeed::of(
        &atom(),
        "https://alerte.tifli.example/fr",
        "https://alerte.tifli.example/feed/fr.rss",
    )
}

#[test]
fn a_feed_of_one_item_is_written_exactly_so() {
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Tifli</title><link>https://alerte.tifli.example/fr</link><description>Tifli (exercise)</description><language>fr</language><lastBuildDate>Sun, 22 Nov 2026 12:15:00 +0100</lastBuildDate><atom:link rel="self" type="application/rss+xml" href="https://alerte.tifli.example/feed/fr.rss"/><item><title>Enlèvement d’enfant – Nour Exemple</title><link>https://alerte.tifli.example/cap/MA-2026-0007-3.xml</link><description>Fille de 7 ans, manteau rouge.
        Appelez le 19.</description><guid isPermaLink="true">https://alerte.tifli.example/cap/MA-2026-0007-3.xml</guid><pubDate>Sun, 22 Nov 2026 12:15:00 +0100</pubDate><category domain="urn:oasis:names:tc:emergency:cap:1.2:category">Rescue</category><category domain="urn:oasis:names:tc:emergency:cap:1.2:category">Safety</category><category domain="https://alerte.tifli.example/regions">MA-04</category><enclosure url="https://alerte.tifli.example/cap/MA-2026-0007-3.xml" length="7321" type="application/cap+xml"/></item></channel></rss>"#]].assert_eq(&rss().to_xml().unwrap());
}

#[test]
fn the_same_categories_stand_in_atom() {
    let xml = atom().to_xml().unwrap();
    let document = Document::parse(&xml).unwrap();
    let found: Vec<_> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "category")
        .map(|node| (node.attribute("term"), node.attribute("label")))
        .collect();
    assert_eq!(
        found,
        [
            (Some("Rescue"), None),
            (Some("Safety"), None),
            (Some("MA-04"), Some("Rabat-Salé-Kénitra")),
        ]
    );
}

#[test]
fn an_id_that_is_no_address_is_no_permanent_link() {
    let mut feed = rss();
    feed.entries[0].id = "urn:uuid:1".to_owned();
    let xml = feed.to_xml().unwrap();
    assert!(xml.contains("<guid isPermaLink=\"false\">urn:uuid:1</guid>"));
}

#[test]
fn both_feeds_are_sound_to_the_checker() {
    for (xml, wrapper) in [
        (atom().to_xml().unwrap(), Wrapper::Atom),
        (rss().to_xml().unwrap(), Wrapper::Rss),
    ] {
        let verdict = check_file(xml.as_bytes(), &Options::default());
        assert_eq!((verdict.valid, verdict.wrapper), (true, wrapper));
        let codes: Vec<_> = verdict.findings.iter().map(|one| one.code).collect();
        assert_eq!(codes, ["no-message"], "alerts are linked to, not inside");
    }
}

#[test]
fn faults_of_a_feed_are_refused_by_name() {
    let mut bad = rss();
    bad.link = "fr".to_owned();
    bad.description = " ".to_owned();
    bad.entries[0].categories[0].term = String::new();
    bad.entries.push(bad.entries[0].clone());
    bad.entries[1].categories.clear();
    let Err(WriteError::Refused(faults)) = bad.to_xml() else {
        panic!("refused")
    };
    let found: Vec<_> = faults
        .iter()
        .map(|fault| (fault.at.as_str(), fault.rule))
        .collect();
    assert_eq!(
        found,
        [
            ("channel.link", Rule::BadUri),
            ("channel.description", Rule::Blank),
            ("item[0].category[0].term", Rule::Blank),
            ("item[1].id", Rule::RepeatedId),
        ]
    );
}
