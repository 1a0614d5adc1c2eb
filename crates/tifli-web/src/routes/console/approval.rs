//! The approver's screen and the decision. What approving binds travels through the form, so that anything else than
//! what was shown is refused and shown anew.

use axum::extract::State;
use tifli_app::alert::{AlertSummary, ProfileFinding, Screen};
use tifli_app::area::Figures;
use tifli_app::publication::{Confirmed, PartAbroad};
use tifli_app::{AppError, Kind};
use tifli_domain::alert::VersionState;
use tifli_domain::approval::Binding;
use tifli_domain::id::{AlertId, MessageId};
use tifli_domain::loudness::Hour;
use tifli_domain::permission::Act;
use tifli_domain::scrutiny::Severity;

use super::cases::first_name;
use super::desk::{Desk, Sent, go_to};
use super::step::newest;
use super::weighing::{self, Chosen};
use super::{preview, reach};
use crate::console::Wrong;
use crate::console::approval::{
    AbroadLine, ApprovalPage, ConsentLine, Offer, ProfileLine, SeenBinding, Untargeted,
};
use crate::console::draft::{Reach, ReachWarning};
use crate::console::obstacles::Obstacle;
use crate::console::problems::{beside, of_code};
use crate::forms::FormErrors;
use crate::i18n::Locale;
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id};
use crate::server::{WebState, moment};

/// What a decision that was not taken leaves in the form.
#[derive(Default)]
struct Again {
    reason: String,
    named: Vec<String>,
    chosen: Chosen,
    errors: FormErrors,
}

/// `GET /console/alerts/{id}/approval`.
pub async fn page(desk: Desk, Id(id): Id<AlertId>) -> Answer {
    let alert = desk.app().summary(&desk.actor, id).await?;
    let Some(message) = waiting(&alert) else {
        return Ok(go_to(format!("/console/cases/{}", alert.case)));
    };
    let view = fill(&desk, message, Again::default()).await?;
    Ok(desk.page(&view))
}

/// `POST /console/alerts/{id}/approval`: `decision` is `approve`, `return`, `rung` or `refuse`.
pub async fn decide(
    State(_): State<WebState>,
    Id(id): Id<AlertId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let alert = desk.app().summary(&desk.actor, id).await?;
    let seen: Option<Binding> = serde_json::from_str(form.text("binding")).ok();
    let mut seen = seen
        .filter(|seen| seen.alert == id)
        .ok_or_else(Refused::not_found)?;
    seen.untargeted = named(&form);
    if let Ok(loudness) = form.text("loudness").parse() {
        seen.loudness = Some(loudness);
    }
    let message = seen.message;
    if waiting(&alert) != Some(message) {
        // The same form sent twice leads to what it led to; another decision was faster.
        return after(&alert, message, form.text("decision"));
    }
    let reason = form.text("reason");
    let done = match form.text("decision") {
        "approve" => approve(&desk, seen, &form).await,
        "return" => {
            desk.app()
                .return_version(&desk.actor, message, reason)
                .await
        }
        "rung" => propose(&desk, message, &form).await,
        "refuse" => {
            desk.app()
                .refuse_version(&desk.actor, message, reason)
                .await
        }
        _ => Err(AppError::field("decision", "not_an_answer")),
    };
    match (done, form.text("decision")) {
        (Ok(()), "approve") => Ok(go_to(format!("/console/alerts/{id}/delivery"))),
        (Ok(()), _) => Ok(go_to(format!("/console/cases/{}", alert.case))),
        (Err(error), _) => shown_anew(&desk, message, &form, error).await,
    }
}

/// Another rung, with the reason that the author reads.
async fn propose(desk: &Desk, message: MessageId, form: &Form) -> Result<(), AppError> {
    let rung = form.text("rung").parse();
    let rung = rung.map_err(|_| AppError::field("rung", "rung_not_chosen"))?;
    let proposed = (rung, form.text("reason"));
    desk.app()
        .propose_rung(&desk.actor, message, proposed)
        .await
}

/// The password is asked once more, if the form gave one; then exactly what was seen goes out.
async fn approve(desk: &Desk, seen: Binding, form: &Form) -> Result<(), AppError> {
    let password = form.text("password");
    if password.is_empty() {
        return Err(AppError::field("password", "missing"));
    }
    desk.app().re_authenticate(&desk.actor, password).await?;
    let chosen = Chosen::of_form(form);
    let confirmed = Confirmed {
        keys: chosen.confirmed,
        reason: chosen.confirm_reason,
    };
    let app = desk.app();
    app.approve_confirmed(&desk.actor, seen.message, seen, confirmed)
        .await
}

