//! What the partners and scripts of a pack must hold.

use tifli_domain::Realm;
use tifli_domain::case::CeilingEnd;
use tifli_pack::{LanguageTag, Pack, PackError, PackParts, ScriptKind};

fn with(path: &str, from: &str, to: &str) -> Result<Pack, PackError> {
    let mut parts = PackParts::embedded("ma").unwrap();
    let text = parts.get(path).unwrap().to_owned();
    assert!(text.contains(from), "{path} does not hold {from}");
    parts.insert(path, text.replacen(from, to, 1));
    Pack::from_parts("ma", &parts)
}

fn refused(path: &str, from: &str, to: &str, why: &str) {
    let error = with(path, from, to).map(|_| "loaded").unwrap_err();
    assert!(error.to_string().contains(why), "{error}");
}

#[test]
fn a_partner_without_its_legal_line_cannot_be_enabled() {
    refused(
        "partners.toml",
        "engagement = \"disabled\"",
        "engagement = \"enabled\"",
        "without its legal line",
    );
    refused(
        "partners.toml",
        "authorization = \"DEMO-T-0001/2026\"",
        "authorization = \"\"",
        "no authorization number",
    );
}

#[test]
fn an_invented_authorization_counts_in_a_demonstration_and_never_in_a_live_house() {
    for code in Pack::codes() {
        let pack = Pack::load(&code).unwrap();
        let meta = pack.partner("meta").unwrap();
        assert!(meta.may_be_used(Realm::Demo) && meta.may_be_used(Realm::Drill));
        assert!(!meta.may_be_used(Realm::Live));
        assert!(!pack.partner("telecom").unwrap().may_be_used(Realm::Demo));
        assert_eq!(pack.ceiling_stops_at(Realm::Demo), CeilingEnd::SeenLive);
        assert_eq!(pack.ceiling_stops_at(Realm::Live), CeilingEnd::Published);
    }
    let real = with("partners.toml", "DEMO-T-0001/2026", "T-0001/2026").unwrap();
    assert!(real.partner("meta").unwrap().may_be_used(Realm::Live));
}

#[test]
fn a_partner_that_cannot_be_reached_or_spoken_to_is_refused() {
    let file = "partners.toml";
    let ways = "ways = { mail = \"permanence@ports.invalid\", phone = \"+212500000006\" }";
    refused(file, ways, "ways = {}", "no way to reach it");
    refused(file, "silence = 30", "silence = 0", "a step takes 1 minute");
    refused(
        file,
        "languages = [\"ar\", \"fr\"]",
        "languages = [\"zgh\"]",
        "no alert is in",
    );
    refused(file, "id = \"ports\"", "id = \"airports\"", "stands twice");
    refused(file, ", en = \"Sea ports\"", "", "in every language");
}

#[test]
fn a_script_names_only_what_the_public_message_holds() {
    let file = "scripts/fr.toml";
    refused(file, "{instruction}", "{family_name}", "family_name");
    refused(file, "État de l'alerte : {link}", "{headline}", "headline");
    refused(file, "AVIS DE RETRAIT", "APRÈS L'ENLÈVEMENT", "never says");
    refused(
        file,
        "words_per_minute = 150",
        "words_per_minute = 0",
        "no pace",
    );
}

#[test]
fn a_number_is_read_out_digit_by_digit_and_a_script_says_how_long_it_takes() {
    let pack = Pack::load("ma").unwrap();
    let spoken = |language, number| pack.spoken_number(language, number).unwrap();
    assert_eq!(spoken(LanguageTag::FR, "19"), "un, neuf");
    assert_eq!(spoken(LanguageTag::AR, "19"), "واحد، تسعة");
    assert_eq!(spoken(LanguageTag::EN, "+9 74"), "plus, nine, seven, four");
    let long = |_: &str| Some("word word word word word word word word word word");
    let radio = pack
        .render_script(LanguageTag::FR, ScriptKind::Radio, long)
        .unwrap();
    assert!((20..60).contains(&radio.seconds), "{}", radio.seconds);
    let card = pack
        .render_script(LanguageTag::FR, ScriptKind::Card, long)
        .unwrap();
    assert_eq!(card.seconds, 0, "nobody reads it out");
}
