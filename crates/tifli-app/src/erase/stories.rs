//! Erasures: two people, interruptions, and backups that try to bring a case back.

use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::id::{CaseId, ErasureId};
use tifli_store::audit::{self, ObjectId};

use super::keep_confirmation;
use crate::alert::{CapDocument, FeedAsk, FeedForm, PublicState, Verdict};
use crate::testing::TestHouse;
use crate::tip::stories::{NETWORK, Out};
use crate::{AppError, Kind};

/// A case in the dark with a linked tip, and a request for its erasure.
struct Asked {
    out: Out,
    erasure: ErasureId,
    second: Actor,
}

impl Asked {
    async fn new(house: &TestHouse) -> Self {
        let out = Out::live(house).await;
        let room = house.room().await;
        let photo = Some(house.photo(3));
        let form = crate::tip::stories::telling("vu au port");
        let told = house.app.tell(&out.code, form, photo, None).await.unwrap();
        house.app.link_tip(&room, told.tip).await.unwrap();
        out.dark(house).await;
        let asked = house
            .app
            .request_erasure(&out.officer, out.case, "délai écoulé");
        let erasure = asked.await.unwrap();
        let second = house.prosecutor().await;
        Self {
            out,
            erasure,
            second,
        }
    }
}

/// Whether nothing of a case is left: state, rows, files, key.
async fn assert_erased(house: &TestHouse, asked: &Asked) {
    let app = &house.app;
    let case = asked.out.case;
    assert_eq!(app.case_row(case).await.unwrap().state, CaseState::Erased);
    assert_eq!(app.db().blobs().list().await.unwrap(), []);
    let refused = app
        .answers(&asked.out.officer, case, "test")
        .await
        .unwrap_err();
    assert_eq!(refused.kind, Kind::Gone);
    let refused = app.sightings(&asked.out.officer, case).await.unwrap_err();
    assert_eq!(refused.kind, Kind::Gone);
    assert!(app.case_key(case).await.is_err());
    let held = app.db().read("held", case, |reads, case| {
        Box::pin(async move { Ok::<_, AppError>(tifli_store::erasure::count(reads, *case).await?) })
    });
    let held = held.await.unwrap();
    assert_eq!((held.answers, held.photos, held.tips), (0, 0, 0));
}

async fn verbs(house: &TestHouse, case: CaseId) -> Vec<String> {
    let records = house.app.db().read("verbs", case, |reads, case| {
        Box::pin(async move {
            let object = ObjectId::new("case", case);
            Ok::<_, AppError>(audit::list(reads, &object, 100).await?)
        })
    });
    records
        .await
        .unwrap()
        .into_iter()
        .map(|record| record.verb)
        .collect()
}

#[tokio::test]
async fn after_an_erasure_the_code_answers_that_it_is_over_and_its_addresses_are_closed() {
    let house = TestHouse::new().await;
    let asked = Asked::new(&house).await;
    let (app, code) = (&house.app, &asked.out.code);
    assert!(app.public_card(code).await.is_ok());
    let documents = app.db().read("documents", code.clone(), |reads, code| {
        Box::pin(async move {
            let row = tifli_store::alert::find_by_code(reads, code).await?;
            let alert = row.ok_or_else(AppError::not_found)?.alert;
            let rows = tifli_store::message::list_by_alert(reads, alert).await?;
            Ok::<_, AppError>(rows.into_iter().map(|row| row.identifier).collect())
        })
    });
    let documents: Vec<String> = documents.await.unwrap();
    assert_eq!(documents.len(), 2);
    app.confirm_erasure(&asked.second, asked.erasure)
        .await
        .unwrap();
    let link = format!("{}/fr/a/{code}", app.base_url());
    for typed in [
        code.to_string(),
        link.clone(),
        format!("Disparition {link}"),
    ] {
        let verified = app.verify(&typed).await.unwrap();
        assert_eq!((verified.verdict, verified.alert), (Verdict::Ended, None));
    }
    assert!(matches!(
        app.public_state(code).await,
        Ok(PublicState::Closed)
    ));
    assert_eq!(app.public_card(code).await.unwrap_err().kind, Kind::Gone);
    assert_eq!(app.statement(code).await.unwrap().state, "ended");
    for region in [None, Some("r04".to_owned())] {
        let whole = FeedAsk::whole(FeedForm::Atom, "fr");
        let feed = app.feed(&FeedAsk { region, ..whole }).await.unwrap();
        assert!(!feed.xml.contains("<entry>"));
    }
    for document in documents {
        let answer = app.cap_document(&document).await;
        assert!(matches!(answer, Ok(CapDocument::Ended(_))));
    }
    assert!(app.signed_statement(code).await.is_ok());
}

