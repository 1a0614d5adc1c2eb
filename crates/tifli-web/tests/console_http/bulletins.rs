//! Bulletins in a browser: a unit reads and acknowledges, the room follows, the administrator keeps the directory.

use tifli_app::testing::DISTRICT;
use tifli_domain::Role;
use tifli_domain::alert::EndReason;
use tifli_domain::id::CaseId;
use tifli_domain::service::Typed;

use crate::browser::{Browser, Web};
use crate::walk::live;

const POLICE: &str = "police-rabat-agdal";

/// A received case and its bulletin.
pub(crate) async fn sought(web: &Web) -> (CaseId, String) {
    let officer = web.house.officer().await;
    let case = web.house.received_case(&officer).await;
    let bulletin = web.house.app.bulletin_of(&officer, case).await.unwrap();
    (case, bulletin.unwrap().to_string())
}

/// A unit of this service, signed in, on its start page.
pub(crate) async fn unit(web: &Web) -> Browser<'_> {
    let (_, person) = web.house.person(Role::Unit, DISTRICT).await;
    let service = POLICE.parse().unwrap();
    let joined = web.house.app.assign_first(person.person, &service).await;
    joined.unwrap();
    let mut browser = web.stranger();
    let start = browser.sign_in(&person).await.is(200);
    assert_eq!(start.path, "/console/unit");
    browser
}

#[tokio::test]
async fn a_units_start_page_is_its_list_and_one_click_acknowledges() {
    let web = Web::new().await;
    let (_, bulletin) = sought(&web).await;
    let mut browser = unit(&web).await;
    let list = browser.open("/console/bulletins").await.is(200);
    assert!(list.says("1 télégramme attend") || list.says("télégramme attend votre accusé"));
    assert!(!list.says("Salma"), "a list tells nothing");
    let path = format!("/console/bulletins/{bulletin}");
    let page = browser.open(&path).await.is(200);
    assert!(
        page.says("Salma") && page.says("TRÈS URGENT"),
        "{}",
        page.html
    );
    assert!(
        !page.says("casablanca"),
        "a unit does not see what others did"
    );
    let done = browser.submit(&page.form("/acknowledge")).await.is(200);
    assert!(done.says("Réception accusée"));
    assert!(
        !done.says("/acknowledge\""),
        "there is nothing left to click"
    );
    let list = browser.open("/console/bulletins").await.is(200);
    assert!(!list.says("attend votre accusé"));
}

#[tokio::test]
async fn a_telegram_is_read_as_text_and_printed_as_a_paper() {
    let web = Web::new().await;
    let (_, bulletin) = sought(&web).await;
    let mut browser = unit(&web).await;
    let text = browser
        .open(&format!("/console/bulletins/{bulletin}/text"))
        .await
        .is(200);
    assert_eq!(text.headers["cache-control"], "no-store");
    assert!(text.says("Salma") && text.says("سلمى"));
    let paper = browser
        .open(&format!("/console/bulletins/{bulletin}/pdf"))
        .await
        .is(200);
    assert_eq!(paper.headers["content-type"], "application/pdf");
    assert!(paper.bytes.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn the_room_sees_every_silent_service_by_name_and_writes_a_call_down() {
    let web = Web::new().await;
    let (case, bulletin) = sought(&web).await;
    let mut browser = web.signed_in(Role::Room).await;
    let page = browser
        .open(&format!("/console/cases/{case}/bulletin"))
        .await
        .is(200);
    assert_eq!(page.path, format!("/console/bulletins/{bulletin}"));
    let all = page.html.matches("/phone\"").count();
    assert_eq!(all, web.house.app.pack().first_directory().len());
    let after = browser.submit(&page.form("/phone")).await.is(200);
    assert_eq!(after.html.matches("/phone\"").count(), all - 1);
    let same = browser
        .submit(&page.form(&format!("{case}/bulletin")))
        .await;
    assert_eq!(same.status, 422, "nothing has changed");
    assert!(same.says("Rien n’a changé"), "{}", same.html);
    let board = browser.open("/console/board").await.is(200);
    assert!(board.says(&format!("/console/bulletins/{bulletin}")));
}

#[tokio::test]
async fn a_closing_names_silent_services_as_the_directory_does_now() {
    let web = Web::new().await;
    let app = &web.house.app;
    let officer = web.house.officer().await;
    let case = web.house.received_case(&officer).await;
    let (alert, _) = live(&web.house, &officer, case).await;
    let alert = alert.id.parse().unwrap();
    web.house.all_acknowledge(&officer, case).await;
    let ended = app.cancel(&officer, alert, EndReason::Found).await;
    ended.unwrap();
    let admin = web.house.administrator().await;
    let services = app.list_services(&admin).await.unwrap();
    let held = services.iter().find(|one| one.id.as_str() == POLICE);
    let renamed = Typed {
        name_fr: "Commissariat renommé".to_owned(),
        ..held.unwrap().typed()
    };
    app.put_service(&admin, &renamed).await.unwrap();
    let mut browser = web.signed_in(Role::Officer).await;
    let path = format!("/console/cases/{case}/closing");
    let page = browser.open(&path).await.is(200);
    assert!(page.says("Commissariat renommé"), "{}", page.html);
}

#[tokio::test]
async fn the_administrator_keeps_the_directory_by_hand_and_by_file() {
    let web = Web::new().await;
    let mut browser = web.signed_in(Role::Administrator).await;
    let page = browser
        .open(&format!("/console/services?edit={POLICE}"))
        .await
        .is(200);
    let form = page.form("/console/services");
    assert_eq!(form.value("id"), Some(POLICE));
    let wrong = browser.submit(&form.clone().with("email", "nowhere")).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("value=\"nowhere\"") && wrong.says("adresse de courriel"));
    let right = form.with("email", "desk@police.example.org");
    let done = browser.submit(&right).await.is(200);
    assert!(done.says("desk@police.example.org"));
    let file = page.form("/import").with("csv", "id,kind\nx1,navy\n");
    let refused = browser.submit(&file).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.says("colonne") && refused.says("x1,navy"),
        "{}",
        refused.html
    );
    let csv = browser.open("/console/services.csv").await.is(200);
    assert!(csv.html.starts_with("\u{feff}id,kind,name_ar"));
}
