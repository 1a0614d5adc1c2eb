//! Writing an alert: begun from the report, saved, looked at as the public would, handed to the approver. What cannot
//! be saved is shown again beside its problem.

use axum::extract::State;
use tifli_app::alert::{AlertSummary, Draft, DraftChange, DraftText, DraftView};
use tifli_app::report::{CaseFile, Confirmation};
use tifli_app::{AppError, Kind};
use tifli_domain::alert::{AlertState, VersionState};
use tifli_domain::id::{AlertId, CaseId, MediaId, MessageId};
use tifli_domain::intake::Consent;
use tifli_domain::permission::Act;
use tifli_domain::publication::Named;
use tifli_domain::qualify::Rung;
use tifli_domain::typed;

use super::cases::first_name;
use super::desk::{Desk, Sent, go_to};
use super::file::consent;
use super::preview;
use super::reach::{self, TypedArea};
use super::step::newest;
use crate::console::Wrong;
use crate::console::draft::{
    AlertDraft, DraftText as TextView, PhotoChoice, PublicPreview, Returned,
};
use crate::console::obstacles::{self, Obstacle};
use crate::console::problems::{beside, of_code};
use crate::forms::FormErrors;
use crate::i18n::Locale;
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id};
use crate::server::{WebState, moment};

/// The boxes of one language, by their form names.
const BOXES: [&str; 8] = [
    "first_name",
    "place",
    "when",
    "clothes",
    "marks",
    "headline",
    "description",
    "instruction",
];

/// What a sent form adds to the page that is shown again.
#[derive(Default)]
struct Again {
    form: Option<Form>,
    errors: FormErrors,
    previews: Vec<PublicPreview>,
}

/// `POST /console/cases/{id}/alerts`: a new alert, or the next version of the live one; sent twice it leads to the same.
pub async fn begin(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    let alerts = desk.app().list_case_alerts(&desk.actor, case).await?;
    let open = |state| {
        alerts
            .iter()
            .find(|alert| alert.state == state)
            .map(|alert| alert.alert)
    };
    let alert = match (open(AlertState::Live), open(AlertState::Preparing)) {
        (Some(live), _) => {
            desk.app().begin_update(&desk.actor, live).await?;
            live
        }
        (None, Some(preparing)) => preparing,
        (None, None) => {
            desk.app().begin_alert(&desk.actor, case).await?;
            let alerts = desk.app().list_case_alerts(&desk.actor, case).await?;
            let begun = alerts
                .into_iter()
                .find(|alert| alert.state == AlertState::Preparing);
            begun.ok_or_else(Refused::not_found)?.alert
        }
    };
    Ok(go_to(format!("/console/alerts/{alert}/draft")))
}

/// `GET /console/alerts/{id}/draft`.
pub async fn page(desk: Desk, Id(id): Id<AlertId>) -> Answer {
    let alert = desk.app().summary(&desk.actor, id).await?;
    desk.need(Act::DraftAlert, &alert.district)?;
    match newest(&alert) {
        Some((message, VersionState::Drafted | VersionState::Returned)) => {
            let view = fill(&desk, &alert, message, Again::default()).await?;
            Ok(desk.page(&view))
        }
        _ => Ok(go_to(format!("/console/cases/{}", alert.case))),
    }
}

