//! Cases and their answers: numbered once, appended in order, sealed, listed by who may see them.

use tifli_domain::case::CaseState;
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::intake::{Field, Said};
use tifli_domain::ports::Clock as _;

use crate::audit::ObjectId;
use crate::case::{self, AnswerRow, CaseRow, NewAnswer};
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::{AuditedRead, StoreError};

fn new_case(db: &TestDb, entropy: &CountingEntropy) -> CaseId {
    CaseId::new(db.clock.now_ms(), entropy)
}

async fn open(db: &TestDb, case: CaseId, district: &str) -> CaseRow {
    db.keys().create(&case.to_string()).await.unwrap();
    let opened_by = PersonId::new(1, &CountingEntropy::default());
    let args = (case, district.to_owned(), opened_by);
    db.write("open_case", args, |tx, (case, district, by)| {
        Box::pin(case::insert(tx, *case, district, *by))
    })
    .await
    .unwrap()
}

async fn answer(
    db: &TestDb,
    case: CaseId,
    (field, seq, value, stands): (Field, i64, &str, bool),
) -> Result<(), StoreError> {
    let key = db.keys().get(&case.to_string()).await?;
    let new = NewAnswer {
        case,
        field,
        seq,
        value_sealed: key.seal(&case::answer_context(case, field, seq), value.as_bytes()),
        by: PersonId::new(1, &CountingEntropy::default()),
        stands,
        said: Said::default(),
    };
    db.write("answer", new, |tx, new| {
        Box::pin(case::insert_answer(tx, new))
    })
    .await
}

async fn opened(db: &TestDb, rows: Vec<AnswerRow>) -> Vec<(Field, i64, String)> {
    let read = AuditedRead {
        actor: "person_7".to_owned(),
        reason: "duty".to_owned(),
        objects: vec![ObjectId::new("case", rows[0].case)],
    };
    let sealed = rows.iter().map(|row| row.value.clone()).collect();
    let opened = db.open_sealed(read, sealed).await.unwrap();
    rows.iter()
        .enumerate()
        .map(|(place, row)| (row.field, row.seq, opened.text(place).unwrap().to_owned()))
        .collect()
}

