//! Triage: ordered by band, taken once, and put back as it was.

use tifli_domain::tip::TipState;
use tifli_domain::triage::{Band, Info, Source, Tag, Why};

use super::tips::Told;
use crate::testing::each_engine;
use crate::triage::{self, NewAct, Standing};
use crate::{StoreError, tip};

#[tokio::test]
async fn the_queue_is_ordered_by_band_and_time_and_counted_by_band() {
    each_engine(async |db| {
        let told = Told::begin(&db).await;
        let mut tips = Vec::new();
        for receipt in 1..=3 {
            tips.push(told.tell(&db, receipt).await);
        }
        let args = (tips.clone(), told.case);
        db.write("rank", args, |tx, (tips, case)| {
            Box::pin(async move {
                for (tip, (band, due_ms)) in
                    tips.iter()
                        .zip([(Band::Past, 50), (Band::Live, 70), (Band::Live, 60)])
                {
                    let row = tip::get(tx, *tip).await?;
                    let standing = Standing {
                        band,
                        due_ms,
                        why: vec![Why::Now, Why::Place],
                        ..row.standing
                    };
                    triage::write(tx, *tip, &standing).await?;
                }
                let queue = triage::list_queue(tx, None, (0, 10)).await?;
                let order: Vec<_> = queue.iter().map(|row| row.tip).collect();
                assert_eq!(order, [tips[2], tips[1], tips[0]]);
                assert_eq!(queue[0].standing.why, [Why::Now, Why::Place]);
                let rest = triage::list_queue(tx, Some(*case), (1, 1)).await?;
                assert_eq!(rest[0].tip, tips[1]);
                let counts = triage::count_bands(tx, 65).await?;
                let live = &counts[0];
                assert_eq!(
                    (live.band, live.waiting, live.late, live.free),
                    (Band::Live, 2, 1, 2)
                );
                assert_eq!((counts[2].waiting, counts[3].waiting), (1, 0));
                let due = triage::find_earliest_due(tx, *case, Band::Live).await?;
                assert_eq!(due, Some(60));
                let none = triage::find_earliest_due(tx, *case, Band::Opinion).await?;
                assert_eq!(none, None);
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_tip_is_taken_by_one_and_an_act_taken_back_leaves_what_was() {
    each_engine(async |db| {
        let told = Told::begin(&db).await;
        let tip = told.tell(&db, 1).await;
        db.write("act", (tip, told.person), |tx, (tip, me)| {
            Box::pin(async move {
                let before = tip::get(tx, *tip).await?;
                let batch = triage::next_batch(tx).await?;
                let act = NewAct {
                    batch,
                    act: "tip.take",
                    by: *me,
                };
                triage::note(tx, &before, &act).await?;
                assert!(triage::take(tx, *tip, *me).await?);
                assert!(!triage::take(tx, *tip, *me).await?, "only once");
                let after = Standing {
                    state: TipState::Dismissed,
                    decided_by: Some(*me),
                    decided_ms: Some(5),
                    tag: Some(Tag::Detail),
                    apart_ms: Some(6),
                    source: Some(Source::B),
                    info: Some(Info::Probable),
                    graded_by: Some(*me),
                    graded_ms: Some(7),
                    ..tip::get(tx, *tip).await?.standing
                };
                triage::write(tx, *tip, &after).await?;
                assert_eq!(tip::get(tx, *tip).await?.standing, after);
                let acts = triage::list_last_batch(tx, *me, 0).await?;
                assert_eq!(acts.len(), 1);
                assert_eq!(acts[0].before, before.standing);
                assert!(!triage::moved_on(tx, &acts[0]).await?);
                let next = NewAct {
                    batch: triage::next_batch(tx).await?,
                    act: "tip.grade",
                    by: *me,
                };
                let row = tip::get(tx, *tip).await?;
                triage::note(tx, &row, &next).await?;
                assert!(triage::moved_on(tx, &acts[0]).await?);
                triage::mark_undone(tx, next.batch).await?;
                assert!(!triage::moved_on(tx, &acts[0]).await?);
                let last = triage::list_last_batch(tx, *me, 0).await?;
                assert_eq!(
                    last[0].batch, batch,
                    "what was taken back is not the last act"
                );
                let late = triage::list_last_batch(tx, *me, i64::MAX).await?;
                assert!(late.is_empty(), "too long ago");
                triage::write(tx, *tip, &before.standing).await?;
                assert_eq!(tip::get(tx, *tip).await?.standing, before.standing);
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
    })
    .await;
}
