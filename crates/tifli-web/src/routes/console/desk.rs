//! What every console handler starts from: the person, the frame of the page with what waits for them, the words of the
//! country pack, colleagues' names. It decides nothing and changes nothing.

use std::collections::HashMap;
use std::str::FromStr;

use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use tifli_app::{App, AppError};
use tifli_domain::Actor;
use tifli_domain::id::PersonId;
use tifli_domain::permission::{self, Act};
use tifli_units::Position;

use crate::console::report::PlaceHit;
use crate::forms::Choice;
use crate::layout::{Ending, Shell};
use crate::problem::Refused;
use crate::public::MapSvg;
use crate::request::{Form, Longest, Posted, SignedIn};
use crate::respond;
use crate::security::Caching;
use crate::server::{WebState, moment};

/// Places offered for one search.
const PLACES: usize = 12;

/// The desk a signed-in person sits at, for one request.
pub struct Desk {
    /// What handlers share.
    pub state: WebState,
    /// Who acts.
    pub actor: Actor,
    /// The session behind them.
    pub who: SignedIn,
    /// The frame of their page.
    pub shell: Shell,
    /// The moment of the request.
    pub now: Timestamp,
}

/// A form of the console that carried its token.
pub struct Sent {
    /// Who sent it.
    pub desk: Desk,
    /// What it holds.
    pub form: Form,
}

/// The most bytes of a form whose field `csv` carries a file along: two megabytes, and what is around it.
pub const CARRYING: usize = (2 * 1024 + 64) * 1024;

/// The same, of a page that shows what a file would do and sends its text along in the field `csv`.
pub struct SentFile(pub Sent);

/// Names of everybody in the house.
pub struct Names {
    people: HashMap<PersonId, (String, String)>,
    comma: String,
}

impl Names {
    /// A person's name with their unit; an account that is gone shows its id.
    pub fn of(&self, person: PersonId) -> String {
        match self.people.get(&person) {
            Some((name, unit)) => with_unit((name, unit), &self.comma),
            None => person.to_string(),
        }
    }

    /// The name behind an audit entry's actor; `None` for the system, the public and channels.
    pub fn find(&self, actor: &str) -> Option<String> {
        PersonId::from_str(actor).ok().map(|person| self.of(person))
    }
}

fn with_unit((name, unit): (&str, &str), comma: &str) -> String {
    if unit.is_empty() {
        name.to_owned()
    } else {
        format!("{name}{comma} {unit}")
    }
}

impl Desk {
    async fn open(state: &WebState, who: SignedIn) -> Result<Self, Refused> {
        let mut desk = Self {
            shell: who.shell(state),
            actor: who.actor.clone(),
            now: state.now(),
            state: state.clone(),
            who,
        };
        if desk.may(Act::TriageTips) {
            let waiting = desk.app().all_waiting_tips(&desk.actor).await?;
            if waiting > 0 {
                let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
                desk.shell.waiting.push(("/console/tips", waiting));
            }
        }
        if desk.may(Act::SettleCall) {
            let waiting = desk.app().waiting_calls(&desk.actor).await?;
            if waiting > 0 {
                let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
                desk.shell.waiting.push(("/console/calls", waiting));
            }
        }
        if desk.may(Act::AcknowledgeBulletin) {
            let waiting = desk.app().waiting_bulletins(&desk.actor).await?;
            if waiting > 0 {
                let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
                desk.shell.waiting.push(("/console/bulletins", waiting));
            }
        }
        if desk.may(Act::CancelAlert) {
            let out = desk.app().list_endable(&desk.actor).await?;
            let out: Vec<(String, String)> = out
                .into_iter()
                .map(|(alert, case)| (alert.to_string(), case.to_string()))
                .collect();
            desk.shell.ending = Ending::from(&desk.shell.path, &out);
        }
        Ok(desk)
    }

    /// The use cases.
    pub fn app(&self) -> &App {
        self.state.app()
    }

    /// Whether the person may do this somewhere.
    pub fn may(&self, act: Act) -> bool {
        permission::check_anywhere(&self.actor, act).is_ok()
    }

    /// Whether the person may do this in a district.
    pub fn may_in(&self, act: Act, district: &str) -> bool {
        permission::check(&self.actor, act, district).is_ok()
    }

    /// Refuses unless the person may do this in a district.
    pub fn need(&self, act: Act, district: &str) -> Result<(), Refused> {
        permission::check(&self.actor, act, district).map_err(|why| AppError::from(why).into())
    }

    /// Stands for this person at this computer; nobody's name or number can be read from it.
    pub fn holder(&self) -> String {
        let said = format!("holder:{}", self.actor.person);
        tifli_app::hex(&tifli_app::hash_token(&said)[..16])
    }

