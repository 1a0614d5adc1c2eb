//! Alerts by e-mail over HTTP: a form without a script, a button that confirms, one click that leaves, and letters that
//! come back through the door of this machine.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use tifli_app::testing::{TestHouse, mailer};
use tifli_app::worker::Workers;
use tifli_sandbox::smtp::{Mail, MailServer, RunningMail};

use crate::house::Web;

/// A web side whose house sends letters, with its workers at work.
struct Post {
    web: Web,
    server: RunningMail,
    workers: Workers,
}

impl Post {
    async fn new() -> Self {
        let address = "127.0.0.1:0".parse().unwrap();
        let server = MailServer::start(address, Arc::new(|| 0)).await.unwrap();
        let house = TestHouse::with_letters(Vec::new(), mailer(server.addr())).await;
        let workers = Workers::start(&house.app);
        Self {
            web: Web::of(house),
            server,
            workers,
        }
    }

    async fn close(self) {
        self.workers.stop().await;
        self.server.stop().await;
    }

    /// The code of a place called so, as the form offers it.
    async fn place(&self) -> String {
        let found = self.web.post_form("/fr/letters/places", "q=Rabat").await;
        let found = found.is(200).text();
        let (_, rest) = found.split_once("name=\"place\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    async fn asks(&self, address: &str) -> crate::house::Got {
        let form = format!(
            "q=Rabat&place={}&language=fr&address={address}",
            self.place().await
        );
        self.web.post_form("/fr/letters", &form).await
    }

    /// The letters to this address, once there are so many.
    async fn letters(&self, to: &str, amount: usize) -> Vec<Mail> {
        for _ in 0..6_000 {
            let mut all = self.server.letters();
            all.retain(|mail| mail.to == to);
            if all.len() >= amount {
                return all;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("no letter within a minute");
    }
}

/// The path behind our address in a letter that begins so.
fn path_in(mail: &Mail, start: &str) -> String {
    let parsed = mail_parser::MessageParser::default().parse(mail.raw.as_bytes());
    let text = parsed.unwrap().body_text(0).unwrap().into_owned();
    let (_, rest) = text
        .split_once(&format!("https://tifli.example{start}"))
        .unwrap();
    format!("{start}{}", rest.split_whitespace().next().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_a_script_leads_to_a_letter_whose_button_confirms() {
    let post = Post::new().await;
    let page = post.web.get("/fr/subscribe").await.is(200).text();
    assert!(page.contains("href=\"/fr/letters\""));
    let done = post.asks("a%40one.example").await.is(303);
    assert_eq!(done.header("location"), "/fr/letters/asked");
    post.web.get("/fr/letters/asked").await.is(200);
    let again = post.asks("a%40one.example").await.is(303);
    assert_eq!(
        again.header("location"),
        done.header("location"),
        "the same for who is known"
    );
    let letters = post.letters("a@one.example", 1).await;
    let path = path_in(&letters[0], "/fr/letters/confirm/");
    for _ in 0..3 {
        let shown = post.web.get(&path).await.is(200);
        assert!(shown.text().contains(&format!("action=\"{path}\"")));
        assert_eq!(shown.header("cache-control"), "no-store");
        assert_eq!(shown.header("referrer-policy"), "no-referrer");
    }
    let confirmed = post.web.post_form(&path, "").await.is(303);
    assert_eq!(confirmed.header("location"), "/fr/letters/confirmed");
    post.web.get(&path).await.is(404);
    post.web.post_form(&path, "").await.is(404);
    post.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_stands_beside_its_field_and_nothing_is_sent() {
    let post = Post::new().await;
    for address in [
        "",
        "nobody",
        "a%40b",
        "a%40b.example%0D%0ABcc%3A+c%40d.example",
    ] {
        let shown = post.asks(address).await.is(422).text();
        assert!(shown.contains("id=\"address-error\""), "{address}");
    }
    let form = "q=Rabat&place=nowhere&language=fr&address=a%40one.example";
    let shown = post.web.post_form("/fr/letters", form).await.is(422).text();
    assert!(shown.contains("id=\"place-error\""));
    post.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_leaves_without_cookie_redirect_or_a_question_and_looking_leaves_nothing() {
    let post = Post::new().await;
    post.asks("a%40one.example").await.is(303);
    let letters = post.letters("a@one.example", 1).await;
    let path = path_in(&letters[0], "/fr/letters/leave/");
    assert!(!path.contains("one.example") && path.len() > 50);
    post.web.get(&path).await.is(200);
    post.web.post_form(&path, "").await.is(422);
    let left = post
        .web
        .post_form(&path, "List-Unsubscribe=One-Click")
        .await;
    assert!(left.is(200).header("set-cookie").is_empty());
    post.web.get(&path).await.is(404);
    post.web.get("/fr/letters/leave/0").await.is(404);
    let click = "List-Unsubscribe=One-Click";
    post.web
        .post_form("/fr/letters/leave/0", click)
        .await
        .is(404);
    post.close().await;
}

#[tokio::test]
async fn a_house_without_a_mail_server_offers_no_letters_and_says_so() {
    let web = Web::new().await;
    let page = web.get("/fr/subscribe").await.is(200).text();
    assert!(!page.contains("/fr/letters\""));
    let page = web.get("/fr/letters").await.is(200).text();
    assert!(!page.contains("<form method=\"post\" action=\"/fr/letters"));
    let form = "q=Rabat&place=nowhere&language=fr&address=a%40one.example";
    web.post_form("/fr/letters", form).await.is(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_door_of_this_machine_takes_what_came_back_and_says_what_it_did() {
    let post = Post::new().await;
    post.asks("a%40one.example").await.is(303);
    let letters = post.letters("a@one.example", 1).await;
    let bounce = post.server.dsn(&letters[0], "5.1.1").unwrap().raw;
    let ask = async |mail: String| {
        let request = Request::post("/mail/bounce").header("content-type", "message/rfc822");
        super::admin::ask(&post.web.house, request.body(Body::from(mail)).unwrap()).await
    };
    assert_eq!(
        ask(bounce.clone()).await,
        (200, "{\"taken\":\"request_dropped\"}".to_owned())
    );
    let (status, said) = ask(bounce).await;
    assert!(status == 404 && said.contains("bounce_unknown"), "{said}");
    let (status, said) = ask("Subject: x\r\n\r\nBack on Monday.\r\n".to_owned()).await;
    assert!(status == 422 && said.contains("not_a_bounce"), "{said}");
    post.close().await;
}
