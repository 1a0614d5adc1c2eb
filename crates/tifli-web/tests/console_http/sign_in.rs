//! Coming in: refusals that do not say what was wrong, a session that ends while somebody types, the first administrator.

use tifli_app::people::SESSION_MS;
use tifli_app::testing::PASSWORD;
use tifli_domain::Role;

use crate::browser::Web;

#[tokio::test]
async fn a_page_of_the_console_asks_who_it_is_and_then_opens() {
    let web = Web::new().await;
    let (_, person) = web
        .house
        .person(Role::Officer, tifli_app::testing::DISTRICT)
        .await;
    let mut browser = web.stranger();
    let asked = browser.open("/console/delivery").await.is(200);
    let form = asked
        .form("/sign-in")
        .with("login", &person.login)
        .with("password", PASSWORD);
    let wrong = browser
        .submit(&form.clone().with("code", "000000"))
        .await
        .is(401);
    assert!(wrong.says("error-summary"));
    assert_eq!(
        wrong.form("/sign-in").value("login"),
        Some(person.login.as_str())
    );
    assert_eq!(wrong.form("/sign-in").value("password"), Some(""));
    let inside = browser
        .submit(&form.with("code", &web.house.code(&person)))
        .await
        .is(200);
    assert!(
        inside.path.starts_with("/console/delivery"),
        "{}",
        inside.path
    );
    let out = browser.submit(&inside.form("/sign-out")).await.is(200);
    assert!(out.path.contains("/sign-in"));
    assert!(
        browser
            .open("/console/cases")
            .await
            .path
            .contains("/sign-in")
    );
}

#[tokio::test]
async fn after_five_failures_the_pause_is_told_to_whoever_has_both_factors() {
    let web = Web::new().await;
    let (_, person) = web
        .house
        .person(Role::Officer, tifli_app::testing::DISTRICT)
        .await;
    let mut browser = web.stranger();
    let form = browser
        .open("/console/sign-in")
        .await
        .form("/sign-in")
        .with("login", &person.login);
    for _ in 0..5 {
        browser
            .submit(
                &form
                    .clone()
                    .with("password", "wrong")
                    .with("code", "000000"),
            )
            .await
            .is(401);
    }
    let right = form
        .with("password", PASSWORD)
        .with("code", &web.house.code(&person));
    let paused = browser.submit(&right).await.is(429);
    assert!(paused.says("5"), "{}", paused.html);
}

#[tokio::test]
async fn what_was_typed_when_a_session_ended_is_sent_after_signing_in_again() {
    let web = Web::new().await;
    let (_, person) = web
        .house
        .person(Role::Officer, tifli_app::testing::DISTRICT)
        .await;
    let mut browser = web.stranger();
    browser.sign_in(&person).await.is(200);
    let home = browser.open("/console/cases").await;
    let report = browser.submit(&home.form("/console/cases")).await.is(200);
    web.house.clock.advance(SESSION_MS + 1);
    let typed = report
        .form("/report")
        .with("circumstances", "Elle n’est pas rentrée.")
        .with("intent", "save");
    let expired = browser.submit(&typed).await.is(401);
    let kept = expired.form("/sign-in");
    assert_eq!(
        kept.value("kept.circumstances"),
        Some("Elle n’est pas rentrée.")
    );
    assert_eq!(kept.value("kept.csrf"), None);
    let refused = kept
        .clone()
        .with("login", &person.login)
        .with("password", "wrong")
        .with("code", "000000");
    let again = browser.submit(&refused).await.is(401).form("/sign-in");
    assert_eq!(
        again.value("kept.circumstances"),
        Some("Elle n’est pas rentrée.")
    );
    let code = web.house.code(&person);
    let sign_in = again
        .with("login", &person.login)
        .with("password", PASSWORD)
        .with("code", &code);
    let replay = browser.submit(&sign_in).await.is(200);
    let done = browser.submit(&replay.form("/report")).await.is(200);
    assert_eq!(
        done.form("/report").value("circumstances"),
        Some("Elle n’est pas rentrée.")
    );
}

#[tokio::test]
async fn the_one_time_link_makes_the_first_administrator_once() {
    let web = Web::new().await;
    let token = web.house.app.invite_first_administrator().await.unwrap();
    let mut browser = web.stranger();
    let path = format!("/console/first?token={token}");
    let page = browser.open(&path).await.is(200);
    let form = page
        .form(&token)
        .with("name", "Nadia Tazi")
        .with("login", "nadia");
    let form = form
        .with("password", "a sentence to remember")
        .with("password_again", "another");
    let differ = browser.submit(&form).await.is(422);
    assert!(differ.says("id=\"password_again-error\""));
    let form = form
        .with("password_again", "a sentence to remember")
        .with("code", "000000");
    let wrong = browser.submit(&form).await.is(422);
    assert_eq!(wrong.form(&token).value("name"), Some("Nadia Tazi"));
    browser.open("/console/first?token=0000").await.is(410);
}

#[tokio::test]
async fn an_administrator_makes_closes_and_renews_an_account() {
    let web = Web::new().await;
    let mut administrator = web.signed_in(Role::Administrator).await;
    let page = administrator.open("/console/people").await.is(200);
    let form = page
        .form("/console/people")
        .with("name", "Omar Idrissi")
        .with("role", "officer");
    let refused = administrator
        .submit(&form.clone().with("login", "x"))
        .await
        .is(422);
    assert!(
        refused.says("id=\"login-error\"") && refused.says("id=\"district-error\"")
            || refused.says("district")
    );
    let form = form
        .with("login", "omar")
        .with("district", tifli_app::testing::DISTRICT);
    let made = administrator.submit(&form).await.is(200);
    assert!(made.says("otpauth://"));
    let listed = administrator.open("/console/people").await.is(200);
    assert!(
        listed.says("omar") && !listed.says("otpauth://"),
        "secrets are shown once"
    );
    let person = listed
        .html
        .split("/console/people/person_")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap();
    let disable = listed.form(&format!("person_{person}/disable"));
    let off = administrator.submit(&disable).await.is(200);
    let on = administrator
        .submit(&off.form(&format!("person_{person}/enable")))
        .await
        .is(200);
    assert!(
        administrator
            .submit(&on.form(&format!("person_{person}/renew")))
            .await
            .is(200)
            .says("otpauth://")
    );
}

#[tokio::test]
async fn the_audit_trail_is_read_by_pages_and_verifies() {
    let web = Web::new().await;
    let mut administrator = web.signed_in(Role::Administrator).await;
    let verify = administrator
        .open("/console/audit")
        .await
        .is(200)
        .form("/audit/verify");
    for _ in 0..110 {
        administrator.submit(&verify).await.is(200);
    }
    let page = administrator.open("/console/audit").await.is(200);
    let older = page
        .html
        .split("href=\"/console/audit?before=")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let older = administrator
        .open(&format!(
            "/console/audit?before={}",
            older.replace("&#38;", "&")
        ))
        .await
        .is(200);
    assert!(older.says("<tbody>"));
    let verified = administrator
        .submit(&page.form("/audit/verify"))
        .await
        .is(200);
    assert!(verified.says("note good"));
}
