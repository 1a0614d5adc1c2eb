//! Every public text of every pack, in every language, for every sex and the ages that matter.

use tifli_domain::intake::Sex;
use tifli_pack::{
    AlertFacts, AlertText, AreaFacts, LanguageTag, Pack, RenderError, TextKind, fold,
};
use tifli_units::Kilometres;

const SEXES: [Sex; 3] = [Sex::Girl, Sex::Boy, Sex::Unknown];

fn facts(language: LanguageTag, sex: Sex, age: u32) -> AlertFacts<'static> {
    let arabic = language == LanguageTag::AR;
    AlertFacts {
        first_name: if arabic { "سلمى" } else { "Salma" },
        age,
        sex,
        clothes: if arabic {
            "قميص أحمر."
        } else {
            "pull rouge."
        },
        marks: "",
        place: if arabic {
            "الرباط، أكدال"
        } else {
            "Rabat, Agdal"
        },
        time_local: if arabic {
            "السبت 21 نونبر، 17:30"
        } else {
            "21/11/2026, 17:30"
        },
        number: "",
    }
}

fn pack(code: &str) -> Pack {
    Pack::load(code).unwrap_or_else(|e| panic!("{code}: {e}"))
}

fn all(text: &AlertText) -> String {
    format!(
        "{}\n{}\n{}",
        text.headline, text.description, text.instruction
    )
}

#[test]
fn every_text_renders_without_braces_gaps_or_the_word_abduction() {
    for code in Pack::codes() {
        let pack = pack(&code);
        for &language in &pack.languages().alert {
            for kind in TextKind::ALL {
                for sex in SEXES {
                    for age in [0, 1, 2, 5, 11, 17] {
                        let text = pack
                            .render_alert(language, kind, &facts(language, sex, age))
                            .unwrap();
                        let all = all(&text);
                        for bad in ["{", "}", "  ", "..", " ."] {
                            assert!(!all.contains(bad), "{code} {language} {kind:?}: {all}");
                        }
                        for word in &pack.languages().never_say {
                            assert!(!fold(&all).contains(&fold(word)), "{word}: {all}");
                        }
                        let number = pack.call().number.as_str();
                        assert_eq!(all.contains(number), kind != TextKind::Ended, "{all}");
                    }
                }
            }
        }
    }
}

#[test]
fn arabic_counts_years_in_five_ways_and_agrees_with_the_child() {
    let pack = pack("ma");
    let render = |sex, age| {
        let facts = facts(LanguageTag::AR, sex, age);
        pack.render_alert(LanguageTag::AR, TextKind::Alert, &facts)
            .unwrap()
    };
    for (age, headline, description) in [
        (0, "أقل من سنة", "البالغة من العمر أقل من سنة."),
        (1, "سنة واحدة", "البالغة من العمر سنة واحدة."),
        (2, "سنتان", "البالغة من العمر سنتين."),
        (5, "5 سنوات", "البالغة من العمر 5 سنوات."),
        (11, "11 سنة", "البالغة من العمر 11 سنة."),
        (17, "17 سنة", "البالغة من العمر 17 سنة."),
    ] {
        let text = render(Sex::Girl, age);
        assert_eq!(text.headline, format!("اختفاء طفلة: سلمى، {headline}"));
        assert!(
            text.description.contains(description),
            "{}",
            text.description
        );
    }
    let girl = render(Sex::Girl, 5);
    assert_eq!(
        girl.description,
        "اختفت الطفلة سلمى، البالغة من العمر 5 سنوات. آخر مكان شوهدت فيه: الرباط، أكدال، \
         السبت 21 نونبر، 17:30. كانت ترتدي: قميص أحمر."
    );
    let boy = render(Sex::Boy, 5);
    assert!(
        boy.description
            .starts_with("اختفى الطفل سلمى، البالغ من العمر")
    );
    assert!(boy.instruction.contains("شاهدتموه أو") && boy.instruction.contains("عنه،"));
}

