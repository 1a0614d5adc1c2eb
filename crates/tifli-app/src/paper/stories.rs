//! Papers of a case, lived: what is missing holds nothing up, consent by channel, the prosecutor's substitution, scans
//! that go with the case, papers that hold what they may.

use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::consent::{ChannelAnswer, Covers};
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Consent, Field};
use tifli_domain::paper::{AskedState, PaperKind};
use tifli_paper::{pdf, plain_text};

use super::{NewAsked, NewConsent, NewSubstitution};
use crate::report::Confirmation;
use crate::testing::TestHouse;
use crate::{AppError, Kind};

fn answer(channel: &str, answer: ChannelAnswer) -> NewConsent {
    NewConsent {
        channel: channel.to_owned(),
        answer,
        given_by: "Nadia Exemple".to_owned(),
        before: "Person 1".to_owned(),
        scan: None,
    }
}

fn substitution() -> NewSubstitution {
    NewSubstitution {
        name: "Person 9".to_owned(),
        article: "data_4".to_owned(),
        reason: "Les parents sont injoignables.".to_owned(),
    }
}

fn asked(document: &str, state: AskedState, scan: Option<Vec<u8>>) -> NewAsked {
    NewAsked {
        document: document.to_owned(),
        state,
        scan,
    }
}

fn codes(error: &AppError) -> Vec<(&str, &str)> {
    let problems = error.problems.iter();
    problems
        .map(|p| (p.field.as_str(), p.code.as_str()))
        .collect()
}

