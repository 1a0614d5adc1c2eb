//! `tifli serve` on PostgreSQL, as a house would run it: the first administrator's link, a sign-in, a stop, and the
//! same house again.

use std::fs;

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tifli_app::people::code_at;
use tifli_store::testing::new_postgres_database;

use crate::configured;
use crate::run::Started;

const PASSWORD: &str = "orange tree in the yard";

/// A server that runs, and where.
struct Server {
    process: Started,
    public: String,
    admin: String,
}

impl Server {
    /// Reads on until it is ready.
    fn ready(mut process: Started) -> Self {
        let line = process.until_logged("\"ready\"");
        let line: Value = serde_json::from_str(&line).expect("the log is JSON");
        let at = |name: &str| {
            let address = line["fields"][name].as_str().or(line[name].as_str());
            format!("http://{}", address.expect("an address"))
        };
        Self {
            public: at("listen"),
            admin: at("admin_listen"),
            process,
        }
    }

    async fn is_ready(&self, client: &Client) -> bool {
        let answer = client.get(format!("{}/readyz", self.admin)).send().await;
        answer.expect("it answers").status() == StatusCode::OK
    }

    fn stop(mut self) -> bool {
        self.process.terminate();
        self.process.ended_well()
    }
}

/// Follows the one-time link as a person would; gives the secret of the authenticator.
async fn accept(client: &Client, link: &str) -> String {
    let page = client.get(link).send().await.expect("the link opens");
    let page = page.text().await.expect("a page");
    let (_, rest) = page.split_once("secret=").expect("the secret is shown");
    let letters = rest.chars().take_while(char::is_ascii_alphanumeric);
    let secret: String = letters.collect();
    let code = code(&secret, 0);
    let form = [
        ("login", "first"),
        ("name", "First Invented"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
        ("code", code.as_str()),
    ];
    let done = client.post(link).form(&form).send().await.expect("sent");
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    secret
}

/// What the authenticator shows so many steps from now. A code is good once, and one step early too.
#[expect(
    clippy::disallowed_methods,
    reason = "the server under test goes by the machine's clock"
)]
fn code(secret: &str, steps: i64) -> String {
    let now = jiff::Timestamp::now().as_millisecond();
    code_at(secret, now + steps * 30_000).expect("a secret")
}

async fn role(client: &Client, server: &Server, token: &str) -> Value {
    let current = format!("{}/api/v1/sessions/current", server.public);
    let me = client.get(current).bearer_auth(token).send().await;
    let me: Value = me.expect("it answers").json().await.expect("JSON");
    me["role"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_on_postgresql_is_opened_signed_in_to_stopped_and_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let config = configured(folder.path());
    let url = new_postgres_database().await;
    let text = fs::read_to_string(&config).unwrap() + &format!("url = '{url}'\n");
    fs::write(&config, text).unwrap();
    let serve = ["serve", "--config", config.to_str().unwrap()];
    let alone = reqwest::redirect::Policy::none();
    let client = Client::builder().redirect(alone).build().unwrap();

    let mut process = Started::new(&serve);
    let link = process.until_said("/console/first?token=");
    let server = Server::ready(process);
    assert!(server.is_ready(&client).await);
    assert!(!folder.path().join("data/tifli.db").exists());
    let (_, path) = link.trim().split_once("example.org").unwrap();
    let secret = accept(&client, &format!("{}{path}", server.public)).await;
    let again = client.get(format!("{}{path}", server.public)).send().await;
    assert!(!again.unwrap().status().is_success(), "the link works once");

    assert!(server.stop());
    let server = Server::ready(Started::new(&serve));
    assert!(server.is_ready(&client).await);
    let person = json!({ "login": "first", "password": PASSWORD, "totp": code(&secret, 1) });
    let sessions = format!("{}/api/v1/sessions", server.public);
    let session = client.post(sessions).json(&person).send().await.unwrap();
    assert_eq!(session.status(), StatusCode::CREATED);
    let session: Value = session.json().await.unwrap();
    let token = session["token"].as_str().unwrap().to_owned();
    assert_eq!(role(&client, &server, &token).await, "administrator");

    assert!(server.stop());
    let server = Server::ready(Started::new(&serve));
    assert_eq!(role(&client, &server, &token).await, "administrator");
    assert!(server.stop());
}
