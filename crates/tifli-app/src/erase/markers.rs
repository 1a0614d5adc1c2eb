//! A word that occurs nowhere else is put into every field that takes words, the case is lived
//! through and erased, and then every byte on disk is searched for it, in every spelling and
//! encoding. Sealed is not enough here: what a key opened must open nowhere any more.

mod decisions;
mod found;
mod life;
mod line;
mod search;

use std::path::{Path, PathBuf};

use tifli_domain::id::CaseId;
use tifli_store::audit::ObjectId;
use tifli_store::testing::filled_columns;
use tifli_store::tip::TipFilter;
use tifli_store::{
    AuditedRead, Db, DbSettings, Place, Sealed, alert, bulletin, call, case, handover, media,
    message, paper, publication, tip, triage, unit_report,
};

use crate::testing::TestHouse;
use crate::{AppError, AppResult};
use life::Life;
use search::Search;

#[tokio::test]
async fn of_an_erased_case_no_word_is_found_on_disk_in_any_spelling_or_encoding() {
    let house = TestHouse::new().await;
    let life = Life::new(&house).await;
    assert!(life.markers.len() >= 80, "{}", life.markers.len());
    let filled = filled_columns(house.app.db()).await;
    let empty = filled.into_iter().filter(|(_, held)| *held == 0);
    let mut empty: Vec<String> = empty.map(|(name, _)| name).collect();
    empty.retain(|name| !NOT_OF_A_CASE.contains(&name.as_str()));
    assert!(empty.is_empty(), "no marker was put there: {empty:?}");
    let search = Search::new(&life.markers);
    let yesterday = house.folder().join("backup");
    house.app.db().backup(&yesterday).await.unwrap();
    assert_eq!(
        search.hits(house.folder()),
        NOTHING,
        "sealed from the first keystroke"
    );
    life.erase(&house).await;
    assert_eq!(search.hits(house.folder()), NOTHING);
    let filled = filled_columns(house.app.db()).await;
    let left = filled.into_iter().filter(|(_, held)| *held > 0);
    let left: Vec<String> = left.map(|(name, _)| name).collect();
    assert_eq!(
        left,
        ["endpoint.access_sealed", "person.totp_sealed"],
        "no ciphertext of the case is left"
    );
    for marker in &life.markers {
        assert_eq!(house.app.index().search(marker), []);
    }
    // A control: the same search finds each of them where one is.
    let folder = house.folder().join("control");
    std::fs::create_dir(&folder).unwrap();
    for marker in &life.markers {
        let control = folder.join("file");
        std::fs::write(&control, format!("x{marker}y")).unwrap();
        assert_eq!(search.hits(&folder), [control]);
    }
}

#[tokio::test]
async fn yesterdays_backup_opens_with_yesterdays_keys_and_not_with_todays() {
    let house = TestHouse::new().await;
    let life = Life::new(&house).await;
    let (first, second) = (house.folder().join("first"), house.folder().join("second"));
    for folder in [&first, &second] {
        house.app.db().backup(folder).await.unwrap();
    }
    let old_keys = house
        .app
        .db()
        .keys()
        .backup(&house.folder().join("old"))
        .await
        .unwrap();
    let before = opens(backed_up(&house, &first, old_keys), life.out.case).await;
    assert_eq!(before.refused, 0);
    assert!(before.opened > 30, "{}", before.opened);
    life.erase(&house).await;
    let todays = house.folder().join("todays.db");
    std::fs::copy(house.folder().join("keys.db"), &todays).unwrap();
    let after = opens(backed_up(&house, &second, todays), life.out.case).await;
    assert_eq!((after.opened, after.refused), (0, before.opened));
}

/// Sealed columns that no case fills: why a person was moved is kept under the house's key, why a found
/// child's file was closed without a case under that child's, how a call about no case was seen to under that call's,
/// the addresses of readers under the readers'.
const NOT_OF_A_CASE: [&str; 5] = [
    "found_child.reason_sealed",
    "line_call.note_sealed",
    "person_move.reason_sealed",
    "reader.address_sealed",
    "reader_request.address_sealed",
];
/// No file.
const NOTHING: [&Path; 0] = [];

