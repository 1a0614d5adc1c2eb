//! People and their sessions, told as stories on SQLite.

use tifli_domain::Role;
use tifli_domain::id::PersonId;
use tifli_store::audit::{self, ObjectId};

use super::{
    CreatedPerson, Creator, Factor, FirstAdministrator, LOCK_MS, MAX_FAILURES, NewPerson,
    NewSession, SESSION_MS, SessionKind, code_at,
};
use crate::testing::{DISTRICT, PASSWORD, TestHouse};
use crate::{AppError, AppResult, Kind};

const STEP_MS: i64 = 30_000;

async fn sign_in(
    house: &TestHouse,
    login: &str,
    password: &str,
    code: &str,
) -> AppResult<NewSession> {
    let factor = Factor::Totp(code.to_owned());
    house
        .app
        .sign_in(login, password, &factor, SessionKind::Browser)
        .await
}

/// Signs in as it should be, a step after whatever came before.
async fn enter(house: &TestHouse, who: &CreatedPerson) -> AppResult<NewSession> {
    house.clock.advance(STEP_MS);
    sign_in(house, &who.login, PASSWORD, &house.code(who)).await
}

async fn verbs(house: &TestHouse, id: &str) -> Vec<String> {
    let entries = house
        .app
        .db()
        .read("verbs", id.to_owned(), |reads, id| {
            Box::pin(async move {
                let object = ObjectId::new("person", id);
                Ok::<_, AppError>(audit::list(reads, &object, 100).await?)
            })
        })
        .await
        .unwrap();
    entries.into_iter().rev().map(|entry| entry.verb).collect()
}

fn refused(result: AppResult<NewSession>) -> (Kind, String) {
    let error = result.unwrap_err();
    (error.kind, error.code)
}

fn no() -> (Kind, String) {
    (Kind::Unauthenticated, "sign_in_refused".to_owned())
}

#[tokio::test]
async fn a_person_signs_in_acts_and_signs_out() {
    let house = TestHouse::new().await;
    let (actor, person) = house.person(Role::Officer, DISTRICT).await;
    let session = enter(&house, &person).await.unwrap();
    let known = house.app.find_actor(&session.token).await.unwrap().unwrap();
    assert_eq!(known.actor, actor);
    assert_eq!(known.csrf, session.csrf);
    assert_eq!(known.display_name, "Person 1");
    assert_eq!(known.expires_ms, house.clock.now_ms() + SESSION_MS);
    assert_eq!(house.app.find_actor("no such token").await.unwrap(), None);
    house.app.sign_out(&session.token).await.unwrap();
    assert_eq!(house.app.find_actor(&session.token).await.unwrap(), None);
    house.app.sign_out(&session.token).await.unwrap();
    let verbs = verbs(&house, &person.person.to_string()).await;
    assert_eq!(
        verbs,
        [
            "person.create",
            "person.read",
            "person.sign_in",
            "person.sign_out"
        ]
    );
}

#[tokio::test]
async fn a_session_ends_after_eight_hours_and_survives_a_restart_before() {
    let house = TestHouse::new().await;
    let (_, person) = house.person(Role::Room, DISTRICT).await;
    let session = enter(&house, &person).await.unwrap();
    let house = house.restart().await;
    house.clock.advance(SESSION_MS - 1);
    assert!(
        house
            .app
            .find_actor(&session.token)
            .await
            .unwrap()
            .is_some()
    );
    house.clock.advance(1);
    assert_eq!(house.app.find_actor(&session.token).await.unwrap(), None);
}

