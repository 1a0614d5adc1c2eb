//! Deciding on an alert: the waiting ones, the one screen, the decision.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::alert::{ProfileFinding, Screen};
use tifli_app::publication::{Attention, Confirmed};
use tifli_domain::approval::Binding;
use tifli_domain::difference::Piece;
use tifli_domain::id::MessageId;
use tifli_domain::loudness::Hour;
use tifli_domain::message::PublicText;
use tifli_domain::permission::Act;
use tifli_domain::scrutiny::Warning;
use utoipa::ToSchema;

use super::alerts::{AlertsOut, line};
use super::drafts::MessageOut;
use super::erasures::ReasonIn;
use super::{at, done, json, may};
use crate::problem::{Answer, Refused};
use crate::request::{Id, Json, SignedIn};
use crate::routes::{Route, post};
use crate::server::WebState;

/// What both hands bind. An approver sends back exactly what the screen showed.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BindingOut {
    /// `live`, `drill` or `demo`.
    realm: String,
    /// The alert.
    alert: String,
    /// The version.
    message: String,
    /// The version's number.
    version: u32,
    /// SHA-256 of the frozen message, hexadecimal.
    message_hash: String,
    /// SHA-256 of the canonical area, hexadecimal.
    area_hash: String,
    /// The channels it goes out on.
    channels: Vec<String>,
    /// Those among them that cannot be limited to the area. Whoever approves names each by sending it back.
    untargeted: Vec<String>,
    /// When it expires, in milliseconds since 1970 UTC.
    expires_ms: i64,
    /// Subscribers inside.
    count: u64,
    /// The subscription sequence at which they were counted.
    at_seq: i64,
    /// How loudly it goes out: `quiet`, `normal` or `siren`. Proposed; whoever approves may send back another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    loudness: Option<String>,
}

/// An approval.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ApproveIn {
    /// The binding of the screen.
    binding: BindingOut,
    /// Warnings that must be confirmed, by their keys.
    #[serde(default)]
    confirmed: Vec<String>,
    /// Why it goes out in spite of them.
    #[serde(default)]
    confirm_reason: String,
}

/// Another rung.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RungIn {
    /// `partners`, `local`, `area` or `national`.
    rung: String,
    /// Why.
    reason: String,
}

/// The public text in one language.
#[derive(Serialize, ToSchema)]
pub(super) struct PublicTextOut {
    /// The language.
    language: String,
    /// First name.
    first_name: String,
    /// Where last seen.
    place: String,
    /// When last seen.
    when: String,
    /// Clothes.
    clothes: String,
    /// Marks.
    marks: String,
    /// Headline.
    headline: String,
    /// Description.
    description: String,
    /// Instruction.
    instruction: String,
    /// The area in words.
    area: String,
}

/// One difference from the version that is out.
#[derive(Serialize, ToSchema)]
pub(super) struct ChangeOut {
    /// `language.field`, `area`, `photo`.
    what: String,
    /// As it is out.
    before: String,
    /// As it would be.
    after: String,
    /// Both, word by word; nothing for an area or a photo.
    pieces: Vec<PieceOut>,
}

/// A run of words.
#[derive(Serialize, ToSchema)]
pub(super) struct PieceOut {
    /// `kept`, `gone` or `added`.
    fate: &'static str,
    /// The words.
    text: String,
}

/// Something worth a word in a text.
#[derive(Serialize, ToSchema)]
pub(super) struct WarningOut {
    /// What confirms it.
    key: String,
    /// What was found, as a code.
    finding: &'static str,
    /// `blocks`, `confirm` or `advice`.
    severity: &'static str,
    /// The language of the text; empty where it is of the whole.
    language: String,
    /// The field; empty where it is of the whole.
    field: &'static str,
    /// The words found.
    words: String,
}

/// The alerts that the people inside had in the last thirty days.
#[derive(Serialize, ToSchema)]
pub(super) struct AttentionOut {
    /// Alerts whose area holds somebody inside.
    alerts: u32,
    /// `subscribers`, or `residents` where nobody inside is subscribed.
    counted: &'static str,
    /// People in the area of none, one, two, three or more of them.
    people: [u64; 4],
    /// Alerts that are one person's budget.
    budget: u32,
    /// Whether so many have had theirs that the approver is warned.
    over: bool,
    /// The hour there, 0 to 23.
    hour: i8,
    /// Whether people sleep at that hour.
    asleep: bool,
}