/// How many sealed values of a case opened and how many did not.
struct Tried {
    opened: usize,
    refused: usize,
}

fn backed_up(house: &TestHouse, folder: &Path, keys: PathBuf) -> DbSettings {
    DbSettings {
        place: Place::Sqlite(folder.join("tifli.db")),
        keys_path: keys,
        blobs_dir: folder.join("blobs"),
        ..house.settings()
    }
}

async fn opens(settings: DbSettings, case: CaseId) -> Tried {
    let db = Db::open(settings).await.unwrap();
    let mut tried = Tried {
        opened: 0,
        refused: 0,
    };
    for sealed in all_sealed(&db, case).await.unwrap() {
        let read = AuditedRead {
            actor: "thief".into(),
            reason: "curiosity".into(),
            objects: vec![ObjectId::new("case", case)],
        };
        match db.open_sealed(read, vec![sealed]).await {
            Ok(_) => tried.opened += 1,
            Err(_) => tried.refused += 1,
        }
    }
    db.close().await;
    tried
}

/// Every sealed value of a case, from rows and from files.
async fn all_sealed(db: &Db, case: CaseId) -> AppResult<Vec<Sealed>> {
    let (mut sealed, blobs) = db
        .read("all_sealed", case, |reads, case| {
            Box::pin(async move {
                let answers = case::list_answers(reads, *case).await?;
                let mut sealed: Vec<Sealed> = answers.into_iter().map(|a| a.value).collect();
                let filter = TipFilter {
                    case: Some(*case),
                    ..TipFilter::default()
                };
                for row in tip::list(reads, &filter).await? {
                    let notes = tip::list_notes(reads, row.tip, *case).await?;
                    sealed.extend(notes.into_iter().map(|note| note.body));
                    sealed.extend(triage::list_reasons(reads, row.tip, *case).await?);
                    sealed.extend([Some(row.body), row.reason].into_iter().flatten());
                }
                for row in alert::list_by_case(reads, *case).await? {
                    for version in alert::list_versions(reads, row.alert, *case).await? {
                        let values = [Some(version.draft), version.frozen, version.reason];
                        sealed.extend(values.into_iter().flatten());
                    }
                    let messages = message::list_by_alert(reads, row.alert).await?;
                    let both = |message: message::MessageRow| [Some(message.frozen), message.cap];
                    sealed.extend(messages.into_iter().flat_map(both).flatten());
                }
                for row in handover::list_by_case(reads, *case).await? {
                    let receipts = handover::list_receipts(reads, &row).await?;
                    sealed.extend(receipts.into_iter().filter_map(|receipt| receipt.note));
                }
                for row in bulletin::list_by_case(reads, *case).await? {
                    let telegrams = bulletin::list_telegrams(reads, row.bulletin).await?;
                    sealed.extend(telegrams.iter().filter_map(|one| one.cap.clone()));
                    sealed.extend(telegrams.into_iter().map(|telegram| telegram.frozen));
                }
                let photos = media::list_all_of_case(reads, *case).await?;
                let photos = photos.iter().flat_map(|photo| photo.blobs()).cloned();
                let mut blobs: Vec<_> = photos.collect();
                blobs.extend(handover::list_shots_of_case(reads, *case).await?);
                let calls = call::list_by_case(reads, *case).await?;
                sealed.extend(calls.into_iter().filter_map(|call| call.body));
                let searches = unit_report::list_searches(reads, *case).await?;
                sealed.extend(searches.into_iter().map(|search| search.place));
                for entry in paper::list(reads, *case).await? {
                    blobs.extend(entry.scan);
                    sealed.push(entry.words);
                }
                let entries = publication::list(reads, *case).await?;
                sealed.extend(entries.into_iter().map(|entry| entry.words));
                Ok::<_, AppError>((sealed, blobs))
            })
        })
        .await?;
    for blob in blobs {
        sealed.push(db.blobs().get(&case.to_string(), &blob).await?);
    }
    Ok(sealed)
}