#[tokio::test]
async fn two_people_erase_a_case_and_the_chain_still_verifies() {
    let house = TestHouse::new().await;
    let asked = Asked::new(&house).await;
    let view = house
        .app
        .erasure_view(&asked.second, asked.out.case)
        .await
        .unwrap();
    let request = view.request.unwrap();
    assert_eq!((request.open, request.own), (true, false));
    assert_eq!(request.reason.as_deref(), Some("délai écoulé"));
    let report = house
        .app
        .confirm_erasure(&asked.second, asked.erasure)
        .await
        .unwrap();
    assert_eq!(report.counts, view.counts);
    assert_eq!((report.counts.tips, report.counts.photos), (1, 1));
    assert!(report.counts.answers >= 10 && report.counts.messages == 2);
    assert!(report.chain && report.entries > 20);
    assert_erased(&house, &asked).await;
    let again = house
        .app
        .confirm_erasure(&asked.second, asked.erasure)
        .await
        .unwrap();
    assert_eq!(
        (again.done_ms, again.counts),
        (report.done_ms, report.counts)
    );
    let done = verbs(&house, asked.out.case).await;
    assert_eq!(done.iter().filter(|verb| *verb == "case.erase").count(), 1);
    let gone = house
        .app
        .erasure_view(&asked.second, asked.out.case)
        .await
        .unwrap();
    assert_eq!(gone.counts, report.counts, "what went is still counted");
    let receipt = house.app.come_back("0000111122223333", NETWORK).await;
    assert_eq!(receipt.unwrap_err().code, "receipt_unknown");
}

#[tokio::test]
async fn who_asked_cannot_confirm_and_an_officer_never_can() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    out.dark(&house).await;
    let asked = house
        .app
        .request_erasure(&out.approver, out.case, "fin")
        .await
        .unwrap();
    let own = house
        .app
        .confirm_erasure(&out.approver, asked)
        .await
        .unwrap_err();
    assert_eq!(
        (own.kind, own.code.as_str()),
        (Kind::Conflict, "same_person")
    );
    let officer = house
        .app
        .confirm_erasure(&out.officer, asked)
        .await
        .unwrap_err();
    assert_eq!(officer.kind, Kind::Forbidden);
    assert_eq!(
        house.app.case_row(out.case).await.unwrap().state,
        CaseState::Dark
    );
    assert_eq!(house.app.open_erasures(&out.approver).await.unwrap(), []);
}

#[tokio::test]
async fn a_case_that_has_not_ended_or_has_an_unread_tip_is_not_erased() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let live = house
        .app
        .request_erasure(&out.officer, out.case, "fin")
        .await
        .unwrap_err();
    assert_eq!(live.code, "not_ended");
    let told = out.tell(&house, "vu").await;
    out.dark(&house).await;
    let unread = house
        .app
        .request_erasure(&out.officer, out.case, "fin")
        .await
        .unwrap_err();
    assert_eq!(unread.code, "tips_waiting");
    let room = house.room().await;
    house
        .app
        .dismiss_tip(&room, told.tip, "rien")
        .await
        .unwrap();
    let reasonless = house
        .app
        .request_erasure(&out.officer, out.case, " ")
        .await
        .unwrap_err();
    assert_eq!(reasonless.problems[0].field, "reason");
    let one = house
        .app
        .request_erasure(&out.officer, out.case, "fin")
        .await
        .unwrap();
    let two = house
        .app
        .request_erasure(&out.approver, out.case, "fin")
        .await
        .unwrap();
    assert_eq!(one, two, "a request that waits is the one");
}

