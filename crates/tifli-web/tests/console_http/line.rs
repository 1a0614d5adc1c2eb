//! The whole line through forms alone: report, case, draft, decision, delivery, end, confirmation, erasure.

use tifli_app::testing::{PASSWORD, POINT, REPORT};
use tifli_app::worker::Workers;
use tifli_domain::Role;
use tifli_domain::case::CaseState;
use tifli_domain::id::CaseId;

use crate::browser::{Browser, Form, Page, Web};

/// Fills the report's form and opens the case.
pub async fn report(officer: &mut Browser<'_>) -> Page {
    let home = officer.open("/console/cases").await.is(200);
    let page = officer.submit(&home.form("/console/cases")).await.is(200);
    let mut form = page.form("/report");
    for (field, value) in REPORT {
        form = form.with(field.name(), value);
    }
    let form = form
        .with("last_seen_lat", POINT.0)
        .with("last_seen_lon", POINT.1);
    officer.submit(&form.with("intent", "open")).await.is(200)
}

/// Begins an alert on a case page and submits it.
pub async fn submitted(officer: &mut Browser<'_>, case: &Page) -> Page {
    let draft = officer.submit(&case.form("/alerts")).await.is(200);
    officer.submit(&handed_over(&draft)).await.is(200)
}

/// The draft's form as its author hands it over; nobody in the house of a test has subscribed.
pub fn handed_over(draft: &Page) -> Form {
    let form = draft.form("/draft").with("confirmed", "yes");
    form.with("intent", "submit")
}

/// The screen of what waits on the approver's first page.
pub async fn waiting(approver: &mut Browser<'_>) -> Page {
    let home = approver.open("/console/cases").await.is(200);
    let at = home.html.find("/approval\"").expect("something waits");
    let start = home.html[..at].rfind('"').unwrap() + 1;
    let path = home.html[start..at + "/approval".len()].to_owned();
    approver.open(&path).await.is(200)
}

/// The form that approves what this screen shows: signed in again, every channel named.
pub fn approving(screen: &Page) -> Form {
    let form = screen.form("/approval").with("decision", "approve");
    form.with("password", PASSWORD)
        .with_all(screen, "untargeted")
}

/// Approves what waits on the approver's first page.
pub async fn approved(approver: &mut Browser<'_>) -> Page {
    let form = approving(&waiting(approver).await);
    approver.submit(&form).await.is(200)
}

#[tokio::test]
async fn a_case_goes_from_the_report_to_its_erasure_by_forms_alone() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let mut approver = web.signed_in(Role::Approver).await;
    let case = report(&mut officer).await;
    let id = case.id("/console/cases/");
    assert!(case.says("Salma"), "{}", case.html);

    let waiting = submitted(&mut officer, &case).await;
    assert!(waiting.path.ends_with(&id), "{}", waiting.path);
    let delivery = approved(&mut approver).await;
    let alert = delivery.id("/console/alerts/");
    assert!(delivery.path.ends_with("/delivery"));
    let figures = approver
        .open(&format!("/console/alerts/{alert}/delivery?part=figures"))
        .await
        .is(200);
    assert!(figures.html.starts_with("<div id=\"figures\""));

    let end = officer
        .open(&format!("/console/alerts/{alert}/end"))
        .await
        .is(200);
    let without_reason = officer.submit(&end.form("/end")).await.is(422);
    assert!(without_reason.says("error-summary"));
    officer
        .submit(&end.form("/end").with("reason", "found"))
        .await
        .is(200);
    officer
        .submit(&end.form("/end").with("reason", "found"))
        .await
        .is(200);
    let own = officer
        .open(&format!("/console/alerts/{alert}/end/confirm"))
        .await
        .is(200);
    assert!(
        !own.says("/end/confirm\" novalidate"),
        "whoever ended it cannot confirm it"
    );
    let confirm = approver
        .open(&format!("/console/alerts/{alert}/end/confirm"))
        .await
        .is(200);
    approver.submit(&confirm.form("/end/confirm")).await.is(200);

    becomes_dark(&web, &id).await;
    let room = web.house.room().await;
    web.house.all_acknowledge(&room, id.parse().unwrap()).await;
    wound_up(&mut officer, &id).await;
    erased_by_two(&mut officer, &mut approver, &id).await;
}

