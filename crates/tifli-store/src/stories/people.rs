//! People, sessions and the first link: what was written reads back, and what is over is over.

use tifli_domain::Role;
use tifli_domain::id::PersonId;
use tifli_domain::ports::Clock as _;

use crate::people::{self, HOUSE, PersonRow, SessionRow};
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::{AuditedRead, Sealed, StoreError};

pub(super) async fn person(db: &TestDb, login: &str) -> PersonRow {
    let entropy = CountingEntropy::default();
    let number = i64::try_from(login.len()).unwrap();
    let person = PersonId::new(number, &entropy);
    let context = people::totp_context(person);
    let key = db.keys().create(HOUSE).await.unwrap();
    PersonRow {
        person,
        login: login.to_owned(),
        display_name: "Amina Exemple".to_owned(),
        role: Role::Approver,
        district: String::new(),
        unit: "Direction".to_owned(),
        password_hash: "$argon2id$…".to_owned(),
        totp: Sealed::new(HOUSE, &context, key.seal(&context, b"12345678901234567890")),
        totp_last_step: 0,
        failures: 0,
        locked_until_ms: 0,
        created_ms: db.clock.now_ms(),
        disabled_ms: None,
    }
}

async fn add(db: &TestDb, row: &PersonRow) -> bool {
    db.write("add_person", row.clone(), |tx, row| {
        Box::pin(people::insert(tx, row))
    })
    .await
    .unwrap()
}

async fn session(db: &TestDb, of: &PersonRow, token_hash: [u8; 32]) -> SessionRow {
    let row = SessionRow {
        token_hash,
        person: of.person,
        kind: "browser".to_owned(),
        csrf: "csrf".to_owned(),
        expires_ms: db.clock.now_ms() + 1000,
    };
    db.write("session", row.clone(), |tx, row| {
        Box::pin(people::insert_session(tx, row))
    })
    .await
    .unwrap();
    row
}

async fn find(db: &TestDb, token_hash: [u8; 32]) -> Option<SessionRow> {
    db.read("find_session", token_hash, |reads, hash| {
        Box::pin(people::find_open_session(reads, *hash))
    })
    .await
    .unwrap()
    .map(|(session, _)| session)
}

#[tokio::test]
async fn a_person_reads_back_and_a_login_is_given_once() {
    each_engine(|db| async move {
        let mut row = person(&db, "amina").await;
        assert!(add(&db, &row).await);
        let double = PersonRow {
            person: PersonId::new(99, &CountingEntropy::default()),
            ..person(&db, "amina").await
        };
        assert!(!add(&db, &double).await, "the login is taken");
        row.failures = 3;
        row.locked_until_ms = 77;
        row.totp_last_step = 5;
        row.disabled_ms = Some(8);
        let read = db
            .write("update", row.clone(), |tx, row| {
                Box::pin(async move {
                    people::update(tx, row).await?;
                    people::get(tx, row.person).await
                })
            })
            .await
            .unwrap();
        assert_eq!((read.failures, read.locked_until_ms), (3, 77));
        assert_eq!((read.totp_last_step, read.disabled_ms), (5, Some(8)));
        assert_eq!(
            (read.role, read.unit.as_str()),
            (Role::Approver, "Direction")
        );
        let opening = AuditedRead {
            actor: "system".to_owned(),
            reason: "sign_in".to_owned(),
            objects: vec![crate::audit::ObjectId::new("person", read.person)],
        };
        let secret = db.open_sealed(opening, vec![read.totp]).await.unwrap();
        assert_eq!(secret.text(0), Some("12345678901234567890"));
    })
    .await;
}

#[tokio::test]
async fn a_session_is_found_while_it_is_open_and_its_person_enabled() {
    each_engine(|db| async move {
        let mut row = person(&db, "amina").await;
        add(&db, &row).await;
        let (one, two) = ([1; 32], [2; 32]);
        let first = session(&db, &row, one).await;
        session(&db, &row, two).await;
        assert_eq!(find(&db, one).await, Some(first));
        assert_eq!(find(&db, [3; 32]).await, None);
        let ended = db
            .write("end", one, |tx, hash| {
                Box::pin(people::delete_session(tx, *hash))
            })
            .await;
        assert_eq!(ended, Ok(Some(row.person)));
        assert_eq!(find(&db, one).await, None);
        row.disabled_ms = Some(1);
        db.write("disable", row.clone(), |tx, row| {
            Box::pin(people::update(tx, row))
        })
        .await
        .unwrap();
        assert_eq!(find(&db, two).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_by_itself_and_is_swept() {
    each_engine(|db| async move {
        let row = person(&db, "amina").await;
        add(&db, &row).await;
        session(&db, &row, [1; 32]).await;
        db.clock.advance_ms(999);
        session(&db, &row, [2; 32]).await;
        assert!(find(&db, [1; 32]).await.is_some());
        db.clock.advance_ms(1);
        assert!(find(&db, [1; 32]).await.is_none());
        let swept = db
            .write("sweep", (), |tx, ()| Box::pin(people::sweep_sessions(tx)))
            .await;
        assert_eq!(swept, Ok(1));
        let left = db
            .write("end_all", row.person, |tx, person| {
                Box::pin(people::delete_sessions_of(tx, *person))
            })
            .await;
        assert_eq!(left, Ok(1));
    })
    .await;
}

#[tokio::test]
async fn a_link_works_once_until_it_ends_or_is_replaced() {
    each_engine(|db| async move {
        let until_ms = db.clock.now_ms() + 1000;
        for token_hash in [[1; 32], [2; 32]] {
            db.write("invite", (token_hash, until_ms), |tx, (hash, until_ms)| {
                Box::pin(people::insert_invitation(tx, *hash, *until_ms))
            })
            .await
            .unwrap();
        }
        assert_eq!(use_up(&db, [1; 32]).await, Ok(false), "it was replaced");
        assert_eq!(use_up(&db, [2; 32]).await, Ok(true));
        assert_eq!(use_up(&db, [2; 32]).await, Ok(false), "it was used");
        db.write("invite", ([3; 32], until_ms), |tx, (hash, until_ms)| {
            Box::pin(people::insert_invitation(tx, *hash, *until_ms))
        })
        .await
        .unwrap();
        db.clock.advance_ms(1000);
        assert_eq!(use_up(&db, [3; 32]).await, Ok(false), "it has ended");
        let used = db
            .read("find", [2; 32], |reads, hash| {
                Box::pin(people::find_invitation(reads, *hash))
            })
            .await
            .unwrap();
        assert!(used.is_some_and(|link| link.used_ms.is_some()));
    })
    .await;
}

async fn use_up(db: &TestDb, token_hash: [u8; 32]) -> Result<bool, StoreError> {
    db.write("use_up", token_hash, |tx, hash| {
        Box::pin(people::use_invitation(tx, *hash))
    })
    .await
}

#[tokio::test]
async fn people_are_counted_and_listed_by_login() {
    each_engine(|db| async move {
        for login in ["nadia", "amina-b"] {
            add(&db, &person(&db, login).await).await;
        }
        let (count, logins) = db
            .read("list", (), |reads, ()| {
                Box::pin(async move {
                    let people = people::list(reads).await?;
                    let logins: Vec<_> = people.into_iter().map(|row| row.login).collect();
                    Ok::<_, StoreError>((people::count(reads).await?, logins))
                })
            })
            .await
            .unwrap();
        assert_eq!(count, 2);
        assert_eq!(logins, ["amina-b", "nadia"]);
    })
    .await;
}
