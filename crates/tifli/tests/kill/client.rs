//! The people of a case as a program that speaks to the API and remembers what was acknowledged.

use reqwest::{Client as Http, Method, StatusCode};
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

#[derive(Clone)]
pub struct Client {
    http: Http,
    base: String,
    officer: String,
    approver: String,
    approver2: String,
    room: String,
    admin: String,
    district: String,
}

/// Who calls.
#[derive(Debug, Clone, Copy)]
pub enum Who {
    Officer,
    Approver,
    Room,
    Admin,
}

/// An alert on its way.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub alert: String,
    pub code: String,
    pub message: String,
    pub binding: Value,
}

impl Client {
    /// Signs everybody in; the tokens outlive restarts.
    pub async fn sign_in(ready: &Value) -> Self {
        let base = ready["base_url"].as_str().expect("an address").to_owned();
        let mut client = Self {
            http: Http::new(),
            base,
            officer: String::new(),
            approver: String::new(),
            approver2: String::new(),
            room: String::new(),
            admin: String::new(),
            district: district_of(ready, "officer"),
        };
        client.officer = client.token(ready, "officer").await;
        client.approver = client.token(ready, "approver").await;
        client.approver2 = client.token(ready, "approver2").await;
        client.room = client.token(ready, "room").await;
        client.admin = client.token(ready, "admin").await;
        client
    }

    /// The same people at the address after a restart.
    pub fn at(&mut self, base: String) {
        self.base = base;
        self.http = Http::new();
    }

    /// A new draft; `None` when it was not acknowledged.
    pub async fn start_case(&self, key: &str) -> Option<String> {
        let case = self
            .ask(Method::POST, "cases", &self.officer, json!({}), key)
            .await?;
        Some(case["case"].as_str().expect("a case").to_owned())
    }

    /// Saves one answer; whether it was acknowledged.
    pub async fn answer(&self, case: &str, field: &str, value: &str) -> bool {
        let body = json!({ field: { "value": value, "base": 0 } });
        let path = format!("cases/{case}/answers");
        self.ask(Method::PUT, &path, &self.officer, body, "")
            .await
            .is_some()
    }

    /// The answers as they stand.
    pub async fn answers(&self, case: &str) -> Value {
        let path = format!("cases/{case}");
        let file = self
            .ask(Method::GET, &path, &self.officer, Value::Null, "")
            .await;
        file.expect("the file is read")["answers"].clone()
    }

    /// The officer's district.
    pub fn district(&self) -> &str {
        &self.district
    }

