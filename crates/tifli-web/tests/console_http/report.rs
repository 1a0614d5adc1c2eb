//! The report's form: nothing typed is lost, whatever is wrong with it or happens beside it.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};
use tifli_domain::Role;

use crate::browser::{Browser, Form, Page, Web};
use crate::line;

async fn started(officer: &mut Browser<'_>) -> Page {
    let home = officer.open("/console/cases").await.is(200);
    officer.submit(&home.form("/console/cases")).await.is(200)
}

async fn answer(browser: &mut Browser<'_>, form: &Form, body: Value) -> Page {
    let path = form.action.replace("/report", "/answers");
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json")
        .header("x-csrf-token", form.value("csrf").unwrap_or_default());
    browser.ask(request, Body::from(body.to_string())).await
}

fn json_of(page: &Page) -> Value {
    serde_json::from_str(&page.html).unwrap()
}

#[tokio::test]
async fn the_start_form_sent_twice_starts_one_report() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let form = officer.open("/console/cases").await.form("/console/cases");
    let first = officer.submit(&form).await.is(200);
    let second = officer.submit(&form).await.is(200);
    assert_eq!(first.path, second.path);
}

#[tokio::test]
async fn refused_answers_stay_on_the_page_and_the_others_are_kept() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let form = started(&mut officer).await.form("/report");
    let typed = form
        .with("reporter_name", "Nadia Exemple")
        .with("child_age", "forty")
        .with("intent", "save");
    let again = officer.submit(&typed).await.is(422);
    assert!(again.says("id=\"child_age-error\""));
    assert_eq!(again.form("/report").value("child_age"), Some("forty"));
    let kept = officer.open(&again.path).await.is(200).form("/report");
    assert_eq!(kept.value("reporter_name"), Some("Nadia Exemple"));
    assert_eq!(kept.value("base.reporter_name"), Some("1"));
    assert_eq!(kept.value("child_age"), Some(""));
    let same = kept.with("intent", "save");
    officer.submit(&same).await.is(200);
    let after = officer.submit(&same).await.is(200).form("/report");
    assert_eq!(
        after.value("base.reporter_name"),
        Some("1"),
        "the same form again answers nothing anew"
    );
}

#[tokio::test]
async fn an_incomplete_report_names_what_is_missing() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let form = started(&mut officer)
        .await
        .form("/report")
        .with("intent", "open");
    let again = officer.submit(&form).await.is(422);
    for field in [
        "reporter_name",
        "child_first_name_ar",
        "last_seen_at",
        "last_seen_place",
    ] {
        assert!(again.says(&format!("href=\"#{field}\"")), "{field}");
    }
}

#[tokio::test]
async fn something_unusual_is_confirmed_by_a_person() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let mut form = started(&mut officer).await.form("/report");
    for (field, value) in tifli_app::testing::REPORT {
        form = form.with(field.name(), value);
    }
    let sea = form
        .with("last_seen_lat", "34.0")
        .with("last_seen_lon", "-9.5")
        .with("intent", "open");
    let asked = officer.submit(&sea).await.is(422);
    assert!(asked.says("name=\"confirmed\""), "{}", asked.html);
    let confirmed = asked
        .form("/report")
        .with("confirmed", "yes")
        .with("intent", "open");
    let case = officer.submit(&confirmed).await.is(200);
    assert!(!case.path.ends_with("/report"), "{}", case.path);
}

#[tokio::test]
async fn two_people_at_one_question_choose_which_answer_stands() {
    let web = Web::new().await;
    let mut first = web.signed_in(Role::Officer).await;
    let mut second = web.signed_in(Role::Officer).await;
    let page = started(&mut first).await;
    let theirs = second.open(&page.path).await.is(200).form("/report");
    let mine = page
        .form("/report")
        .with("clothes", "manteau rouge")
        .with("intent", "save");
    first.submit(&mine).await.is(200);
    let met = second
        .submit(
            &theirs
                .with("clothes", "manteau bleu")
                .with("intent", "save"),
        )
        .await
        .is(422);
    assert!(met.says("class=\"conflict note warn\"") && met.says("manteau rouge"));
    let form = met.form("/report");
    assert_eq!(form.value("clothes"), Some("manteau bleu"));
    let unchosen = second
        .submit(&form.clone().with("intent", "save"))
        .await
        .is(422);
    assert!(
        unchosen.says("class=\"conflict note warn\""),
        "nothing is overwritten without a choice"
    );
    second
        .submit(
            &form
                .clone()
                .with("keep.clothes", "theirs")
                .with("intent", "save"),
        )
        .await
        .is(200);
    let now = |page: Page| page.form("/report").value("clothes").map(str::to_owned);
    assert_eq!(
        now(first.open(&page.path).await).as_deref(),
        Some("manteau rouge")
    );
    second
        .submit(&form.with("keep.clothes", "yours").with("intent", "save"))
        .await
        .is(200);
    assert_eq!(
        now(first.open(&page.path).await).as_deref(),
        Some("manteau bleu")
    );
}