#[tokio::test]
async fn whatever_was_wrong_the_refusal_is_the_same() {
    let house = TestHouse::new().await;
    let (_, person) = house.person(Role::Officer, DISTRICT).await;
    let code = house.code(&person);
    let login = person.login.as_str();
    for (login, password, code) in [
        (login, "orange tree in the garden", code.as_str()),
        (login, PASSWORD, "000000"),
        (login, PASSWORD, ""),
        ("nobody", PASSWORD, code.as_str()),
        ("no login at all", PASSWORD, code.as_str()),
    ] {
        assert_eq!(
            refused(sign_in(&house, login, password, code).await),
            no(),
            "{login}"
        );
    }
    assert_eq!(
        verbs(&house, "unknown").await.len(),
        4,
        "an entry each, and one for the decoy"
    );
}

#[tokio::test]
async fn a_code_counts_once() {
    let house = TestHouse::new().await;
    let (_, person) = house.person(Role::Officer, DISTRICT).await;
    let code = house.code(&person);
    let login = person.login.clone();
    sign_in(&house, &login, PASSWORD, &code).await.unwrap();
    assert_eq!(
        refused(sign_in(&house, &login, PASSWORD, &code).await),
        no()
    );
    house.clock.advance(STEP_MS);
    assert_eq!(
        refused(sign_in(&house, &login, PASSWORD, &code).await),
        no()
    );
    sign_in(&house, &login, PASSWORD, &house.code(&person))
        .await
        .unwrap();
}

#[tokio::test]
async fn one_code_sent_twenty_times_at_once_opens_one_session() {
    let house = TestHouse::new().await;
    let (_, person) = house.person(Role::Officer, DISTRICT).await;
    let code = house.code(&person);
    let tries = (0..20).map(|_| sign_in(&house, &person.login, PASSWORD, &code));
    let outcomes = futures::future::join_all(tries).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
}

#[tokio::test]
async fn five_failures_pause_the_account_for_five_minutes() {
    let house = TestHouse::new().await;
    let (_, person) = house.person(Role::Officer, DISTRICT).await;
    for _ in 0..MAX_FAILURES {
        let wrong = sign_in(&house, &person.login, "wrong wrong wrong", "000000").await;
        assert_eq!(refused(wrong), no());
    }
    let paused = enter(&house, &person).await.unwrap_err();
    assert_eq!(paused.kind, Kind::TooMany);
    assert_eq!(
        paused.problems[0].args,
        [("minutes".to_owned(), "5".to_owned())]
    );
    let wrong = sign_in(&house, &person.login, "wrong wrong wrong", "000000").await;
    assert_eq!(refused(wrong), no(), "who guesses is not told of the pause");
    house.clock.advance(LOCK_MS);
    enter(&house, &person).await.unwrap();
}

#[tokio::test]
async fn a_good_sign_in_forgives_earlier_failures() {
    let house = TestHouse::new().await;
    let (_, person) = house.person(Role::Officer, DISTRICT).await;
    for _ in 0..2 {
        for _ in 1..MAX_FAILURES {
            assert!(
                sign_in(&house, &person.login, "wrong wrong wrong", "0")
                    .await
                    .is_err()
            );
        }
        enter(&house, &person).await.unwrap();
    }
}

#[tokio::test]
async fn the_password_is_asked_again_before_what_cannot_be_undone() {
    let house = TestHouse::new().await;
    let actor = house.approver().await;
    house.app.re_authenticate(&actor, PASSWORD).await.unwrap();
    for _ in 0..MAX_FAILURES {
        let error = house
            .app
            .re_authenticate(&actor, "wrong wrong wrong")
            .await
            .unwrap_err();
        assert_eq!(error.problems[0].code, "wrong_password");
    }
    let paused = house
        .app
        .re_authenticate(&actor, PASSWORD)
        .await
        .unwrap_err();
    assert_eq!(paused.kind, Kind::TooMany);
}

