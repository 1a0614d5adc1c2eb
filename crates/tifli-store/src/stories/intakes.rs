//! Answers of several people side by side, whose the report takes, the lists, and their end.

use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::intake::{Field, KnownList, Mark, Said, Source, Tie};

use crate::case::{self, AnswerRow, NewAnswer};
use crate::intake::{self, ItemRow, NewItem};
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::{StoreError, erasure};

fn person() -> PersonId {
    PersonId::new(1, &CountingEntropy::default())
}

pub(super) async fn open(db: &TestDb) -> CaseId {
    let case = CaseId::new(1, &CountingEntropy::default());
    db.keys().create(&case.to_string()).await.unwrap();
    db.write("open", case, |tx, case| {
        Box::pin(case::insert(tx, *case, "fes", person()))
    })
    .await
    .unwrap();
    case
}

async fn answer(db: &TestDb, case: CaseId, (field, seq, said): (Field, i64, Said)) {
    let key = db.keys().get(&case.to_string()).await.unwrap();
    let new = NewAnswer {
        case,
        field,
        seq,
        value_sealed: key.seal(&case::answer_context(case, field, seq), b"told"),
        by: person(),
        stands: true,
        said,
    };
    db.write("answer", new, |tx, new| {
        Box::pin(case::insert_answer(tx, new))
    })
    .await
    .unwrap();
}

async fn standing(db: &TestDb, case: CaseId) -> Vec<AnswerRow> {
    db.read("standing", case, |reads, case| {
        Box::pin(case::list_standing(reads, *case))
    })
    .await
    .unwrap()
}

async fn items(db: &TestDb, case: CaseId) -> Vec<ItemRow> {
    db.read("items", case, |reads, case| {
        Box::pin(intake::list_items(reads, *case))
    })
    .await
    .unwrap()
}

fn of(number: u32) -> Said {
    Said {
        source: Source::new(number),
        mark: Some(Mark::Yes),
        said_ms: Some(5),
    }
}

#[tokio::test]
async fn the_report_takes_the_reporters_answer_until_a_person_chooses_another_source() {
    each_engine(|db| async move {
        let case = open(&db).await;
        answer(&db, case, (Field::ForceSeen, 1, Said::default())).await;
        answer(&db, case, (Field::ForceSeen, 2, of(1))).await;
        answer(&db, case, (Field::MoneyAccess, 1, of(1))).await;
        let rows = standing(&db, case).await;
        assert_eq!(
            rows.len(),
            1,
            "what only somebody else said is not the report's"
        );
        assert_eq!((rows[0].seq, rows[0].said), (1, Said::default()));
        for (source, seq) in [(1, 2), (0, 1), (1, 2)] {
            db.write("pick", (case, source), |tx, (case, source)| {
                let pick = (Field::ForceSeen, Source::new(*source));
                Box::pin(intake::insert_pick(tx, *case, pick, person()))
            })
            .await
            .unwrap();
            let rows = standing(&db, case).await;
            assert_eq!((rows.len(), rows[0].seq), (1, seq), "{source}");
        }
        assert_eq!(standing(&db, case).await[0].said, of(1));
        let picks = db.read("picks", case, |reads, case| {
            Box::pin(intake::list_picks(reads, *case))
        });
        assert_eq!(picks.await.unwrap().len(), 3, "every choice is kept");
    })
    .await;
}

#[tokio::test]
async fn a_changed_row_of_a_list_is_appended_and_the_newest_counts() {
    each_engine(|db| async move {
        let case = open(&db).await;
        for (item, seq, gone) in [(1, 1, false), (1, 2, false), (2, 1, false), (2, 2, true)] {
            let new = NewItem {
                case,
                list: KnownList::Place,
                item,
                seq,
                body_sealed: vec![1],
                source: Source::REPORTER,
                gone,
                by: person(),
            };
            db.write("item", new, |tx, new| {
                Box::pin(intake::insert_item(tx, new))
            })
            .await
            .unwrap();
        }
        let rows: Vec<_> = items(&db, case).await;
        let rows: Vec<_> = rows
            .iter()
            .map(|row| (row.item, row.seq, row.gone))
            .collect();
        assert_eq!(rows, [(1, 2, false), (2, 2, true)]);
        let next = db.write("next", case, |tx, case| {
            Box::pin(intake::next_item(tx, *case, KnownList::Place))
        });
        assert_eq!(next.await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn sources_are_numbered_and_a_wipe_takes_everything_around_the_answers() {
    each_engine(|db| async move {
        let case = open(&db).await;
        let numbers = db
            .write("sources", case, |tx, case| {
                Box::pin(async move {
                    for tie in [Tie::Friend, Tie::Teacher] {
                        let source = intake::next_source(tx, *case).await?;
                        intake::insert_source(tx, *case, (source, tie), b"x", person()).await?;
                    }
                    let pick = (Field::Clothes, Source::new(1));
                    intake::insert_pick(tx, *case, pick, person()).await?;
                    let seq = intake::next_opening(tx, *case).await?;
                    intake::insert_opening(tx, *case, (seq, b"why"), person()).await?;
                    let rows = intake::list_sources(tx, *case).await?;
                    let numbers = rows.iter().map(|row| (row.source.number(), row.tie));
                    Ok::<_, StoreError>(numbers.collect::<Vec<_>>())
                })
            })
            .await
            .unwrap();
        assert_eq!(numbers, [(1, Tie::Friend), (2, Tie::Teacher)]);
        let left = db
            .write("wipe", case, |tx, case| {
                Box::pin(async move {
                    erasure::wipe(tx, *case).await?;
                    let left = intake::list_sources(tx, *case).await?.len()
                        + intake::list_picks(tx, *case).await?.len();
                    Ok::<_, StoreError>((left, intake::count_openings(tx, *case).await?))
                })
            })
            .await
            .unwrap();
        assert_eq!(left, (0, 0));
    })
    .await;
}
