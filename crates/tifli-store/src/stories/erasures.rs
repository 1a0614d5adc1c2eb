//! Erasures: two people's row outlives the case, the case's rows do not.

use tifli_domain::id::{CaseId, ErasureId, PersonId};

use super::tips::Told;
use crate::erasure::{self, Counts, ErasureRow};
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::{Reads as _, StoreError, media};

/// Rows of every kind that hold what people said.
async fn fill(db: &TestDb, told: &Told) {
    let tip = told.tell(db, 1).await;
    told.photo(db, None).await;
    told.photo(db, Some(tip)).await;
    let ids = (told.case.to_string(), told.alert.to_string());
    db.write(
        "fill",
        (ids, tip.to_string()),
        |tx, ((case, alert), tip)| {
            Box::pin(async move {
                for sql in [
                "insert into answer (case_id, field, seq, value_sealed, by_person, at_ms, stands)
                    select case_id, 'clothes', 1, receipt_hash, 'p', 1, 1
                    from tip where case_id = $1",
                "insert into tip_note (tip_id, seq, side, body_sealed, at_ms)
                    select tip_id, 1, 'house', receipt_hash, 1 from tip where case_id = $1",
                "insert into version
                    (message_id, alert_id, version, state, author, draft_sealed, created_ms)
                    select 'm1', alert_id, 1, 'issued', 'p', receipt_hash, 1
                    from tip where case_id = $1",
                "insert into message
                    (message_id, alert_id, seq, version, msg_type, identifier, sent_ms,
                     expires_ms, area, binding, signature, frozen_sealed, cap_sealed)
                    select 'm1', alert_id, 1, 1, 'Alert', 'i', 1, 1, 'circle', 'b',
                        receipt_hash, receipt_hash, receipt_hash
                    from tip where case_id = $1",
                "insert into bulletin (bulletin_id, case_id, district, state, opened_ms)
                    select 'b1', case_id, 'fes', 'open', 1 from tip where case_id = $1",
                "insert into telegram
                    (telegram_id, bulletin_id, case_id, version, kind, year, number, sent_ms,
                     frozen_sealed, cap_sealed)
                    select 't1', 'b1', case_id, 1, 'search', 2026, 1, 1, receipt_hash,
                        receipt_hash
                    from tip where case_id = $1",
                "insert into telegram_service
                    (place_id, telegram_id, bulletin_id, case_id, service_id, mail, mail_seq,
                     mail_attempts, mail_next_ms, reading, by_phone, lease_attempts)
                    select 't1.aa', 't1', 'b1', case_id, 'aa', 'waiting', 0, 0, 0, 'unread', 0, 0
                    from tip where case_id = $1",
                "insert into dispatch
                    (dispatch_id, telegram_id, bulletin_id, case_id, version, kind, endpoint_id,
                     service_id, state, attempts, next_ms, created_ms, lease_attempts)
                    select 's1', 't1', 'b1', case_id, 1, 'search', 'e1', 'aa', 'retrying', 1, 0, 1, 1
                    from tip where case_id = $1",
                "insert into delivery
                    (delivery_id, message_id, alert_id, channel, kind, lane, state, from_cell,
                     from_number, to_cell, to_number, cursor_cell, cursor_number, audience,
                     handed_map, inside, handed, failed, gone, created_ms, next_ms,
                     lease_until_ms, attempts)
                    select 'd1', 'm1', alert_id, 'web_push', 'area', 1, 'done', 0, 0, 0, 0, 0, 0,
                        receipt_hash, receipt_hash, 3, 3, 0, 0, 1, 0, 0, 1
                    from tip where case_id = $1",
            ] {
                tx.query(sql).bind(case).run().await?;
            }
                let sql = "insert into retry
                (delivery_id, number, attempts, next_ms, code, origin, dead)
                values ('d1', 1, 1, 1, 'gone', 'push', 1)";
                tx.query(sql).run().await?;
                assert!(!alert.is_empty() && !tip.is_empty());
                Ok::<_, StoreError>(())
            })
        },
    )
    .await
    .unwrap();
}

async fn request(db: &TestDb, case: CaseId, by: PersonId) -> ErasureId {
    let erasure = ErasureId::new(1, &CountingEntropy::default());
    db.write("request", (erasure, case, by), |tx, (erasure, case, by)| {
        Box::pin(erasure::insert(tx, *erasure, *case, *by, b"sealed"))
    })
    .await
    .unwrap();
    erasure
}