    /// A moment as a form for local times shows it.
    pub fn local(&self, at_ms: i64) -> String {
        let local = moment(at_ms).to_zoned(self.app().pack().zone().clone());
        local.strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// A page of the console.
    pub fn page(&self, view: &impl Template) -> Response {
        respond::page(view, StatusCode::OK, Caching::Never)
    }

    /// A page that shows again what could not be accepted.
    pub fn again(&self, view: &impl Template) -> Response {
        respond::page(view, StatusCode::UNPROCESSABLE_ENTITY, Caching::Never)
    }

    /// Names of everybody in the house.
    pub async fn names(&self) -> Result<Names, Refused> {
        Ok(Names {
            people: self.app().colleagues().await?,
            comma: self.shell.say("list-comma"),
        })
    }

    /// A name with its unit, if there is one.
    pub fn with_unit(&self, name: &str, unit: &str) -> String {
        with_unit((name, unit), &self.shell.say("list-comma"))
    }

    /// The words of the country pack (`labels.iter()`) in the page's language.
    pub fn label<'w, L: std::fmt::Display>(
        &self,
        words: impl Iterator<Item = (L, &'w str)>,
    ) -> String {
        self.who.page.label(words)
    }

    /// The name of a channel; the word itself for one that is not in the country pack.
    pub fn channel(&self, word: &str) -> String {
        match self.app().pack().channel(word) {
            Some(channel) => self.label(channel.name.iter()),
            None => self.shell.channel(word),
        }
    }

    /// The name of a district.
    pub fn district(&self, id: &str) -> String {
        match self.app().pack().district(id) {
            Some(district) => self.label(district.name.iter()),
            None => id.to_owned(),
        }
    }

    /// The districts to choose from.
    pub fn districts(&self, chosen: &str) -> Vec<Choice> {
        let list = self.app().pack().districts().iter();
        let none = Choice::new("", self.shell.say("choose"));
        let list = list.map(|district| Choice::new(&district.id, self.label(district.name.iter())));
        Choice::select(std::iter::once(none).chain(list).collect(), chosen)
    }

    /// The choices of a list of the country pack.
    pub fn choices(&self, list: &str, chosen: &str) -> Vec<Choice> {
        let choices = self.app().pack().choices(list).unwrap_or_default().iter();
        let choices = choices.map(|choice| Choice::new(&choice.id, self.label(choice.name.iter())));
        Choice::select(choices.collect(), chosen)
    }

    /// A place of the gazetteer.
    pub fn place(&self, id: &str) -> Option<PlaceHit> {
        let places = self.app().pack().places();
        let place = places.find(id)?;
        Some(PlaceHit {
            code: place.id.clone(),
            name: self.label(place.names.iter()),
            within: self.label(places.parent_label(place).iter()),
            point: (place.position.lat(), place.position.lon()),
        })
    }

    /// Places that match what was typed, without the one kept already.
    pub fn places(&self, query: &str, kept: Option<&PlaceHit>) -> Vec<PlaceHit> {
        if query.trim().is_empty() {
            return Vec::new();
        }
        let hits = self.app().pack().places().search(query, PLACES).into_iter();
        let hits = hits.filter(|hit| kept.is_none_or(|kept| kept.code != hit.place_id));
        hits.map(|hit| PlaceHit {
            name: self.label(hit.names.iter()),
            within: self.label(hit.parent.iter()),
            point: (hit.position.lat(), hit.position.lon()),
            code: hit.place_id,
        })
        .collect()
    }

    /// The map of a point. A page is never held back for want of its map.
    pub fn point_map(&self, point: Position) -> Option<MapSvg> {
        let title = self.shell.say("report-heading-place");
        let svg = self
            .app()
            .point_map_svg(point, self.shell.locale().tag(), &title);
        svg.inspect_err(|error| tracing::warn!(%error, "a map could not be drawn"))
            .ok()
            .and_then(MapSvg::parse)
    }

    /// The map of a canonical area. A page is never held back for want of its map.
    pub fn area_map(&self, canonical: &str) -> Option<MapSvg> {
        let title = self.shell.say("area-heading");
        let svg = self
            .app()
            .alert_map_svg(canonical, self.shell.locale().tag(), &title);
        svg.inspect_err(|error| tracing::warn!(%error, "a map could not be drawn"))
            .ok()
            .and_then(|svg| MapSvg::parse(svg.to_string()))
    }
}

/// After a form: the page to look at next.
pub fn go_to(path: impl AsRef<str>) -> Response {
    let location = [(header::LOCATION, path.as_ref())];
    (StatusCode::SEE_OTHER, location).into_response()
}

/// A moment that may not have happened.
pub fn moment_of(ms: Option<i64>) -> Option<Timestamp> {
    ms.map(moment)
}

impl FromRequestParts<WebState> for Desk {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Refused> {
        let who = SignedIn::from_request_parts(parts, state).await?;
        Self::open(state, who).await
    }
}

impl FromRequest<WebState> for Sent {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Refused> {
        let posted = Posted::from_request(request, state).await?;
        Self::open(state, posted).await
    }
}

impl Sent {
    async fn open(state: &WebState, Posted { who, form }: Posted) -> Result<Self, Refused> {
        Ok(Self {
            desk: Desk::open(state, who).await?,
            form,
        })
    }
}

impl FromRequest<WebState> for SentFile {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Refused> {
        let longest = Longest::with("csv", CARRYING);
        let posted = Posted::read(request, state, longest).await?;
        Sent::open(state, posted).await.map(Self)
    }
}
