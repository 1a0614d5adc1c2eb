//! Drafting an alert: begin, open, change, submit.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::AppResult;
use tifli_app::alert::{DraftChange, DraftText, DraftView, Submitted};
use tifli_app::report::Confirmation;
use tifli_domain::area::AreaSpec;
use tifli_domain::id::{CaseId, MessageId};
use tifli_domain::publication::Named;
use tifli_units::{Position, Radius, RadiusError};
use utoipa::ToSchema;

use super::approvals::BindingOut;
use super::{json, once};
use crate::problem::{Answer, Refused, of_code};
use crate::request::{Id, IdempotencyKey, Json, SignedIn};
use crate::server::WebState;

/// A version of an alert.
#[derive(Serialize, ToSchema)]
pub(super) struct MessageOut {
    /// Its id.
    pub message: String,
}

/// An area as a person asks for it.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "shape", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum AreaShape {
    /// Around a point.
    Circle {
        /// Latitude in degrees.
        lat: f64,
        /// Longitude in degrees.
        lon: f64,
        /// Radius in kilometres, 1 to 1 000.
        radius_km: RadiusShape,
    },
    /// Inside a ring.
    Polygon {
        /// Corners as latitude and longitude.
        points: Vec<(f64, f64)>,
    },
    /// Inside whole regions or provinces of the country.
    Regions {
        /// Their ids, as `GET /api/v1/regions` lists them; at least one, none twice.
        ids: Vec<String>,
    },
}

/// A radius: a number of kilometres, or what a person typed, whose unit must be kilometres.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub(super) enum RadiusShape {
    /// Kilometres.
    Number(f64),
    /// As typed: "160", "160 km", "160 كم"; "160 m" and "160 م" are refused.
    Typed(String),
}

impl RadiusShape {
    fn read(&self) -> Result<Radius, RadiusError> {
        match self {
            Self::Number(km) => Radius::new(*km),
            Self::Typed(text) => Radius::typed(text),
        }
    }
}

/// The texts of one language. Empty sentences take the country's template.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TextShape {
    /// `ar`, `fr`, `en`, `zgh`.
    language: String,
    /// First name.
    #[serde(default)]
    first_name: String,
    /// Where last seen, as coarse as it may be told.
    #[serde(default)]
    place: String,
    /// When last seen, in words.
    #[serde(default)]
    when: String,
    /// Clothes.
    #[serde(default)]
    clothes: String,
    /// Visible marks.
    #[serde(default)]
    marks: String,
    /// Headline.
    #[serde(default)]
    headline: String,
    /// Description.
    #[serde(default)]
    description: String,
    /// Instruction.
    #[serde(default)]
    instruction: String,
}

/// A draft.
#[derive(Serialize, ToSchema)]
pub(super) struct DraftOut {
    /// The version's id.
    message: String,
    /// The alert.
    alert: String,
    /// The case.
    case: String,
    /// The version's number.
    version: u32,
    /// `drafted`, `submitted`, `returned`, `refused`, `issued`, `withdrawn`.
    state: String,
    /// Why it was returned or refused.
    reason: Option<String>,
    /// Where to warn.
    area: Option<AreaShape>,
    /// How long, in hours.
    validity_hours: u32,
    /// Age in whole years.
    age: i64,
    /// `girl`, `boy`, `unknown`.
    sex: String,
    /// The photo's id.
    photo: Option<String>,
    /// One per language.
    texts: Vec<TextShape>,
    /// Whether a text names an adult: `yes`, `no`, `not_said`.
    names_adult: &'static str,
    /// Whether a text names a plate: `yes`, `no`, `not_said`.
    names_plate: &'static str,
    /// Stands for what is written; send it with a change.
    base: String,
}

/// A change that met another one; nothing of it was kept.
#[derive(Serialize, ToSchema)]
pub(super) struct DraftMet {
    /// `draft_changed`.
    code: String,
    /// A sentence for people.
    detail: String,
    /// What stands, with its `base`.
    theirs: DraftOut,
    /// The texts that were sent.
    yours: Vec<TextShape>,
}

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeIn {
    /// Where to warn.
    area: Option<AreaShape>,
    /// How long, in hours.
    validity_hours: Option<u32>,
    /// A photo of the case.
    photo: Option<String>,
    /// Whether the alert is to go without a photo.
    #[serde(default)]
    no_photo: bool,
    /// Languages given here are replaced whole.
    #[serde(default)]
    texts: Vec<TextShape>,
    /// Whether a text names an adult: `yes` or `no`.
    names_adult: Option<String>,
    /// Whether a text names a plate: `yes` or `no`.
    names_plate: Option<String>,
    /// The `base` of the draft its author saw.
    base: String,
}

/// Handing a draft over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SubmitIn {
    /// Whether an area in which nobody subscribed is meant.
    #[serde(default)]
    confirmed: bool,
}

/// What a submission froze.
#[derive(Serialize, ToSchema)]
pub(super) struct SubmittedOut {
    /// What the approver binds.
    binding: BindingOut,
    /// Residents inside by census.
    residents: u64,
    /// Whether nobody subscribed lives inside.
    nobody_subscribed: bool,
}

pub(super) async fn begin(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    key: IdempotencyKey,
) -> Answer {
    let act = async { Ok(state.app().begin_alert(&who.actor, case).await?.to_string()) };
    let message = once(&state, &who, key, &[], act).await?;
    json(StatusCode::CREATED, &MessageOut { message })
}

pub(super) async fn open(
    State(state): State<WebState>,
    who: SignedIn,
    Id(message): Id<MessageId>,
) -> Answer {
    show(&state, &who, message).await
}

