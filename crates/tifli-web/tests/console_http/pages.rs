//! Every page of the console in every language for whom it is, and refused to everybody else.

use tifli_domain::Role;
use tifli_domain::permission::{Reach, reach};
use tifli_web::routes::{Access, RouteInfo, route_table};

use crate::browser::{Browser, Page, Web};
use crate::line::{approved, report, submitted};

fn console() -> impl Iterator<Item = RouteInfo> {
    route_table()
        .into_iter()
        .filter(|route| route.path.starts_with("/console"))
}

/// Ids of things that exist, by the kind in front.
struct Ids {
    case: String,
    alert: String,
    draft: String,
}

async fn ids(web: &Web) -> Ids {
    let mut officer = web.signed_in(Role::Officer).await;
    let mut approver = web.signed_in(Role::Approver).await;
    let first = report(&mut officer).await;
    submitted(&mut officer, &first).await;
    let alert = approved(&mut approver).await.id("/console/alerts/");
    let second = report(&mut officer).await;
    let draft = officer
        .submit(&second.form("/alerts"))
        .await
        .id("/console/alerts/");
    Ids {
        case: first.id("/console/cases/"),
        alert,
        draft,
    }
}

fn whole(page: &Page, language: &str) {
    assert_eq!(page.status, 200, "{}: {}", page.path, page.html);
    assert!(
        page.says(&format!("<html lang=\"{language}\"")),
        "{}",
        page.path
    );
    assert!(!page.says("⟦"), "a word is missing on {}", page.path);
    assert_eq!(page.html.matches("<h1").count(), 1, "{}", page.path);
    assert_eq!(page.headers["cache-control"], "no-store", "{}", page.path);
}

async fn in_every_language(browser: &mut Browser<'_>, path: &str) {
    for language in ["ar", "fr", "en"] {
        let page = browser.open(&format!("{path}?lang={language}")).await;
        whole(&page, language);
    }
}

#[tokio::test]
async fn every_page_is_whole_in_three_languages_for_whom_it_is() {
    let web = Web::new().await;
    let ids = ids(&web).await;
    let (case, alert, draft) = (&ids.case, &ids.alert, &ids.draft);
    let pages = [
        (
            Role::Officer,
            vec![
                "/console/cases".to_owned(),
                format!("/console/cases/{case}"),
                format!("/console/cases/{case}/report"),
                format!("/console/cases/{case}/erase"),
                format!("/console/alerts/{draft}/draft"),
                format!("/console/alerts/{alert}/end"),
                format!("/console/alerts/{alert}/delivery"),
                "/console/delivery".to_owned(),
            ],
        ),
        (
            Role::Room,
            vec![
                "/console/cases".to_owned(),
                "/console/tips".to_owned(),
                format!("/console/cases/{case}"),
            ],
        ),
        (
            Role::Prosecutor,
            vec!["/console/audit".to_owned(), "/console/cases".to_owned()],
        ),
        (
            Role::Administrator,
            vec!["/console/people".to_owned(), "/console/audit".to_owned()],
        ),
        (Role::Unit, vec!["/console/delivery".to_owned()]),
    ];
    for (role, paths) in pages {
        let mut browser = web.signed_in(role).await;
        for path in paths {
            in_every_language(&mut browser, &path).await;
        }
    }
    in_every_language(&mut web.stranger(), "/console/sign-in").await;
}

#[tokio::test]
async fn a_route_answers_only_to_roles_that_may_do_its_act() {
    let web = Web::new().await;
    let ids = ids(&web).await;
    for role in Role::ALL {
        let mut browser = web.signed_in(role).await;
        for route in console().filter(|route| route.method == axum::http::Method::GET) {
            let Access::Act(act) = route.access else {
                continue;
            };
            if route.path.ends_with("/events") {
                continue;
            }
            let path = route
                .path
                .replace("/cases/{id}", &format!("/cases/{}", ids.case));
            let path = path.replace("/alerts/{id}", &format!("/alerts/{}", ids.alert));
            let path = path
                .replace("{id}", "case_0192a0000000700080000000000000ff")
                .replace("{rendition}", "small");
            let page = browser.open(&path).await;
            let refused = page.status == 403;
            assert_eq!(
                refused,
                reach(role, act) == Reach::Nowhere,
                "{role:?} {path}: {}",
                page.status
            );
        }
    }
}

#[tokio::test]
async fn an_officer_of_another_district_is_refused_in_words() {
    let web = Web::new().await;
    let ids = ids(&web).await;
    let other = web
        .house
        .app
        .pack()
        .districts()
        .iter()
        .map(|one| one.id.clone());
    let other = other
        .into_iter()
        .find(|id| id != tifli_app::testing::DISTRICT)
        .unwrap();
    let mut officer = web.signed_in_at(Role::Officer, &other).await;
    for path in [
        format!("/console/cases/{}", ids.case),
        format!("/console/cases/{}/report", ids.case),
        format!("/console/cases/{}/erase", ids.case),
        format!("/console/alerts/{}/draft", ids.draft),
        format!("/console/alerts/{}/delivery", ids.alert),
        format!("/console/alerts/{}/end", ids.alert),
    ] {
        let page = officer.open(&path).await.is(403);
        assert!(page.says("<h1>") && !page.says("Salma"), "{path}");
    }
    assert!(!officer.open("/console/cases").await.is(200).says("Salma"));
}

#[tokio::test]
async fn a_form_without_its_token_changes_nothing() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let form = officer
        .open("/console/cases")
        .await
        .form("/console/cases")
        .with("csrf", "guessed");
    officer.submit(&form).await.is(403);
    assert!(
        !officer
            .open("/console/cases")
            .await
            .says("/console/cases/case_")
    );
}

#[tokio::test]
async fn a_search_names_nobody_in_its_address_and_finds_the_case() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let case = report(&mut officer).await.id("/console/cases/");
    let address = format!("/console/cases/{case}");
    let search = officer.open("/console/cases").await.form("/search");
    let found = officer.send(&search.clone().with("q", "Salma")).await;
    assert!(found.is(200).says(&address));
    let nobody = officer.send(&search.with("q", "Zzyzx")).await.is(200);
    assert!(!nobody.says(&address) && nobody.path == "/console/cases/search");
    assert!(nobody.says("/console/cases?lang=ar"));
}

#[tokio::test]
async fn a_file_of_people_is_carried_along_however_long_and_no_other_field_is() {
    let web = Web::new().await;
    let mut admin = web.signed_in(Role::Administrator).await;
    let page = admin.open("/console/people/file").await.is(200);
    let line = format!("someone,{},officer\n", "x".repeat(200));
    let csv = format!("login,name,role\n{}", line.repeat(400));
    let look = page.form("/people/file").with("csv", &csv);
    assert!(admin.send(&look).await.is(200).says("someone"));
    let mut take = look.with("reason", "x");
    take.action.push_str("/take");
    assert!(admin.send(&take).await.is(422).says("someone"));
    admin.send(&take.with("reason", &csv)).await.is(413);
}

#[tokio::test]
async fn an_address_that_leads_nowhere_says_so() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let nowhere = "/console/cases/case_0192a0000000700080000000000000ff";
    assert!(officer.open(nowhere).await.is(404).says("<h1>"));
    officer.open("/console/cases/not-an-id").await.is(404);
    officer
        .open("/console/alerts/alert_0192a0000000700080000000000000ff/draft")
        .await
        .is(404);
}
