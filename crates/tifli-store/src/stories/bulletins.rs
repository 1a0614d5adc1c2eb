//! Services, telegrams at services, and the leases of their e-mails.

use tifli_domain::bulletin::{MailState, ReadingState, SearchState, TelegramKind};
use tifli_domain::id::{BulletinId, CaseId, PersonId, TelegramId};
use tifli_domain::ports::Clock as _;
use tifli_domain::service::{Service, ServiceId};

use crate::bulletin::{self, BulletinRow, MAILS, PlaceRow, Reach, TelegramRow};
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::{Sealed, StoreError, case, service};

fn service(id: &str) -> Service {
    Service {
        id: id.parse().unwrap(),
        kind: "police".to_owned(),
        names: [String::new(), id.to_owned(), String::new()],
        region: String::new(),
        district: "fes".to_owned(),
        email: format!("{id}@police.example.org"),
        phone: String::new(),
        active: true,
    }
}

/// A bulletin with one telegram at two services.
struct Sent {
    case: CaseId,
    bulletin: BulletinId,
    telegram: TelegramId,
    by: PersonId,
}

impl Sent {
    async fn begin(db: &TestDb) -> Self {
        let entropy = CountingEntropy::default();
        let now = db.clock.now_ms();
        let sent = Self {
            case: CaseId::new(now, &entropy),
            bulletin: BulletinId::new(now, &entropy),
            telegram: TelegramId::new(now, &entropy),
            by: PersonId::new(now, &entropy),
        };
        let key = db.keys().create(&sent.case.to_string()).await.unwrap();
        let context = bulletin::telegram_context(sent.telegram);
        let frozen = key.seal(&context, b"sought");
        let args = (sent.case, sent.bulletin, sent.telegram, sent.by, frozen);
        db.write("begin", args, |tx, args| {
            Box::pin(async move {
                let (case, id, telegram, by, frozen) = args;
                case::insert(tx, *case, "fes", *by).await?;
                for one in ["aa", "bb"] {
                    service::put(tx, &service(one)).await?;
                }
                bulletin::insert(tx, &row(*id, *case)).await?;
                let number = bulletin::next_number(tx, 2026).await?;
                let row = TelegramRow {
                    telegram: *telegram,
                    bulletin: *id,
                    case: *case,
                    version: 1,
                    kind: TelegramKind::Search,
                    year: 2026,
                    number,
                    sent_by: Some(*by),
                    sent_ms: 5,
                    frozen: Sealed::new(&case.to_string(), "", frozen.clone()),
                    cap: Some(Sealed::new(&case.to_string(), "", frozen.clone())),
                };
                bulletin::insert_telegram(tx, &row).await?;
                for one in ["aa", "bb"] {
                    let service: ServiceId = one.parse().unwrap();
                    bulletin::insert_place(tx, &place(&row, service)).await?;
                }
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
        sent
    }

    async fn places(&self, db: &TestDb) -> Vec<PlaceRow> {
        let places = db.read("places", self.bulletin, |reads, id| {
            Box::pin(bulletin::list_places(reads, *id))
        });
        places.await.unwrap()
    }
}

fn row(bulletin: BulletinId, case: CaseId) -> BulletinRow {
    BulletinRow {
        bulletin,
        case,
        district: "fes".to_owned(),
        state: SearchState::Open,
        opened_ms: 5,
        ceased_ms: None,
        cause: None,
    }
}

fn place(telegram: &TelegramRow, service: ServiceId) -> PlaceRow {
    PlaceRow {
        place: bulletin::place_id(telegram.telegram, &service),
        telegram: telegram.telegram,
        bulletin: telegram.bulletin,
        case: telegram.case,
        service,
        mail: MailState::Waiting,
        mail_seq: 0,
        mail_attempts: 0,
        mail_next_ms: 0,
        mail_code: None,
        handed_ms: None,
        remind_ms: Some(0),
        reading: ReadingState::Unread,
        read_by: None,
        read_ms: None,
        acknowledged_by: None,
        acknowledged_ms: None,
        by_phone: false,
    }
}

async fn take(db: &TestDb, token: &'static str) -> Vec<String> {
    let taken = db.write_claim("take", token, |tx, token| {
        Box::pin(async move {
            let until = crate::Reads::now_ms(tx) + 1_000;
            MAILS.take(tx, token, until, 9).await
        })
    });
    taken.await.unwrap().into_iter().map(|one| one.id).collect()
}

#[tokio::test]
async fn a_telegram_reads_back_and_what_changes_at_a_service_is_kept() {
    each_engine(|db| async move {
        let sent = Sent::begin(&db).await;
        let mut places = sent.places(&db).await;
        assert_eq!(places.len(), 2);
        let mut one = places.remove(0);
        one.mail = MailState::Failed;
        one.mail_code = Some("smtp.550".to_owned());
        one.reading = ReadingState::Acknowledged;
        one.acknowledged_by = Some(sent.by);
        one.acknowledged_ms = Some(9);
        one.by_phone = true;
        one.remind_ms = None;
        db.write("update", one.clone(), |tx, one| {
            Box::pin(bulletin::update_place(tx, one))
        })
        .await
        .unwrap();
        assert_eq!(sent.places(&db).await[0], one);
        let telegrams = db.read("telegrams", sent.bulletin, |reads, id| {
            Box::pin(bulletin::list_telegrams(reads, *id))
        });
        let frozen = telegrams.await.unwrap().remove(0).frozen;
        let opened = db.keys().open_all(vec![frozen]).await.unwrap();
        assert_eq!(opened.text(0), Some("sought"));
        let silent = db.read("silent", sent.case, |reads, case| {
            Box::pin(bulletin::list_silent(reads, *case))
        });
        let silent: Vec<_> = silent.await.unwrap();
        assert_eq!(silent.len(), 1);
        assert_eq!(silent[0].service.as_str(), "bb");
    })
    .await;
}

#[tokio::test]
async fn a_list_gives_what_is_within_reach_with_its_counts() {
    each_engine(|db| async move {
        let sent = Sent::begin(&db).await;
        let list = async |reach: Reach| {
            let lines = db.read("list", reach, |reads, reach| {
                Box::pin(bulletin::list(reads, reach))
            });
            lines.await.unwrap()
        };
        let all = list(Reach {
            everywhere: true,
            ..Reach::default()
        })
        .await;
        assert_eq!((all.len(), all[0].services, all[0].acknowledged), (1, 2, 0));
        assert_eq!((all[0].number, all[0].own), (1, None));
        let own = list(Reach {
            service: Some("aa".parse().unwrap()),
            ..Reach::default()
        })
        .await;
        assert_eq!(own[0].own, Some(ReadingState::Unread));
        assert_eq!(own[0].row.bulletin, sent.bulletin);
        let district = Reach {
            district: "fes".to_owned(),
            ..Reach::default()
        };
        assert_eq!(list(district).await.len(), 1);
        assert!(list(Reach::default()).await.is_empty());
        let waiting = db.read("waiting", "aa".parse::<ServiceId>(), |reads, aa| {
            Box::pin(async move { bulletin::count_waiting(reads, aa.as_ref().unwrap()).await })
        });
        assert_eq!(waiting.await, Ok(1));
    })
    .await;
}

#[tokio::test]
async fn an_email_is_one_workers_until_its_lease_runs_out() {
    each_engine(|db| async move {
        let sent = Sent::begin(&db).await;
        assert_eq!(take(&db, "one").await.len(), 2);
        assert!(take(&db, "two").await.is_empty());
        db.clock.advance_ms(1_001);
        let again = take(&db, "two").await;
        assert_eq!(again.len(), 2, "whoever took them is gone");
        let late = db.write("late", again[0].clone(), |tx, id| {
            Box::pin(MAILS.finish(tx, id, "one"))
        });
        assert_eq!(late.await, Ok(false));
        let released = db.write("release", (), |tx, ()| {
            Box::pin(bulletin::release_mails(tx))
        });
        assert_eq!(released.await, Ok(2));
        let mut handed = sent.places(&db).await.remove(0);
        handed.mail = MailState::Handed;
        db.write("handed", handed, |tx, one| {
            Box::pin(bulletin::update_place(tx, one))
        })
        .await
        .unwrap();
        assert_eq!(
            take(&db, "three").await.len(),
            1,
            "what was handed over is not taken"
        );
        let due = db.read("due", (), |reads, ()| {
            Box::pin(bulletin::list_to_remind(reads))
        });
        assert_eq!(
            due.await.unwrap().len(),
            1,
            "only what was handed over is reminded of"
        );
    })
    .await;
}

#[tokio::test]
async fn telegrams_are_numbered_from_one_in_each_year() {
    each_engine(|db| async move {
        for (year, number) in [(2026, 1), (2026, 2), (2027, 1), (2026, 3)] {
            let next = db.write("next", year, |tx, year| {
                Box::pin(bulletin::next_number(tx, *year))
            });
            assert_eq!(next.await, Ok(number), "{year}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_service_is_written_over_and_a_person_belongs_to_one() {
    each_engine(|db| async move {
        Sent::begin(&db).await;
        let changed = Service {
            active: false,
            email: String::new(),
            ..service("aa")
        };
        db.write("put", changed.clone(), |tx, one| {
            Box::pin(service::put(tx, one))
        })
        .await
        .unwrap();
        let (all, active) = db
            .read("services", (), |reads, ()| {
                Box::pin(async move {
                    let all = service::list(reads).await?;
                    Ok::<_, StoreError>((all, service::list_active(reads).await?))
                })
            })
            .await
            .unwrap();
        assert_eq!((all.len(), active.len()), (2, 1));
        assert_eq!(all[0], changed);
        let row = super::people::person(&db, "unit").await;
        db.write("person", row.clone(), |tx, row| {
            Box::pin(crate::people::insert(tx, row))
        })
        .await
        .unwrap();
        for wanted in [Some("aa"), Some("bb"), None] {
            let args = (
                row.person,
                wanted.map(|id| id.parse::<ServiceId>().unwrap()),
            );
            let now = db.write("assign", args, |tx, (person, to)| {
                Box::pin(async move {
                    service::assign(tx, *person, to.as_ref()).await?;
                    service::find_of_person(tx, *person).await
                })
            });
            let now = now.await.unwrap();
            assert_eq!(now.as_ref().map(ServiceId::as_str), wanted);
        }
    })
    .await;
}