/// `POST /console/alerts/{id}/draft`.
pub async fn save(
    State(_): State<WebState>,
    Id(id): Id<AlertId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let alert = desk.app().summary(&desk.actor, id).await?;
    if matches!(newest(&alert), Some((_, VersionState::Submitted))) {
        return Ok(go_to(format!("/console/cases/{}", alert.case)));
    }
    let message = writable(&desk, &alert).await?;
    let before = desk.app().open_draft(&desk.actor, message).await?;
    let intent = form.text("intent").to_owned();
    let mut again = Again {
        form: Some(form.clone()),
        ..Again::default()
    };
    if form.find("base").is_some_and(|base| base != before.base) {
        again.errors = met(&desk, &form, &before.draft);
        return shown_again(&desk, &alert, message, again).await;
    }
    let change = match change(&desk, &form) {
        Ok(change) => change,
        Err(errors) => {
            again.errors = errors;
            return shown_again(&desk, &alert, message, again).await;
        }
    };
    let saved = desk.app().save_draft(&desk.actor, message, change).await;
    let done = match (saved, intent.as_str()) {
        (Err(error), _) => Err(error),
        (Ok(_), "submit") => {
            let submitted = desk.app().submit(&desk.actor, message, confirmed(&form));
            submitted.await.map(|_| None)
        }
        (Ok(_), "preview") => desk
            .app()
            .preview_draft(&desk.actor, message)
            .await
            .map(Some),
        (Ok(_), _) => return Ok(go_to(format!("/console/alerts/{id}/draft"))),
    };
    match done {
        Ok(None) => Ok(go_to(format!("/console/cases/{}", alert.case))),
        Ok(Some(composed)) => {
            let previews = preview::of_message(&desk, composed)?;
            let view = fill(
                &desk,
                &alert,
                message,
                Again {
                    previews,
                    ..Again::default()
                },
            )
            .await?;
            Ok(desk.page(&view))
        }
        Err(error) => refused(&desk, &alert, (message, form), error).await,
    }
}

/// `POST /console/alerts/{id}/rung`: the author takes over the rung that the approver proposed; sent twice it leads to the
/// same draft.
pub async fn take_rung(
    State(_): State<WebState>,
    Id(id): Id<AlertId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    let alert = desk.app().summary(&desk.actor, id).await?;
    desk.need(Act::DraftAlert, &alert.district)?;
    if let Some((returned, VersionState::Returned)) = newest(&alert) {
        desk.app().take_rung(&desk.actor, returned).await?;
    }
    Ok(go_to(format!("/console/alerts/{id}/draft")))
}

/// The page again with what stands in the way: somebody else's change beside each box, or what the author can mend.
async fn refused(
    desk: &Desk,
    alert: &AlertSummary,
    (message, form): (MessageId, Form),
    error: AppError,
) -> Answer {
    let errors = match error.code.as_str() {
        "draft_changed" => {
            let now = desk.app().open_draft(&desk.actor, message).await?;
            Some(met(desk, &form, &now.draft))
        }
        _ => told(desk, &error),
    };
    let Some(errors) = errors else {
        return Err(error.into());
    };
    // What was kept is shown from the draft, with a mark that is right again.
    let again = Again {
        form: Some(form),
        errors,
        ..Again::default()
    };
    shown_again(desk, alert, message, again).await
}

/// What the author can mend here, beside its field: an answer, or something that stands in the way of this draft.
fn told(desk: &Desk, error: &AppError) -> Option<FormErrors> {
    match (error.kind, obstacles::field_of(&error.code)) {
        (Kind::Invalid, _) => Some(problems(desk, error)),
        (Kind::Conflict, Some(field)) => {
            let mut errors = FormErrors::none();
            errors.insert(field, of_code(&desk.shell, &error.code));
            Some(errors)
        }
        _ => None,
    }
}

/// Whether the author confirmed an area that reaches nobody.
fn confirmed(form: &Form) -> Confirmation {
    match form.text("confirmed") {
        "yes" => Confirmation::Given,
        _ => Confirmation::None,
    }
}

/// The version to write in; one that came back is followed by a new one with the same texts.
async fn writable(desk: &Desk, alert: &AlertSummary) -> Result<MessageId, Refused> {
    match newest(alert) {
        Some((message, VersionState::Drafted)) => Ok(message),
        Some((returned, VersionState::Returned)) => {
            Ok(desk.app().redraft(&desk.actor, returned).await?)
        }
        _ => Err(AppError::conflict("not_a_draft").into()),
    }
}

async fn shown_again(
    desk: &Desk,
    alert: &AlertSummary,
    message: MessageId,
    again: Again,
) -> Answer {
    let view = fill(desk, alert, message, again).await?;
    Ok(desk.again(&view))
}