/// Records every step between found and closed by the forms of its page, and closes the file.
async fn wound_up(officer: &mut Browser<'_>, id: &str) {
    let path = format!("/console/cases/{id}/closing");
    for (item, word) in [
        ("located", "public"),
        ("seen", "alive"),
        ("safe", "safe"),
        ("decision", "return"),
        ("hand_over", ""),
        ("family_told", ""),
        ("interview", "held"),
        ("outcome", "decisive"),
    ] {
        let page = officer.open(&path).await.is(200);
        let form = page.form("/closing").with("item", item).with("how", "done");
        let nameless = form.clone().with("word", "nonsense").with("name", "");
        let refused = officer.submit(&nameless).await.is(422);
        assert!(refused.says("error-summary"), "{item}");
        let said = form.with("word", word).with("name", "Agent Exemple");
        officer.submit(&said).await.is(200);
    }
    let page = officer.open(&path).await.is(200);
    let closed = officer.submit(&page.form("/close")).await.is(200);
    assert!(closed.path.ends_with(id), "{}", closed.path);
}

/// Asks for an erasure, signs it as the second person, and looks at what is left.
async fn erased_by_two(officer: &mut Browser<'_>, approver: &mut Browser<'_>, id: &str) {
    let asked = officer
        .open(&format!("/console/cases/{id}/erase"))
        .await
        .is(200);
    officer.submit(&asked.form("/erase")).await.is(422);
    let asked = officer
        .submit(&asked.form("/erase").with("reason", "recherche terminée"))
        .await
        .is(200);
    let erasure = asked.id("/console/erasures/");
    let second = approver
        .open(&format!("/console/erasures/{erasure}"))
        .await
        .is(200);
    let form = second.form(&erasure).with("decision", "erase");
    approver
        .submit(&form.clone().with("number", "ZZZ-0000"))
        .await
        .is(422);
    let number = number_of(&second);
    let done = approver.submit(&form.with("number", &number)).await.is(200);
    assert!(
        done.says("badge good"),
        "the chain still verifies: {}",
        done.html
    );
    let again = officer.open(&format!("/console/cases/{id}")).await.is(200);
    assert!(again.path.contains("/erasures/") && !again.says("Salma"));
}

/// Runs the workers until the last channel of a case is dark.
async fn becomes_dark(web: &Web, case: &str) {
    let id: CaseId = case.parse().unwrap();
    let room = web.house.room().await;
    let mut bell = web.house.app.bus().listen();
    let workers = Workers::start(&web.house.app);
    let dark = async {
        while web.house.app.case_summary(&room, id).await.unwrap().state != CaseState::Dark {
            // A ring that was missed is as good as one that was heard: the state is read again.
            drop(bell.recv().await);
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), dark)
        .await
        .expect("the case goes dark");
    workers.stop().await;
}

/// The number in a page's heading.
fn number_of(page: &Page) -> String {
    let rest = page.html.split("<h1>").nth(1).unwrap();
    let rest = rest.split("<bdi class=\"code\">").nth(1).unwrap();
    rest.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_returned_draft_comes_back_with_its_reason_and_goes_out_the_second_time() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let mut approver = web.signed_in(Role::Approver).await;
    let case = report(&mut officer).await;
    submitted(&mut officer, &case).await;
    let screen = waiting(&mut approver).await;
    let alert = screen.id("/console/alerts/");
    let form = screen.form("/approval").with("decision", "return");
    let refused = approver.submit(&form).await.is(422);
    assert!(refused.says("id=\"reason-error\""));
    approver
        .submit(&form.with("reason", "La photo manque"))
        .await
        .is(200);

    let draft = officer
        .open(&format!("/console/alerts/{alert}/draft"))
        .await
        .is(200);
    assert!(draft.says("La photo manque"));
    let form = draft
        .form("/draft")
        .with("headline.fr", "Avis de recherche")
        .with("confirmed", "yes")
        .with("intent", "submit");
    officer.submit(&form).await.is(200);
    let delivery = approved(&mut approver).await;
    assert!(delivery.path.ends_with("/delivery"));
}

