//! Profiles: what each adds to a message, and what each finds wanting.
//!
//! For: `Profile`. Not for: plain CAP.

use std::collections::BTreeSet;

use tifli_cap::{
    Alert, Event, Facts, FindingSeverity, Geocode, Options, Profile, ProfileError, ShortText,
    check_file, write,
};

use crate::samples::{self, Shape};

/// A sample that names no event in any system and no codes of profiles.
fn plain(shape: Shape) -> Alert {
    let mut alert = samples::update(shape);
    alert.code.clear();
    for info in &mut alert.info {
        info.event_code.clear();
        info.parameter.clear();
    }
    alert
}

fn facts(event: Event) -> Facts {
    let mut facts = Facts::new(event);
    facts.originator = Some("CIV".to_owned());
    facts.geocodes = vec![
        Geocode::new("SAME", "006037"),
        Geocode::new("profile:CAP-CP:Location:0.3", "3520005"),
    ];
    facts.texts = vec![ShortText {
        language: "en".to_owned(),
        short: Some("AMBER Alert: girl, 7, red coat. Call 19.".to_owned()),
        long: Some("AMBER Alert: a girl of 7 in a red coat is missing. Call 19.".to_owned()),
    }];
    facts.blocked = vec!["EAS".to_owned()];
    facts
}

fn errors(profile: &Profile, alert: &Alert) -> BTreeSet<&'static str> {
    let grave = |finding: &tifli_cap::Finding| finding.severity == FindingSeverity::Error;
    let found = profile.check(alert);
    found
        .iter()
        .filter(|one| grave(one))
        .map(|one| one.code)
        .collect()
}

fn event_codes(alert: &Alert) -> Vec<(&str, &str)> {
    let codes = alert.info[0].event_code.iter();
    codes
        .map(|code| (code.value_name.as_str(), code.value.as_str()))
        .collect()
}

#[test]
fn each_profile_is_found_by_its_name() {
    for profile in Profile::ALL {
        assert_eq!(
            Profile::find(profile.name).map(|one| one.name),
            Some(profile.name)
        );
    }
    assert!(Profile::find("IPAWS").is_none());
}

#[test]
fn each_profile_writes_the_codes_of_the_event_in_its_own_systems() {
    let cap_cp = "profile:CAP-CP:Event:0.4";
    for (profile, event, codes) in [
        (
            Profile::OASIS,
            Event::ChildAbduction,
            vec![("OET:v1.2", "OET-038")],
        ),
        (
            Profile::OASIS,
            Event::MissingPerson,
            vec![("OET:v1.2", "OET-130")],
        ),
        (
            Profile::GOOGLE,
            Event::ChildAbduction,
            vec![("OET:v1.2", "OET-038")],
        ),
        (
            Profile::IPAWS,
            Event::ChildAbduction,
            vec![("SAME", "CAE"), ("OET:v1.2", "OET-038")],
        ),
        (
            Profile::IPAWS,
            Event::MissingPerson,
            vec![("SAME", "MEP"), ("OET:v1.2", "OET-130")],
        ),
        (
            Profile::CAP_CP,
            Event::ChildAbduction,
            vec![(cap_cp, "amber"), ("OET:v1.2", "OET-038")],
        ),
        (
            Profile::CAP_CP,
            Event::MissingPerson,
            vec![(cap_cp, "missingPer"), ("OET:v1.2", "OET-130")],
        ),
    ] {
        let applied = profile.apply(&plain(Shape::Circle), &facts(event)).unwrap();
        assert_eq!(event_codes(&applied), codes, "{} {event:?}", profile.name);
        assert!(errors(profile, &applied).is_empty());
        let again = profile.apply(&applied, &facts(event)).unwrap();
        assert_eq!(again, applied, "applied twice is applied once");
        assert!(write(&applied).is_ok(), "{}", profile.name);
    }
}

#[test]
fn ipaws_gets_its_code_texts_originator_block_and_area_codes() {
    let applied = Profile::IPAWS
        .apply(&plain(Shape::Polygon), &facts(Event::ChildAbduction))
        .unwrap();
    assert_eq!(applied.code, ["IPAWSv1.0"]);
    let english = applied.find_info("en").unwrap();
    let names: Vec<_> = english
        .parameter
        .iter()
        .map(|parameter| parameter.value_name.as_str())
        .collect();
    assert_eq!(
        names,
        ["EAS-ORG", "CMAMtext", "CMAMlongtext", "BLOCKCHANNEL"]
    );
    let arabic = applied.find_info("ar-MA").unwrap();
    assert!(
        arabic
            .parameter
            .iter()
            .all(|one| !one.value_name.starts_with("CMAM"))
    );
    let systems: Vec<_> = english.area[0]
        .geocode
        .iter()
        .map(|code| code.value_name.as_str())
        .collect();
    assert_eq!(systems, ["ISO 3166-2", "SAME"]);
}

