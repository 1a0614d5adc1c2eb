//! What the client knows: addresses, logins, what it was answered, and the invented people of the
//! case. It knows nothing of the inside of the house.

use std::collections::{BTreeSet, HashMap};

use reqwest::Method;
use serde_json::{Value, json};
use tifli_domain::Role;
use tifli_geo::{Shape, Target, distance};
use tifli_units::{Position, Radius};

use super::client::{Answer, Body, Check, Client, Wrong, text};
use super::partner::Partner;
use super::report::Totals;
use super::steps::report;
use crate::demo::{Demo, DemoPerson};
use crate::failure::{Done, Failure, Trying as _};

/// The radius when the country's own would reach everybody, in kilometres.
const SMALLER_KM: f64 = 15.0;

/// Everything the client knows.
pub struct World<'d> {
    /// The demonstration: addresses, logins and invented subscribers.
    pub demo: &'d Demo,
    /// HTTP.
    pub client: Client,
    /// What the phones got.
    pub partner: Partner,
    /// Where the child was last seen.
    pub center: Position,
    /// How far to warn.
    pub radius: Radius,
    /// Who lives inside, counted without asking the house.
    pub inside: BTreeSet<u32>,
    /// What the case came to.
    pub totals: Totals,
    /// What was learned on the way, by name: ids, codes, receipts.
    pub learned: HashMap<&'static str, String>,
    /// The bindings that were approved, by version.
    pub bindings: Vec<Value>,
    tokens: HashMap<String, String>,
}

impl<'d> World<'d> {
    /// A client that has not asked anything yet.
    pub fn new(demo: &'d Demo) -> Done<Self> {
        let district = demo.pack().districts().first();
        let center = district
            .and_then(|district| district.seat)
            .ok_or_else(|| Failure::new("the country pack has no district"))?;
        let mut radius = demo.pack().default_radius();
        let mut inside = inside(demo, center, radius);
        if inside.len() == demo.crowd().len() {
            radius = Radius::new(SMALLER_KM).trying("making a radius")?;
            inside = self::inside(demo, center, radius);
        }
        let client = Client::new(demo.base_url())?;
        Ok(Self {
            partner: Partner::new(client.clone(), demo.push_urls()),
            client,
            totals: Totals {
                inside: inside.len() as u64,
                ..Totals::default()
            },
            demo,
            center,
            radius,
            inside,
            learned: HashMap::new(),
            bindings: Vec::new(),
            tokens: HashMap::new(),
        })
    }

    /// Changes a draft as its author saw it a moment ago.
    pub async fn change_draft(&self, path: &str, login: &str, change: &Value) -> Check<Answer> {
        let seen = self.read(path, login).await?.good()?;
        let mut change = change.clone();
        change["base"] = seen["base"].clone();
        self.api(Method::PATCH, path, login, &change).await
    }

    /// Calls the API as `login`; as nobody if it is empty.
    pub async fn api(
        &self,
        method: Method,
        path: &str,
        login: &str,
        body: &Value,
    ) -> Check<Answer> {
        let token = self.token(login)?;
        let body = if body.is_null() {
            Body::None
        } else {
            Body::Json(body)
        };
        self.client.api(method, path, (token, ""), body).await
    }

    /// Reads the API as `login`.
    pub async fn read(&self, path: &str, login: &str) -> Check<Answer> {
        self.api(Method::GET, path, login, &Value::Null).await
    }

    /// Posts to the API as `login`.
    pub async fn post(&self, path: &str, login: &str, body: Value) -> Check<Answer> {
        self.api(Method::POST, path, login, &body).await
    }

    /// A fresh case of this officer, received: the invented report with `changes` on top. Steps that
    /// must not touch the main case live on one of these.
    pub async fn open_case(&self, login: &str, changes: &[(&str, &str)]) -> Check<String> {
        let case = self.post("cases", login, json!({})).await?.good()?;
        let case = text(&case, "case")?.to_owned();
        self.fill_and_receive(login, &case, changes).await?;
        Ok(case)
    }

    /// Answers what a report needs, with these changes, and receives it.
    pub async fn fill_and_receive(
        &self,
        login: &str,
        case: &str,
        changes: &[(&str, &str)],
    ) -> Check<()> {
        let mut answers = serde_json::Map::new();
        for (field, value) in report::answers(self) {
            answers.insert(field.into(), json!({ "value": value, "base": 0 }));
        }
        for (field, value) in changes {
            answers.insert((*field).into(), json!({ "value": value, "base": 0 }));
        }
        let path = format!("cases/{case}/answers");
        let answers = Value::Object(answers);
        self.api(Method::PUT, &path, login, &answers)
            .await?
            .good()?;
        let path = format!("cases/{case}/receive");
        let body = json!({ "confirmed": true });
        self.post(&path, login, body).await?.good()?;
        Ok(())
    }

    /// Signs in with both factors and keeps the token.
    pub async fn sign_in(&mut self, person: &DemoPerson) -> Check<()> {
        let code = tifli_app::people::code_at(&person.totp_secret, self.demo.now_ms());
        let code = code.ok_or_else(|| Wrong("a TOTP secret cannot be read".into()))?;
        let body = json!({ "login": person.login, "password": person.password, "totp": code });
        let session = self.post("sessions", "", body).await?.good()?;
        self.tokens
            .insert(person.login.clone(), text(&session, "token")?.to_owned());
        Ok(())
    }

    /// The token of somebody who signed in; empty for nobody.
    pub fn token(&self, login: &str) -> Check<&str> {
        if login.is_empty() {
            return Ok("");
        }
        let token = self.tokens.get(login);
        token
            .map(String::as_str)
            .ok_or_else(|| Wrong(format!("{login} is not signed in")))
    }

    /// The first person with this role.
    pub fn person(&self, role: Role) -> Check<&'d DemoPerson> {
        let found = self.demo.people().iter().find(|person| person.role == role);
        found.ok_or_else(|| Wrong(format!("nobody is {}", role.as_str())))
    }

    /// Something learned in an earlier step.
    pub fn known(&self, what: &'static str) -> Check<String> {
        let known = self.learned.get(what).cloned();
        known.ok_or_else(|| Wrong(format!("an earlier step did not come to a {what}")))
    }

    /// Keeps something for later steps.
    pub fn learn(&mut self, what: &'static str, value: &str) {
        self.learned.insert(what, value.to_owned());
    }

    /// The community that lies farthest from where the child was seen.
    pub fn far_away(&self) -> Position {
        let communes = self
            .demo
            .pack()
            .communes()
            .map(|community| community.position);
        communes
            .max_by(|a, b| {
                let from = |p: &Position| distance(*p, self.center).get();
                from(a).total_cmp(&from(b))
            })
            .unwrap_or(self.center)
    }

    /// The gazetteer's place nearest to a point.
    pub fn place_at(&self, point: Position) -> String {
        self.demo.pack().places().nearest(point).id.clone()
    }
}

/// Who of the invented crowd lives inside, by the geometry alone.
fn inside(demo: &Demo, center: Position, radius: Radius) -> BTreeSet<u32> {
    let shape = Shape::circle(center, radius);
    let target = Target::new(&shape, Some(demo.pack().outline()));
    let people = (0u32..).zip(demo.crowd().people());
    people
        .filter(|(_, one)| target.covers(one.cell))
        .map(|(number, _)| number)
        .collect()
}