pub(super) async fn change(
    State(state): State<WebState>,
    who: SignedIn,
    Id(message): Id<MessageId>,
    Json(given): Json<ChangeIn>,
) -> Answer {
    let photo = given.photo.map(|photo| photo.parse()).transpose();
    let texts: Vec<DraftText> = given.texts.into_iter().map(text_in).collect();
    let change = DraftChange {
        area: given.area.map(area_in).transpose()?,
        validity_hours: given.validity_hours,
        photo: photo.map_err(|_| Refused::field("photo", "photo_missing"))?,
        no_photo: given.no_photo,
        texts: texts.clone(),
        names_adult: named("names_adult", given.names_adult)?,
        names_plate: named("names_plate", given.names_plate)?,
        base: Some(given.base),
    };
    match state.app().save_draft(&who.actor, message, change).await {
        Ok(_) => show(&state, &who, message).await,
        Err(error) if error.code == "draft_changed" => met(&state, &who, message, texts).await,
        Err(error) => Err(error.into()),
    }
}

/// Somebody else changed the draft since: both are shown and nothing is overwritten.
async fn met(
    state: &WebState,
    who: &SignedIn,
    message: MessageId,
    yours: Vec<DraftText>,
) -> Answer {
    let view = state.app().open_draft(&who.actor, message).await?;
    let code = "draft_changed".to_owned();
    let out = DraftMet {
        detail: of_code(&code).to_owned(),
        code,
        theirs: draft_out(view)?,
        yours: yours.into_iter().map(text_out).collect(),
    };
    json(StatusCode::CONFLICT, &out)
}

pub(super) async fn submit(
    State(state): State<WebState>,
    who: SignedIn,
    Id(message): Id<MessageId>,
    Json(given): Json<SubmitIn>,
) -> Answer {
    let confirmation = if given.confirmed {
        Confirmation::Given
    } else {
        Confirmation::None
    };
    let Submitted {
        binding,
        residents,
        nobody_subscribed,
    } = state
        .app()
        .submit(&who.actor, message, confirmation)
        .await?;
    let out = SubmittedOut {
        binding: BindingOut::from(&binding),
        residents,
        nobody_subscribed,
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn redraft(
    State(state): State<WebState>,
    who: SignedIn,
    Id(message): Id<MessageId>,
) -> Answer {
    let message = state.app().redraft(&who.actor, message).await?.to_string();
    json(StatusCode::CREATED, &MessageOut { message })
}

async fn show(state: &WebState, who: &SignedIn, message: MessageId) -> Answer {
    let view = state.app().open_draft(&who.actor, message).await?;
    json(StatusCode::OK, &draft_out(view)?)
}

fn draft_out(view: DraftView) -> AppResult<DraftOut> {
    let draft = view.draft;
    let sex =
        serde_json::to_value(draft.sex).map_err(|_| tifli_app::AppError::internal("draft"))?;
    Ok(DraftOut {
        message: view.message.to_string(),
        alert: view.alert.alert.to_string(),
        case: view.alert.case.to_string(),
        version: view.version,
        state: view.state.as_str().to_owned(),
        reason: view.reason,
        area: draft.area.as_ref().map(area_out),
        validity_hours: draft.validity_hours,
        age: draft.age,
        sex: sex.as_str().unwrap_or("unknown").to_owned(),
        photo: draft.photo.map(|photo| photo.to_string()),
        texts: draft.texts.into_iter().map(text_out).collect(),
        names_adult: draft.names_adult.as_str(),
        names_plate: draft.names_plate.as_str(),
        base: view.base,
    })
}

fn named(field: &str, word: Option<String>) -> Result<Option<Named>, Refused> {
    let word = word.map(|word| word.parse());
    word.transpose()
        .map_err(|_| Refused::field(field, "not_an_answer"))
}

fn area_in(area: AreaShape) -> Result<AreaSpec, Refused> {
    let position =
        |lat, lon| Position::new(lat, lon).map_err(|_| Refused::field("area", "not_degrees"));
    match area {
        AreaShape::Circle {
            lat,
            lon,
            radius_km,
        } => Ok(AreaSpec::Circle {
            center: position(lat, lon)?,
            radius: radius_km.read().map_err(|error| {
                let code = match error {
                    RadiusError::NotKilometres => "not_kilometres",
                    _ => "not_in_range",
                };
                Refused::field("radius_km", code)
            })?,
        }),
        AreaShape::Polygon { points } => {
            let ring: Result<Vec<_>, _> = points
                .into_iter()
                .map(|(lat, lon)| position(lat, lon))
                .collect();
            Ok(AreaSpec::Polygon { ring: ring? })
        }
        AreaShape::Regions { ids } => Ok(AreaSpec::Regions { ids }),
    }
}

fn area_out(area: &AreaSpec) -> AreaShape {
    match area {
        AreaSpec::Circle { center, radius } => AreaShape::Circle {
            lat: center.lat(),
            lon: center.lon(),
            radius_km: RadiusShape::Number(radius.kilometres().get()),
        },
        AreaSpec::Polygon { ring } => AreaShape::Polygon {
            points: ring.iter().map(|p| (p.lat(), p.lon())).collect(),
        },
        AreaSpec::Regions { ids } => AreaShape::Regions { ids: ids.clone() },
    }
}

fn text_in(text: TextShape) -> DraftText {
    DraftText {
        language: text.language,
        first_name: text.first_name,
        place: text.place,
        when: text.when,
        clothes: text.clothes,
        marks: text.marks,
        headline: text.headline,
        description: text.description,
        instruction: text.instruction,
    }
}

fn text_out(text: DraftText) -> TextShape {
    TextShape {
        language: text.language,
        first_name: text.first_name,
        place: text.place,
        when: text.when,
        clothes: text.clothes,
        marks: text.marks,
        headline: text.headline,
        description: text.description,
        instruction: text.instruction,
    }
}