#[tokio::test]
async fn a_disabled_person_is_out_at_once_and_cannot_come_back() {
    let house = TestHouse::new().await;
    let administrator = house.administrator().await;
    let (officer, person) = house.person(Role::Officer, DISTRICT).await;
    let session = enter(&house, &person).await.unwrap();
    house
        .app
        .disable_person(&administrator, officer.person)
        .await
        .unwrap();
    assert_eq!(house.app.find_actor(&session.token).await.unwrap(), None);
    assert_eq!(refused(enter(&house, &person).await), no());
    house
        .app
        .enable_person(&administrator, officer.person)
        .await
        .unwrap();
    assert_eq!(house.app.find_actor(&session.token).await.unwrap(), None);
    enter(&house, &person).await.unwrap();
    let own = house
        .app
        .disable_person(&administrator, administrator.person)
        .await;
    assert_eq!(own.unwrap_err().code, "own_account");
}

#[tokio::test]
async fn only_the_administrator_manages_people() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let new = new_person("amina");
    let created = house
        .app
        .create_person(Creator::Person(&officer), &new)
        .await;
    assert_eq!(created.unwrap_err().kind, Kind::Forbidden);
    let listed = house.app.list_people(&officer).await.unwrap_err();
    let disabled = house
        .app
        .disable_person(&officer, officer.person)
        .await
        .unwrap_err();
    let renewed = house
        .app
        .renew_secrets(&officer, officer.person)
        .await
        .unwrap_err();
    for error in [listed, disabled, renewed] {
        assert_eq!(error.kind, Kind::Forbidden);
    }
}

fn new_person(login: &str) -> NewPerson {
    NewPerson {
        login: login.to_owned(),
        display_name: "Amina Exemple".to_owned(),
        role: Role::Officer,
        district: DISTRICT.to_owned(),
        unit: "Brigade des mineurs".to_owned(),
    }
}

#[tokio::test]
async fn a_new_person_signs_in_with_the_secrets_shown_once() {
    let house = TestHouse::new().await;
    let administrator = house.administrator().await;
    let creator = Creator::Person(&administrator);
    let created = house
        .app
        .create_person(creator, &new_person(" Amina "))
        .await
        .unwrap();
    assert_eq!(created.login, "amina");
    assert!(
        created
            .otpauth
            .starts_with("otpauth://totp/Tifli%20demo:amina?secret=")
    );
    sign_in(&house, "AMINA", &created.password, &house.code(&created))
        .await
        .unwrap();
    let people = house.app.list_people(&administrator).await.unwrap();
    let amina = people
        .iter()
        .find(|person| person.login == "amina")
        .unwrap();
    assert_eq!(amina.last_sign_in_ms, Some(house.clock.now_ms()));
    let taken = house
        .app
        .create_person(creator, &new_person("amina"))
        .await
        .unwrap_err();
    assert_eq!(taken.problems[0].code, "login_taken");
}

#[tokio::test]
async fn what_is_wrong_with_a_new_account_stands_beside_its_fields() {
    let house = TestHouse::new().await;
    let new = NewPerson {
        login: "a b".to_owned(),
        display_name: " ".to_owned(),
        district: "atlantis".to_owned(),
        ..new_person("x")
    };
    let error = house
        .app
        .create_person(Creator::Installation, &new)
        .await
        .unwrap_err();
    let fields: Vec<_> = error
        .problems
        .iter()
        .map(|problem| problem.field.as_str())
        .collect();
    assert_eq!(fields, ["login", "name", "district"]);
}