#[test]
fn french_and_english_agree_and_count() {
    let pack = pack("ma");
    let fr = |sex, age| {
        let facts = facts(LanguageTag::FR, sex, age);
        pack.render_alert(LanguageTag::FR, TextKind::Alert, &facts)
            .unwrap()
    };
    assert_eq!(
        fr(Sex::Girl, 5).description,
        "L'enfant Salma, âgée de 5 ans, est portée disparue. Vue pour la dernière fois : \
         Rabat, Agdal, 21/11/2026, 17:30. Vêtements : pull rouge."
    );
    assert!(
        fr(Sex::Boy, 1)
            .description
            .contains("âgé de 1 an, est porté disparu. Vu ")
    );
    assert!(
        fr(Sex::Unknown, 0)
            .headline
            .ends_with("Salma, moins d'un an")
    );
    let en = facts(LanguageTag::EN, Sex::Boy, 1);
    let en = pack
        .render_alert(LanguageTag::EN, TextKind::Alert, &en)
        .unwrap();
    assert_eq!(en.headline, "Missing child: Salma, 1 year old");
    assert!(en.instruction.contains("seen him"));
}

#[test]
fn the_end_reads_the_same_whatever_happened() {
    for code in Pack::codes() {
        let pack = pack(&code);
        for &language in &pack.languages().alert {
            let ended = pack.render_ended(language).unwrap();
            for sex in SEXES {
                let facts = facts(language, sex, 7);
                let same = pack
                    .render_alert(language, TextKind::Ended, &facts)
                    .unwrap();
                assert_eq!(same, ended);
            }
            assert!(!all(&ended).contains("Salma"));
        }
    }
}

#[test]
fn qatar_writes_ages_in_its_own_digits_and_never_converts_the_number_to_call() {
    let text = pack("qa")
        .render_alert(
            LanguageTag::AR,
            TextKind::Alert,
            &facts(LanguageTag::AR, Sex::Girl, 11),
        )
        .unwrap();
    assert!(text.headline.contains("١١ سنة"), "{}", text.headline);
    assert!(text.instruction.contains("999"), "{}", text.instruction);
}

#[test]
fn an_empty_or_deceiving_fact_is_an_error_that_does_not_repeat_it() {
    let pack = pack("ma");
    let mut f = facts(LanguageTag::FR, Sex::Girl, 5);
    f.place = " ";
    let render = |f: &AlertFacts<'_>| pack.render_alert(LanguageTag::FR, TextKind::Alert, f);
    assert_eq!(render(&f), Err(RenderError::Missing("place")));
    f.place = "Rabat\u{202e}";
    assert_eq!(render(&f), Err(RenderError::Hidden("place")));
    f.place = "Rabat {number}";
    assert!(render(&f).unwrap().description.contains("Rabat {number}"));
    let zgh = facts(LanguageTag::ZGH, Sex::Girl, 5);
    assert_eq!(
        pack.render_alert(LanguageTag::ZGH, TextKind::Alert, &zgh),
        Err(RenderError::NoSuchLanguage)
    );
}

#[test]
fn an_area_is_described_with_its_distance_counted() {
    let pack = pack("ma");
    let area = |language, km, place| {
        let radius = Kilometres::new(km).unwrap();
        pack.render_area(language, &AreaFacts::Circle { radius, place })
            .unwrap()
    };
    assert_eq!(
        area(LanguageTag::AR, 160.0, "الرباط"),
        "محيط 160 كيلومترا حول الرباط"
    );
    assert_eq!(
        area(LanguageTag::AR, 2.0, "الرباط"),
        "محيط كيلومترين حول الرباط"
    );
    assert_eq!(
        area(LanguageTag::AR, 100.0, "الرباط"),
        "محيط 100 كيلومتر حول الرباط"
    );
    assert_eq!(
        area(LanguageTag::EN, 160.0, "Rabat"),
        "Within 160 km of Rabat"
    );
    let place = "Rabat";
    let drawn = pack
        .render_area(LanguageTag::FR, &AreaFacts::Polygon { place })
        .unwrap();
    assert_eq!(drawn, "Zone tracée sur la carte, près de ce lieu : Rabat");
}