async fn row(db: &TestDb, erasure: ErasureId) -> ErasureRow {
    let row = db.read("row", erasure, |reads, erasure| {
        Box::pin(erasure::get(reads, *erasure))
    });
    row.await.unwrap()
}

/// How many rows a statement counts.
async fn counted(db: &TestDb, sql: &'static str) -> i64 {
    let count = db.read("counted", sql, |reads, sql| {
        Box::pin(async move { reads.select(sql).get().await?.get::<i64>("n") })
    });
    count.await.unwrap()
}

#[tokio::test]
async fn a_wipe_takes_every_row_that_holds_what_people_said_and_leaves_ids_and_counts() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        fill(&db, &told).await;
        let erasure = request(&db, told.case, told.person).await;
        let held = db.read("count", told.case, |reads, case| {
            Box::pin(erasure::count(reads, *case))
        });
        let expected = Counts {
            answers: 1,
            photos: 2,
            tips: 1,
            messages: 1,
        };
        assert_eq!(held.await, Ok(expected));
        for _ in 0..2 {
            db.write("wipe", told.case, |tx, case| {
                Box::pin(erasure::wipe(tx, *case))
            })
            .await
            .unwrap();
        }
        for sql in [
            "select count(*) as n from tip",
            "select count(*) as n from publication_entry",
            "select count(*) as n from tip_note",
            "select count(*) as n from answer",
            "select count(*) as n from version",
            "select count(*) as n from retry",
            "select count(*) as n from telegram where length(frozen_sealed) > 0",
            "select count(*) as n from telegram where cap_sealed is not null",
            "select count(*) as n from telegram_service where mail = 'waiting'",
            "select count(*) as n from dispatch where state <> 'withdrawn'",
            "select count(*) as n from message where length(frozen_sealed) > 0 or area <> ''",
            "select count(*) as n from message where cap_sealed is not null",
            "select count(*) as n from delivery
                where audience is not null or handed_map is not null",
        ] {
            assert_eq!(counted(&db, sql).await, 0, "{sql}");
        }
        assert_eq!(counted(&db, "select count(*) as n from message").await, 1);
        assert_eq!(counted(&db, "select handed as n from delivery").await, 3);
        assert_eq!(row(&db, erasure).await.reason.map(|_| ()), None);
        let cases = db.read("cases", (), |reads, ()| {
            Box::pin(erasure::list_cases(reads))
        });
        assert_eq!(cases.await, Ok(vec![(told.case, true)]));
        let photos = db.read("photos", told.case, |reads, case| {
            Box::pin(media::list_all_of_case(reads, *case))
        });
        assert_eq!(photos.await.unwrap().len(), 2, "until the files are gone");
        let dropped = db.write("drop", told.case, |tx, case| {
            Box::pin(erasure::drop_photos(tx, *case))
        });
        assert_eq!(dropped.await, Ok(2));
    })
    .await;
}

#[tokio::test]
async fn an_erasure_is_open_until_it_is_confirmed_and_unfinished_until_it_is_done() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        let erasure = request(&db, told.case, told.person).await;
        let mut row = row(&db, erasure).await;
        assert!(row.is_open());
        for (confirmed, done, open, unfinished) in [
            (None, None, 1, 0),
            (Some(5), None, 0, 1),
            (Some(5), Some(6), 0, 0),
        ] {
            (row.confirmed_ms, row.done_ms) = (confirmed, done);
            row.confirmed_by = confirmed.map(|_| told.person);
            db.write("update", row.clone(), |tx, row| {
                Box::pin(erasure::update(tx, row))
            })
            .await
            .unwrap();
            let lists = db.read("lists", (), |reads, ()| {
                Box::pin(async move {
                    let open = erasure::list_open(reads).await?.len();
                    Ok::<_, StoreError>((open, erasure::list_unfinished(reads).await?.len()))
                })
            });
            assert_eq!(lists.await, Ok((open, unfinished)));
        }
        let latest = db.read("latest", told.case, |reads, case| {
            Box::pin(erasure::find_latest(reads, *case))
        });
        assert_eq!(latest.await.unwrap().unwrap().done_ms, Some(6));
    })
    .await;
}

#[tokio::test]
async fn nothing_stays_in_the_log_after_it_was_truncated() {
    let db = TestDb::sqlite().await;
    let told = Told::begin(&db).await;
    told.tell(&db, 1).await;
    let log = db.folder().join("tifli.db-wal");
    assert!(std::fs::metadata(&log).unwrap().len() > 0);
    db.truncate_log().await.unwrap();
    assert_eq!(std::fs::metadata(&log).unwrap().len(), 0);
    told.tell(&db, 2).await;
}