#[tokio::test]
async fn what_the_approver_saw_is_what_goes_out_or_nothing() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let mut approver = web.signed_in(Role::Approver).await;
    let case = report(&mut officer).await;
    submitted(&mut officer, &case).await;
    let screen = waiting(&mut approver).await;
    let form = approving(&screen);
    let binding = form
        .value("binding")
        .unwrap()
        .replace("\"count\":0", "\"count\":7");
    let stale = approver
        .submit(&form.clone().with("binding", &binding))
        .await
        .is(422);
    assert!(stale.says("id=\"decision\"") && stale.says("error-summary"));
    let wrong = approver
        .submit(&form.clone().with("password", "not the password"))
        .await
        .is(422);
    assert!(wrong.says("id=\"password-error\""));
    let unnamed = form.clone().with("untargeted", "cap_feed");
    let unnamed = approver.submit(&unnamed).await.is(422);
    assert!(
        unnamed.says("id=\"untargeted-error\""),
        "each is named, or nothing goes out"
    );
    approver.submit(&form).await.is(200);
    let twice = approver.submit(&form).await.is(200);
    assert!(
        twice.path.ends_with("/delivery"),
        "the same form again is harmless"
    );
    let update = officer.open(&case.path).await.form("/alerts");
    let draft = officer.submit(&update).await.is(200);
    assert!(draft.path.ends_with("/draft"));
}

#[tokio::test]
async fn a_draft_that_cannot_be_saved_is_shown_again_as_it_was_typed() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let case = report(&mut officer).await;
    let draft = officer.submit(&case.form("/alerts")).await.is(200);
    let form = draft.form("/draft");
    let wrong = form
        .clone()
        .with("radius_km", "160 m")
        .with("clothes.fr", "Manteau vert")
        .with("intent", "save");
    let again = officer.submit(&wrong).await.is(422);
    assert!(again.says("id=\"radius_km-error\""), "{}", again.html);
    assert_eq!(again.form("/draft").value("radius_km"), Some("160 m"));
    assert_eq!(
        again.form("/draft").value("clothes.fr"),
        Some("Manteau vert")
    );

    let other = form
        .clone()
        .with("clothes.fr", "Manteau bleu")
        .with("intent", "save");
    officer.submit(&other).await.is(200);
    let late = officer
        .submit(
            &form
                .with("clothes.fr", "Manteau gris")
                .with("intent", "save"),
        )
        .await
        .is(422);
    assert_eq!(
        late.form("/draft").value("clothes.fr"),
        Some("Manteau gris")
    );
}

#[tokio::test]
async fn the_preview_is_the_public_page_without_anything_more() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let case = report(&mut officer).await;
    let draft = officer.submit(&case.form("/alerts")).await.is(200);
    let page = officer
        .submit(&draft.form("/draft").with("intent", "preview"))
        .await
        .is(200);
    assert!(page.says("preview-page") && page.says("lang=\"ar\""));
    let preview = page.html.split("preview-page").nth(1).unwrap();
    let preview = preview.split("<form id=\"draft\"").next().unwrap();
    assert!(preview.contains("Salma") || preview.contains("سلمى"));
    assert!(!preview.contains("Exemple"), "no family name");
}

#[tokio::test]
async fn an_area_in_which_nobody_subscribed_goes_on_only_when_that_is_confirmed() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let case = report(&mut officer).await;
    let draft = officer.submit(&case.form("/alerts")).await.is(200);
    assert!(!draft.says("name=\"confirmed\""), "nothing was asked yet");
    let form = draft.form("/draft").with("intent", "submit");
    let asked = officer.submit(&form).await.is(422);
    assert!(asked.says("name=\"confirmed\""), "{}", asked.html);
    assert!(asked.says("Aucun abonné dans la zone"), "{}", asked.html);
    let again = asked.form("/draft").with("intent", "submit");
    assert_eq!(
        again.value("confirmed"),
        None,
        "no box is ticked for anybody"
    );
    officer.submit(&again).await.is(422);
    let done = officer
        .submit(&again.with("confirmed", "yes"))
        .await
        .is(200);
    assert!(done.path.starts_with("/console/cases/"), "{}", done.path);
}
