//! The audit chain: every act and read is in it once, and no change to it goes unnoticed.

use futures::future::join_all;

use super::notes::{insert_note, with_notes};
use crate::audit::{self, ChainHead, ChainReport, Detail, Entry, ObjectId, Record};
use crate::testing::{TestDb, each_engine};
use crate::{AuditedRead, Sealed, StoreError};

fn entry(number: u32) -> Entry {
    let object = ObjectId::new("case", format!("case_{number}"));
    Entry::new("person_7", "case.read", object).with_detail(Detail::none().with("tips", number))
}

async fn act(db: &TestDb, number: u32) -> Result<(), StoreError> {
    db.write("act", number, |tx, number| {
        Box::pin(async move { tx.audit(entry(*number)) })
    })
    .await
}

async fn verify(db: &TestDb, remembered: Vec<ChainHead>) -> ChainReport {
    db.read("verify", remembered, |tx, remembered| {
        Box::pin(async move { audit::verify(tx, remembered).await })
    })
    .await
    .unwrap()
}

async fn export(db: &TestDb) -> String {
    db.read("export", (), |tx, ()| {
        Box::pin(async move { audit::export_ndjson(tx).await })
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn acts_side_by_side_make_one_chain_without_gaps() {
    each_engine(|db| async move {
        for result in join_all((0..50).map(|number| act(&db, number))).await {
            result.unwrap();
        }
        let report = verify(&db, vec![]).await;
        assert!(report.ok, "{report:?}");
        assert_eq!(report.entries, 50);
        let db = db.reopen().await;
        act(&db, 50).await.unwrap();
        let report = verify(&db, report.heads).await;
        assert!(report.ok, "{report:?}");
        assert_eq!(report.entries, 51);
    })
    .await;
}

#[tokio::test]
async fn an_act_that_is_undone_leaves_no_entry() {
    each_engine(|db| async move {
        with_notes(&db).await;
        let writes = (0..20).map(|number| {
            db.write("maybe", number, |tx, number| {
                Box::pin(async move {
                    tx.audit(entry(*number))?;
                    insert_note(tx, &number.to_string()).await?;
                    if number % 2 == 0 {
                        return Err(StoreError::NotFound { write: "maybe" });
                    }
                    Ok(())
                })
            })
        });
        join_all(writes).await;
        let report = verify(&db, vec![]).await;
        assert!(report.ok, "{report:?}");
        assert_eq!(report.entries, 10);
    })
    .await;
}

#[tokio::test]
async fn prose_does_not_enter_the_chain() {
    each_engine(|db| async move {
        let prose = db.write("prose", (), |tx, ()| {
            Box::pin(async move {
                let object = ObjectId::new("case", "case_1");
                let detail = Detail::none().with("reason", "her mother called");
                tx.audit(Entry::new("person_7", "case.read", object).with_detail(detail))
            })
        });
        let refused = StoreError::NotACode { field: "detail" };
        assert_eq!(prose.await, Err(refused));
        assert_eq!(verify(&db, vec![]).await.entries, 0);
    })
    .await;
}

#[tokio::test]
async fn opening_sealed_values_leaves_exactly_one_entry() {
    each_engine(|db| async move {
        let key = db.keys().create("case_1").await.unwrap();
        let sealed = vec![
            Sealed::new(
                "case_1",
                "child:name:case_1",
                key.seal("child:name:case_1", b"Imane"),
            ),
            Sealed::new(
                "case_1",
                "child:age:case_1",
                key.seal("child:age:case_1", b"8"),
            ),
        ];
        let read = AuditedRead {
            actor: "person_7".into(),
            reason: "duty".into(),
            objects: vec![
                ObjectId::new("case", "case_1"),
                ObjectId::new("photo", "photo_2"),
            ],
        };
        let opened = db.open_sealed(read, sealed).await.unwrap();
        assert_eq!(opened.text(0), Some("Imane"));
        assert_eq!(opened.text(1), Some("8"));
        let record: Record = serde_json::from_str(&export(&db).await).unwrap();
        assert_eq!(record.verb, "case.read");
        assert_eq!(record.object_id, "case_1");
        assert_eq!(record.detail, "reason=duty values=2 also=photo_2");
    })
    .await;
}

#[tokio::test]
async fn a_read_that_names_nothing_opens_nothing() {
    let db = TestDb::sqlite().await;
    let key = db.keys().create("case_1").await.unwrap();
    let sealed = vec![Sealed::new("case_1", "c", key.seal("c", b"Imane"))];
    let read = AuditedRead {
        actor: "person_7".into(),
        reason: "duty".into(),
        objects: vec![],
    };
    assert!(db.open_sealed(read, sealed).await.is_err());
}

#[tokio::test]
async fn the_table_refuses_to_be_rewritten() {
    each_engine(|db| async move {
        act(&db, 1).await.unwrap();
        for sql in ["update audit set actor = 'nobody'", "delete from audit"] {
            let tried = db.write("rewrite", sql, |tx, sql| {
                Box::pin(async move { tx.statement(sql).run().await })
            });
            assert!(matches!(tried.await, Err(StoreError::Statement { .. })));
        }
        assert!(verify(&db, vec![]).await.ok);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_who_rewrites_rows_is_found_out() {
    each_engine(|db| async move {
        for number in 0..5 {
            act(&db, number).await.unwrap();
        }
        let remembered = verify(&db, vec![]).await.heads;
        let drops: &[&'static str] = if db.is_sqlite() {
            &[
                "drop trigger audit_no_update",
                "drop trigger audit_no_delete",
            ]
        } else {
            &["alter table audit disable trigger all"]
        };
        for sql in drops {
            sly(&db, sql).await;
        }
        sly(&db, "update audit set actor = 'somebody' where seq = 3").await;
        let report = verify(&db, remembered.clone()).await;
        assert_eq!(report.first_bad, Some(("n1".into(), 3)));
        sly(&db, "update audit set actor = 'person_7' where seq = 3").await;
        assert!(verify(&db, remembered.clone()).await.ok);
        sly(&db, "delete from audit where seq = 5").await;
        assert!(
            verify(&db, vec![]).await.ok,
            "a shorter chain looks whole by itself"
        );
        let report = verify(&db, remembered).await;
        assert_eq!(report.first_bad, Some(("n1".into(), 5)));
    })
    .await;
}

async fn sly(db: &TestDb, sql: &'static str) {
    db.write("sly", sql, |tx, sql| {
        Box::pin(async move { tx.statement(sql).run().await })
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn every_change_to_an_export_is_detected() {
    let db = TestDb::sqlite().await;
    for number in 0..12 {
        act(&db, number).await.unwrap();
    }
    let remembered = verify(&db, vec![]).await.heads;
    let text = export(&db).await;
    assert!(audit::verify_ndjson(&text, &remembered).ok);
    let lines: Vec<&str> = text.lines().collect();
    for place in 0..lines.len() {
        let mut shorter = lines.clone();
        shorter.remove(place);
        assert!(
            !audit::verify_ndjson(&shorter.join("\n"), &remembered).ok,
            "without {place}"
        );
        let mut doubled = lines.clone();
        doubled.insert(place, lines[place]);
        assert!(
            !audit::verify_ndjson(&doubled.join("\n"), &remembered).ok,
            "twice {place}"
        );
        for other in place + 1..lines.len() {
            let mut swapped = lines.clone();
            swapped.swap(place, other);
            assert!(
                !audit::verify_ndjson(&swapped.join("\n"), &remembered).ok,
                "{place}/{other}"
            );
        }
    }
}

#[tokio::test]
async fn every_altered_byte_of_an_export_is_detected() {
    let db = TestDb::sqlite().await;
    for number in 0..12 {
        act(&db, number).await.unwrap();
    }
    let remembered = verify(&db, vec![]).await.heads;
    let text = export(&db).await;
    let honest: Vec<Record> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for place in 0..text.len() {
        let mut altered = text.clone().into_bytes();
        altered[place] ^= 1;
        let Ok(altered) = String::from_utf8(altered) else {
            continue;
        };
        let parsed: Result<Vec<Record>, _> = altered.lines().map(serde_json::from_str).collect();
        // A change that JSON does not care about (white space) says the same and may pass.
        if parsed.is_ok_and(|parsed| parsed == honest) {
            continue;
        }
        assert!(
            !audit::verify_ndjson(&altered, &remembered).ok,
            "byte {place}"
        );
    }
}