#[tokio::test]
async fn renewed_secrets_replace_the_old_ones() {
    let house = TestHouse::new().await;
    let administrator = house.administrator().await;
    let (_, person) = house.person(Role::Officer, DISTRICT).await;
    let session = enter(&house, &person).await.unwrap();
    let renewed = house
        .app
        .renew_secrets(&administrator, person.person)
        .await
        .unwrap();
    assert_eq!(house.app.find_actor(&session.token).await.unwrap(), None);
    assert_eq!(refused(enter(&house, &person).await), no());
    let code = house.code(&renewed);
    sign_in(&house, &person.login, &renewed.password, &code)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_changed_password_ends_every_session() {
    let house = TestHouse::new().await;
    let (actor, person) = house.person(Role::Officer, DISTRICT).await;
    let session = enter(&house, &person).await.unwrap();
    let short = house
        .app
        .change_password(&actor, PASSWORD, "short")
        .await
        .unwrap_err();
    assert_eq!(short.problems[0].code, "too_short");
    let new = "lemon tree in the yard";
    house
        .app
        .change_password(&actor, PASSWORD, new)
        .await
        .unwrap();
    assert_eq!(house.app.find_actor(&session.token).await.unwrap(), None);
    assert_eq!(refused(enter(&house, &person).await), no());
    house.clock.advance(STEP_MS);
    sign_in(&house, &person.login, new, &house.code(&person))
        .await
        .unwrap();
}

#[tokio::test]
async fn the_first_administrator_comes_by_a_link_that_works_once() {
    let house = TestHouse::new().await;
    let old = house.app.invite_first_administrator().await.unwrap();
    let token = house.app.invite_first_administrator().await.unwrap();
    let gone = house.app.first_secret(&old).await.unwrap_err();
    assert_eq!(
        gone.kind,
        Kind::Gone,
        "a newer link takes back the older one"
    );
    let secret = house.app.first_secret(&token).await.unwrap();
    assert_eq!(house.app.first_secret(&token).await.unwrap(), secret);
    let code = code_at(&secret.totp_secret, house.clock.now_ms()).unwrap();
    let first = |code: &str| FirstAdministrator {
        login: "amina".to_owned(),
        display_name: "Amina Exemple".to_owned(),
        password: PASSWORD.to_owned(),
        factor: Factor::Totp(code.to_owned()),
    };
    let wrong = house
        .app
        .accept_invitation(&token, &first("000000"))
        .await
        .unwrap_err();
    assert_eq!(wrong.problems[0].field, "code");
    let session = house
        .app
        .accept_invitation(&token, &first(&code))
        .await
        .unwrap();
    let known = house.app.find_actor(&session.token).await.unwrap().unwrap();
    assert_eq!(known.actor.role, Role::Administrator);
    let again = house
        .app
        .accept_invitation(&token, &first(&code))
        .await
        .unwrap_err();
    assert_eq!(again.kind, Kind::Gone);
    let late = house.app.invite_first_administrator().await.unwrap_err();
    assert_eq!(late.code, "not_the_first");
}

#[tokio::test]
async fn a_link_ends_after_a_day() {
    let house = TestHouse::new().await;
    let token = house.app.invite_first_administrator().await.unwrap();
    house.clock.advance(24 * 60 * 60 * 1000);
    assert_eq!(
        house.app.first_secret(&token).await.unwrap_err().kind,
        Kind::Gone
    );
}

#[tokio::test]
async fn no_token_password_or_secret_is_readable_in_any_file() {
    let house = TestHouse::new().await;
    let (_, person) = house.person(Role::Officer, DISTRICT).await;
    let session = enter(&house, &person).await.unwrap();
    house.app.db().close().await;
    for entry in std::fs::read_dir(house.folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for needle in [session.token.as_str(), PASSWORD, &person.totp_secret] {
            let found = bytes
                .windows(needle.len())
                .any(|part| part == needle.as_bytes());
            assert!(!found, "in {}", path.display());
        }
    }
}

#[tokio::test]
async fn a_person_of_another_realm_is_refused() {
    let house = TestHouse::new().await;
    let mut actor = house.officer().await;
    actor.realm = tifli_domain::Realm::Live;
    let error = house.app.start_report(&actor, "form-1").await.unwrap_err();
    assert_eq!(error.code, "foreign_realm");
}

#[test]
fn nothing_secret_shows_when_printed() {
    let entropy = tifli_store::testing::CountingEntropy::default();
    let session = NewSession {
        person: PersonId::new(1, &entropy),
        token: "very secret".to_owned(),
        csrf: "very secret".to_owned(),
        expires_ms: 1,
    };
    assert!(!format!("{session:?}").contains("secret"));
}
