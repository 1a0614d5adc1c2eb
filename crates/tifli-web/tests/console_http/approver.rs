//! The approver's page: few taps on a phone, warnings that are confirmed, another rung, and the way to an end from
//! every page of whoever may end.

use tifli_domain::Role;

use crate::browser::Web;
use crate::line::{approved, approving, handed_over, report, submitted, waiting};

/// Taps of an approval on a phone, at most.
const TAPS: usize = 6;

#[tokio::test]
async fn an_approval_takes_at_most_six_taps_from_the_first_page() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let mut approver = web.signed_in(Role::Approver).await;
    let case = report(&mut officer).await;
    submitted(&mut officer, &case).await;
    let screen = waiting(&mut approver).await;
    // The link on the first page, every box that must be ticked, the password, the button.
    let boxes = screen.html.matches("type=\"checkbox\"").count();
    let taps = 1 + boxes + 1 + 1;
    assert!(taps <= TAPS, "{taps} taps");
    assert_eq!(screen.html.matches("type=\"radio\"").count(), 3);
    assert_eq!(
        screen.html.matches(" checked").count(),
        1,
        "a loudness is chosen already"
    );
    approver.submit(&approving(&screen)).await.is(200);
}

#[tokio::test]
async fn a_demeaning_word_is_listed_with_its_field_and_waits_for_a_reason() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let mut approver = web.signed_in(Role::Approver).await;
    let case = report(&mut officer).await;
    let draft = officer.submit(&case.form("/alerts")).await.is(200);
    let form = handed_over(&draft).with("description.fr", "Un enfant attardé, vu à Salé.");
    officer.submit(&form).await.is(200);
    let screen = waiting(&mut approver).await;
    assert!(
        screen.says("href=\"#text-fr-description\""),
        "{}",
        screen.html
    );
    assert!(screen.says("id=\"text-fr-description\""));
    let form = approving(&screen);
    let refused = approver.submit(&form).await.is(422);
    assert!(refused.says("id=\"confirmed-error\""), "{}", refused.html);
    let form = form.with("confirmed", "demeaning_word.fr.description");
    let bare = approver.submit(&form).await.is(422);
    assert!(bare.says("id=\"confirm_reason-error\""), "{}", bare.html);
    let reason = "Mot de la famille elle-même";
    let done = approver.submit(&form.with("confirm_reason", reason)).await;
    assert!(done.is(200).path.ends_with("/delivery"));
}

#[tokio::test]
async fn another_rung_is_proposed_and_taken_over_by_forms_alone() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let mut approver = web.signed_in(Role::Approver).await;
    let case = report(&mut officer).await;
    submitted(&mut officer, &case).await;
    let screen = waiting(&mut approver).await;
    let alert = screen.id("/console/alerts/");
    let form = screen.form("/approval").with("decision", "rung");
    let form = form.with("reason", "Vue à deux rues de chez elle");
    let bare = approver.submit(&form).await.is(422);
    assert!(bare.says("id=\"rung-error\""), "{}", bare.html);
    approver.submit(&form.with("rung", "local")).await.is(200);
    let draft = officer
        .open(&format!("/console/alerts/{alert}/draft"))
        .await
        .is(200);
    assert!(draft.says("Vue à deux rues"), "{}", draft.html);
    let taken = officer.submit(&draft.form("/rung")).await.is(200);
    assert!(taken.path.ends_with("/draft"), "{}", taken.path);
    assert!(
        taken.says("name=\"radius_km\" value=\"30\""),
        "{}",
        taken.html
    );
}

#[tokio::test]
async fn an_end_is_one_step_away_on_every_page_while_an_alert_is_out() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let mut approver = web.signed_in(Role::Approver).await;
    let before = approver.open("/console/cases").await.is(200);
    assert!(!before.says("class=\"ending\""), "nothing is out");
    let case = report(&mut officer).await;
    let id = case.id("/console/cases/");
    submitted(&mut officer, &case).await;
    let delivery = approved(&mut approver).await;
    let alert = delivery.id("/console/alerts/");
    let own =
        format!("class=\"ending\"><a class=\"button danger\" href=\"/console/alerts/{alert}/end\"");
    assert!(delivery.says(&own), "{}", delivery.html);
    let page = approver.open(&format!("/console/cases/{id}")).await.is(200);
    assert!(page.says(&own), "{}", page.html);
    let board = approver.open("/console/board").await.is(200);
    assert!(board.says("href=\"/console/end\""), "{}", board.html);
    let list = approver.open("/console/end").await.is(200);
    assert!(list.says(&format!("/console/alerts/{alert}/end")));
}