#[tokio::test]
async fn a_declined_request_erases_nothing_and_another_may_follow() {
    let house = TestHouse::new().await;
    let asked = Asked::new(&house).await;
    house
        .app
        .decline_erasure(&asked.second, asked.erasure)
        .await
        .unwrap();
    let late = house
        .app
        .confirm_erasure(&asked.second, asked.erasure)
        .await
        .unwrap_err();
    assert_eq!(late.code, "erasure_decided");
    assert!(
        house
            .app
            .answers(&asked.out.officer, asked.out.case, "test")
            .await
            .is_ok()
    );
    let again = house
        .app
        .request_erasure(&asked.out.officer, asked.out.case, "fin")
        .await;
    assert_ne!(again.unwrap(), asked.erasure);
}

#[tokio::test]
async fn an_erasure_interrupted_anywhere_is_finished_by_the_next_start() {
    for steps in 1..=3 {
        let house = TestHouse::new().await;
        let asked = Asked::new(&house).await;
        let (actor, erasure) = (asked.second.clone(), asked.erasure);
        let confirmed = house.app.db().write("confirm", actor, move |tx, actor| {
            Box::pin(async move { keep_confirmation(tx, actor, erasure).await })
        });
        confirmed.await.unwrap();
        let owner = asked.out.case.to_string();
        if steps == 2 {
            house.app.db().keys().destroy(&[&owner]).await.unwrap();
        }
        if steps == 3 {
            house.app.destroy(asked.out.case).await.unwrap();
        }
        let house = house.restart().await;
        assert_erased(&house, &asked).await;
        let report = house
            .app
            .read_erasure(&asked.second, erasure)
            .await
            .unwrap();
        assert!(report.chain, "after {steps} steps");
        assert_eq!(report.counts.photos, 1);
    }
}

#[tokio::test]
async fn a_restored_file_of_keys_does_not_bring_an_erased_case_back() {
    let house = TestHouse::new().await;
    let asked = Asked::new(&house).await;
    let old = house
        .app
        .db()
        .keys()
        .backup(&house.folder().join("old"))
        .await
        .unwrap();
    house
        .app
        .confirm_erasure(&asked.second, asked.erasure)
        .await
        .unwrap();
    house.app.db().close().await;
    std::fs::copy(old, house.folder().join("keys.db")).unwrap();
    let house = house.restart().await;
    assert_erased(&house, &asked).await;
    let owners = house.app.db().keys().list_owners().await.unwrap();
    assert!(!owners.contains(&asked.out.case.to_string()));
}

#[tokio::test]
async fn a_restored_database_does_not_bring_an_erased_case_back() {
    let house = TestHouse::new().await;
    let asked = Asked::new(&house).await;
    let backup = house.folder().join("backup");
    house.app.db().backup(&backup).await.unwrap();
    house
        .app
        .confirm_erasure(&asked.second, asked.erasure)
        .await
        .unwrap();
    house.app.db().close().await;
    let file = house.folder().join("tifli.db");
    std::fs::copy(backup.join("tifli.db"), &file).unwrap();
    for tail in ["-wal", "-shm"] {
        let beside = house.folder().join(format!("tifli.db{tail}"));
        if beside.exists() {
            std::fs::remove_file(beside).unwrap();
        }
    }
    let house = house.restart().await;
    assert_erased(&house, &asked).await;
    let done = verbs(&house, asked.out.case).await;
    assert_eq!(done[0], "case.erase_again");
}
