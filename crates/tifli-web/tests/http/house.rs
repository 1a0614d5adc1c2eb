//! A house with its web side: requests go into the router as they would from a listener. Not a test.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tifli_app::people::{CreatedPerson, Factor, SessionKind};
use tifli_app::report::Confirmation;
use tifli_app::testing::{DISTRICT, PASSWORD, TestHouse};
use tifli_domain::Role;
use tifli_domain::intake::Field;
use tifli_domain::ports::Entropy;
use tifli_web::server::{WebSettings, WebState, public_router};
use tower::ServiceExt;

/// Countable randomness for keys of forms.
struct Counting(AtomicU64);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let n = self.0.fetch_add(1, Ordering::SeqCst);
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = (n >> (8 * (place % 8))) as u8 ^ place as u8;
        }
    }
}

/// What came back.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Got {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("not JSON ({}): {}", self.status, self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The answer, if it has this status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }
}

/// A house and its public listener's router.
pub struct Web {
    pub house: TestHouse,
    pub router: Router,
}

impl Web {
    pub async fn new() -> Self {
        Self::of(TestHouse::new().await)
    }

    pub fn of(house: TestHouse) -> Self {
        let settings = WebSettings {
            secure_cookies: false,
            ..WebSettings::default()
        };
        let entropy = Arc::new(Counting(AtomicU64::new(1)));
        let state = WebState::new(house.app.clone(), settings, entropy);
        Self {
            router: public_router(state),
            house,
        }
    }

    pub async fn send(&self, mut request: Request<Body>) -> Got {
        let address: SocketAddr = "203.0.113.9:4000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Got {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub async fn get(&self, path: &str) -> Got {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    pub async fn post_form(&self, path: &str, form: &str) -> Got {
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        self.send(request.body(Body::from(form.to_owned())).unwrap())
            .await
    }

    /// A request of the API with a token; an empty token is none.
    pub async fn api(&self, method: &str, path: &str, (token, body): (&str, Value)) -> Got {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"));
        if !token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = if body.is_null() {
            Body::empty()
        } else {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        };
        self.send(request.body(body).unwrap()).await
    }

    /// A person of this role with a session of this kind.
    pub async fn session(&self, role: Role, district: &str, kind: SessionKind) -> String {
        let (_, person) = self.house.person(role, district).await;
        let factor = Factor::Totp(self.house.code(&person));
        let session = self
            .house
            .app
            .sign_in(&person.login, PASSWORD, &factor, kind)
            .await;
        session.unwrap().token
    }

    pub async fn token(&self, role: Role) -> String {
        self.session(role, DISTRICT, SessionKind::Bearer).await
    }

    /// A person who has not signed in.
    pub async fn person(&self, role: Role) -> CreatedPerson {
        self.house.person(role, DISTRICT).await.1
    }

    /// A live alert made by the use cases: its code, its id, its case.
    pub async fn live_alert(&self) -> (String, String, String) {
        let officer = self.house.officer().await;
        let approver = self.house.approver().await;
        let case = self.house.received_case(&officer).await;
        let secrets = [
            Field::HomeAddress,
            Field::Circumstances,
            Field::ChildFamilyNameAr,
            Field::LastSeenWords,
        ]
        .map(|field| (field, SECRET));
        self.house.answer(&officer, case, &secrets).await;
        let app = &self.house.app;
        app.add_photo(&officer, case, &self.house.photo(1))
            .await
            .unwrap();
        let message = app.begin_alert(&officer, case).await.unwrap();
        let submitted = app
            .submit(&officer, message, Confirmation::Given)
            .await
            .unwrap();
        let alert = submitted.binding.alert;
        app.approve(&approver, message, submitted.binding)
            .await
            .unwrap();
        let summary = app.summary(&approver, alert).await.unwrap();
        (
            summary.code.to_string(),
            alert.to_string(),
            case.to_string(),
        )
    }
}

/// A word in protected answers that no public byte may hold.
pub const SECRET: &str = "KANARIENVOGEL";

/// A body of `{"reason": …}`.
pub fn reason(text: &str) -> Value {
    json!({ "reason": text })
}