/// What a message does not meet of the profile of a partner's system.
#[derive(Serialize, ToSchema)]
pub(super) struct ProfileFindingOut {
    /// `ipaws`, `google` or `cap-cp`.
    profile: String,
    /// Whether systems of this profile are not sent the message; otherwise it is advice.
    withholds: bool,
    /// The rule, as a code.
    code: String,
    /// The element, such as `/alert/info[1]`.
    at: String,
    /// The finding as a sentence.
    sentence: String,
}

/// Everything an approver decides on.
#[derive(Serialize, ToSchema)]
pub(super) struct ScreenOut {
    /// What to send back.
    binding: BindingOut,
    /// The alert.
    alert: String,
    /// The case.
    case: String,
    /// Who wrote it.
    author: String,
    /// When it was handed over.
    submitted_at: String,
    /// When it would expire.
    expires_at: String,
    /// What the public would read.
    texts: Vec<PublicTextOut>,
    /// Age in whole years.
    age: Option<i64>,
    /// Whether a photo goes out.
    photo: bool,
    /// The area in its canonical form.
    area: String,
    /// Residents inside by census.
    residents: u64,
    /// Share of the area abroad or at sea, 0 to 1.
    foreign_share: f64,
    /// `yes`, `no`, `unknown`.
    consent: String,
    /// Who gave it, as recorded.
    consent_given_by: String,
    /// Forced, voluntary, unknown, as recorded.
    nature: String,
    /// What is different from the version that is out.
    changes: Vec<ChangeOut>,
    /// What is worth a word in its texts, the heaviest first.
    warnings: Vec<WarningOut>,
    /// How much attention its people were asked for lately.
    attention: AttentionOut,
    /// The loudness proposed now.
    proposed: &'static str,
    /// Criteria of the table that are met.
    met: Vec<&'static str>,
    /// Criteria that are missing.
    missing: Vec<&'static str>,
    /// What the message does not meet of the profiles that partners' systems ask for.
    profile_findings: Vec<ProfileFindingOut>,
}

/// Proposing another rung, and taking it over.
pub(super) fn rung_routes() -> Vec<Route> {
    vec![
        post(
            "/api/v1/approvals/{message}/rung",
            may(Act::ApproveAlert),
            rung,
        )
        .says("Sends the version back to its author with another rung, and why.")
        .takes::<RungIn>()
        .gives_nothing(),
        post(
            "/api/v1/drafts/{message}/take-rung",
            may(Act::DraftAlert),
            take_rung,
        )
        .says("Takes over the rung that a version came back with: it is decided, and the new draft is as wide as it allows.")
        .gives::<MessageOut>(201),
    ]
}

pub(super) async fn list(State(state): State<WebState>, who: SignedIn) -> Answer {
    let waiting = state.app().list_waiting(&who.actor).await?;
    json(
        StatusCode::OK,
        &AlertsOut {
            alerts: waiting.into_iter().map(line).collect(),
        },
    )
}

pub(super) async fn screen(
    State(state): State<WebState>,
    who: SignedIn,
    Id(message): Id<MessageId>,
) -> Answer {
    let screen = state.app().screen(&who.actor, message).await?;
    json(StatusCode::OK, &screen_out(screen))
}

pub(super) async fn approve(
    State(state): State<WebState>,
    who: SignedIn,
    Id(message): Id<MessageId>,
    Json(given): Json<ApproveIn>,
) -> Answer {
    let seen = given.binding.read()?;
    let confirmed = Confirmed {
        keys: given.confirmed,
        reason: given.confirm_reason,
    };
    let app = state.app();
    app.approve_confirmed(&who.actor, message, seen, confirmed)
        .await?;
    Ok(done())
}

pub(super) async fn send_back(
    State(state): State<WebState>,
    who: SignedIn,
    Id(message): Id<MessageId>,
    Json(given): Json<ReasonIn>,
) -> Answer {
    state
        .app()
        .return_version(&who.actor, message, &given.reason)
        .await?;
    Ok(done())
}

pub(super) async fn rung(
    State(state): State<WebState>,
    who: SignedIn,
    Id(message): Id<MessageId>,
    Json(given): Json<RungIn>,
) -> Answer {
    let rung = given.rung.parse();
    let rung = rung.map_err(|_| Refused::field("rung", "rung_not_chosen"))?;
    let proposed = (rung, given.reason.as_str());
    let app = state.app();
    app.propose_rung(&who.actor, message, proposed).await?;
    Ok(done())
}

pub(super) async fn take_rung(
    State(state): State<WebState>,
    who: SignedIn,
    Id(message): Id<MessageId>,
) -> Answer {
    let next = state.app().take_rung(&who.actor, message).await?;
    json(
        StatusCode::CREATED,
        &MessageOut {
            message: next.to_string(),
        },
    )
}