/// The channels that the approver named as reaching whoever reads them.
fn named(form: &Form) -> Vec<String> {
    let ticked = form
        .fields()
        .iter()
        .filter(|(name, _)| name == "untargeted");
    ticked
        .flat_map(|(_, channels)| channels.split(',').map(str::to_owned))
        .collect()
}

fn waiting(alert: &AlertSummary) -> Option<MessageId> {
    newest(alert)
        .filter(|(_, state)| *state == VersionState::Submitted)
        .map(|(message, _)| message)
}

fn after(alert: &AlertSummary, message: MessageId, decision: &str) -> Answer {
    let version = alert.versions.iter().find(|(held, ..)| *held == message);
    let state = version.map(|(_, _, state, _)| *state);
    match (decision, state) {
        ("approve", Some(VersionState::Issued)) => {
            Ok(go_to(format!("/console/alerts/{}/delivery", alert.alert)))
        }
        ("return" | "rung", Some(VersionState::Returned))
        | ("refuse", Some(VersionState::Refused)) => {
            Ok(go_to(format!("/console/cases/{}", alert.case)))
        }
        _ => Err(AppError::conflict("alert_changed").into()),
    }
}

/// Tells what is wrong and shows the alert as it is now.
async fn shown_anew(desk: &Desk, message: MessageId, form: &Form, error: AppError) -> Answer {
    let errors = match error.kind {
        Kind::Invalid
            if form.text("decision") != "approve"
                && error
                    .problems
                    .iter()
                    .any(|p| p.code == "missing" && p.field == "reason") =>
        {
            let mut errors = FormErrors::none();
            errors.insert("reason", Wrong::Reason.say(&desk.shell));
            errors
        }
        Kind::Invalid | Kind::TooMany => {
            beside(&desk.shell, &error.problems, |field| match field {
                "login" => "password".to_owned(),
                field => field.to_owned(),
            })
        }
        Kind::Conflict => {
            let mut errors = FormErrors::none();
            let beside = match error.code.as_str() {
                "channels_not_named" => "untargeted",
                "warnings_not_confirmed" => "confirmed",
                _ => "decision",
            };
            errors.insert(beside, of_code(&desk.shell, &error.code));
            errors
        }
        _ => return Err(error.into()),
    };
    let typed = Again {
        reason: form.text("reason").to_owned(),
        named: named(form),
        chosen: Chosen::of_form(form),
        errors,
    };
    match fill(desk, message, typed).await {
        Ok(view) => Ok(desk.again(&view)),
        Err(_) if error.kind == Kind::Conflict => Err(error.into()),
        Err(refused) => Err(refused),
    }
}

async fn fill(desk: &Desk, message: MessageId, again: Again) -> Result<ApprovalPage, Refused> {
    let app = desk.app();
    let screen = app.screen(&desk.actor, message).await?;
    let case = app.case_summary(&desk.actor, screen.alert.case).await?;
    let children = app.child_lines(&desk.actor, &[screen.alert.case]).await?;
    let child = children
        .get(&screen.alert.case)
        .cloned()
        .unwrap_or_default();
    let names = desk.names().await?;
    let binding =
        serde_json::to_string(&screen.binding).map_err(|_| AppError::internal("binding"))?;
    let reach = reach_of(desk, &screen);
    Ok(ApprovalPage {
        now: desk.now,
        alert: screen.alert.alert.to_string(),
        case: screen.alert.case.to_string(),
        number: case.label,
        child: first_name(desk.shell.locale(), &child.first_name_ar, &child.first_name),
        age: child.age,
        version: screen.binding.version,
        map: desk.area_map(&screen.message.area),
        reach,
        obstacles: obstacles(desk, &screen),
        rung: screen.rung,
        abroad: abroad(desk, &screen),
        consent: ConsentLine {
            given: is_consented(&screen.consent),
            by: screen.consent_given_by.clone(),
            at: None,
        },
        changes: weighing::changes(desk, &screen),
        weighing: weighing::of_screen(desk, &screen, &again.chosen),
        author: names.of(screen.author),
        submitted: moment(screen.submitted_ms),
        deadline: case
            .ceiling_left_ms
            .map(|left| moment(desk.now.as_millisecond() + left)),
        expires: moment(screen.binding.expires_ms),
        channels: screen
            .binding
            .channels
            .iter()
            .map(|name| desk.channel(name))
            .collect(),
        untargeted: untargeted(desk, &screen, &again.named),
        sent: weighing::sent(desk, &screen),
        profile_findings: profile_findings(desk, &screen),
        binding: SeenBinding {
            json: binding,
            message_hash: screen.binding.message_hash.clone(),
            area_hash: screen.binding.area_hash.clone(),
            count: screen.binding.count,
            at_seq: screen.binding.at_seq,
        },
        offer: offer(desk, &screen),
        ask_password: true,
        reason: again.reason,
        errors: again.errors,
        previews: preview::of_message(desk, screen.message)?,
        shell: desk.shell.clone(),
    })
}

