//! A browser without scripts: it keeps one cookie, follows redirects, and fills the forms of the page it is on. Not a
//! test.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tifli_app::people::CreatedPerson;
use tifli_app::testing::{DISTRICT, PASSWORD, TestHouse};
use tifli_domain::Role;
use tifli_domain::ports::Entropy;
use tifli_web::server::{WebSettings, WebState, public_router};
use tower::ServiceExt;

/// Randomness of the operating system's kind is not needed for keys of forms.
struct Counting(std::sync::atomic::AtomicU64);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let n = self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = n.to_le_bytes()[place % 8].wrapping_add(u8::try_from(place % 251).unwrap());
        }
    }
}

/// A house with its pages.
pub struct Web {
    pub house: TestHouse,
    router: Router,
}

/// A page a browser is on.
#[derive(Clone)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub path: String,
    pub html: String,
    pub bytes: Vec<u8>,
}

/// A form of a page with its values.
#[derive(Debug, Clone)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

/// A person's browser.
pub struct Browser<'w> {
    web: &'w Web,
    pub cookie: String,
    pub language: &'static str,
}

impl Web {
    pub async fn new() -> Self {
        let house = TestHouse::new().await;
        let settings = WebSettings {
            secure_cookies: false,
            ..WebSettings::default()
        };
        let entropy = Arc::new(Counting(1.into()));
        let state = WebState::new(house.app.clone(), settings, entropy);
        Self {
            router: public_router(state),
            house,
        }
    }

    pub fn stranger(&self) -> Browser<'_> {
        Browser {
            web: self,
            cookie: String::new(),
            language: "fr",
        }
    }

    /// A new person of this role, signed in by the form.
    pub async fn signed_in(&self, role: Role) -> Browser<'_> {
        let district = if matches!(role, Role::Officer | Role::Unit | Role::Room) {
            DISTRICT
        } else {
            ""
        };
        self.signed_in_at(role, district).await
    }

    /// The same in a district.
    pub async fn signed_in_at(&self, role: Role, district: &str) -> Browser<'_> {
        let (_, person) = self.house.person(role, district).await;
        let mut browser = self.stranger();
        let page = browser.sign_in(&person).await;
        assert_eq!(page.status, 200, "{}", page.html);
        browser
    }
}

impl Page {
    /// The page, if it has this status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.path, self.html);
        self
    }

    /// Whether the page holds this text.
    pub fn says(&self, text: &str) -> bool {
        self.html.contains(text)
    }

    /// The form that posts to an address with this end.
    #[track_caller]
    pub fn form(&self, end: &str) -> Form {
        let found = self.html.split("<form ").skip(1).find_map(|rest| {
            let (tag, rest) = rest.split_once('>')?;
            let action = attribute(tag, "action").unwrap_or_default();
            let inside = rest.split("</form>").next()?;
            action.ends_with(end).then(|| Form {
                fields: values(inside),
                action,
            })
        });
        found.unwrap_or_else(|| panic!("no form posts to …{end} on {}: {}", self.path, self.html))
    }

    /// The last segment but `from_end` of the path.
    pub fn id(&self, after: &str) -> String {
        let rest = self.path.split(after).nth(1).unwrap_or_default();
        rest.split(['/', '?']).next().unwrap_or_default().to_owned()
    }
}

