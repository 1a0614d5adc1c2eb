//! What a system is not given: a consent that was taken back, or an address that was switched off, after
//! its delivery was made. The end goes to whoever may have an earlier version, all the same.

use tifli_domain::alert::EndReason;
use tifli_domain::consent::ChannelAnswer;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::endpoint::EndpointState;
use tifli_sandbox::faults::Fault;

use super::systems::{Connected, sent};
use crate::alert::DraftChange;
use crate::partner::stories::{allow, record};

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_taken_back_while_a_system_could_not_be_reached_keeps_the_alert_from_it() {
    for channel in ["media", "own"] {
        let mut house = Connected::new().await;
        house.hook.play(vec![Fault::transient().next(1)]);
        house.scene.start();
        let app = house.scene.house.app.clone();
        let (officer, case) = (house.scene.officer.clone(), house.scene.case);
        if channel == "own" {
            record(&app, &officer, case, (channel, ChannelAnswer::Given)).await;
        }
        let alert = house.scene.issue().await;
        house.until(alert, house.railways, sent).await;
        house
            .until(alert, house.television, |row| {
                row.state == DeliveryState::Retrying
            })
            .await;
        record(&app, &officer, case, (channel, ChannelAnswer::Withdrawn)).await;
        house.advance(2_000);
        house
            .until(alert, house.television, |row| {
                row.state == DeliveryState::Withdrawn
            })
            .await;
        let row = house.newest(alert, house.television).await.row;
        assert_eq!(row.code.as_deref(), Some("partner_not_consented"));
        assert_eq!(row.outcome, Some(Outcome::Refused));
        house.scene.ends_dark(alert, EndReason::Found).await;
        assert!(house.taken().is_empty(), "{channel}: nothing ever arrived");
        assert!(house.cap.current().is_empty(), "the other was told the end");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_consent_was_taken_back_gets_no_update_and_still_gets_the_end() {
    let mut house = Connected::new().await;
    house.scene.start();
    let alert = house.scene.issue().await;
    house.both_told(alert).await;
    let (app, officer) = (house.scene.house.app.clone(), house.scene.officer.clone());
    allow(&app, &officer, house.scene.case, ChannelAnswer::Refused).await;
    house.scene.update(alert, DraftChange::default()).await;
    house.scene.settled(alert).await;
    house.scene.ends_dark(alert, EndReason::Found).await;
    assert_eq!(house.taken(), ["alert.issued", "alert.ended"]);
    assert_eq!(house.cap.messages().len(), 2, "the alert and its end");
    assert!(house.cap.current().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_was_switched_off_gets_the_end_of_what_it_had_and_nothing_else() {
    let mut house = Connected::new().await;
    house.scene.start();
    let alert = house.scene.issue().await;
    house.both_told(alert).await;
    let app = house.scene.house.app.clone();
    let administrator = house.scene.house.administrator().await;
    app.switch_endpoint(&administrator, house.television, EndpointState::Disabled)
        .await
        .unwrap();
    house.scene.update(alert, DraftChange::default()).await;
    house
        .until(alert, house.railways, |row| row.version == 2 && sent(row))
        .await;
    house.scene.ends_dark(alert, EndReason::Found).await;
    assert_eq!(house.taken(), ["alert.issued", "alert.ended"]);
}
