//! Plain HTTP as any program would speak it: bearer tokens, JSON, and what came back.

use std::fmt;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use crate::failure::{Done, Trying as _};

/// The longest one call may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A promise that was not kept, in words.
#[derive(Debug)]
pub struct Wrong(pub String);

/// What one check gives: what was checked, or what is wrong.
pub type Check<T = String> = Result<T, Wrong>;

/// A client of one house.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
}

/// What came back.
pub struct Answer {
    /// What was asked, for words about it.
    asked: String,
    /// The status.
    pub status: u16,
    body: Vec<u8>,
}

/// Something to send.
pub enum Body<'b> {
    /// Nothing.
    None,
    /// JSON.
    Json(&'b Value),
    /// A photo, whatever it claims to be.
    Photo(Vec<u8>),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Ends a check with what is wrong unless a promise was kept.
macro_rules! ensure {
    ($kept:expr, $($wrong:tt)+) => {
        if !$kept {
            return Err($crate::headless::client::Wrong(format!($($wrong)+)));
        }
    };
}
pub(super) use ensure;

impl Client {
    /// A client of the house at `base`.
    pub fn new(base: &str) -> Done<Self> {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .trying("making an HTTP client")?;
        Ok(Self {
            http,
            base: base.to_owned(),
        })
    }

    /// Reads an address: of the house if it begins with a slash.
    pub async fn get(&self, address: &str) -> Check<Answer> {
        self.send(self.http.get(self.full(address)), address).await
    }

    /// Posts JSON as a page's script would.
    pub async fn post(&self, address: &str, body: &Value) -> Check<Answer> {
        let call = self
            .http
            .post(self.full(address))
            .header(ACCEPT, "application/json");
        self.send(call.json(body), address).await
    }

    /// Posts a form as a browser without a script would.
    pub async fn form(&self, address: &str, fields: &[(&str, &str)]) -> Check<Answer> {
        let call = self.http.post(self.full(address)).form(fields);
        self.send(call, address).await
    }

    /// Posts a mail as it is.
    pub async fn raw(&self, address: &str, mail: String) -> Check<Answer> {
        let call = self
            .http
            .post(self.full(address))
            .header(CONTENT_TYPE, "message/rfc822");
        self.send(call.body(mail), address).await
    }

    /// Calls the API at `/api/v1/{path}` with a token, if there is one, and a key for repeats.
    pub async fn api(
        &self,
        method: Method,
        path: &str,
        (token, key): (&str, &str),
        body: Body<'_>,
    ) -> Check<Answer> {
        let mut call = self
            .http
            .request(method, self.full(&format!("/api/v1/{path}")));
        if !token.is_empty() {
            call = call.bearer_auth(token);
        }
        if !key.is_empty() {
            call = call.header("idempotency-key", key);
        }
        call = match body {
            Body::None => call,
            Body::Json(body) => call.json(body),
            Body::Photo(bytes) => call.header(CONTENT_TYPE, "image/jpeg").body(bytes),
        };
        self.send(call, path).await
    }

    fn full(&self, address: &str) -> String {
        match address.strip_prefix('/') {
            Some(path) => format!("{}/{path}", self.base),
            None => address.to_owned(),
        }
    }

    async fn send(&self, call: RequestBuilder, asked: &str) -> Check<Answer> {
        let broken =
            |error: reqwest::Error| Wrong(format!("{asked}: no answer ({})", error.without_url()));
        let answer = call.send().await.map_err(broken)?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(broken)?.to_vec();
        Ok(Answer {
            asked: asked.to_owned(),
            status,
            body,
        })
    }
}

impl Answer {
    /// The body as it is.
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; `null` if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The body of an answer that must have succeeded.
    pub fn good(&self) -> Check<Value> {
        ensure!((200..300).contains(&self.status), "{}", self.words());
        Ok(self.json())
    }

    /// Refused with this status, and this code anywhere in the refusal.
    pub fn refused(&self, status: u16, code: &str) -> Check<()> {
        let body = self.json();
        let beside = body["errors"]
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one["code"] == code));
        let found = code.is_empty() || body["code"] == code || beside;
        ensure!(
            self.status == status && found,
            "expected {status} {code}, but {}",
            self.words()
        );
        Ok(())
    }

    /// Has exactly this status.
    pub fn status(&self, status: u16) -> Check<()> {
        ensure!(
            self.status == status,
            "expected {status}, but {}",
            self.words()
        );
        Ok(())
    }

    /// What came, short: a refusal's code, never a page.
    fn words(&self) -> String {
        let body = self.json();
        let code = body["code"].as_str().unwrap_or_default();
        let errors: Vec<String> = body["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| {
                format!(
                    "{}={}",
                    one["field"].as_str().unwrap_or("?"),
                    one["code"].as_str().unwrap_or("?")
                )
            })
            .collect();
        format!(
            "{} answered {} {code} {}",
            self.asked,
            self.status,
            errors.join(" ")
        )
    }
}

/// A text that must be in an answer.
pub fn text<'v>(body: &'v Value, name: &str) -> Check<&'v str> {
    body[name]
        .as_str()
        .ok_or_else(|| Wrong(format!("the answer has no `{name}`")))
}
