//! What people decided about whether a case may be public: appended in order, sealed, ended once.

use tifli_domain::id::CaseId;

use super::tips::Told;
use crate::Sealed;
use crate::publication::{self, Entry, Kind};
use crate::testing::{TestDb, each_engine};

async fn write(db: &TestDb, told: &Told, (kind, code, words): (Kind, &str, &str)) -> i64 {
    let owner = told.case.to_string();
    let context = publication::words_context(told.case, kind, 5);
    let key = db.keys().get(&owner).await.unwrap();
    let entry = Entry {
        case: told.case,
        seq: 0,
        kind,
        code: code.to_owned(),
        words: Sealed::new(&owner, &context, key.seal(&context, words.as_bytes())),
        by: told.person,
        at_ms: 5,
        ended_ms: None,
        ended_by: None,
    };
    let written = db.write("write", entry, |tx, entry| {
        Box::pin(publication::insert(tx, entry))
    });
    written.await.unwrap()
}

async fn list(db: &TestDb, case: CaseId) -> Vec<Entry> {
    let list = db.read("list", case, |reads, case| {
        Box::pin(publication::list(reads, *case))
    });
    list.await.unwrap()
}

#[tokio::test]
async fn entries_keep_their_order_and_open_under_the_case_s_key() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        for (number, kind) in Kind::ALL.into_iter().enumerate() {
            let seq = write(&db, &told, (kind, "open", "because")).await;
            assert_eq!(seq, i64::try_from(number).unwrap() + 1);
        }
        let entries = list(&db, told.case).await;
        assert!(entries.iter().map(|entry| entry.kind).eq(Kind::ALL));
        let sealed = entries.into_iter().map(|entry| entry.words).collect();
        let opened = db.keys().open_all(sealed).await.unwrap();
        assert_eq!(opened.text(8), Some("because"));
    })
    .await;
}

#[tokio::test]
async fn an_entry_is_ended_once_and_stays() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        let seq = write(&db, &told, (Kind::Clearance, "plate", "seen on camera")).await;
        for first in [true, false] {
            let args = (told.case, seq, told.person);
            let ended = db.write("end", args, |tx, (case, seq, by)| {
                Box::pin(publication::end(tx, *case, *seq, *by))
            });
            assert_eq!(ended.await, Ok(first));
        }
        let entries = list(&db, told.case).await;
        assert!(entries[0].ended_ms.is_some());
        assert_eq!(entries[0].ended_by, Some(told.person));
    })
    .await;
}
