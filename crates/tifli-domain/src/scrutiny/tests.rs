//! Every finding is found where it stands, and nothing is found in a text that is right.

use super::*;
use crate::Realm;
use crate::id::PublicCode;
use crate::intake::Sex;
use crate::message::{MsgType, PublicChild};
use crate::ports::Entropy;

struct Fixed;
impl Entropy for Fixed {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

fn vocabulary() -> Vocabulary {
    Vocabulary {
        runaway: words(&["fugue", "هارب"]),
        demeaning: words(&["attardé", "متخلف"]),
        status: words(&["foyer d'accueil", "سوابق"]),
        metres: words(&["m", "mètres", "م", "متر"]),
        kilometres: words(&["km", "كم", "كيلومتر"]),
        radius: words(&["rayon", "محيط"]),
    }
}

fn text(language: &str) -> PublicText {
    let arabic = language == "ar";
    let pick = |ar: &str, fr: &str| if arabic { ar } else { fr }.to_owned();
    PublicText {
        language: language.to_owned(),
        first_name: pick("سلمى", "Salma"),
        place: pick("الرباط", "Rabat"),
        when: pick("22/11/2026 14:05", "22/11/2026 14:05"),
        clothes: pick("معطف أحمر", "manteau rouge"),
        marks: String::new(),
        headline: pick("اختفاء طفلة", "Disparition d'une fille"),
        description: pick("في محيط 160 كم", "Dans un rayon de 160 km, 9 ans."),
        instruction: pick("اتصلوا بالرقم 19", "Appelez le 19"),
        area: String::new(),
        event: String::new(),
        sender_name: String::new(),
    }
}

fn message() -> Message {
    Message {
        realm: Realm::Demo,
        pack: "xx".to_owned(),
        alert: PublicCode::new(&Fixed),
        version: 1,
        msg_type: MsgType::Alert,
        identifier: "one".to_owned(),
        sender: "house".to_owned(),
        sent_ms: 0,
        expires_ms: 1,
        child: Some(PublicChild {
            age: 9,
            sex: Sex::Girl,
            photo: None,
        }),
        texts: vec![text("ar"), text("fr")],
        area: String::new(),
        number_to_call: "19".to_owned(),
        references: Vec::new(),
        event: PublicEvent::MissingPerson,
        profiles: Vec::new(),
    }
}

fn keys(message: &Message, nature: Nature) -> Vec<String> {
    let vocabulary = vocabulary();
    let secrets = Secrets {
        phones: words(&["+212 661-234567", "٠٥٣٧١٢٣٤٥٦"]),
        family_names: words(&["Benali", "بن علي"]),
    };
    let languages = [
        ("ar".to_owned(), &vocabulary),
        ("fr".to_owned(), &vocabulary),
    ];
    let against = Against {
        nature,
        secrets: &secrets,
        own_numbers: &words(&["19", "0537 22 22 22"]),
        never_say: &words(&["enlevé", "خطف"]),
        languages: &languages,
        radius_km: Some(160.0),
        channels: &words(&["public_page", "web_push"]),
    };
    let found = warnings(message, &against);
    found.iter().map(Warning::key).collect()
}

fn with(change: impl Fn(&mut PublicText)) -> Vec<String> {
    let mut message = message();
    change(&mut message.texts[1]);
    keys(&message, Nature::Unknown)
}

#[test]
fn a_text_that_is_right_has_no_warning() {
    for nature in [Nature::Unknown, Nature::Voluntary] {
        assert_eq!(keys(&message(), nature), Vec::<String>::new());
    }
    let mut taken = message();
    taken.event = PublicEvent::ChildAbduction;
    assert_eq!(keys(&taken, Nature::Forced), Vec::<String>::new());
}

#[test]
fn the_label_is_held_against_the_report() {
    for (event, nature, told) in [
        (PublicEvent::MissingPerson, Nature::Forced, true),
        (PublicEvent::MissingPerson, Nature::Voluntary, false),
        (PublicEvent::MissingPerson, Nature::Unknown, false),
        (PublicEvent::ChildAbduction, Nature::Forced, false),
        (PublicEvent::ChildAbduction, Nature::Voluntary, true),
        (PublicEvent::ChildAbduction, Nature::Unknown, true),
    ] {
        let mut message = message();
        message.event = event;
        let found = keys(&message, nature);
        assert_eq!(
            found.contains(&"event_against_report".to_owned()),
            told,
            "{event:?} {nature:?}"
        );
    }
}

#[test]
fn words_of_abduction_and_of_running_away_are_found_where_they_do_not_belong() {
    let mut message = message();
    message.texts[1].description = "Un fugueur enlevé".to_owned();
    for nature in [Nature::Unknown, Nature::Voluntary] {
        assert_eq!(keys(&message, nature), ["abduction_word.fr.description"]);
    }
    message.event = PublicEvent::ChildAbduction;
    assert_eq!(
        keys(&message, Nature::Forced),
        ["runaway_word.fr.description"]
    );
}

#[test]
fn a_number_of_the_family_is_found_in_any_field_and_digits_and_the_authoritys_own_is_let_through() {
    assert_eq!(
        with(|t| t.instruction = "Appelez le 06 61 23 45 67".into()),
        ["family_phone.fr.instruction"]
    );
    assert_eq!(
        with(|t| t.marks = "٠٦٦١٢٣٤٥٦٧".into()),
        ["family_phone.fr.marks"]
    );
    assert_eq!(
        with(|t| t.place = "Rabat 00212-537.12.34.56".into()),
        ["family_phone.fr.place"]
    );
    assert_eq!(
        with(|t| t.instruction = "Appelez le 05 37 22 22 22".into()),
        Vec::<String>::new()
    );
    assert_eq!(
        with(|t| t.instruction = "Appelez le 06 99 99 99 99".into()),
        ["unknown_phone.fr.instruction"]
    );
}

#[test]
fn words_that_demean_or_tell_of_status_and_family_names_are_to_be_confirmed() {
    assert_eq!(
        with(|t| t.marks = "enfant Attarde".into()),
        ["demeaning_word.fr.marks"]
    );
    assert_eq!(
        with(|t| t.description = "placée en foyer d’accueil".into()),
        ["status_word.fr.description"]
    );
    assert_eq!(
        with(|t| t.description = "Salma BENALI a disparu".into()),
        ["family_name.fr.description"]
    );
}

#[test]
fn a_radius_in_metres_blocks_and_one_without_a_unit_is_asked_about() {
    assert_eq!(
        with(|t| t.description = "rayon de 160 m".into()),
        ["radius_in_metres.fr.description"]
    );
    assert_eq!(
        with(|t| t.description = "160م".into()),
        ["radius_in_metres.fr.description"]
    );
    assert_eq!(
        with(|t| t.description = "dans un rayon de 160".into()),
        ["radius_without_unit.fr.description"]
    );
    assert_eq!(
        with(|t| t.description = "route 160, 30 m de long".into()),
        Vec::<String>::new()
    );
}

#[test]
fn a_missing_language_and_a_cut_place_are_advice() {
    let mut message = message();
    message.texts.remove(1);
    assert_eq!(keys(&message, Nature::Unknown), ["language_missing.fr"]);
    assert_eq!(
        with(|t| t.place = "Rabat ".repeat(30)),
        ["place_cut.fr.place"]
    );
}

#[test]
fn the_heaviest_stands_first_and_each_is_told_once() {
    let found = with(|t| {
        t.description = "rayon de 160 m, enlevé, 06 99 99 99 99 et 06 88 88 88 88".into();
    });
    assert_eq!(
        found,
        [
            "abduction_word.fr.description",
            "radius_in_metres.fr.description",
            "unknown_phone.fr.description"
        ]
    );
    for finding in Finding::ALL {
        assert_eq!(finding.as_str().parse(), Ok(*finding));
    }
}
