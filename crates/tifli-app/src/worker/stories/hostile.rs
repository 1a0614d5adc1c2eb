//! Partners that misbehave, and receipts that come late, twice or for nothing, by name. What lies, hides
//! behind a redirect or changes its address stands in `systems` and in the tests of `tifli-channel`.

use tifli_domain::alert::EndReason;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::id::HandoverId;
use tifli_domain::partner::{HandoverAct, HandoverState, Way};
use tifli_sandbox::faults::Fault;

use super::systems::{Connected, sent};
use crate::partner::{Evidence, HandoverNote, HandoverStep};
use crate::{AppResult, Kind};

/// The desk records a step with everything that it may need.
async fn step(house: &Connected, id: HandoverId, act: HandoverAct) -> AppResult<()> {
    let step = HandoverStep {
        act,
        way: act.needs_way().then_some(Way::Mail),
        note: HandoverNote {
            reference: String::new(),
            words: "Seen in the invented bulletin.".to_owned(),
        },
    };
    let app = &house.scene.house.app;
    app.record_handover(&house.room, id, step, Evidence::default())
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_cut_in_its_body_or_garbage_is_told_again_under_the_same_id_and_counts_once() {
    for fault in [Fault::close_mid_body(), Fault::garbage()] {
        let mut house = Connected::new().await;
        house.hook.play(vec![fault.clone().takes().next(1)]);
        house.scene.start();
        let alert = house.scene.issue().await;
        house
            .until(alert, house.television, |row| {
                row.outcome == Some(Outcome::Unknown) || sent(row)
            })
            .await;
        house.advance(2_000);
        house.both_told(alert).await;
        let ids: Vec<_> = house.hook.events().into_iter().map(|one| one.id).collect();
        assert_eq!(ids.len(), 1, "{fault:?}: one event, however often it came");
        house.scene.ends_dark(alert, EndReason::Found).await;
        assert_eq!(house.taken(), ["alert.issued", "alert.ended"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_that_asks_to_wait_is_left_alone_until_then_and_nobody_else_waits() {
    let mut house = Connected::new().await;
    house.hook.play(vec![Fault::throttle(30).next(1)]);
    house.scene.start();
    let alert = house.scene.issue().await;
    house.until(alert, house.railways, sent).await;
    house
        .until(alert, house.television, |row| {
            row.state == DeliveryState::Retrying
        })
        .await;
    let row = house.newest(alert, house.television).await.row;
    assert_eq!(row.code.as_deref(), Some("throttled"));
    assert_eq!(
        row.next_ms,
        house.scene.house.clock.now_ms() + 30_000,
        "its own time, not ours"
    );
    house.advance(30_000);
    house.until(alert, house.television, sent).await;
    house.scene.ends_dark(alert, EndReason::Found).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_of_a_cancelled_alert_is_refused_and_tells_nobody_twice() {
    let mut house = Connected::new().await;
    house.scene.start();
    let alert = house.scene.issue().await;
    house.both_told(alert).await;
    house.scene.ends(alert, EndReason::Found).await;
    let app = house.scene.house.app.clone();
    for reason in [EndReason::Found, EndReason::Danger] {
        let again = app.cancel(&house.scene.approver, alert, reason).await;
        assert_eq!(again.unwrap_err().code, "alert_not_live");
    }
    let case = tifli_domain::case::CaseState::Dark;
    house.scene.case_is(case).await;
    house.scene.stop().await;
    assert_eq!(house.taken(), ["alert.issued", "alert.ended"]);
    assert_eq!(house.cap.messages().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_of_an_ended_or_expired_alert_is_refused() {
    for by_clock in [false, true] {
        let mut house = Connected::new().await;
        house.scene.start();
        let alert = house.scene.issue().await;
        house.both_told(alert).await;
        if by_clock {
            house.advance(25 * 3_600_000);
        } else {
            house.scene.ends(alert, EndReason::Found).await;
        }
        let case = tifli_domain::case::CaseState::Dark;
        house.scene.case_is(case).await;
        house.scene.stop().await;
        let app = &house.scene.house.app;
        let late = app.begin_update(&house.scene.officer, alert).await;
        assert_eq!(late.unwrap_err().kind, Kind::Conflict);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_for_an_unknown_message_writes_nothing() {
    let house = Connected::new().await;
    let app = &house.scene.house.app;
    let nobody = HandoverId::new(app.now_ms(), app.entropy());
    let refused = step(&house, nobody, HandoverAct::SeeLive).await;
    assert_eq!(refused.unwrap_err().kind, Kind::NotFound);
    let story = app.hand_story(&house.room, nobody).await;
    assert_eq!(story.unwrap_err().kind, Kind::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_out_of_order_are_refused_and_one_that_comes_a_thousand_times_counts_once() {
    let house = Connected::new().await;
    let alert = house.scene.issue().await;
    let app = &house.scene.house.app;
    let line = app.ledger(&house.room, alert).await.unwrap().hands;
    let hand = line.iter().find(|one| one.line.partner == "meta").unwrap();
    let id = hand.line.handover;
    assert_eq!(hand.outcome, None, "nobody gave it to them");
    for early in [HandoverAct::SeeWithdrawn, HandoverAct::SeeLive] {
        let refused = step(&house, id, early).await.unwrap_err();
        assert_eq!(refused.code, "not_possible_now", "{early:?}");
    }
    step(&house, id, HandoverAct::Submit).await.unwrap();
    let known = app.hand_story(&house.room, id).await.unwrap();
    assert_eq!(known.outcome, Some(Outcome::Unknown), "nobody saw it");
    step(&house, id, HandoverAct::SeeLive).await.unwrap();
    for _ in 1..1_000 {
        let again = step(&house, id, HandoverAct::SeeLive).await.unwrap_err();
        assert_eq!(again.code, "not_possible_now");
    }
    let story = app.hand_story(&house.room, id).await.unwrap();
    assert_eq!(story.outcome, Some(Outcome::Sent));
    assert_eq!(story.line.state, HandoverState::SeenLive);
    assert_eq!(story.receipts.len(), 3, "prepared, given, seen");
    assert_eq!(story.submissions(), 1);
}
