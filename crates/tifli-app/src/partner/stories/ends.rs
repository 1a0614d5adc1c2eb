//! Updates and ends: what was given away is followed until it is seen gone, by name.

use tifli_domain::alert::EndReason;
use tifli_domain::closing::Item;
use tifli_domain::duty::DutyKind;
use tifli_domain::partner::{HandoverAct, HandoverState, Waits};

use super::{Desk, MINUTE, code};
use crate::AppError;
use crate::report::Confirmation;

impl Desk {
    async fn update(&self) {
        let app = &self.house.app;
        let draft = app
            .begin_update(&self.out.officer, self.out.alert)
            .await
            .unwrap();
        let submitted = app
            .submit(&self.out.officer, draft, Confirmation::Given)
            .await
            .unwrap();
        app.approve(&self.out.approver, draft, submitted.binding)
            .await
            .unwrap();
    }

    pub(crate) async fn end(&self) {
        let app = &self.house.app;
        app.cancel(&self.out.officer, self.out.alert, EndReason::Found)
            .await
            .unwrap();
    }

    async fn open_items(&self) -> Vec<(String, Waits)> {
        let open = self.house.app.recall_open(self.out.case).await.unwrap();
        open.into_iter().map(|o| (o.partner, o.waits)).collect()
    }

    async fn states(&self, partner: &str) -> Vec<(u32, HandoverState)> {
        let lines = self.lines(self.out.alert).await.into_iter();
        let mine = lines.filter(|line| line.partner == partner);
        mine.map(|line| (line.version, line.state)).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_is_to_be_handed_over_again_and_replaces_what_was_shown_once_it_is_seen() {
    use HandoverState::*;
    let desk = Desk::new().await;
    let first = desk.line("meta").await.handover;
    desk.step(first, HandoverAct::Submit).await.unwrap();
    desk.step(first, HandoverAct::SeeLive).await.unwrap();
    let unsent = desk.prepare("press_agency").await.unwrap();
    desk.update().await;
    assert_eq!(desk.states("meta").await, [(2, Prepared), (1, SeenLive)]);
    assert_eq!(
        desk.states("press_agency").await,
        [(2, Prepared), (1, Dropped)]
    );
    let board = desk.board().await;
    assert_eq!(board, [DutyKind::PartnerHand, DutyKind::PartnerHand]);
    assert_eq!(
        code(desk.step(unsent, HandoverAct::Submit).await),
        "not_possible_now"
    );
    let second = desk.line("meta").await.handover;
    desk.step(second, HandoverAct::Submit).await.unwrap();
    assert_eq!(desk.states("meta").await, [(2, Submitted), (1, SeenLive)]);
    desk.step(second, HandoverAct::SeeLive).await.unwrap();
    assert_eq!(desk.states("meta").await, [(2, SeenLive), (1, Replaced)]);
    assert_eq!(desk.ceiling().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_version_is_no_longer_given_away() {
    let desk = Desk::new().await;
    let first = desk.line("meta").await.handover;
    desk.step(first, HandoverAct::Submit).await.unwrap();
    desk.update().await;
    assert_eq!(
        code(desk.step(first, HandoverAct::Submit).await),
        "newer_version"
    );
    let zip = desk.house.app.handover_zip(&desk.room, first).await;
    assert_eq!(code(zip), "newer_version");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_drops_what_was_never_given_and_names_every_partner_that_may_still_show_it() {
    let desk = Desk::new().await;
    let meta = desk.line("meta").await.handover;
    desk.step(meta, HandoverAct::Submit).await.unwrap();
    let agency = desk.prepare("press_agency").await.unwrap();
    desk.step(agency, HandoverAct::Submit).await.unwrap();
    desk.step(agency, HandoverAct::SeeLive).await.unwrap();
    desk.prepare("airports").await.unwrap();
    assert!(
        desk.open_items().await.is_empty(),
        "nothing to recall while it is live"
    );
    desk.end().await;
    assert_eq!(desk.line("airports").await.state, HandoverState::Dropped);
    let mut open = desk.open_items().await;
    open.sort_by(|a, b| a.0.cmp(&b.0));
    let ask = Waits::ToAskWithdrawal;
    assert_eq!(
        open,
        [("meta".to_owned(), ask), ("press_agency".to_owned(), ask)]
    );
    assert_eq!(
        desk.board().await,
        [DutyKind::PartnerAsk, DutyKind::PartnerAsk]
    );
    assert_eq!(code(desk.prepare("television").await), "alert_not_live");
    desk.step(meta, HandoverAct::AskWithdrawal).await.unwrap();
    desk.house.clock.advance(30 * MINUTE);
    desk.house.app.page_late_duties().await.unwrap();
    assert!(
        desk.line("meta").await.late,
        "silence after the withdrawal pages again"
    );
    for id in [meta, agency] {
        let asked = desk.step(id, HandoverAct::AskWithdrawal).await;
        asked.unwrap();
        desk.step(id, HandoverAct::SeeWithdrawn).await.unwrap();
    }
    assert!(desk.open_items().await.is_empty());
    assert!(desk.board().await.is_empty());
    assert_eq!(desk.ceiling().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_expires_leaves_the_same_withdrawals() {
    let desk = Desk::new().await;
    let meta = desk.line("meta").await.handover;
    desk.step(meta, HandoverAct::Submit).await.unwrap();
    let app = &desk.house.app;
    let row = app.alert_row(desk.out.alert).await.unwrap();
    app.expire(&row).await.unwrap();
    assert_eq!(
        desk.open_items().await,
        [("meta".to_owned(), Waits::ToAskWithdrawal)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dark_house_with_a_silent_partner_stays_open_by_name() {
    let desk = Desk::new().await;
    let meta = desk.line("meta").await.handover;
    desk.step(meta, HandoverAct::Submit).await.unwrap();
    desk.out.dark(&desk.house).await;
    let waiting = desk.house.app.open_items(&desk.out.officer, desk.out.case);
    let waiting = waiting.await.unwrap();
    let recall = waiting.iter().find(|open| open.item == Item::Recall);
    assert_eq!(recall.unwrap().waits_for, ["meta"]);
    assert_eq!(
        desk.open_items().await,
        [("meta".to_owned(), Waits::ToAskWithdrawal)]
    );
    desk.step(meta, HandoverAct::AskWithdrawal).await.unwrap();
    assert_eq!(
        desk.open_items().await,
        [("meta".to_owned(), Waits::ToSeeWithdrawn)]
    );
    desk.step(meta, HandoverAct::SeeWithdrawn).await.unwrap();
    assert!(desk.open_items().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_fails_leaves_every_handover_as_it_was() {
    let desk = Desk::new().await;
    let before = desk.lines(desk.out.alert).await;
    let app = &desk.house.app;
    let row = app.alert_row(desk.out.alert).await.unwrap();
    desk.end().await;
    let again: Result<(), AppError> = app.expire(&row).await;
    assert!(again.is_err());
    assert_eq!(before.len(), desk.lines(desk.out.alert).await.len());
    assert_eq!(desk.line("meta").await.state, HandoverState::Dropped);
}