impl Form {
    /// The same with another value.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(held, _)| held != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with every box of this name on the page ticked.
    #[must_use]
    pub fn with_all(mut self, page: &Page, name: &str) -> Self {
        let inputs = page.html.split("<input ").skip(1);
        for tag in inputs.filter_map(|rest| rest.split('>').next()) {
            if attribute(tag, "name").as_deref() == Some(name) {
                let value = attribute(tag, "value").unwrap_or_default();
                self.fields.push((name.to_owned(), value));
            }
        }
        self
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(held, _)| held == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Browser<'_> {
    pub async fn sign_in(&mut self, person: &CreatedPerson) -> Page {
        let code = self.web.house.code(person);
        let form = self.open("/console/sign-in").await.form("/sign-in");
        let form = form
            .with("login", &person.login)
            .with("password", PASSWORD)
            .with("code", &code);
        self.submit(&form).await
    }

    /// Opens a page, following redirects.
    pub async fn open(&mut self, path: &str) -> Page {
        let mut page = self.ask(Request::get(path), Body::empty()).await;
        while page.status.is_redirection() {
            let to = page.headers[header::LOCATION].to_str().unwrap().to_owned();
            page = self.ask(Request::get(to), Body::empty()).await;
        }
        page
    }

    /// Sends a form, following redirects.
    pub async fn submit(&mut self, form: &Form) -> Page {
        let page = self.send(form).await;
        if !page.status.is_redirection() {
            return page;
        }
        let to = page.headers[header::LOCATION].to_str().unwrap().to_owned();
        self.open(to.split('#').next().unwrap()).await
    }

    /// Sends a form and stays with its answer.
    pub async fn send(&mut self, form: &Form) -> Page {
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs = form
            .fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let kind = "application/x-www-form-urlencoded";
        self.ask(
            Request::post(&form.action).header(header::CONTENT_TYPE, kind),
            Body::from(body),
        )
        .await
    }

    /// Sends a form with a file, as a browser sends forms with files.
    pub async fn send_with_file(&mut self, form: &Form, (name, bytes): (&str, &[u8])) -> Page {
        let mut body = Vec::new();
        for (name, value) in &form.fields {
            let part = format!(
                "--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"x.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--cut--\r\n");
        let request = Request::post(&form.action)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
        self.ask(request, Body::from(body)).await
    }

    /// The status of one request, whatever follows: a live stream never ends.
    pub async fn status(&self, request: axum::http::request::Builder, body: String) -> StatusCode {
        let mut request = request
            .header(header::COOKIE, &self.cookie)
            .body(Body::from(body))
            .unwrap();
        let address: SocketAddr = "203.0.113.9:4000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        let response = self.web.router.clone().oneshot(request).await.unwrap();
        response.status()
    }

    /// The body of a live stream, to be read as far as is wanted.
    pub async fn stream(&self, request: axum::http::request::Builder) -> Body {
        let mut request = request
            .header(header::COOKIE, &self.cookie)
            .body(Body::empty())
            .unwrap();
        let address: SocketAddr = "203.0.113.9:4000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        let response = self.web.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body()
    }

    /// One request; a new cookie is kept.
    pub async fn ask(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let mut request = request
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_LANGUAGE, self.language)
            .body(body)
            .unwrap();
        let path = request.uri().to_string();
        let address: SocketAddr = "203.0.113.9:4000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        let response = self.web.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            if cookie.starts_with("tifli_session") {
                self.cookie = cookie.to_owned();
            }
        }
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let html = String::from_utf8_lossy(&bytes).into_owned();
        Page {
            status: parts.status,
            headers: parts.headers,
            path,
            html,
            bytes,
        }
    }
}

/// What a browser would send of a form when no button is pressed.
fn values(inside: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for rest in inside.split('<').skip(1) {
        let Some((tag, after)) = rest.split_once('>') else {
            continue;
        };
        let name = attribute(tag, "name");
        if tag.starts_with("input ") {
            let kind = attribute(tag, "type").unwrap_or_default();
            let picked = !matches!(kind.as_str(), "radio" | "checkbox") || has(tag, "checked");
            if let Some(name) = name.filter(|_| picked && kind != "file") {
                fields.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("textarea ") {
            fields.push((name.unwrap(), unescape(after)));
        } else if tag.starts_with("select ") {
            fields.push((name.unwrap(), String::new()));
        } else if tag.starts_with("option ") && has(tag, "selected") {
            fields.last_mut().unwrap().1 = attribute(tag, "value").unwrap_or_default();
        }
    }
    fields
}

fn has(tag: &str, word: &str) -> bool {
    tag.split_whitespace().any(|part| part == word)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!("{name}=\""))? + name.len() + 2;
    tag[start..].split('"').next().map(unescape)
}

fn unescape(text: &str) -> String {
    let named = text
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    let numbered = named
        .replace("&#34;", "\"")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#39;", "'");
    numbered.replace("&#38;", "&").replace("&amp;", "&")
}