    /// One call of somebody; `None` when the connection broke. A refusal is a bug, whatever its kind.
    pub async fn call(
        &self,
        who: Who,
        (method, path): (Method, &str),
        body: Value,
        key: &str,
    ) -> Option<Value> {
        let token = match who {
            Who::Officer => &self.officer,
            Who::Approver => &self.approver,
            Who::Room => &self.room,
            Who::Admin => &self.admin,
        };
        let (status, text) = self.send(method, path, token, (body, key)).await?;
        assert!(status.is_success(), "{path}: {status} {text}");
        Some(serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// How many services a bulletin goes to.
    pub async fn services(&self) -> usize {
        let directory = self
            .ask(Method::GET, "services", &self.admin, Value::Null, "")
            .await;
        let directory = directory.expect("the directory is read");
        let services = directory["services"].as_array().expect("services");
        services.iter().filter(|one| one["active"] == true).count()
    }

    /// A received case; `None` when the connection broke.
    pub async fn received(&self, key: &str) -> Option<String> {
        let case = self.start_case(key).await?;
        let answers =
            REPORT.map(|(field, value)| (field.to_owned(), json!({ "value": value, "base": 0 })));
        let answers = Value::Object(answers.into_iter().collect());
        let path = format!("cases/{case}/answers");
        self.call(Who::Officer, (Method::PUT, &path), answers, "")
            .await?;
        let path = format!("cases/{case}/receive");
        let confirmed = json!({ "confirmed": true });
        self.call(Who::Officer, (Method::POST, &path), confirmed, "")
            .await?;
        Some(case)
    }

    /// A received case with a submitted alert over all of the country.
    pub async fn submitted(&self, key: &str) -> Waiting {
        let case = self.received(key).await.expect("a received case");
        self.handed_over(&case).await.expect("handed over")
    }

    /// A submitted alert of a received case; `None` when the connection broke.
    pub async fn handed_over(&self, case: &str) -> Option<Waiting> {
        let path = format!("cases/{case}/alerts");
        let begun = self
            .call(Who::Officer, (Method::POST, &path), json!({}), "")
            .await?;
        let message = begun["message"].as_str().expect("a message").to_owned();
        let path = format!("drafts/{message}/submit");
        self.call(Who::Officer, (Method::POST, &path), json!({}), "")
            .await?;
        let path = format!("approvals/{message}");
        let screen = self
            .call(Who::Approver, (Method::GET, &path), Value::Null, "")
            .await?;
        let alert = screen["alert"].as_str().expect("an alert").to_owned();
        let path = format!("alerts/{alert}");
        let line = self
            .call(Who::Approver, (Method::GET, &path), Value::Null, "")
            .await?;
        Some(Waiting {
            code: line["code"].as_str().expect("a code").to_owned(),
            binding: screen["binding"].clone(),
            alert,
            message,
        })
    }

    /// Approves; whether it was acknowledged.
    pub async fn approve(&self, waiting: &Waiting) -> bool {
        let path = format!("approvals/{}/approve", waiting.message);
        let body = json!({ "binding": waiting.binding });
        self.ask(Method::POST, &path, &self.approver, body, "")
            .await
            .is_some()
    }

    /// Ends; whether it was acknowledged.
    pub async fn cancel(&self, waiting: &Waiting) -> bool {
        let path = format!("alerts/{}/cancel", waiting.alert);
        let body = json!({ "reason": "found" });
        self.ask(Method::POST, &path, &self.approver2, body, "")
            .await
            .is_some()
    }

    /// The state of the alert, and whether it is dark.
    pub async fn state(&self, waiting: &Waiting) -> (String, bool) {
        let path = format!("alerts/{}", waiting.alert);
        let line = self
            .ask(Method::GET, &path, &self.approver, Value::Null, "")
            .await;
        let line = line.expect("the alert is shown");
        let state = line["state"].as_str().expect("a state").to_owned();
        (state, !line["dark_at"].is_null())
    }

    /// Tells a tip; its receipt when it was acknowledged.
    pub async fn tip(&self, waiting: &Waiting, words: &str, key: &str) -> Option<String> {
        let path = format!("alerts/by-code/{}/tips", waiting.code);
        let body = json!({ "words": words, "language": "en" });
        let told = self.ask(Method::POST, &path, "", body, key).await?;
        Some(told["receipt"].as_str().expect("a receipt").to_owned())
    }

    /// Whether a receipt is known.
    pub async fn knows(&self, receipt: &str) -> bool {
        let body = json!({ "receipt": receipt });
        self.ask(Method::POST, "tips/dialogue", "", body, "")
            .await
            .is_some()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "one-time codes follow the wall clock"
    )]
    async fn token(&self, ready: &Value, login: &str) -> String {
        let people = ready["people"].as_array().expect("people");
        let person = people
            .iter()
            .find(|p| p["login"] == login)
            .expect("somebody");
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("after 1970");
        let secret = person["totp_secret"].as_str().expect("a secret");
        let code = tifli_app::people::code_at(secret, i64::try_from(now.as_millis()).unwrap());
        let body = json!({ "login": login, "password": person["password"], "totp": code.unwrap() });
        let session = self
            .ask(Method::POST, "sessions", "", body, "")
            .await
            .expect("signed in");
        session["token"].as_str().expect("a token").to_owned()
    }

    /// One call: what was acknowledged, or `None` when the connection broke. A refusal is a bug.
    async fn ask(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Value,
        key: &str,
    ) -> Option<Value> {
        let (status, text) = self.send(method, path, token, (body, key)).await?;
        let fine = status.is_success() || status == StatusCode::CONFLICT;
        assert!(fine, "{path}: {status} {text}");
        if status == StatusCode::CONFLICT {
            return None;
        }
        Some(serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// What was answered, or `None` when the connection broke.
    async fn send(
        &self,
        method: Method,
        path: &str,
        token: &str,
        (body, key): (Value, &str),
    ) -> Option<(StatusCode, String)> {
        let mut call = self
            .http
            .request(method, format!("{}/api/v1/{path}", self.base));
        if !token.is_empty() {
            call = call.bearer_auth(token);
        }
        if !key.is_empty() {
            call = call.header("idempotency-key", key);
        }
        if !body.is_null() {
            call = call.json(&body);
        }
        let answer = call.send().await.ok()?;
        let status = answer.status();
        let text = answer.bytes().await.ok()?;
        Some((status, String::from_utf8_lossy(&text).into_owned()))
    }
}

fn district_of(ready: &Value, login: &str) -> String {
    let mut people = ready["people"].as_array().expect("people").iter();
    let person = people.find(|person| person["login"] == login);
    let district = &person.expect("somebody")["district"];
    district.as_str().expect("a district").to_owned()
}

/// An invented report.
const REPORT: [(&str, &str); 12] = [
    ("reporter_name", "Invented Reporter"),
    ("reporter_relation", "mother"),
    ("consent_publish", "yes"),
    ("gate_custody", "no"),
    ("gate_protection", "no"),
    ("gate_fleeing", "no"),
    ("child_first_name_ar", "سلمى"),
    ("child_first_name", "Salma"),
    ("child_age", "9"),
    ("last_seen_at", "2026-01-01T08:00"),
    ("last_seen_lat", "25.28500"),
    ("last_seen_lon", "51.53000"),
];
