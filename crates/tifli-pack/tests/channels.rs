//! What the channels of a pack must hold.

use tifli_domain::Realm;
use tifli_domain::channel::OwnChannel;
use tifli_pack::{Pack, PackError, PackParts};

const FILE: &str = "channels.toml";

fn changed(change: impl FnOnce(String) -> String) -> Result<Pack, PackError> {
    let mut parts = PackParts::embedded("ma").unwrap();
    let text = parts.get(FILE).unwrap().to_owned();
    let new = change(text.clone());
    assert_ne!(text, new, "nothing was changed");
    parts.insert(FILE, new);
    Pack::from_parts("ma", &parts)
}

fn refused(change: impl FnOnce(String) -> String, why: &str) {
    let error = changed(change).map(|_| "loaded").unwrap_err();
    assert!(error.to_string().contains(why), "{error}");
}

/// The file with everything of one channel's legal line left out.
fn without_legal_line(text: &str, id: &str) -> String {
    let parts = text.split("\n[[channel]]\n").map(|part| {
        if !part.starts_with(&format!("id = \"{id}\"")) {
            return part.to_owned();
        }
        let (before, _) = part.split_once("[channel.legal]").unwrap();
        before.to_owned()
    });
    parts.collect::<Vec<_>>().join("\n[[channel]]\n")
}

#[test]
fn a_channel_without_its_legal_line_cannot_be_enabled() {
    for channel in OwnChannel::ALL.iter().copied() {
        let id = channel.as_str();
        refused(
            |text| without_legal_line(&text, id),
            "without its legal line",
        );
    }
    let disabled = changed(|text| {
        let (before, push) = text.split_once("id = \"web_push\"").unwrap();
        let push = push.replacen("\"enabled\"", "\"disabled\"", 1);
        without_legal_line(&format!("{before}id = \"web_push\"{push}"), "web_push")
    });
    let pack = disabled.unwrap();
    assert!(!pack.channel("web_push").unwrap().may_be_used(Realm::Demo));
    assert!(
        pack.channel("public_page")
            .unwrap()
            .may_be_used(Realm::Demo)
    );
    refused(
        |text| text.replacen("DEMO-A-0101/2026", "", 1),
        "no authorization number",
    );
}

#[test]
fn an_invented_authorization_opens_no_channel_of_a_live_house() {
    for code in Pack::codes() {
        let pack = Pack::load(&code).unwrap();
        assert_eq!(pack.channels().len(), OwnChannel::ALL.len());
        for channel in pack.channels() {
            assert!(channel.may_be_used(Realm::Demo) && channel.may_be_used(Realm::Drill));
            assert!(!channel.may_be_used(Realm::Live), "{code} {}", channel.id);
        }
    }
    let real = changed(|text| text.replace("DEMO-", "")).unwrap();
    assert!(
        real.channels()
            .iter()
            .all(|one| one.may_be_used(Realm::Live))
    );
}

#[test]
fn each_channel_stands_once_says_its_consent_and_points_to_the_page() {
    refused(
        |text| text.replacen("id = \"cap_feed\"", "id = \"web_push\"", 1),
        "`cap_feed` stands once",
    );
    refused(
        |text| text.replacen("consent = \"own\"", "consent = \"nobody\"", 1),
        "no consent of the pack",
    );
    refused(
        |text| text.replacen("\"enabled\"", "\"disabled\"", 1),
        "without the page",
    );
    refused(
        |text| text.replacen(", en = \"Public page of the alert\"", "", 1),
        "in every language",
    );
}
