//! The Atom feed: one entry a message, in one language, well-formed whatever the texts are.
//!
//! For: `AtomFeed`. Not for: serving it.

use expect_test::expect;
use proptest::prelude::*;
use roxmltree::Document;
use tifli_cap::{AtomAuthor, AtomEntry, AtomFeed, CONTENT_TYPE, Rule, WriteError};

use crate::arbitrary::any_text;
use crate::samples::{self, Shape, time};

const ATOM: &str = "http://www.w3.org/2005/Atom";

fn feed(language: &str) -> AtomFeed {
    let messages = [
        samples::cancel(Shape::Circle),
        samples::update(Shape::Circle),
        samples::alert(Shape::Circle),
    ];
    let entry = |message: &tifli_cap::Alert| {
        let url = format!(
            "https://alerte.tifli.example/cap/{}.xml",
            message.identifier
        );
        AtomEntry::of(message, &url, language).expect("a message with info")
    };
    AtomFeed {
        id: format!("https://alerte.tifli.example/feed/{language}"),
        title: "Tifli".to_owned(),
        updated: time("2026-11-22T12:15:00+01:00"),
        self_link: format!("https://alerte.tifli.example/feed/{language}.atom"),
        language: language.to_owned(),
        author: AtomAuthor {
            name: "Tifli (exercise)".to_owned(),
            uri: None,
        },
        entries: messages.iter().map(entry).collect(),
    }
}

#[test]
fn a_feed_of_one_entry_is_written_exactly_so() {
    let mut one = feed("fr");
    one.entries.truncate(1);
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><id>https://alerte.tifli.example/feed/fr</id><title>Tifli</title><updated>2026-11-22T12:15:00+01:00</updated><link rel="self" type="application/atom+xml" href="https://alerte.tifli.example/feed/fr.atom"/><author><name>Tifli (exercise)</name></author><entry><id>https://alerte.tifli.example/cap/MA-2026-0007-3.xml</id><title>Enlèvement d’enfant – Nour Exemple</title><updated>2026-11-22T12:15:00+01:00</updated><published>2026-11-22T12:15:00+01:00</published><link rel="alternate" type="application/cap+xml" href="https://alerte.tifli.example/cap/MA-2026-0007-3.xml"/><summary>Fille de 7 ans, manteau rouge.
        Appelez le 19.</summary><category term="Rescue" scheme="urn:oasis:names:tc:emergency:cap:1.2:category"/><category term="Safety" scheme="urn:oasis:names:tc:emergency:cap:1.2:category"/></entry></feed>"#]].assert_eq(&one.to_xml().unwrap());
}

#[test]
fn each_language_has_its_own_words_and_the_same_entries() {
    for (language, word) in [("ar", "اختطاف"), ("fr", "Enlèvement"), ("en", "abduction")] {
        let xml = feed(language).to_xml().unwrap();
        let document = Document::parse(&xml).unwrap();
        let root = document.root_element();
        let lang = root.attribute(("http://www.w3.org/XML/1998/namespace", "lang"));
        assert_eq!(lang, Some(language));
        let titles: Vec<_> = texts(&document, "title");
        assert_eq!(titles.len(), 4);
        assert!(
            titles[1..].iter().all(|title| title.contains(word)),
            "{titles:?}"
        );
        assert_eq!(texts(&document, "id").len(), 4);
    }
}

#[test]
fn each_entry_links_to_its_cap_document() {
    let xml = feed("en").to_xml().unwrap();
    let document = Document::parse(&xml).unwrap();
    let links: Vec<_> = document
        .descendants()
        .filter(|node| {
            node.has_tag_name((ATOM, "link")) && node.attribute("type") == Some(CONTENT_TYPE)
        })
        .map(|node| node.attribute("href").unwrap().to_owned())
        .collect();
    let expected =
        [3, 2, 1].map(|n| format!("https://alerte.tifli.example/cap/MA-2026-0007-{n}.xml"));
    assert_eq!(links, expected);
}

#[test]
fn a_message_without_info_makes_no_entry_of_itself() {
    let mut bare = samples::cancel(Shape::Circle);
    bare.info.clear();
    assert_eq!(
        AtomEntry::of(&bare, "https://alerte.tifli.example/cap/3.xml", "fr"),
        None
    );
}

#[test]
fn a_feed_without_entries_is_sound() {
    let mut empty = feed("zgh");
    empty.entries.clear();
    assert!(empty.to_xml().is_ok());
}

#[test]
fn faults_of_a_feed_are_refused_by_name() {
    let mut bad = feed("fr");
    bad.self_link = "/feed.atom".to_owned();
    bad.title = "Tifli\u{0}".to_owned();
    bad.entries[1].id = bad.entries[0].id.clone();
    bad.entries[2].summary = Some("\u{202E}".to_owned());
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
            ("feed.title", Rule::ControlCharacter),
            ("feed.self_link", Rule::BadUri),
            ("entry[1].id", Rule::RepeatedId),
            ("entry[2].summary", Rule::BidiControl),
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_in_a_feed_is_refused_or_reads_back(text in any_text(), place in 0..4_usize) {
        let mut drawn = feed("fr");
        match place {
            0 => drawn.title = text.clone(),
            1 => drawn.author.name = text.clone(),
            2 => drawn.entries[0].title = text.clone(),
            _ => drawn.entries[0].summary = Some(text.clone()),
        }
        if let Ok(xml) = drawn.to_xml() {
            let document = Document::parse(&xml).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let name = ["title", "name", "title", "summary"][place];
            prop_assert!(texts(&document, name).contains(&text));
        }
    }
}

fn texts(document: &Document<'_>, name: &str) -> Vec<String> {
    document
        .descendants()
        .filter(|node| node.has_tag_name((ATOM, name)))
        .map(|node| node.text().unwrap_or_default().to_owned())
        .collect()
}
