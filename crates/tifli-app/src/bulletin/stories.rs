//! Bulletins from the receipt of a report to the last acknowledgement of the cessation.

mod restricted;
mod systems;

use std::sync::Arc;

use tifli_channel::smtp::{Mailer, Security, SmtpSettings};
use tifli_domain::alert::EndReason;
use tifli_domain::bulletin::{Cause, MailState, SearchState, TelegramKind};
use tifli_domain::duty::DutyKind;
use tifli_domain::id::{BulletinId, CaseId};
use tifli_domain::intake::Field;
use tifli_domain::service::{ServiceId, Typed};
use tifli_domain::{Actor, Role};
use tifli_sandbox::faults::Fault;
use tifli_sandbox::smtp::{MailServer, RunningMail};
use tifli_store::Reads as _;
use tifli_store::bulletin::{self, PlaceRow};

use super::OpenedBulletin;
use crate::testing::{DISTRICT, REPORT, TestHouse};
use crate::tip::stories::Out;
use crate::worker::Workers;
use crate::{AppError, Kind};

const POLICE: &str = "police-rabat-agdal";
const BORDERS: &str = "borders-bab-sebta";

fn service(id: &str) -> ServiceId {
    id.parse().unwrap()
}

/// A unit that belongs to this service.
async fn unit(house: &TestHouse, of: &str) -> Actor {
    let unit = house.actor(Role::Unit, DISTRICT).await;
    house
        .app
        .assign_first(unit.person, &service(of))
        .await
        .unwrap();
    unit
}

async fn bulletin_of(house: &TestHouse, room: &Actor, case: CaseId) -> BulletinId {
    house.app.bulletin_of(room, case).await.unwrap().unwrap()
}

/// The house, its officer and its room, the case and its bulletin.
type Sought = (TestHouse, [Actor; 2], (CaseId, BulletinId));

/// A child who is sought by these services alone.
async fn sought(services: &[&str]) -> Sought {
    sought_in(TestHouse::new().await, services).await
}

async fn sought_in(house: TestHouse, services: &[&str]) -> Sought {
    only(&house, services).await;
    let (officer, room) = (house.officer().await, house.room().await);
    let case = house.received_case(&officer).await;
    let id = bulletin_of(&house, &room, case).await;
    (house, [officer, room], (case, id))
}

async fn opened(house: &TestHouse, who: &Actor, id: BulletinId) -> OpenedBulletin {
    house.app.read_bulletin(who, id).await.unwrap()
}

/// Suspends every service but these.
async fn only(house: &TestHouse, kept: &[&str]) {
    let administrator = house.administrator().await;
    for service in house.app.list_services(&administrator).await.unwrap() {
        let typed = Typed {
            active: if kept.contains(&service.id.as_str()) {
                "yes"
            } else {
                "no"
            }
            .to_owned(),
            ..service.typed()
        };
        house.app.put_service(&administrator, &typed).await.unwrap();
    }
}

async fn places(house: &TestHouse, id: BulletinId) -> Vec<PlaceRow> {
    let places = house.app.db().read("places", id, |reads, id| {
        Box::pin(async move { Ok::<_, AppError>(bulletin::list_places(reads, *id).await?) })
    });
    places.await.unwrap()
}

async fn silent_duties(house: &TestHouse, room: &Actor) -> usize {
    let board = house.app.board(room).await.unwrap();
    let silent = board
        .iter()
        .filter(|duty| duty.kind == DutyKind::BulletinSilent);
    silent.count()
}