async fn standing(db: &TestDb, case: CaseId) -> Vec<AnswerRow> {
    db.read("standing", case, |reads, case| {
        Box::pin(case::list_standing(reads, *case))
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn cases_are_numbered_once_and_read_back_as_they_were_written() {
    each_engine(|db| async move {
        let entropy = CountingEntropy::default();
        let mut first = open(&db, new_case(&db, &entropy), "rabat-agdal").await;
        let second = open(&db, new_case(&db, &entropy), "fes").await;
        assert_eq!((first.number, second.number), (1, 2));
        first.state = CaseState::Received;
        first.received_ms = Some(5);
        first.published_ms = Some(7);
        first.closed_ms = Some(9);
        let read = db
            .write("update", first.clone(), |tx, row| {
                Box::pin(async move {
                    case::update(tx, row).await?;
                    case::mark_submitted(tx, row.case).await?;
                    case::get(tx, row.case).await
                })
            })
            .await
            .unwrap();
        first.submitted_ms = Some(db.clock.now_ms());
        assert_eq!(read, first);
        db.clock.advance_ms(1);
        let again = db
            .write("mark", first.case, |tx, case| {
                Box::pin(async move {
                    case::mark_submitted(tx, *case).await?;
                    case::get(tx, *case).await
                })
            })
            .await
            .unwrap();
        assert_eq!(
            again.submitted_ms, first.submitted_ms,
            "the first one counts"
        );
    })
    .await;
}

#[tokio::test]
async fn cases_are_listed_by_district_the_newest_first() {
    each_engine(|db| async move {
        let entropy = CountingEntropy::default();
        for district in ["rabat-agdal", "fes", "rabat-agdal"] {
            open(&db, new_case(&db, &entropy), district).await;
        }
        let (all, own, second, ids) = db
            .read("list", (), |reads, ()| {
                Box::pin(async move {
                    let all = case::list(reads).await?;
                    let own = case::list_by_district(reads, "rabat-agdal").await?;
                    let second = case::find_by_number(reads, 2).await?;
                    Ok::<_, StoreError>((all, own, second, case::list_ids(reads).await?))
                })
            })
            .await
            .unwrap();
        let numbers = |rows: &[CaseRow]| rows.iter().map(|row| row.number).collect::<Vec<_>>();
        assert_eq!(numbers(&all), [3, 2, 1]);
        assert_eq!(numbers(&own), [3, 1]);
        assert_eq!(second.unwrap().district, "fes");
        assert_eq!(ids.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn the_newest_standing_answer_of_each_question_stands() {
    each_engine(|db| async move {
        let case = new_case(&db, &CountingEntropy::default());
        open(&db, case, "fes").await;
        for (field, seq, value, stands) in [
            (Field::ChildAge, 1, "8", true),
            (Field::ChildAge, 2, "9", true),
            (Field::ChildAge, 3, "11", false),
            (Field::Clothes, 1, "red coat", true),
        ] {
            answer(&db, case, (field, seq, value, stands))
                .await
                .unwrap();
        }
        let stand = opened(&db, standing(&db, case).await).await;
        let expected = [
            (Field::ChildAge, 2, "9".to_owned()),
            (Field::Clothes, 1, "red coat".to_owned()),
        ];
        assert_eq!(stand, expected);
        let count = db
            .read("count", case, |reads, case| {
                Box::pin(case::count_answers(reads, *case))
            })
            .await;
        assert_eq!(count, Ok(4), "nothing is ever overwritten");
    })
    .await;
}

#[tokio::test]
async fn two_answers_never_share_a_number() {
    each_engine(|db| async move {
        let case = new_case(&db, &CountingEntropy::default());
        open(&db, case, "fes").await;
        answer(&db, case, (Field::ChildAge, 1, "8", true))
            .await
            .unwrap();
        let second = answer(&db, case, (Field::ChildAge, 1, "9", true)).await;
        assert!(second.is_err());
        let stand = opened(&db, standing(&db, case).await).await;
        assert_eq!(stand[0].2, "8");
    })
    .await;
}

#[tokio::test]
async fn an_answer_opens_only_where_it_was_given() {
    each_engine(|db| async move {
        let case = new_case(&db, &CountingEntropy::default());
        open(&db, case, "fes").await;
        answer(&db, case, (Field::ChildAge, 1, "8", true))
            .await
            .unwrap();
        db.write("move", (), |tx, ()| {
            Box::pin(async move {
                let sql = "update answer set field = 'circumstances'";
                tx.query(sql).run().await
            })
        })
        .await
        .unwrap();
        let rows = standing(&db, case).await;
        let read = AuditedRead {
            actor: "person_7".to_owned(),
            reason: "duty".to_owned(),
            objects: vec![ObjectId::new("case", case)],
        };
        let moved = db.open_sealed(read, vec![rows[0].value.clone()]).await;
        assert!(matches!(moved, Err(StoreError::Unsealable { .. })));
    })
    .await;
}

#[tokio::test]
async fn an_erased_case_is_not_indexed() {
    each_engine(|db| async move {
        let entropy = CountingEntropy::default();
        let (kept, erased) = (new_case(&db, &entropy), new_case(&db, &entropy));
        open(&db, kept, "fes").await;
        let mut row = open(&db, erased, "fes").await;
        for case in [kept, erased] {
            answer(&db, case, (Field::ChildFirstName, 1, "Salma", true))
                .await
                .unwrap();
        }
        row.state = CaseState::Erased;
        let named = db
            .write("erase", row, |tx, row| {
                Box::pin(async move {
                    case::update(tx, row).await?;
                    case::list_standing_to(tx, Field::ChildFirstName).await
                })
            })
            .await
            .unwrap();
        let cases: Vec<CaseId> = named.iter().map(|answer| answer.case).collect();
        assert_eq!(cases, [kept]);
    })
    .await;
}

#[tokio::test]
async fn a_case_that_never_was_is_not_found() {
    each_engine(|db| async move {
        let case = new_case(&db, &CountingEntropy::default());
        let found = db
            .read("find", case, |reads, case| {
                Box::pin(case::find(reads, *case))
            })
            .await;
        assert_eq!(found, Ok(None));
        let got = db
            .read("get", case, |reads, case| Box::pin(case::get(reads, *case)))
            .await;
        assert_eq!(got, Err(StoreError::NotFound { write: "get" }));
    })
    .await;
}