/// Somebody else changed the draft since the page was shown: beside each box what stands there now. What was typed stays
/// in the box, and nothing is kept before the author has seen both.
fn met(desk: &Desk, form: &Form, theirs: &Draft) -> FormErrors {
    let mut errors = FormErrors::none();
    errors.insert("draft", Wrong::DraftChanged.say(&desk.shell));
    for typed in texts(form) {
        let stands = theirs
            .texts
            .iter()
            .find(|text| text.language == typed.language);
        let stands = stands.cloned().unwrap_or_default();
        for ((name, theirs), (_, yours)) in boxes(&stands).into_iter().zip(boxes(&typed)) {
            if theirs.trim() != yours.trim() {
                let shown = match theirs.is_empty() {
                    true => desk.shell.say("empty-answer"),
                    false => theirs.to_owned(),
                };
                let field = format!("{name}.{}", typed.language);
                errors.insert(&field, desk.shell.about("draft-theirs", shown));
            }
        }
    }
    errors
}

/// What stands in the boxes of one language.
fn boxes(text: &DraftText) -> [(&'static str, &str); 8] {
    let [
        first_name,
        place,
        when,
        clothes,
        marks,
        headline,
        description,
        instruction,
    ] = BOXES;
    [
        (first_name, &text.first_name),
        (place, &text.place),
        (when, &text.when),
        (clothes, &text.clothes),
        (marks, &text.marks),
        (headline, &text.headline),
        (description, &text.description),
        (instruction, &text.instruction),
    ]
}

fn change(desk: &Desk, form: &Form) -> Result<DraftChange, FormErrors> {
    let mut errors = FormErrors::none();
    let area = TypedArea::of_form(form).read(desk).unwrap_or_else(|wrong| {
        errors.list.extend(wrong.list);
        None
    });
    let hours = typed::whole(form.text("hours"));
    if hours.is_none() {
        errors.insert("hours", Wrong::Hours.say(&desk.shell));
    }
    let photo = form.text("photo");
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(DraftChange {
        area,
        validity_hours: hours,
        photo: photo.parse().ok(),
        no_photo: photo.is_empty(),
        texts: texts(form),
        names_adult: form.text("names_adult").parse().ok(),
        names_plate: form.text("names_plate").parse().ok(),
        base: form.find("base").map(str::to_owned),
    })
}

/// The texts of every language on the form.
fn texts(form: &Form) -> Vec<DraftText> {
    let languages = form
        .with_prefix("first_name.")
        .map(|(language, _)| language.to_owned());
    languages
        .map(|language| {
            let text = |name: &str| form.text(&format!("{name}.{language}")).to_owned();
            DraftText {
                first_name: text("first_name"),
                place: text("place"),
                when: text("when"),
                clothes: text("clothes"),
                marks: text("marks"),
                headline: text("headline"),
                description: text("description"),
                instruction: text("instruction"),
                language,
            }
        })
        .collect()
}

/// Problems beside the fields of the form: `first_name_ar` is `first_name.ar` there.
fn problems(desk: &Desk, error: &AppError) -> FormErrors {
    beside(&desk.shell, &error.problems, |field| match field {
        "validity_hours" => "hours".to_owned(),
        field => match field.rsplit_once('_') {
            Some((name, language)) if BOXES.contains(&name) => format!("{name}.{language}"),
            _ => field.to_owned(),
        },
    })
}

async fn fill(
    desk: &Desk,
    alert: &AlertSummary,
    message: MessageId,
    again: Again,
) -> Result<AlertDraft, Refused> {
    let app = desk.app();
    let view = app.open_draft(&desk.actor, message).await?;
    let file = app.read_file(&desk.actor, alert.case, "draft").await?;
    let values = file.values();
    let case = app.case_summary(&desk.actor, alert.case).await?;
    let form = again.form.as_ref();
    let typed_area = form.map(TypedArea::of_form);
    let spec = match &typed_area {
        Some(typed) => typed.read(desk).ok().flatten(),
        None => view.draft.area.clone(),
    };
    let (reach, map) = reach::of_area(desk, spec.as_ref()).await?;
    let chosen = match form {
        Some(form) => form.text("photo").parse().ok(),
        None => view.draft.photo,
    };
    let first = |field| values.get(&field).map(String::as_str).unwrap_or_default();
    let named = |field: &str, kept: Named| {
        let typed = form.and_then(|form| form.find(field));
        AlertDraft::named(&desk.shell, typed.unwrap_or(kept.as_str()))
    };
    let guard = app.draft_guard(&desk.actor, alert.case, &view.draft);
    let (blockers, _) = guard.await?;
    Ok(AlertDraft {
        names_adult: named("names_adult", view.draft.names_adult),
        names_plate: named("names_plate", view.draft.names_plate),
        obstacles: Obstacle::list(&desk.shell, &alert.case.to_string(), &blockers, |act| {
            desk.may_in(act, &alert.district)
        }),
        alert: alert.alert.to_string(),
        case: alert.case.to_string(),
        number: case.label,
        child: first_name(
            desk.shell.locale(),
            first(tifli_domain::intake::Field::ChildFirstNameAr),
            first(tifli_domain::intake::Field::ChildFirstName),
        ),
        version: view.version,
        base: view.base.clone(),
        consent_given: consent(&values) == Consent::Given,
        photos: photos(desk, &file, chosen),
        texts: text_views(desk, &view.draft, form),
        area: match typed_area {
            Some(typed) => typed.shown(desk)?,
            None => reach::shown(desk, view.draft.area.as_ref())?,
        },
        hours: form.map_or_else(
            || view.draft.validity_hours.to_string(),
            |form| form.text("hours").to_owned(),
        ),
        hours_most: app.pack().alert().max_validity_hours,
        reach,
        map,
        returned: returned(desk, alert, &view).await?,
        previews: again.previews,
        saved: None,
        errors: again.errors,
        shell: desk.shell.clone(),
    })
}

fn photos(desk: &Desk, file: &CaseFile, chosen: Option<MediaId>) -> Vec<PhotoChoice> {
    let photos = desk.photos(file).into_iter();
    let choices = photos.map(|photo| PhotoChoice {
        chosen: photo.media.parse().ok() == chosen && chosen.is_some(),
        media: photo.media,
        src: photo.src,
    });
    choices.collect()
}

fn text_views(desk: &Desk, draft: &Draft, form: Option<&Form>) -> Vec<TextView> {
    let typed = form.map(texts).unwrap_or_default();
    let suffice: Vec<&str> = desk
        .app()
        .pack()
        .languages()
        .suffice
        .iter()
        .map(|tag| tag.as_str())
        .collect();
    let texts = draft.texts.iter().map(|kept| {
        let typed = typed.iter().find(|text| text.language == kept.language);
        typed.unwrap_or(kept).clone()
    });
    texts
        .map(|text| TextView {
            language_name: own_name(&text.language),
            dir: if text.language == "ar" { "rtl" } else { "ltr" },
            optional: !suffice.contains(&text.language.as_str()),
            language: text.language,
            first_name: text.first_name,
            place: text.place,
            when: text.when,
            clothes: text.clothes,
            marks: text.marks,
            headline: text.headline,
            description: text.description,
            instruction: text.instruction,
        })
        .collect()
}

pub(super) fn own_name(language: &str) -> String {
    match Locale::find(language) {
        Some(locale) => locale.own_name().to_owned(),
        None => language.to_owned(),
    }
}

/// The decision that sent the draft back: the one shown, or the version before it.
async fn returned(
    desk: &Desk,
    alert: &AlertSummary,
    view: &DraftView,
) -> Result<Option<Returned>, Refused> {
    if !alert
        .versions
        .iter()
        .any(|(_, _, state, _)| *state == VersionState::Returned)
    {
        return Ok(None);
    }
    let versions = desk.app().alert_versions(&desk.actor, alert.alert).await?;
    let back = versions
        .into_iter()
        .find(|line| line.state == VersionState::Returned && line.version == view.version);
    let names = desk.names().await?;
    Ok(back.and_then(|line| {
        Some(Returned {
            by: line.decided_by.map(|by| names.of(by)).unwrap_or_default(),
            at: moment(line.at_ms),
            reason: line.reason?,
            rung: line.proposed_rung.map_or("", Rung::as_str),
            open: view.state == VersionState::Returned,
        })
    }))
}
