//! What is handed over: public words and, where it may go, the photo; signed; the same bytes each
//! time; after the end nothing of the child.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tifli_domain::consent::ChannelAnswer;
use tifli_domain::id::HandoverId;
use tifli_domain::intake::Field;
use tifli_domain::partner::{FOLD, HandoverAct};

use super::{Desk, allow};
use crate::partner::sign::KIND;
use crate::testing::TestHouse;
use crate::tip::stories::Out;

/// A word in protected answers.
const SECRET: &str = "KANARIENVOGEL";

/// A desk whose alert has a photo, and a secret in every protected answer.
async fn with_photo() -> Desk {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let secrets = [
        Field::HomeAddress,
        Field::Circumstances,
        Field::ChildFamilyName,
        Field::LastSeenWords,
        Field::ReporterName,
    ]
    .map(|field| (field, SECRET));
    house.answer(&officer, case, &secrets).await;
    let photo = house.app.add_photo(&officer, case, &house.photo(5)).await;
    photo.unwrap();
    allow(&house.app, &officer, case, ChannelAnswer::Given).await;
    let out = Out::alerted(&house, officer, case).await;
    let room = house.room().await;
    Desk { house, out, room }
}

async fn files(desk: &Desk, id: HandoverId) -> BTreeMap<String, Vec<u8>> {
    let zip = desk.house.app.handover_zip(&desk.room, id).await.unwrap();
    let again = desk.house.app.handover_zip(&desk.room, id).await.unwrap();
    assert_eq!(zip, again, "the same bytes each time");
    let mut archive = zip::ZipArchive::new(Cursor::new(zip.bytes)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().to_string();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(name, bytes);
    }
    files
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_gives_photo_posts_cards_and_signed_json_with_the_radius_in_kilometres() {
    let desk = with_photo().await;
    let id = desk.line("meta").await.handover;
    let files = files(&desk, id).await;
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let expected = [
        "alert.json",
        "alert.signed.json",
        "card-ar.txt",
        "card-fr.txt",
        "photo.jpg",
        "post-ar.txt",
        "post-fr.txt",
    ];
    assert_eq!(names, expected);
    assert_eq!(files["photo.jpg"][..3], [0xff, 0xd8, 0xff]);
    let holds = |what: &[u8]| files["photo.jpg"].windows(what.len()).any(|w| w == what);
    assert!(!holds(b"Exif") && !holds(b"http://ns.adobe.com"));
    let json: Value = serde_json::from_slice(&files["alert.json"]).unwrap();
    assert_eq!(json["area"]["radius_km"], 160.0);
    let (lat, lon) = (
        &json["area"]["center_latitude"],
        &json["area"]["center_longitude"],
    );
    assert_eq!(
        lat, 34.01,
        "as the public page has it: coarser than the file"
    );
    let center = format!("{:.5}, {:.5}", lat.as_f64().unwrap(), lon.as_f64().unwrap());
    assert_eq!(json["number_to_call"], "19");
    assert_eq!(json["photo"]["sha256"].as_str().unwrap().len(), 64);
    for language in ["ar", "fr"] {
        let first = json["texts"][language]["first_lines"].as_str().unwrap();
        assert!(
            first.chars().count() <= FOLD && first.ends_with("· 19"),
            "{first}"
        );
        let card = text(&files, &format!("card-{language}.txt"));
        let link = format!("https://tifli.example/{language}/a/{}", desk.out.code);
        assert!(card.contains("160") && card.contains(&link), "{card}");
        assert!(card.contains(&center), "{card}");
    }
    assert!(text(&files, "card-fr.txt").contains("160 km"));
    assert!(text(&files, "card-ar.txt").contains("160 كم"));
    for (name, bytes) in &files {
        let hidden = bytes.windows(SECRET.len()).any(|w| w == SECRET.as_bytes());
        assert!(!hidden, "{name} holds a protected answer");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn media_get_a_link_and_scripts_with_their_length_and_no_picture() {
    let desk = with_photo().await;
    let id = desk.prepare("television").await.unwrap();
    let files = files(&desk, id).await;
    assert!(!files.contains_key("photo.jpg"));
    let json: Value = serde_json::from_slice(&files["alert.json"]).unwrap();
    assert_eq!(json["photo"], Value::Null);
    let radio = text(&files, "radio-fr.txt");
    assert!(radio.starts_with("≈ ") && radio.contains(" s\n"), "{radio}");
    assert!(radio.contains("un, neuf"), "{radio}");
    assert!(text(&files, "radio-ar.txt").contains("واحد، تسعة"));
    assert!(text(&files, "television-ar.txt").contains("https://tifli.example/ar/a/"));
    assert!(!text(&files, "post-fr.txt").contains("photo"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signature_stands_and_any_change_breaks_it() {
    let desk = with_photo().await;
    let id = desk.line("meta").await.handover;
    let app = &desk.house.app;
    let json = app.handover_json(&desk.room, id).await.unwrap();
    let envelope: Value = serde_json::from_slice(&json.bytes).unwrap();
    assert_eq!(envelope["payloadType"], KIND);
    assert_eq!(envelope["signatures"][0]["keyid"], app.handover_key_id());
    let decode = |value: &Value| STANDARD.decode(value.as_str().unwrap()).unwrap();
    let payload = decode(&envelope["payload"]);
    assert_eq!(payload, files(&desk, id).await["alert.json"]);
    let signature = decode(&envelope["signatures"][0]["sig"]);
    let verifier = app.verifier();
    assert!(verifier.verify_handover(KIND, &payload, &signature).is_ok());
    let radius = String::from_utf8(payload).unwrap().replace("160.0", "16.0");
    let changed = verifier.verify_handover(KIND, radius.as_bytes(), &signature);
    assert!(changed.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_end_the_archive_asks_for_withdrawal_and_knows_nothing_of_the_child() {
    let desk = with_photo().await;
    let id = desk.line("meta").await.handover;
    desk.step(id, HandoverAct::Submit).await.unwrap();
    desk.end().await;
    let files = files(&desk, id).await;
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let expected = [
        "alert.json",
        "alert.signed.json",
        "withdrawal-ar.txt",
        "withdrawal-fr.txt",
    ];
    assert_eq!(names, expected);
    let json: Value = serde_json::from_slice(&files["alert.json"]).unwrap();
    assert_eq!(
        (&json["message_type"], &json["area"]),
        (&"Cancel".into(), &Value::Null)
    );
    for (name, bytes) in &files {
        for word in ["Salma", "سلمى", SECRET] {
            let told = bytes.windows(word.len()).any(|w| w == word.as_bytes());
            assert!(!told, "{name} tells of the child");
        }
    }
    let notice = text(&files, "withdrawal-fr.txt");
    assert!(notice.contains("confirmer le retrait"), "{notice}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_real_alert_says_so_in_its_first_word() {
    let desk = with_photo().await;
    let id = desk.line("meta").await.handover;
    let files = files(&desk, id).await;
    assert!(text(&files, "post-fr.txt").starts_with("DÉMONSTRATION"));
    let json: Value = serde_json::from_slice(&files["alert.json"]).unwrap();
    assert_eq!(json["realm"], "demo");
}
