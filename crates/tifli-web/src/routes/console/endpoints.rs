//! The systems of partners and of services, for the administrator: the list, a new one, a new secret, on and off. A secret stands in the
//! answer to the form that made it and nowhere else, so that answer is the page itself.

use axum::extract::State;
use tifli_app::Kind;
use tifli_app::endpoint::{EndpointLine, MadeEndpoint, NewEndpoint};
use tifli_domain::channel::OwnChannel;
use tifli_domain::endpoint::{CapProfile, EndpointState};
use tifli_domain::id::EndpointId;
use tifli_domain::service::Service;

use super::bulletin::name;
use super::desk::{Desk, Sent, go_to};
use crate::console::endpoints::{EndpointForm, EndpointRow, EndpointsPage, MadeSecret};
use crate::console::problems::beside;
use crate::forms::{Choice, FormErrors};
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id};
use crate::server::{WebState, moment};

const PAGE: &str = "/console/endpoints";

/// `GET /console/endpoints`.
pub async fn page(desk: Desk) -> Answer {
    let view = fill(&desk, &Form::default(), FormErrors::none()).await?;
    Ok(desk.page(&view))
}

/// `POST /console/endpoints`: answers with the page itself where a secret was made.
pub async fn add(State(_): State<WebState>, Sent { desk, form }: Sent) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let new = NewEndpoint {
        partner: text("partner"),
        channel: text("channel"),
        url: text("url"),
        bearer: text("bearer"),
        profile: text("profile"),
    };
    let key = form.text("key");
    match desk.app().add_endpoint_once(&desk.actor, new, key).await {
        Ok(made) => show_once(&desk, made, Stands::First).await,
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let view = fill(&desk, &form, errors).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/endpoints/{id}/rotate`: answers with the page itself.
pub async fn rotate(
    State(_): State<WebState>,
    Id(id): Id<EndpointId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    let made = desk.app().rotate_endpoint(&desk.actor, id).await?;
    show_once(&desk, made, Stands::BesideEarlier).await
}

/// `POST /console/endpoints/{id}/state`.
pub async fn switch(
    State(_): State<WebState>,
    Id(id): Id<EndpointId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let state: EndpointState = form
        .text("state")
        .parse()
        .map_err(|_| Refused::field("state", "not_an_answer"))?;
    desk.app().switch_endpoint(&desk.actor, id, state).await?;
    Ok(go_to(PAGE))
}

/// How a secret that was made stands to those before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    First,
    BesideEarlier,
}

async fn show_once(desk: &Desk, made: MadeEndpoint, stands: Stands) -> Answer {
    let Some(secret) = made.secret else {
        return Ok(go_to(PAGE));
    };
    let mut view = fill(desk, &Form::default(), FormErrors::none()).await?;
    let id = made.endpoint.to_string();
    let row = view.rows.iter().find(|row| row.id == id);
    let (partner, url) = row.map_or_else(Default::default, |row| {
        (row.partner.clone(), row.url.clone())
    });
    view.made = Some(MadeSecret {
        partner,
        url,
        secret,
        replaces: stands == Stands::BesideEarlier,
    });
    Ok(desk.page(&view))
}

async fn fill(desk: &Desk, typed: &Form, errors: FormErrors) -> Result<EndpointsPage, Refused> {
    let lines = desk.app().list_endpoints(&desk.actor).await?;
    let none = Choice::new("", desk.shell.say("choose"));
    let partners = desk.app().pack().partners().iter();
    let partners = partners.map(|one| Choice::new(&one.id, desk.label(one.name.iter())));
    let services = desk.app().list_services_for_endpoints(&desk.actor).await?;
    let of_services = services.iter().filter(|one| one.active);
    let of_services = of_services.map(|one| Choice::new(one.id.as_str(), name(desk, one)));
    let owners = std::iter::once(none).chain(partners).chain(of_services);
    let channels = OwnChannel::ALL.iter().copied();
    let channels = channels.filter(|one| one.calls_systems());
    let channels = channels.map(|one| Choice::new(one.as_str(), desk.channel(one.as_str())));
    let profiles = CapProfile::ALL.iter().map(|one| {
        let words = desk.shell.word("cap-profile-{}", one.as_str());
        Choice::new(one.as_str(), words)
    });
    let chosen = match typed.text("profile") {
        "" => CapProfile::Oasis.as_str(),
        profile => profile,
    };
    Ok(EndpointsPage {
        rows: lines
            .iter()
            .map(|line| row(desk, line, &services))
            .collect(),
        form: EndpointForm {
            partners: Choice::select(owners.collect(), typed.text("partner")),
            channels: Choice::select(channels.collect(), typed.text("channel")),
            url: typed.text("url").to_owned(),
            bearer: typed.text("bearer").to_owned(),
            profiles: Choice::select(profiles.collect(), chosen),
            key: match typed.text("key") {
                "" => desk.state.random_hex(16),
                key => key.to_owned(),
            },
        },
        made: None,
        errors,
        shell: desk.shell.clone(),
    })
}

fn row(desk: &Desk, line: &EndpointLine, services: &[Service]) -> EndpointRow {
    let service = services.iter().find(|one| one.id.as_str() == line.partner);
    let of_service = service.filter(|_| line.channel == OwnChannel::BulletinCap);
    EndpointRow {
        id: line.endpoint.to_string(),
        partner: of_service.map_or_else(|| desk.partner(&line.partner), |one| name(desk, one)),
        channel: desk.channel(line.channel.as_str()),
        profile: (line.profile != CapProfile::Oasis)
            .then(|| desk.shell.word("cap-profile-{}", line.profile.as_str())),
        url: line.url.clone(),
        state: line.state,
        why: line.why.clone(),
        changed: moment(line.changed_ms),
        signed: line.channel == OwnChannel::Webhook,
    }
}
