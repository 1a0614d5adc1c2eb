//! Photos, told as stories on SQLite with the real decoder in its own process.

use tifli_domain::Role;
use tifli_domain::id::CaseId;
use tifli_store::audit::{self, ObjectId};

use super::{MAX_PHOTOS, Rendition};
use crate::testing::TestHouse;
use crate::{AppError, Kind};

async fn reads_of(house: &TestHouse, media: impl ToString) -> Vec<String> {
    house
        .app
        .db()
        .read("reads_of", media.to_string(), |reads, media| {
            Box::pin(async move {
                let object = ObjectId::new("photo", media);
                let entries = audit::list(reads, &object, 100).await?;
                let line = |entry: audit::Record| format!("{} {}", entry.actor, entry.detail);
                Ok::<_, AppError>(entries.into_iter().map(line).collect())
            })
        })
        .await
        .unwrap()
}

async fn photos(house: &TestHouse, who: &tifli_domain::Actor, case: CaseId) -> Vec<String> {
    let file = house.app.read_file(who, case, "test").await.unwrap();
    file.photos
        .iter()
        .map(|photo| photo.media.to_string())
        .collect()
}

#[tokio::test]
async fn a_photo_comes_back_as_a_drawn_rendition_with_one_entry_each() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let original = house.photo(3);
    let media = house
        .app
        .add_photo(&officer, case, &original)
        .await
        .unwrap();
    let file = house.app.read_file(&officer, case, "test").await.unwrap();
    let row = &file.photos[0];
    let app = &house.app;
    let public = app
        .open_photo(&officer, media, Rendition::Public)
        .await
        .unwrap();
    assert_eq!(row.public_size, public.len() as i64);
    assert_eq!(
        row.public_sha256,
        crate::hex(&crate::codes::sha256(&public))
    );
    assert_eq!(
        (row.public_sha1.len(), row.created_by.clone()),
        (40, officer.person.to_string())
    );
    assert_ne!(public, original, "it was drawn anew");
    let card = app
        .open_photo(&officer, media, Rendition::Card)
        .await
        .unwrap();
    assert!(card.len() < public.len());
    let who = officer.person;
    let line = format!("{who} reason=look values=1 also={case}");
    assert_eq!(reads_of(&house, media).await, [line.clone(), line]);
}

#[tokio::test]
async fn a_live_photo_is_opened_once_and_wiped_when_its_case_is_forgotten() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let media = house
        .app
        .add_photo(&officer, case, &house.photo(3))
        .await
        .unwrap();
    for _ in 0..5 {
        let bytes = house
            .app
            .photo_bytes(media, Rendition::Public)
            .await
            .unwrap();
        assert!(bytes.starts_with(&[0xff, 0xd8]));
    }
    let line = format!("system reason=publish values=1 also={case}");
    assert_eq!(reads_of(&house, media).await, [line]);
    assert!(
        house
            .app
            .index()
            .photos()
            .find(media, Rendition::Public)
            .is_some()
    );
    house.app.index().forget(case);
    assert!(
        house
            .app
            .index()
            .photos()
            .find(media, Rendition::Public)
            .is_none()
    );
}

#[tokio::test]
async fn what_is_no_photo_is_refused_beside_the_field() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    for (bytes, code) in [
        (b"%PDF-1.7 not a photo".to_vec(), "unsupported_format"),
        (b"nothing of the kind".to_vec(), "not_an_image"),
        (vec![0; 13 * 1024 * 1024], "too_large_bytes"),
        (house.photo(1)[..2000].to_vec(), "damaged"),
    ] {
        let error = house
            .app
            .add_photo(&officer, case, &bytes)
            .await
            .unwrap_err();
        assert_eq!(error.kind, Kind::Invalid);
        let problem = &error.problems[0];
        assert_eq!(
            (problem.field.as_str(), problem.code.as_str()),
            ("photo", code)
        );
    }
    assert!(house.app.db().blobs().list().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_seventh_photo_is_refused_and_leaves_no_file() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let photo = house.photo(1);
    for _ in 0..MAX_PHOTOS {
        house.app.add_photo(&officer, case, &photo).await.unwrap();
    }
    let error = house
        .app
        .add_photo(&officer, case, &photo)
        .await
        .unwrap_err();
    assert_eq!(error.problems[0].code, "too_many_photos");
    let blobs = house.app.db().blobs().list().await.unwrap();
    assert_eq!(blobs.len(), 3 * MAX_PHOTOS as usize);
}

#[tokio::test]
async fn a_photo_is_put_first_and_taken_out() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let one = house
        .app
        .add_photo(&officer, case, &house.photo(1))
        .await
        .unwrap();
    let two = house
        .app
        .add_photo(&officer, case, &house.photo(2))
        .await
        .unwrap();
    let ids = [one.to_string(), two.to_string()];
    assert_eq!(photos(&house, &officer, case).await, ids);
    house.app.make_first_photo(&officer, two).await.unwrap();
    assert_eq!(
        photos(&house, &officer, case).await,
        [ids[1].clone(), ids[0].clone()]
    );
    house.app.remove_photo(&officer, two).await.unwrap();
    assert_eq!(photos(&house, &officer, case).await, [ids[0].clone()]);
    assert_eq!(house.app.db().blobs().list().await.unwrap().len(), 3);
    let gone = house.app.open_photo(&officer, two, Rendition::Card).await;
    assert_eq!(gone.unwrap_err().kind, Kind::NotFound);
}

#[tokio::test]
async fn a_foreign_officer_sees_no_photo() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let foreign = house.actor(Role::Officer, "fes").await;
    let case = house.draft(&officer).await;
    let media = house
        .app
        .add_photo(&officer, case, &house.photo(1))
        .await
        .unwrap();
    let error = house
        .app
        .open_photo(&foreign, media, Rendition::Card)
        .await
        .unwrap_err();
    assert_eq!(error.kind, Kind::Forbidden);
    assert!(house.app.remove_photo(&foreign, media).await.is_err());
    assert!(house.app.make_first_photo(&foreign, media).await.is_err());
    assert!(reads_of(&house, media).await.is_empty());
}

#[tokio::test]
async fn no_photo_lies_open_on_the_disk() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let original = house.photo(5);
    let media = house
        .app
        .add_photo(&officer, case, &original)
        .await
        .unwrap();
    let public = house
        .app
        .photo_bytes(media, Rendition::Public)
        .await
        .unwrap();
    for blob in house.app.db().blobs().list().await.unwrap() {
        let path = house
            .folder()
            .join("blobs")
            .join(&blob.as_str()[..2])
            .join(blob.as_str());
        let stored = std::fs::read(path).unwrap();
        for clear in [&original, &public] {
            let middle = &clear[clear.len() / 2..clear.len() / 2 + 32];
            assert!(!stored.windows(32).any(|part| part == middle));
        }
    }
}

#[tokio::test]
async fn a_file_that_no_row_names_is_removed_at_the_second_look() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    house
        .app
        .add_photo(&officer, case, &house.photo(1))
        .await
        .unwrap();
    let key = house.app.case_key(case).await.unwrap();
    let stray = house
        .app
        .db()
        .blobs()
        .put(&key, b"left by a crash")
        .await
        .unwrap();
    let first = house.app.sweep_blobs(&[]).await.unwrap();
    assert_eq!(
        (first.orphans.as_slice(), first.missing.len()),
        ([stray].as_slice(), 0)
    );
    let second = house.app.sweep_blobs(&first.orphans).await.unwrap();
    assert!(second.orphans.is_empty());
    assert_eq!(house.app.db().blobs().list().await.unwrap().len(), 3);
}