fn profile_findings(desk: &Desk, screen: &Screen) -> Vec<ProfileLine> {
    let line = |one: &ProfileFinding| ProfileLine {
        profile: desk.shell.word("cap-profile-{}", one.profile.as_str()),
        withholds: one.withholds,
        words: desk.shell.word("cap-unmet-{}", one.code),
        at: one.at.clone(),
    };
    screen.profile_findings.iter().map(line).collect()
}

/// How many people it would disturb, as counted when it was frozen.
fn reach_of(desk: &Desk, screen: &Screen) -> Reach {
    let figures = Figures {
        subscribers: screen.binding.count,
        at_seq: screen.binding.at_seq,
        residents: screen.residents,
        foreign: screen.foreign,
    };
    let own = screen.message.text(desk.shell.locale().tag());
    let mut reach = reach::reach(desk, &figures, None);
    let budget = [
        (screen.attention.over, ReachWarning::Often),
        (
            screen.attention.asleep == Hour::Sleeping,
            ReachWarning::Asleep,
        ),
    ];
    let spent = budget
        .into_iter()
        .filter_map(|(is, warning)| is.then_some(warning));
    reach.warnings.extend(spent);
    Reach {
        area: spelled(desk, &screen.message.area)
            .or_else(|| own.map(|text| text.area.clone()))
            .unwrap_or_default(),
        month_tenths: Some(screen.attention.spent.average_tenths()),
        month_most: screen.attention.spent.most,
        ..reach
    }
}

fn obstacles(desk: &Desk, screen: &Screen) -> Vec<Obstacle> {
    let case = screen.alert.case.to_string();
    let may = |act| desk.may_in(act, &screen.alert.district);
    Obstacle::outside_draft(Obstacle::list(&desk.shell, &case, &screen.blockers, may))
}

fn abroad(desk: &Desk, screen: &Screen) -> Vec<AbroadLine> {
    let neighbors = desk.app().pack().neighbors();
    let line = |part: &PartAbroad| {
        let found = neighbors.iter().find(|one| one.id == part.neighbor);
        let name = found.map(|one| desk.label(one.name.iter()));
        AbroadLine {
            country: name.unwrap_or_else(|| part.neighbor.clone()),
            square_km: part.square_km.round() as u64,
            percent: (part.share * 100.0).round() as u32,
        }
    };
    screen.abroad.iter().map(line).collect()
}

fn untargeted(desk: &Desk, screen: &Screen, named: &[String]) -> Option<Untargeted> {
    let channels = &screen.binding.untargeted;
    (!channels.is_empty()).then(|| Untargeted {
        value: channels.join(","),
        names: channels.iter().map(|word| desk.channel(word)).collect(),
        named: channels.iter().all(|word| named.contains(word)),
    })
}

/// Whether a warning in its words keeps it from going out like this.
fn stops(screen: &Screen) -> bool {
    let mut found = screen.weighed.warnings.iter();
    found.any(|one| one.finding.severity() == Severity::Blocks)
}

fn offer(desk: &Desk, screen: &Screen) -> Offer {
    if !desk.may_in(Act::ApproveAlert, &screen.alert.district) {
        Offer::NotYours
    } else if screen.author == desk.actor.person {
        Offer::OwnDraft
    } else if screen.same_unit {
        Offer::OwnUnit
    } else if !screen.blockers.is_empty() || stops(screen) {
        Offer::Blocked
    } else if screen.binding.expires_ms <= desk.now.as_millisecond() {
        Offer::Expired
    } else {
        Offer::Open
    }
}

/// The names of all regions of an area in the reader's language; nothing of one that was drawn.
fn spelled(desk: &Desk, canonical: &str) -> Option<String> {
    let locale = desk.shell.locale();
    let area = desk.app().read_area(canonical).ok()?;
    let names = desk.app().region_names(&area, locale.tag()).ok()?;
    let between = if locale == Locale::Ar { "، " } else { ", " };
    (!names.is_empty()).then(|| names.join(between))
}

/// Given by the guardian, or by the prosecutor in their place.
fn is_consented(word: &str) -> bool {
    matches!(word, "yes" | "substituted")
}