#[test]
fn short_texts_are_bound_by_length_and_alphabet() {
    let with = |short: &str, long: &str| {
        let mut facts = facts(Event::ChildAbduction);
        facts.texts[0].short = Some(short.to_owned());
        facts.texts[0].long = Some(long.to_owned());
        Profile::IPAWS.apply(&plain(Shape::Circle), &facts)
    };
    assert!(with(&"a".repeat(90), &"b".repeat(360)).is_ok());
    let too_long = |parameter, length, most| ProfileError::TooLong {
        parameter,
        language: "en".to_owned(),
        length,
        most,
    };
    assert_eq!(
        with(&"a".repeat(91), "b"),
        Err(too_long("CMAMtext", 91, 90))
    );
    assert_eq!(
        with("a", &"b".repeat(361)),
        Err(too_long("CMAMlongtext", 361, 360))
    );
    assert_eq!(
        with(&"€".repeat(46), "b"),
        Err(too_long("CMAMtext", 92, 90))
    );
    let foreign = ProfileError::NotGsm7 {
        parameter: "CMAMtext",
        language: "en".to_owned(),
    };
    assert_eq!(with("طفلة", "b"), Err(foreign));
}

#[test]
fn a_message_of_another_event_is_not_turned_into_this_one() {
    let abduction = samples::update(Shape::Circle);
    let other = Profile::IPAWS.apply(&abduction, &facts(Event::MissingPerson));
    assert_eq!(other, Err(ProfileError::OtherEvent("SAME")));
}

#[test]
fn demands_that_stay_unmet_are_named() {
    let mut bare = plain(Shape::Circle);
    bare.references.clear();
    for info in &mut bare.info {
        info.expires = None;
        info.area.clear();
        info.web = None;
        info.description = None;
    }
    let codes =
        |profile: &'static Profile| match profile.apply(&bare, &facts(Event::ChildAbduction)) {
            Err(ProfileError::Unmet(findings)) => {
                findings.iter().map(|one| one.code).collect::<BTreeSet<_>>()
            }
            other => panic!("{other:?}"),
        };
    let ipaws = ["profile-area", "profile-expires", "profile-references"];
    assert_eq!(codes(Profile::IPAWS), BTreeSet::from(ipaws));
    let google = [
        "profile-area",
        "profile-expires",
        "profile-references",
        "profile-text",
    ];
    assert_eq!(codes(Profile::GOOGLE), BTreeSet::from(google));
    assert_eq!(
        codes(Profile::CAP_CP),
        BTreeSet::from(["profile-area", "profile-references"])
    );
    assert!(
        Profile::OASIS
            .apply(&bare, &facts(Event::ChildAbduction))
            .is_ok()
    );
}

#[test]
fn a_plain_message_breaks_what_it_does_not_know_of() {
    let plain = plain(Shape::Circle);
    assert_eq!(
        errors(Profile::IPAWS, &plain),
        BTreeSet::from(["profile-code", "profile-event-code"])
    );
    assert_eq!(
        errors(Profile::CAP_CP, &plain),
        BTreeSet::from(["profile-area-code", "profile-code", "profile-event-code"])
    );
    assert!(errors(Profile::GOOGLE, &plain).is_empty());
    assert_eq!(Profile::OASIS.check(&plain), []);
}

#[test]
fn advice_is_a_warning() {
    let mut alert = plain(Shape::Circle);
    let info = &mut alert.info[0];
    info.headline = Some("a".repeat(141));
    info.contact = None;
    info.instruction = info.description.clone();
    info.urgency = tifli_cap::Urgency::Unknown;
    let found = Profile::GOOGLE.check(&alert);
    let warned: BTreeSet<_> = found
        .iter()
        .map(|one| (one.at.as_str(), one.code))
        .collect();
    let at = "/alert/info[1]";
    assert_eq!(
        warned,
        BTreeSet::from([
            (at, "profile-headline"),
            (at, "profile-text"),
            (at, "profile-distinct"),
            (at, "profile-unknown"),
        ])
    );
    assert!(
        found
            .iter()
            .all(|one| one.severity == FindingSeverity::Warning)
    );
}

#[test]
fn an_expiry_beyond_a_day_is_a_warning_of_ipaws() {
    let mut alert = plain(Shape::Circle);
    alert.info[0].expires = Some(samples::time("2026-11-23T11:00:01+01:00"));
    let code = |alert: &Alert| {
        let found = Profile::IPAWS.check(alert);
        found
            .iter()
            .filter(|one| one.code == "profile-expires-within")
            .count()
    };
    assert_eq!(code(&alert), 1);
    alert.info[0].expires = Some(samples::time("2026-11-23T11:00:00+01:00"));
    assert_eq!(code(&alert), 0);
}

#[test]
fn the_checker_adds_what_a_profile_finds_at_its_place() {
    let xml = write(&plain(Shape::Circle)).unwrap();
    let options = Options {
        strict: false,
        profile: Some(Profile::IPAWS),
    };
    assert!(check_file(xml.as_bytes(), &Options::default()).valid);
    let verdict = check_file(xml.as_bytes(), &options);
    assert!(!verdict.valid);
    assert_eq!(verdict.findings[0].at, "/alert");
    let feed = format!("<e>{}</e>", xml.split_once("?>").unwrap().1);
    let verdict = check_file(feed.as_bytes(), &options);
    assert_eq!(verdict.findings[0].at, "/e/alert");
    let lines = xml.replace("><", ">\n<");
    let verdict = check_file(lines.as_bytes(), &options);
    let last = verdict.findings.last().unwrap();
    assert_eq!(last.at, "/alert/info[4]/area[1]");
    let before = lines.split("ⵔⵔⴱⴰⵟ").next().unwrap().lines().count();
    assert_eq!(
        last.line,
        Some(before as u32 - 1),
        "the line of the area itself"
    );
}
