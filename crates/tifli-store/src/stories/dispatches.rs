//! Telegrams at systems of services: one call at a time, never an earlier one after a later, and every call written down.

use tifli_domain::bulletin::TelegramKind;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::id::{BulletinId, CaseId, DispatchId, EndpointId, PersonId, TelegramId};
use tifli_domain::ports::Clock as _;

use crate::dispatch::{self, DISPATCHES, DispatchRow, ENDS, NewDispatch};
use crate::lease::LeaseTable;
use crate::ledger::Ended;
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::{Sealed, StoreError, bulletin, case};

/// A search with so many telegrams, the last a cessation, each for these systems.
struct Told {
    bulletin: BulletinId,
    case: CaseId,
}

impl Told {
    async fn begin(db: &TestDb, entropy: &CountingEntropy, systems: &[EndpointId]) -> Self {
        let now = db.clock.now_ms();
        let told = Self {
            bulletin: BulletinId::new(now, entropy),
            case: CaseId::new(now, entropy),
        };
        let by = PersonId::new(now, entropy);
        let telegrams: Vec<_> = (0..3).map(|_| TelegramId::new(now, entropy)).collect();
        let mut new = Vec::new();
        for (version, telegram) in (1..).zip(&telegrams) {
            for endpoint in systems {
                new.push(NewDispatch {
                    dispatch: DispatchId::new(now, entropy),
                    telegram: *telegram,
                    bulletin: told.bulletin,
                    case: told.case,
                    version,
                    kind: TelegramKind::ALL[version as usize - 1],
                    endpoint: *endpoint,
                    service: "aa".parse().unwrap(),
                });
            }
        }
        let args = (told.case, told.bulletin, by, telegrams, new);
        db.write("begin", args, |tx, (case, id, by, telegrams, new)| {
            Box::pin(async move {
                case::insert(tx, *case, "fes", *by).await?;
                let row = bulletin::BulletinRow {
                    bulletin: *id,
                    case: *case,
                    district: "fes".to_owned(),
                    state: tifli_domain::bulletin::SearchState::Open,
                    opened_ms: 5,
                    ceased_ms: None,
                    cause: None,
                };
                bulletin::insert(tx, &row).await?;
                for (version, telegram) in (1..).zip(telegrams) {
                    let row = bulletin::TelegramRow {
                        telegram: *telegram,
                        bulletin: *id,
                        case: *case,
                        version,
                        kind: TelegramKind::Search,
                        year: 2026,
                        number: bulletin::next_number(tx, 2026).await?,
                        sent_by: None,
                        sent_ms: 5,
                        frozen: Sealed::new(&case.to_string(), "", vec![1]),
                        cap: None,
                    };
                    bulletin::insert_telegram(tx, &row).await?;
                }
                for one in new {
                    dispatch::insert(tx, one).await?;
                }
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
        told
    }

    async fn rows(&self, db: &TestDb) -> Vec<DispatchRow> {
        let rows = db.read("rows", self.bulletin, |reads, id| {
            Box::pin(dispatch::list_by_bulletin(reads, *id))
        });
        rows.await.unwrap()
    }
}

async fn take(db: &TestDb, table: &'static LeaseTable, token: &str) -> Option<DispatchRow> {
    let args = (token.to_owned(), table);
    let taken = db.write_claim("take", args, |tx, (token, table)| {
        Box::pin(async move {
            use crate::Reads as _;
            let until = tx.now_ms() + 30_000;
            dispatch::take(tx, table, (token, until)).await
        })
    });
    taken.await.unwrap()
}

async fn settle(db: &TestDb, row: &DispatchRow, token: &str, outcome: Outcome) -> bool {
    let ended = Ended {
        outcome,
        code: "said".to_owned(),
        state: match outcome {
            Outcome::Sent => DeliveryState::Done,
            _ => DeliveryState::Retrying,
        },
        next_ms: 0,
    };
    let args = (row.clone(), token.to_owned(), ended);
    let settled = db.write("settle", args, |tx, (row, token, ended)| {
        Box::pin(async move { dispatch::settle(tx, (row, token), ended).await })
    });
    settled.await.unwrap()
}

#[tokio::test]
async fn a_system_has_one_call_at_a_time_and_the_telegrams_in_their_order() {
    each_engine(|db| async move {
        let entropy = CountingEntropy::default();
        let [one, other] = [(); 2].map(|()| EndpointId::new(1, &entropy));
        let told = Told::begin(&db, &entropy, &[one, other]).await;
        let first = take(&db, &DISPATCHES, "a").await.unwrap();
        let second = take(&db, &DISPATCHES, "b").await.unwrap();
        assert_eq!((first.version, second.version), (1, 1));
        assert_ne!(first.endpoint, second.endpoint);
        assert_eq!(
            first.outcome,
            Some(Outcome::Unknown),
            "until it is heard of"
        );
        assert_eq!(take(&db, &DISPATCHES, "c").await, None);
        assert!(settle(&db, &first, "a", Outcome::Sent).await);
        let next = take(&db, &DISPATCHES, "d").await.unwrap();
        assert_eq!((next.version, next.endpoint), (2, first.endpoint));
        assert_eq!(
            take(&db, &ENDS, "e").await,
            None,
            "two telegrams come before it"
        );
        assert_eq!(told.rows(&db).await.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn what_is_overtaken_while_it_is_called_keeps_its_place_until_the_call_is_over() {
    each_engine(|db| async move {
        let entropy = CountingEntropy::default();
        let told = Told::begin(&db, &entropy, &[EndpointId::new(1, &entropy)]).await;
        let first = take(&db, &DISPATCHES, "a").await.unwrap();
        let overtaken = db.write("overtake", told.bulletin, |tx, id| {
            Box::pin(dispatch::overtake(tx, *id, 3))
        });
        assert_eq!(overtaken.await.unwrap(), 2);
        assert_eq!(take(&db, &ENDS, "b").await, None, "a call is under way");
        assert!(
            !settle(&db, &first, "a", Outcome::Unknown).await,
            "its state stays"
        );
        let holders = db.read("holders", told.bulletin, |reads, id| {
            Box::pin(dispatch::list_holders(reads, *id))
        });
        assert_eq!(holders.await.unwrap().len(), 1, "perhaps it has it");
        let owed = db.read("owed", told.case, |reads, case| {
            Box::pin(dispatch::count_owed(reads, *case))
        });
        assert_eq!(owed.await.unwrap(), 1);
        let end = take(&db, &ENDS, "b").await.unwrap();
        assert_eq!(end.version, 3);
        assert!(settle(&db, &end, "b", Outcome::Sent).await);
        let states: Vec<_> = told.rows(&db).await.iter().map(|row| row.state).collect();
        use DeliveryState::{Done, Withdrawn};
        assert_eq!(states, [Withdrawn, Withdrawn, Done]);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_does_not_unsay_a_call_that_was_not_heard_of() {
    each_engine(|db| async move {
        let entropy = CountingEntropy::default();
        let told = Told::begin(&db, &entropy, &[EndpointId::new(1, &entropy)]).await;
        for (token, outcome) in [("a", Outcome::Unknown), ("b", Outcome::Refused)] {
            let row = take(&db, &DISPATCHES, token).await.unwrap();
            assert!(settle(&db, &row, token, outcome).await);
        }
        let first = told.rows(&db).await.remove(0);
        assert_eq!((first.attempts, first.outcome), (2, Some(Outcome::Unknown)));
        let calls = db.read("calls", first.dispatch, |reads, id| {
            Box::pin(dispatch::list_calls(reads, *id))
        });
        let known: Vec<_> = calls.await.unwrap().iter().map(|one| one.outcome).collect();
        assert_eq!(known, [Outcome::Unknown, Outcome::Refused]);
        let lost = take(&db, &DISPATCHES, "c").await.unwrap();
        let released = db.write("release", (), |tx, ()| Box::pin(dispatch::release(tx)));
        assert_eq!(released.await.unwrap(), 1);
        assert!(
            !settle(&db, &lost, "c", Outcome::Sent).await,
            "its lease is gone"
        );
        assert!(take(&db, &DISPATCHES, "d").await.is_some());
    })
    .await;
}
