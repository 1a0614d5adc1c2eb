//! Papers of a case: entries in their order, statements numbered without a gap.

use tifli_domain::id::CaseId;

use super::tips::Told;
use crate::Sealed;
use crate::paper::{self, Entry, Kind};
use crate::testing::{TestDb, each_engine};

async fn write(db: &TestDb, told: &Told, (kind, subject, code): (Kind, &str, &str)) -> i64 {
    let owner = told.case.to_string();
    let context = paper::words_context(told.case, kind, subject, 5);
    let key = db.keys().get(&owner).await.unwrap();
    let scan = db.blobs().put(&key, b"a scanned page").await.unwrap();
    let entry = Entry {
        case: told.case,
        seq: 0,
        kind,
        subject: subject.to_owned(),
        code: code.to_owned(),
        words: Sealed::new(&owner, &context, key.seal(&context, b"before the officer")),
        scan: Some(scan),
        by: told.person,
        at_ms: 5,
    };
    let written = db.write("write", entry, |tx, entry| {
        Box::pin(paper::insert(tx, entry))
    });
    written.await.unwrap()
}

async fn number(db: &TestDb, case: CaseId, district: &'static str, year: i16) -> (i64, i64) {
    let args = (case, district, year);
    let taken = db.write("number", args, |tx, (case, district, year)| {
        Box::pin(paper::take_number(tx, *case, district, *year))
    });
    taken.await.unwrap()
}

#[tokio::test]
async fn entries_about_papers_keep_their_order_and_open_under_the_case_s_key() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        for (at, kind) in Kind::ALL.into_iter().enumerate() {
            let seq = write(&db, &told, (kind, "meta", "given")).await;
            assert_eq!(seq, i64::try_from(at).unwrap() + 1);
        }
        let entries = db
            .read("list", told.case, |reads, case| {
                Box::pin(paper::list(reads, *case))
            })
            .await
            .unwrap();
        assert!(entries.iter().map(|entry| entry.kind).eq(Kind::ALL));
        let scans = db
            .read("scans", told.case, |reads, case| {
                Box::pin(paper::list_scans(reads, *case))
            })
            .await
            .unwrap();
        assert_eq!(scans.len(), 3);
        let sealed = entries.into_iter().map(|entry| entry.words).collect();
        let opened = db.keys().open_all(sealed).await.unwrap();
        assert_eq!(opened.text(2), Some("before the officer"));
    })
    .await;
}

#[tokio::test]
async fn statements_are_numbered_by_district_and_year_without_a_gap() {
    each_engine(|db| async move {
        let (one, two, three) = (
            CaseId::new(1, &Fixed(1)),
            CaseId::new(1, &Fixed(2)),
            CaseId::new(1, &Fixed(3)),
        );
        assert_eq!(number(&db, one, "sale", 2026).await, (2026, 1));
        assert_eq!(number(&db, two, "sale", 2026).await, (2026, 2));
        assert_eq!(number(&db, three, "fes", 2026).await, (2026, 1));
        assert_eq!(
            number(&db, one, "sale", 2027).await,
            (2026, 1),
            "a case has one number"
        );
        let four = CaseId::new(1, &Fixed(4));
        assert_eq!(number(&db, four, "sale", 2027).await, (2027, 1));
    })
    .await;
}

/// Randomness that always says the same.
struct Fixed(u8);

impl tifli_domain::ports::Entropy for Fixed {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}