#[tokio::test]
async fn a_report_without_photo_papers_or_consent_is_out_to_every_service_at_once() {
    let house = TestHouse::new().await;
    let (officer, room) = (house.officer().await, house.room().await);
    let case = house.draft(&officer).await;
    house.answer(&officer, case, &REPORT).await;
    let changes = [
        (Field::ConsentPublish, ""),
        (Field::LastSeenPlace, ""),
        (Field::LastSeenLat, "34.00500"),
        (Field::LastSeenLon, "-6.84500"),
        (Field::HomeAddress, "12 rue Cachée"),
        (Field::Circumstances, "sortie de l'école"),
    ];
    house.answer(&officer, case, &changes).await;
    let confirmed = crate::report::Confirmation::Given;
    house.app.receive(&officer, case, confirmed).await.unwrap();
    let id = bulletin_of(&house, &room, case).await;
    let bulletin = opened(&house, &room, id).await;
    assert_eq!(
        bulletin.services.len(),
        house.app.pack().first_directory().len()
    );
    let telegram = &bulletin.telegrams[0].telegram;
    assert_eq!((telegram.kind, telegram.number), (TelegramKind::Search, 1));
    let text = telegram.text();
    for said in [
        "Salma Exemple",
        "سلمى",
        "sortie de l'école",
        "34.00500, -6.84500",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    for unsaid in ["Cachée", "Nadia", "600 00 01 23"] {
        assert!(!text.contains(unsaid), "{unsaid}");
    }
    assert!(!telegram.family_uninformed);
    assert_eq!(silent_duties(&house, &room).await, 1);
}

#[tokio::test]
async fn a_closed_gate_marks_the_telegram_and_its_cessation_and_holds_neither_back() {
    let house = TestHouse::new().await;
    let (officer, room) = (house.officer().await, house.room().await);
    let case = house.draft(&officer).await;
    house.answer(&officer, case, &REPORT).await;
    let answers = [
        (Field::GateFleeing, "unknown"),
        (Field::LastSeenLat, "34.00500"),
        (Field::LastSeenLon, "-6.84500"),
    ];
    house.answer(&officer, case, &answers).await;
    let confirmed = crate::report::Confirmation::Given;
    house.app.receive(&officer, case, confirmed).await.unwrap();
    let id = bulletin_of(&house, &room, case).await;
    house.wound_up(&officer, case).await;
    house.app.close_case(&officer, case).await.unwrap();
    let bulletin = opened(&house, &room, id).await;
    let marked: Vec<_> = bulletin
        .telegrams
        .iter()
        .map(|one| (one.row.kind, one.telegram.family_uninformed))
        .collect();
    let both = [
        (TelegramKind::Cessation, true),
        (TelegramKind::Search, true),
    ];
    assert_eq!(marked, both);
    assert!(
        bulletin.telegrams[1]
            .telegram
            .text()
            .contains("NE PAS INFORMER LA FAMILLE")
    );
}

#[tokio::test]
async fn a_service_reads_then_acknowledges_and_the_silent_one_keeps_its_name() {
    let (house, [_, room], (case, id)) = sought(&[POLICE, BORDERS]).await;
    let (police, borders) = (unit(&house, POLICE).await, unit(&house, BORDERS).await);
    let app = &house.app;
    let early = app.acknowledge_bulletin(&police, id).await.unwrap_err();
    assert_eq!(early.code, "not_possible_now", "nobody has opened it");
    assert_eq!(app.waiting_bulletins(&police).await, Ok(1));
    let seen = opened(&house, &police, id).await;
    assert_eq!(seen.services.len(), 1, "a unit sees its own service only");
    app.acknowledge_bulletin(&police, id).await.unwrap();
    app.acknowledge_bulletin(&police, id).await.unwrap();
    assert_eq!(app.waiting_bulletins(&police).await, Ok(0));
    assert_eq!(app.silent_services(case).await, Ok(vec![service(BORDERS)]));
    assert_eq!(silent_duties(&house, &room).await, 1);
    let whole = opened(&house, &room, id).await;
    let silent: Vec<_> = whole
        .silent()
        .map(|one| one.place.service.as_str())
        .collect();
    assert_eq!(silent, [BORDERS]);
    let by = whole
        .services
        .iter()
        .find_map(|one| one.place.acknowledged_by);
    assert_eq!(by, Some(police.person));
    opened(&house, &borders, id).await;
    app.acknowledge_bulletin(&borders, id).await.unwrap();
    assert_eq!(silent_duties(&house, &room).await, 0);
}

#[tokio::test]
async fn whoever_is_neither_addressed_nor_of_the_district_reads_nothing() {
    let (house, _, (_, id)) = sought(&[POLICE]).await;
    let app = &house.app;
    let foreign = house.actor(Role::Unit, "fes").await;
    app.assign_first(foreign.person, &service(BORDERS))
        .await
        .unwrap();
    for (who, code) in [
        (foreign.clone(), "district"),
        (house.actor(Role::Officer, "fes").await, "district"),
        (house.administrator().await, "role"),
    ] {
        let refused = app.read_bulletin(&who, id).await.unwrap_err();
        assert_eq!(
            (refused.kind, refused.code.as_str()),
            (Kind::Forbidden, code)
        );
        let refused = app.acknowledge_bulletin(&who, id).await.unwrap_err();
        assert_eq!(refused.kind, Kind::Forbidden);
    }
    assert_eq!(app.list_bulletins(&foreign).await, Ok(Vec::new()));
    let alone = house.actor(Role::Unit, DISTRICT).await;
    assert!(opened(&house, &alone, id).await.services.is_empty());
    let nobody = app.acknowledge_bulletin(&alone, id).await.unwrap_err();
    assert_eq!(nobody.code, "not_addressed", "a district is not a service");
    let refused = app.remind_silent(&alone, id).await.unwrap_err();
    assert_eq!(refused.kind, Kind::Forbidden);
}

#[tokio::test]
async fn an_update_is_sent_when_something_changed_and_refused_when_nothing_did() {
    let (house, [officer, room], (case, id)) = sought(&[POLICE]).await;
    let police = unit(&house, POLICE).await;
    opened(&house, &police, id).await;
    house.app.acknowledge_bulletin(&police, id).await.unwrap();
    let same = house.app.send_bulletin(&officer, case).await.unwrap_err();
    assert_eq!(same.code, "nothing_new");
    house
        .answer(&officer, case, &[(Field::Marks, "cicatrice")])
        .await;
    assert_eq!(house.app.send_bulletin(&officer, case).await, Ok(id));
    let bulletin = opened(&house, &police, id).await;
    assert_eq!(bulletin.telegrams.len(), 2);
    assert_eq!(bulletin.telegrams[0].telegram.number, 2);
    assert!(bulletin.telegrams[0].telegram.text().contains("cicatrice"));
    assert_eq!(
        house.app.waiting_bulletins(&police).await,
        Ok(1),
        "it is acknowledged anew"
    );
    assert_eq!(silent_duties(&house, &room).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawn_consent_a_danger_and_an_expired_alert_leave_the_child_sought() {
    for reason in [EndReason::ConsentWithdrawn, EndReason::Danger] {
        let house = TestHouse::new().await;
        let out = Out::live(&house).await;
        house
            .app
            .cancel(&out.officer, out.alert, reason)
            .await
            .unwrap();
        let id = bulletin_of(&house, &out.officer, out.case).await;
        let bulletin = opened(&house, &out.officer, id).await;
        assert_eq!(bulletin.row.state, SearchState::Open, "{reason:?}");
        assert_eq!(bulletin.telegrams.len(), 1, "{reason:?}");
    }
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let row = house.app.alert_row(out.alert).await.unwrap();
    house.app.expire(&row).await.unwrap();
    let id = bulletin_of(&house, &out.officer, out.case).await;
    let bulletin = opened(&house, &out.officer, id).await;
    assert_eq!(bulletin.row.state, SearchState::Open);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_found_child_ceases_the_search_in_the_same_commit_and_says_why() {
    for (reason, cause) in [
        (EndReason::Found, Cause::Found),
        (EndReason::FalseReport, Cause::FalseReport),
        (EndReason::IssuedInError, Cause::IssuedInError),
    ] {
        let house = TestHouse::new().await;
        only(&house, &[POLICE]).await;
        let out = Out::live(&house).await;
        house
            .app
            .cancel(&out.officer, out.alert, reason)
            .await
            .unwrap();
        let id = bulletin_of(&house, &out.officer, out.case).await;
        let bulletin = opened(&house, &out.officer, id).await;
        assert_eq!(bulletin.row.cause, Some(cause));
        let newest = &bulletin.telegrams[0].telegram;
        assert_eq!(newest.kind, TelegramKind::Cessation);
        assert!(
            !newest.text().contains("Salma"),
            "it says nothing of the child"
        );
        assert_eq!(bulletin.services.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_goes_out_again_sets_the_services_searching_again_in_the_same_commit() {
    let house = TestHouse::new().await;
    only(&house, &[POLICE, BORDERS]).await;
    let out = Out::live(&house).await;
    let first = bulletin_of(&house, &out.officer, out.case).await;
    out.dark(&house).await;
    let ceased = opened(&house, &out.officer, first).await;
    let number = ceased.telegrams[0].telegram.number;
    house.clock.advance(1_000);
    let again = Out::alerted(&house, out.officer.clone(), out.case).await;
    let second = bulletin_of(&house, &again.officer, out.case).await;
    assert_ne!(second, first, "a bulletin of its own");
    let resumed = opened(&house, &again.officer, second).await;
    assert_eq!(resumed.row.state, SearchState::Open);
    let newest = &resumed.telegrams[0].telegram;
    assert_eq!(newest.kind, TelegramKind::Search);
    let (text, year) = (newest.text(), newest.year);
    assert!(text.contains(&format!("{number}/{year}")), "{text}");
    assert!(text.contains("Salma") && text.contains("REPRISE"), "{text}");
    assert_eq!(resumed.services.len(), 2, "each of them again");
    let before = opened(&house, &again.officer, first).await;
    assert_eq!(
        before.row.state,
        SearchState::Ceased,
        "what was said stands"
    );
}

#[tokio::test]
async fn a_file_closed_without_an_alert_ceases_the_search_and_who_was_told_is_told() {
    let (house, [officer, room], (case, id)) = sought(&[POLICE, BORDERS]).await;
    only(&house, &[POLICE]).await;
    house.given_up(&officer, case).await;
    house.app.close_case(&officer, case).await.unwrap();
    let bulletin = opened(&house, &room, id).await;
    assert_eq!(bulletin.row.cause, Some(Cause::Closed));
    assert_eq!(
        bulletin.services.len(),
        2,
        "suspended meanwhile, but it seeks the child"
    );
    let app = &house.app;
    for one in [POLICE, BORDERS] {
        app.acknowledge_by_phone(&room, id, &service(one))
            .await
            .unwrap();
    }
    assert_eq!(app.silent_services(case).await, Ok(Vec::new()));
    assert_eq!(silent_duties(&house, &room).await, 0);
}

#[tokio::test]
async fn the_directory_takes_a_whole_file_or_nothing_of_it() {
    let house = TestHouse::new().await;
    let (administrator, officer) = (house.administrator().await, house.officer().await);
    let app = &house.app;
    let file = app.export_services(&administrator).await.unwrap();
    let same = app.import_services(&administrator, &file).await.unwrap();
    assert_eq!((same.added, same.changed), (0, 0));
    let wrong = "id,kind,name_fr\nnew-one,police,Un\nnew-two,navy,Deux\n";
    let refused = app
        .import_services(&administrator, wrong)
        .await
        .unwrap_err();
    assert_eq!(refused.problems[0].field, "line_3");
    let right = "id,kind,name_fr\nnew-one,police,Un\n";
    let change = app.import_services(&administrator, right).await.unwrap();
    assert_eq!(change.added, 1);
    let refused = app.import_services(&officer, right).await.unwrap_err();
    assert_eq!(refused.kind, Kind::Forbidden);
    let nobody = app
        .assign_first(officer.person, &service("no-such-one"))
        .await;
    assert_eq!(nobody.unwrap_err().kind, Kind::Invalid);
}

async fn with_mail() -> (TestHouse, RunningMail) {
    let address = "127.0.0.1:0".parse().unwrap();
    let server = MailServer::start(address, Arc::new(|| 7)).await.unwrap();
    let settings = SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port: server.addr().port(),
        security: Security::None,
        sign_in: None,
        from: "duty@tifli.example".to_owned(),
    };
    let house = TestHouse::with_mail(Mailer::new(&settings).unwrap()).await;
    (house, server)
}

/// Runs the workers until no e-mail waits that could be handed over now.
async fn mailed(house: &TestHouse, id: BulletinId) -> Vec<PlaceRow> {
    let mut bell = house.app.bus().listen();
    let workers = Workers::start(&house.app);
    loop {
        let now = places(house, id).await;
        let due = |place: &&PlaceRow| {
            place.mail == MailState::Waiting && place.mail_next_ms <= house.clock.now_ms()
        };
        if now.iter().find(due).is_none() {
            workers.stop().await;
            return places(house, id).await;
        }
        // Lagging behind the bell is a reason to look again, as well.
        let _rung = bell.recv().await;
    }
}

fn state_of(places: &[PlaceRow], of: &str) -> (MailState, u32, Option<String>) {
    let place = places
        .iter()
        .find(|one| one.service.as_str() == of)
        .unwrap();
    (place.mail, place.mail_attempts, place.mail_code.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_service_gets_one_email_that_says_only_that_something_waits() {
    let (house, server) = with_mail().await;
    let gone = "duty@customs.ma.example.org";
    server.play(vec![Fault::permanent().to(gone)]);
    let (house, _, (case, id)) = sought_in(house, &[POLICE, BORDERS, "customs"]).await;
    let places = mailed(&house, id).await;
    assert_eq!(state_of(&places, POLICE), (MailState::Handed, 0, None));
    let failed = (MailState::Failed, 0, Some("smtp.550".to_owned()));
    assert_eq!(state_of(&places, "customs"), failed);
    let letters = server.letters();
    assert_eq!(letters.len(), 2);
    for letter in &letters {
        let (head, body) = letter.raw.split_once("\r\n\r\n").unwrap();
        let body: String = body.split_whitespace().collect();
        let body = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, body).unwrap();
        let raw = format!("{head}\n{}", String::from_utf8(body).unwrap());
        assert!(raw.contains(&format!("/console/bulletins/{id}")), "{raw}");
        for word in ["Salma", "سلمى", "Exemple", &case.to_string(), "RBA"] {
            assert!(!raw.contains(word), "{word}: {raw}");
        }
    }
    assert_ne!(letters[0].message_id, letters[1].message_id);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_says_later_is_asked_again_and_a_cut_one_repeats_the_same_letter() {
    let (house, server) = with_mail().await;
    let (busy, cut) = (Fault::throttle(60), Fault::unknown_after_accept());
    server.play(vec![
        busy.to("rabat-agdal@police.ma.example.org").times(1),
        cut.to("bab-sebta@borders.ma.example.org").times(1),
    ]);
    let (house, _, (_, id)) = sought_in(house, &[POLICE, BORDERS]).await;
    let places = mailed(&house, id).await;
    let (state, attempts, code) = state_of(&places, POLICE);
    assert_eq!((state, attempts), (MailState::Waiting, 1));
    assert_eq!(code.as_deref(), Some("smtp.451"));
    house.clock.advance(60_000);
    let places = mailed(&house, id).await;
    assert_eq!(state_of(&places, POLICE).0, MailState::Handed);
    assert_eq!(state_of(&places, BORDERS).0, MailState::Handed);
    let letters = server.letters();
    let borders: Vec<_> = letters
        .iter()
        .filter(|mail| mail.to == "bab-sebta@borders.ma.example.org")
        .collect();
    assert_eq!(borders.len(), 2, "repeated once, never lost");
    assert_eq!(borders[0].message_id, borders[1].message_id);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_service_is_reminded_so_often_and_one_that_answered_never() {
    let (house, server) = with_mail().await;
    let (house, [_, room], (_, id)) = sought_in(house, &[POLICE, BORDERS]).await;
    let police = unit(&house, POLICE).await;
    mailed(&house, id).await;
    opened(&house, &police, id).await;
    house.app.acknowledge_bulletin(&police, id).await.unwrap();
    let (every, times) = {
        let telegrams = house.app.pack().telegrams();
        (telegrams.remind_ms(), telegrams.reminders())
    };
    for _ in 0..times + 2 {
        house.clock.advance(every);
        super::remind_all(&house.app).await.unwrap();
        mailed(&house, id).await;
    }
    let letters = server.letters();
    let to = |who: &str| {
        letters
            .iter()
            .filter(|mail| mail.to.starts_with(who))
            .count()
    };
    assert_eq!(to("rabat-agdal@"), 1);
    assert_eq!(to("bab-sebta@"), 1 + usize::try_from(times).unwrap());
    assert_eq!(
        house.app.remind_silent(&room, id).await,
        Ok(1),
        "by hand as often as one likes"
    );
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_killed_before_the_commit_hands_the_same_letter_over_once_more_and_never_none() {
    let (house, server) = with_mail().await;
    let (house, _, (_, id)) = sought_in(house, &[POLICE]).await;
    // Taken by a process that is gone, whatever it had said to the mail server.
    let taken = house.app.db().write_claim("take", (), |tx, ()| {
        Box::pin(async move {
            let until = tx.now_ms() + 30_000;
            Ok::<_, AppError>(bulletin::MAILS.take(tx, "dead", until, 9).await?.len())
        })
    });
    assert_eq!(taken.await, Ok(1));
    let house = house.restart().await;
    let places = mailed(&house, id).await;
    assert_eq!(state_of(&places, POLICE).0, MailState::Handed);
    assert_eq!(server.letters().len(), 1);
    let late = house
        .app
        .db()
        .write("late", places[0].place.clone(), |tx, place| {
            Box::pin(
                async move { Ok::<_, AppError>(bulletin::MAILS.finish(tx, place, "dead").await?) },
            )
        });
    assert_eq!(late.await, Ok(false), "what it would write now is refused");
    server.stop().await;
}

#[tokio::test]
async fn of_an_erased_case_the_telegrams_are_gone_and_its_bulletin_is_no_longer_read() {
    let house = TestHouse::new().await;
    let (officer, room) = (house.officer().await, house.room().await);
    let police = unit(&house, POLICE).await;
    let case = house.received_case(&officer).await;
    let id = bulletin_of(&house, &room, case).await;
    let app = &house.app;
    house.wound_up(&officer, case).await;
    app.close_case(&officer, case).await.unwrap();
    let erasure = app.request_erasure(&officer, case, "asked").await.unwrap();
    let second = house.prosecutor().await;
    app.confirm_erasure(&second, erasure).await.unwrap();
    assert_eq!(app.list_bulletins(&police).await, Ok(Vec::new()));
    let gone = app.read_bulletin(&police, id).await.unwrap_err();
    assert_eq!(gone.kind, Kind::Gone);
    let still = places(&house, id).await;
    assert!(!still.is_empty(), "who was sent what stays, without a word");
    assert!(still.iter().all(|place| place.mail != MailState::Waiting));
}
