//! Rows written past the program: what two people did not agree on leaves by no channel.

use std::sync::Arc;

use super::scene::{SALE, Scene};
use crate::alert::{FeedAsk, FeedForm, PublicState};
use crate::report::Confirmation;
use crate::worker::gate::Gate;
use crate::worker::roll::Kind;
use crate::worker::{deliver, relay};
use tifli_domain::alert::EndReason;
use tifli_domain::id::AlertId;

/// Each changes one field of the message, of its hands or of what stands around it.
const FORGED: [&str; 16] = [
    "update message set version = version + 1",
    "update message set version = 7",
    "update message set msg_type = 'Update'",
    "update message set msg_type = 'Cancel'",
    "update message set identifier = 'tifli-other'",
    "update message set sent_ms = sent_ms + 1000",
    "update message set expires_ms = expires_ms + 1",
    "update message set expires_ms = expires_ms - 1",
    "update message set area = replace(area, '34.', '35.')",
    "update message set signature = zeroblob(64)",
    "update message set signature = zeroblob(0)",
    "update message set frozen_sealed = zeroblob(400)",
    "update message set binding = replace(binding, '\"count\":', '\"count\":1')",
    "update message set binding = replace(binding, 'web_push', 'web_pusi')",
    "update message set binding = replace(binding, '\"demo\"', '\"live\"')",
    "update message set binding = '{}'",
];

async fn deliver(scene: &Scene) -> Result<bool, crate::AppError> {
    deliver::deliver_one(&scene.house.app, &Gate::default(), Kind::Push).await
}

async fn page(scene: &Scene, alert: AlertId) -> Result<PublicState, crate::AppError> {
    let row = scene.house.app.alert_row(alert).await.unwrap();
    scene.house.app.public_state(&row.code).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_with_any_field_changed_after_its_approval_is_neither_sent_nor_shown() {
    for sql in FORGED {
        let mut scene = Scene::new().await;
        scene.people(3, SALE).await;
        let alert = scene.issue().await;
        assert_eq!(relay::relay_one(&scene.house.app).await, Ok(true), "{sql}");
        assert_eq!(scene.forge(sql).await, 1, "{sql}");
        // Nothing opened before is still at hand.
        scene.house = scene.house.restart().await;
        assert!(deliver(&scene).await.is_err(), "{sql}");
        assert!(page(&scene, alert).await.is_err(), "{sql}");
        assert_eq!(scene.arrivals().await, [], "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_changed_while_the_message_is_out_takes_it_off_the_page_as_well() {
    let mut scene = Scene::new().await;
    scene.people(3, SALE).await;
    let alert = scene.issue().await;
    assert!(matches!(
        page(&scene, alert).await,
        Ok(PublicState::Live(_))
    ));
    scene
        .forge("update message set expires_ms = expires_ms + 3600000")
        .await;
    assert_eq!(page(&scene, alert).await.unwrap_err().code, "signature");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_forged_message_takes_only_its_own_alert_off_the_pages() {
    let mut scene = Scene::new().await;
    scene.people(3, SALE).await;
    let forged = scene.issue().await;
    assert_eq!(
        scene
            .forge("update message set signature = zeroblob(64)")
            .await,
        1
    );
    let other = scene.issue_another().await;
    let row = scene.house.app.alert_row(other).await.unwrap();
    let shown = scene.house.app.current_alerts().await.unwrap();
    let codes: Vec<_> = shown.iter().map(|alert| &alert.message.alert).collect();
    assert_eq!(codes, [&row.code]);
    let ask = FeedAsk::whole(FeedForm::Atom, "fr");
    let feed = scene.house.app.feed(&ask).await.unwrap().xml;
    assert!(feed.contains(&shown[0].message.identifier));
    assert!(page(&scene, forged).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_makes_no_deliveries_of_a_forged_message() {
    let mut scene = Scene::new().await;
    scene.people(20, SALE).await;
    scene.issue().await;
    scene
        .forge("update message set area = replace(area, '34.', '33.')")
        .await;
    let refused = relay::relay_one(&scene.house.app).await;
    assert_eq!(refused.unwrap_err().code, "signature");
    assert_eq!(deliver(&scene).await, Ok(false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_waits_for_its_approver_is_not_shown_by_rows_that_say_it_was_approved() {
    let mut scene = Scene::new().await;
    scene.people(3, SALE).await;
    let app = Arc::new(scene.house.app.clone());
    let message = app.begin_alert(&scene.officer, scene.case).await.unwrap();
    let submitted = app
        .submit(&scene.officer, message, Confirmation::Given)
        .await
        .unwrap();
    let approval =
        "insert into approval select message_id, 'approver', 'x', binding, at_ms, district, unit
        from approval";
    let issued = "insert into message
        select message_id, alert_id, 1, version, 'Alert',
            'tifli-' || replace(message_id, '_', '-'), submitted_ms,
            json_extract(binding, '$.expires_ms'), '', binding, zeroblob(64), frozen_sealed, null
        from version";
    let work = "insert into outbox
        select 'outbox_019ca8a03e8077648726a72f8e1d245f', message_id, alert_id, 'web_push',
            created_ms, null, null, 0, 0
        from version";
    for sql in [
        approval,
        issued,
        work,
        "update version set state = 'issued'",
    ] {
        assert_eq!(scene.forge(sql).await, 1);
    }
    scene
        .forge("update alert set state = 'live', version = 1, live_ms = 1")
        .await;
    assert_eq!(
        page(&scene, submitted.binding.alert)
            .await
            .unwrap_err()
            .code,
        "signature"
    );
    assert_eq!(relay::relay_one(&app).await.unwrap_err().code, "signature");
    assert_eq!(app.current_alerts().await.unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_message_is_not_sent_again_by_a_delivery_in_the_name_of_another_alert() {
    let mut scene = Scene::new().await;
    scene.people(20, SALE).await;
    let alert = scene.issue().await;
    assert_eq!(relay::relay_one(&scene.house.app).await, Ok(true));
    scene.ends(alert, EndReason::Found).await;
    let forged = "update delivery
        set state = 'pending', finished_ms = null, lease_until_ms = 0,
            alert_id = 'alert_019ca8a03e8077648726a72f8e1d245f'
        where state = 'withdrawn'";
    assert_eq!(scene.forge(forged).await, 1);
    assert_eq!(deliver(&scene).await.unwrap_err().code, "delivery_altered");
    assert_eq!(scene.arrivals().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_message_is_not_sent_again_by_a_delivery_that_was_put_back() {
    let mut scene = Scene::new().await;
    scene.people(20, SALE).await;
    let alert = scene.issue().await;
    assert_eq!(relay::relay_one(&scene.house.app).await, Ok(true));
    scene.ends(alert, EndReason::Found).await;
    scene.house = scene.house.restart().await;
    let forged = "update delivery
        set state = 'pending', finished_ms = null, lease_until_ms = 0
        where state = 'withdrawn'";
    assert_eq!(scene.forge(forged).await, 1);
    assert_eq!(deliver(&scene).await, Ok(true));
    assert_eq!(scene.arrivals().await, []);
}