#[tokio::test]
async fn a_script_saves_single_answers_and_is_told_what_became_of_them() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let form = started(&mut officer).await.form("/report");
    let one = |value: &str, base: i64| json!({ "field": "clothes", "value": value, "base": base });
    let kept = answer(&mut officer, &form, one("manteau rouge", 0))
        .await
        .is(200);
    assert_eq!(json_of(&kept), json!({ "seq": 1 }));
    let mut other = web.signed_in(Role::Officer).await;
    let theirs = other.open(&form.action).await.is(200).form("/report");
    let met = json_of(
        &answer(&mut other, &theirs, one("manteau bleu", 0))
            .await
            .is(409),
    );
    assert_eq!(
        (met["seq"].as_i64(), met["value"].as_str()),
        (Some(1), Some("manteau rouge"))
    );
    assert!(
        met["by"]
            .as_str()
            .is_some_and(|by| by.starts_with("Person"))
    );
    let age = json!({ "field": "child_age", "value": "forty", "base": 0 });
    let refused = json_of(&answer(&mut officer, &form, age).await.is(422));
    assert!(refused["problem"].as_str().unwrap().contains("17"));
    let forged = form.clone().with("csrf", "guessed");
    answer(&mut officer, &forged, one("x", 1)).await.is(403);
    answer(&mut web.stranger(), &form, one("x", 1))
        .await
        .is(401);
}

#[tokio::test]
async fn photos_are_added_ordered_shown_and_removed() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let page = started(&mut officer).await;
    let form = page.form("/report").with("intent", "photo");
    officer
        .send_with_file(&form, ("photo", &web.house.photo(1)))
        .await
        .is(303);
    officer
        .send_with_file(&form, ("photo", &web.house.photo(2)))
        .await
        .is(303);
    let with_two = officer.open(&page.path).await.is(200);
    let media: Vec<String> = with_two
        .html
        .split("/console/media/")
        .skip(1)
        .map(|rest| rest.split('/').next().unwrap().to_owned())
        .collect();
    assert_eq!(media.len(), 2);
    let shown = officer
        .open(&format!("/console/media/{}/small", media[0]))
        .await
        .is(200);
    assert_eq!(shown.headers["content-type"], "image/jpeg");
    assert_eq!(shown.headers["cache-control"], "no-store");
    assert!(shown.bytes.starts_with(&[0xff, 0xd8]));
    let main = with_two
        .form("/report")
        .with("intent", &format!("main:{}", media[1]));
    let turned = officer.submit(&main).await.is(200);
    assert!(turned.html.find(&media[1]) < turned.html.find(&media[0]));
    let remove = turned
        .form("/report")
        .with("intent", &format!("remove:{}", media[0]));
    assert!(!officer.submit(&remove).await.is(200).says(&media[0]));
    let broken = officer
        .send_with_file(&form, ("photo", b"not a photo"))
        .await
        .is(422);
    assert!(broken.says("id=\"photo-error\""));
    let mut approver = web.signed_in(Role::Approver).await;
    approver
        .open(&format!("/console/media/{}/small", media[1]))
        .await
        .is(200);
    let mut administrator = web.signed_in(Role::Administrator).await;
    administrator
        .open(&format!("/console/media/{}/small", media[1]))
        .await
        .is(403);
}

#[tokio::test]
async fn places_are_found_with_and_without_a_script() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let page = started(&mut officer).await;
    let mut asked = page.form("/report").with("place_q", "Tabriquet");
    asked.action.push_str("/places");
    let part = officer.submit(&asked).await.is(200);
    assert!(part.says("name=\"last_seen_place\"") && !part.says("<html"));
    let form = page
        .form("/report")
        .with("place_q", "Casablanca")
        .with("intent", "place");
    let hits = officer.submit(&form).await.is(200);
    assert!(hits.says("name=\"last_seen_place\""));
}

#[tokio::test]
async fn a_form_whose_time_cannot_be_read_keeps_nothing_and_is_shown_again() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let page = started(&mut officer).await;
    let form = page
        .form("/report")
        .with("marks", "lunettes rondes")
        .with("said_at", "the evening before")
        .with("intent", "save");
    let again = officer.submit(&form).await.is(422);
    assert!(again.says("id=\"said_at-error\"") && again.says("lunettes rondes"));
    let fresh = officer.open(&page.path).await.is(200);
    assert!(!fresh.says("lunettes rondes"));
    let form = again.form("/report").with("said_at", "");
    officer.submit(&form.with("intent", "save")).await.is(200);
    let kept = officer.open(&page.path).await.is(200);
    assert!(kept.says("lunettes rondes"));
}

#[tokio::test]
async fn a_received_report_can_still_be_corrected() {
    let web = Web::new().await;
    let mut officer = web.signed_in(Role::Officer).await;
    let case = line::report(&mut officer).await;
    let page = officer.open(&format!("{}/report", case.path)).await.is(200);
    let form = page
        .form("/report")
        .with("marks", "lunettes")
        .with("intent", "save");
    officer.submit(&form).await.is(200);
    assert!(officer.open(&case.path).await.is(200).says("lunettes"));
}