pub(super) async fn refuse(
    State(state): State<WebState>,
    who: SignedIn,
    Id(message): Id<MessageId>,
    Json(given): Json<ReasonIn>,
) -> Answer {
    state
        .app()
        .refuse_version(&who.actor, message, &given.reason)
        .await?;
    Ok(done())
}

impl From<&Binding> for BindingOut {
    fn from(binding: &Binding) -> Self {
        Self {
            realm: binding.realm.as_str().to_owned(),
            alert: binding.alert.to_string(),
            message: binding.message.to_string(),
            version: binding.version,
            message_hash: binding.message_hash.clone(),
            area_hash: binding.area_hash.clone(),
            channels: binding.channels.clone(),
            untargeted: binding.untargeted.clone(),
            expires_ms: binding.expires_ms,
            count: binding.count,
            at_seq: binding.at_seq,
            loudness: binding.loudness.map(|one| one.as_str().to_owned()),
        }
    }
}

impl BindingOut {
    fn read(self) -> Result<Binding, Refused> {
        let wrong = |_| Refused::field("binding", "not_an_answer");
        Ok(Binding {
            realm: self.realm.parse().map_err(wrong)?,
            alert: self.alert.parse().map_err(wrong)?,
            message: self.message.parse().map_err(wrong)?,
            version: self.version,
            message_hash: self.message_hash,
            area_hash: self.area_hash,
            channels: self.channels,
            untargeted: self.untargeted,
            expires_ms: self.expires_ms,
            count: self.count,
            at_seq: self.at_seq,
            loudness: match self.loudness {
                None => None,
                Some(word) => Some(word.parse().map_err(wrong)?),
            },
        })
    }
}

fn screen_out(screen: Screen) -> ScreenOut {
    let message = screen.message;
    let changes = screen.changes.into_iter().map(|change| ChangeOut {
        what: change.what,
        before: change.before,
        after: change.after,
        pieces: change.pieces.into_iter().map(piece_out).collect(),
    });
    let table = &screen.weighed.qualification;
    let photo = message
        .child
        .as_ref()
        .is_some_and(|child| child.photo.is_some());
    ScreenOut {
        binding: BindingOut::from(&screen.binding),
        alert: screen.alert.alert.to_string(),
        case: screen.alert.case.to_string(),
        author: screen.author.to_string(),
        submitted_at: at(screen.submitted_ms),
        expires_at: at(message.expires_ms),
        age: message.child.as_ref().map(|child| child.age),
        photo,
        texts: message.texts.into_iter().map(text_out).collect(),
        area: message.area,
        residents: screen.residents,
        foreign_share: screen.foreign,
        consent: screen.consent,
        consent_given_by: screen.consent_given_by,
        nature: screen.nature,
        changes: changes.collect(),
        warnings: screen.weighed.warnings.iter().map(warning_out).collect(),
        attention: attention_out(&screen.attention),
        proposed: screen.weighed.proposed.as_str(),
        met: table.met.iter().map(|one| one.as_str()).collect(),
        missing: table.missing.iter().map(|(_, one)| one.as_str()).collect(),
        profile_findings: screen
            .profile_findings
            .into_iter()
            .map(finding_out)
            .collect(),
    }
}

fn piece_out(piece: Piece) -> PieceOut {
    PieceOut {
        fate: piece.fate.as_str(),
        text: piece.text,
    }
}

fn warning_out(warning: &Warning) -> WarningOut {
    WarningOut {
        key: warning.key(),
        finding: warning.finding.as_str(),
        severity: warning.finding.severity().as_str(),
        language: warning.language.clone(),
        field: warning.field,
        words: warning.words.clone(),
    }
}

fn attention_out(attention: &Attention) -> AttentionOut {
    AttentionOut {
        alerts: attention.alerts,
        counted: attention.spent.counted.as_str(),
        people: attention.spent.people,
        budget: attention.budget.alerts,
        over: attention.over,
        hour: attention.hour,
        asleep: attention.asleep == Hour::Sleeping,
    }
}

fn finding_out(finding: ProfileFinding) -> ProfileFindingOut {
    ProfileFindingOut {
        profile: finding.profile.as_str().to_owned(),
        withholds: finding.withholds,
        code: finding.code.to_owned(),
        at: finding.at,
        sentence: finding.sentence,
    }
}

fn text_out(text: PublicText) -> PublicTextOut {
    PublicTextOut {
        language: text.language,
        first_name: text.first_name,
        place: text.place,
        when: text.when,
        clothes: text.clothes,
        marks: text.marks,
        headline: text.headline,
        description: text.description,
        instruction: text.instruction,
        area: text.area,
    }
}
