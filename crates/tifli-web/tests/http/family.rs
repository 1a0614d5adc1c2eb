//! The family's follow-up over HTTP: its number, what it opens, and what is written there.

use serde_json::json;
use tifli_domain::Role;

use crate::house::Web;

async fn pin(web: &Web) -> (String, String) {
    let (_, _, case) = web.live_alert().await;
    let officer = web.token(Role::Officer).await;
    let path = format!("/cases/{case}/family");
    let body = json!({ "code_word": "amandier" });
    let got = web
        .api("POST", &path, (&officer, body))
        .await
        .is(201)
        .json();
    (got["pin"].as_str().unwrap().to_owned(), case)
}

#[tokio::test]
async fn the_number_opens_the_page_in_each_language_and_never_stands_in_an_address() {
    let web = Web::new().await;
    let (pin, _) = pin(&web).await;
    for (language, word) in [
        ("ar", "نُشر الإنذار"),
        ("fr", "alerte est publiée"),
        ("en", "alert is out"),
    ] {
        let form = web.get(&format!("/{language}/family")).await.is(200).text();
        assert!(form.contains(&format!("action=\"/{language}/family\"")));
        let page = web
            .post_form(&format!("/{language}/family"), &format!("pin={pin}"))
            .await
            .is(200);
        assert_eq!(page.header("cache-control"), "no-store");
        let text = page.text();
        assert!(
            text.contains(word) && text.contains("amandier"),
            "{language}"
        );
        assert!(!text.contains(&format!("?pin={pin}")) && !text.contains(&format!("/{pin}")));
    }
}

#[tokio::test]
async fn a_wrong_number_opens_nothing_and_gives_it_back_to_be_corrected() {
    let web = Web::new().await;
    pin(&web).await;
    let got = web
        .post_form("/en/family", "pin=1234+5678+9012+3456")
        .await
        .is(404);
    assert!(got.text().contains("1234 5678 9012 3456"));
}

#[tokio::test]
async fn what_the_family_writes_is_kept_and_what_cannot_be_is_given_back() {
    let web = Web::new().await;
    let (pin, case) = pin(&web).await;
    let kept = format!("pin={pin}&memory=she+likes+the+old+bridge");
    web.post_form("/en/family/memory", &kept).await.is(200);
    let empty = format!("pin={pin}&wish=");
    web.post_form("/en/family/withdrawal", &empty).await.is(422);
    let marked = format!("pin={pin}&memory=%3Cb%3Ebold%3C%2Fb%3E+words");
    let got = web.post_form("/en/family/memory", &marked).await.is(422);
    assert!(
        got.text().contains("&#60;b&#62;bold"),
        "what was typed is shown again"
    );
    let officer = web.token(Role::Officer).await;
    let path = format!("/cases/{case}/family");
    let file = web
        .api("GET", &path, (&officer, serde_json::Value::Null))
        .await
        .json();
    assert_eq!(file["notes"].as_array().unwrap().len(), 1);
    assert_eq!(file["notes"][0]["words"], "she likes the old bridge");
}