async fn verbs(house: &TestHouse, who: &Actor, case: CaseId) -> Vec<(String, String)> {
    let entries = house.app.timeline(who, case).await.unwrap();
    entries
        .into_iter()
        .map(|entry| (entry.verb, entry.detail))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_missing_delays_a_report_or_an_alert() {
    let house = TestHouse::new().await;
    let (officer, approver) = (house.officer().await, house.approver().await);
    let case = house.received_case(&officer).await;
    let papers = house.app.papers(&officer, case).await.unwrap();
    assert!(papers.asked.len() >= 4);
    assert!(
        papers
            .asked
            .iter()
            .all(|line| line.state == AskedState::Missing)
    );
    assert!(
        papers
            .channels
            .iter()
            .all(|line| line.answer == ChannelAnswer::NotAsked)
    );
    assert_eq!(papers.guardian, Consent::Given);
    let message = house.app.begin_alert(&officer, case).await.unwrap();
    let submitted = house
        .app
        .submit(&officer, message, Confirmation::Given)
        .await
        .unwrap();
    house
        .app
        .approve(&approver, message, submitted.binding)
        .await
        .unwrap();
    let row = house.app.case_row(case).await.unwrap();
    assert_eq!(row.state, CaseState::Alerted);
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_holds_for_its_channel_until_it_is_withdrawn() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let app = &house.app;
    let of = |channel: &'static str| {
        let officer = officer.clone();
        async move { app.consent_for(&officer, case, channel).await.unwrap() }
    };
    assert_eq!(of("meta").await, Covers::Unknown);
    let early = app
        .record_consent(&officer, case, answer("meta", ChannelAnswer::Withdrawn))
        .await;
    assert_eq!(
        codes(&early.unwrap_err()),
        [("answer", "nothing_to_withdraw")]
    );
    for (given, covers) in [
        (ChannelAnswer::Given, Covers::Given),
        (ChannelAnswer::Withdrawn, Covers::Refused),
        (ChannelAnswer::Given, Covers::Given),
        (ChannelAnswer::Refused, Covers::Refused),
        (ChannelAnswer::NotAsked, Covers::Unknown),
    ] {
        app.record_consent(&officer, case, answer("meta", given))
            .await
            .unwrap();
        assert_eq!(of("meta").await, covers, "{given:?}");
        assert_eq!(of("media").await, Covers::Unknown);
    }
    app.record_consent(&officer, case, answer("meta", ChannelAnswer::Given))
        .await
        .unwrap();
    let papers = app.papers(&officer, case).await.unwrap();
    let meta = papers
        .channels
        .iter()
        .find(|line| line.channel == "meta")
        .unwrap();
    assert_eq!(
        (meta.given_by.as_str(), meta.before.as_str()),
        ("Nadia Exemple", "Person 1")
    );
    let nameless = NewConsent {
        given_by: String::new(),
        channel: "nowhere".to_owned(),
        ..answer("meta", ChannelAnswer::Given)
    };
    let refused = app
        .record_consent(&officer, case, nameless)
        .await
        .unwrap_err();
    assert_eq!(
        codes(&refused),
        [("channel", "not_an_answer"), ("given_by", "missing")]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_consent_nothing_goes_out_until_the_prosecutor_stands_in() {
    let house = TestHouse::new().await;
    let (officer, approver) = (house.officer().await, house.approver().await);
    let prosecutor = house.prosecutor().await;
    let case = house.received_case(&officer).await;
    house
        .answer(&officer, case, &[(Field::ConsentPublish, "no")])
        .await;
    let app = &house.app;
    let message = app.begin_alert(&officer, case).await.unwrap();
    let binding = app
        .submit(&officer, message, Confirmation::Given)
        .await
        .unwrap()
        .binding;
    let refused = app
        .approve(&approver, message, binding.clone())
        .await
        .unwrap_err();
    assert_eq!(refused.code, "no_consent");
    for person in [&officer, &approver] {
        let refused = app
            .substitute_consent(person, case, substitution())
            .await
            .unwrap_err();
        assert_eq!(refused.kind, Kind::Forbidden);
    }
    let bare = NewSubstitution {
        name: String::new(),
        article: "article_of_faith".to_owned(),
        reason: " ".to_owned(),
    };
    let refused = app
        .substitute_consent(&prosecutor, case, bare)
        .await
        .unwrap_err();
    let wanted = [
        ("name", "missing"),
        ("reason", "missing"),
        ("article", "not_an_answer"),
    ];
    assert_eq!(codes(&refused), wanted);
    app.substitute_consent(&prosecutor, case, substitution())
        .await
        .unwrap();
    assert_eq!(
        app.screen(&approver, message).await.unwrap().consent,
        "substituted"
    );
    app.approve(&approver, message, binding).await.unwrap();
    assert_eq!(
        app.consent_for(&officer, case, "meta").await,
        Ok(Covers::Given)
    );
    let verbs = verbs(&house, &prosecutor, case).await;
    let entry = verbs
        .iter()
        .find(|(verb, _)| verb == "case.substitute_consent");
    let (_, detail) = entry.expect("the audit shows it");
    assert!(
        detail.contains("data_4") && !detail.contains("injoignables"),
        "{detail}"
    );
    let papers = app.papers(&officer, case).await.unwrap();
    let line = papers.substitution.unwrap();
    assert_eq!(line.reason, "Les parents sont injoignables.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanned_paper_is_seen_by_the_case_team_only_and_a_pdf_is_refused() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let app = &house.app;
    let pdf = asked(
        "birth_extract",
        AskedState::Scanned,
        Some(b"%PDF-1.7 x".to_vec()),
    );
    let refused = app.record_asked(&officer, case, pdf).await.unwrap_err();
    assert_eq!(codes(&refused), [("scan", "scan_is_pdf")]);
    let bare = asked("birth_extract", AskedState::Scanned, None);
    let refused = app.record_asked(&officer, case, bare).await.unwrap_err();
    assert_eq!(codes(&refused), [("scan", "missing")]);
    let seen = asked("identity", AskedState::Seen, None);
    app.record_asked(&officer, case, seen).await.unwrap();
    let scanned = asked("birth_extract", AskedState::Seen, Some(house.photo(4)));
    app.record_asked(&officer, case, scanned).await.unwrap();
    let papers = app.papers(&officer, case).await.unwrap();
    let line = |document: &str| {
        papers
            .asked
            .iter()
            .find(|l| l.document == document)
            .unwrap()
    };
    assert_eq!(line("identity").state, AskedState::Seen);
    assert_eq!(line("birth_extract").state, AskedState::Scanned);
    let seq = line("birth_extract").seq;
    let jpeg = app.open_scan(&officer, case, seq).await.unwrap();
    assert!(jpeg.starts_with(&[0xff, 0xd8]));
    let foreign = house.actor(tifli_domain::Role::Officer, "fes").await;
    let administrator = house.administrator().await;
    for person in [&foreign, &administrator] {
        let refused = app.open_scan(person, case, seq).await.unwrap_err();
        assert_eq!(refused.kind, Kind::Forbidden);
    }
    let sweep = app.sweep_blobs(&[]).await.unwrap();
    assert!(
        sweep.orphans.is_empty() && sweep.missing.is_empty(),
        "{sweep:?}"
    );
    house.wound_up(&officer, case).await;
    app.close_case(&officer, case).await.unwrap();
    app.request_erasure(&officer, case, "délai écoulé")
        .await
        .unwrap();
    let second = house.prosecutor().await;
    let open = app.open_erasures(&second).await.unwrap();
    app.confirm_erasure(&second, open[0].0).await.unwrap();
    assert_eq!(app.db().blobs().list().await.unwrap(), []);
    let gone = app.open_scan(&officer, case, seq).await.unwrap_err();
    assert_eq!(gone.kind, Kind::Gone);
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_are_numbered_once_by_district_and_year() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let case = house.received_case(&officer).await;
        for language in ["ar", "fr"] {
            let which = (PaperKind::Statement, language);
            let printed = house.app.print_paper(&officer, case, which).await.unwrap();
            numbers.push(printed.paper.reference[0].value.clone());
        }
        let verbs = verbs(&house, &officer, case).await;
        assert!(verbs.iter().any(|(verb, _)| verb == "case.print"));
    }
    assert_eq!(numbers[0], numbers[1], "both languages are one statement");
    assert!(
        numbers[0].starts_with("RBA/") && numbers[0].ends_with("/00001"),
        "{numbers:?}"
    );
    assert!(numbers[2].ends_with("/00002"), "{numbers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_paper_is_drawn_in_each_language_and_holds_only_what_it_may() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let private = [
        (Field::ReporterPhone, "+212 600 00 01 23"),
        (Field::ReporterPaperNumber, "AB123456"),
        (Field::HomeAddress, "12 rue Exemple"),
        (Field::Circumstances, "Elle jouait devant la porte."),
    ];
    house.answer(&officer, case, &private).await;
    for kind in PaperKind::ALL {
        for language in ["ar", "fr"] {
            let printed = house
                .app
                .print_paper(&officer, case, (kind, language))
                .await
                .unwrap();
            let text = plain_text(&printed.paper).replace('\u{a0}', " ");
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for (field, value) in private {
                assert_eq!(
                    text.contains(value),
                    kind.may_hold(field),
                    "{kind:?} {field:?}: {text}"
                );
            }
            assert!(!text.contains(['{', '}']), "{text}");
            assert!(pdf(&printed.paper).unwrap().starts_with(b"%PDF-"));
        }
    }
    let english = (PaperKind::Receipt, "en");
    let refused = house
        .app
        .print_paper(&officer, case, english)
        .await
        .unwrap_err();
    assert_eq!(refused.kind, Kind::NotFound);
}
