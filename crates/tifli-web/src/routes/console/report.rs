//! The report while it is taken: its page, and the whole form sent without a script. What cannot be kept is shown again
//! beside its problem; an answer that met a newer one waits for a choice. Single answers are saved in `answers`.

use std::collections::BTreeMap;

use axum::extract::State;
use serde::Deserialize;
use tifli_app::media::MAX_PHOTOS;
use tifli_app::report::{CaseFile, Confirmation, Receiving, Save, SavedMany, Sending, Typed};
use tifli_app::{AppError, Kind, Problem};
use tifli_domain::id::{CaseId, MediaId};
use tifli_domain::intake::{Field, Kind as FieldKind, Mark, Said, Source, Warning};
use tifli_domain::permission::Act;
use tifli_units::Position;

use super::desk::{Desk, Sent, go_to};
use super::file::exact_point;
use super::paper_form::take_time;
use super::sources::{Asked, on_sources, said_at, sources, tiers};
use crate::console::problems::{beside, sentence};
use crate::console::report::{Conflict, FieldView, PlacesPanel, ReportForm, ReportSection, Saved};
use crate::forms::FormErrors;
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id, QueryOf};
use crate::server::{WebState, moment};

/// Largest photo, megabytes, as the decoder takes it.
pub const PHOTO_MEGABYTES: usize = 12;

/// The stage of the questions, and who answers.
#[derive(Debug, Default, Deserialize)]
pub struct ReportQuery {
    #[serde(default)]
    tier: String,
    #[serde(default)]
    source: u32,
}

/// What a sent form adds to the page that is shown again.
#[derive(Default)]
pub(super) struct Again {
    pub(super) asked: Asked,
    pub(super) errors: FormErrors,
    said_at: String,
    paper_at: String,
    typed: BTreeMap<Field, (String, Option<Mark>)>,
    /// What the person saw when they typed what is not kept yet.
    bases: BTreeMap<Field, i64>,
    conflicts: BTreeMap<Field, (Conflict, i64)>,
    confirm: Vec<Warning>,
    place_query: String,
}

/// `GET /console/cases/{id}/report`.
pub async fn page(
    desk: Desk,
    Id(case): Id<CaseId>,
    QueryOf(query): QueryOf<ReportQuery>,
) -> Answer {
    let again = Again {
        asked: Asked::new(&query.tier, query.source),
        ..Again::default()
    };
    let view = fill(&desk, case, again).await?;
    Ok(desk.page(&view))
}

/// `POST /console/cases/{id}/report/places`: it changes nothing; the words stand in no address.
pub async fn places(Id(case): Id<CaseId>, Sent { desk, form }: Sent) -> Answer {
    let words = form.text("place_q");
    let values = desk.app().answers(&desk.actor, case, "edit").await?;
    let kept = values
        .get(&Field::LastSeenPlace)
        .and_then(|id| desk.place(id));
    let view = PlacesPanel {
        places: desk.places(words, kept.as_ref()),
        chosen: kept,
        place_query: words.to_owned(),
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

/// `POST /console/cases/{id}/report`.
pub async fn save(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, mut form }: Sent,
) -> Answer {
    let file = desk.app().read_file(&desk.actor, case, "edit").await?;
    let asked = Asked::of(&form);
    let said_at = said_at(&desk, form.text("said_at"));
    let mut times = Again::default();
    take_time(&desk, case, &form, &mut times).await?;
    let said = Said {
        source: asked.source,
        mark: None,
        said_ms: said_at.ok().flatten(),
    };
    let typed = typed(&form, &file, said);
    if said_at.is_err() {
        return not_said(&desk, case, &form, typed).await;
    }
    let outcome = match typed.is_empty() {
        true => SavedMany::default(),
        false => {
            desk.app()
                .save_many(&desk.actor, case, typed.clone())
                .await?
        }
    };
    let mut again = again(&desk, &form, typed, outcome);
    again.errors.list.extend(times.errors.list);
    again.asked = asked;
    for bytes in form.take_files("photo") {
        if let Err(error) = desk.app().add_photo(&desk.actor, case, &bytes).await {
            photo_problem(&desk, error, &mut again.errors)?;
        }
    }
    let intent = form.text("intent").to_owned();
    on_photos(&desk, &intent, &mut again.errors).await?;
    on_sources(&desk, case, &form, &mut again).await?;
    let clean = again.errors.is_empty() && again.conflicts.is_empty();
    match intent.as_str() {
        "open" if clean => open(&desk, case, &form, again).await,
        "place" | "map" => shown_again(&desk, case, again).await,
        _ if clean => Ok(go_to(format!(
            "/console/cases/{case}/report?{}{}",
            again.asked.query(),
            anchor(&intent)
        ))),
        _ => shown_again(&desk, case, again).await,
    }
}

/// Nobody can tell when the answers were said: nothing of the form is kept, and it is shown again as it was sent.
async fn not_said(desk: &Desk, case: CaseId, form: &Form, typed: Vec<Typed>) -> Answer {
    let mut again = again(desk, form, typed, SavedMany::default());
    again.asked = Asked::of(form);
    let told = sentence(&desk.shell, &Problem::new("said_at", "not_a_date"));
    again.errors.insert("said_at", told);
    shown_again(desk, case, again).await
}

/// Receives the report, or says what is missing or unusual about it.
async fn open(desk: &Desk, case: CaseId, form: &Form, mut again: Again) -> Answer {
    let confirmation = match form.text("confirmed") {
        "yes" => Confirmation::Given,
        _ => Confirmation::None,
    };
    match desk.app().receive(&desk.actor, case, confirmation).await {
        Ok(Receiving::Received(_)) => Ok(go_to(format!("/console/cases/{case}"))),
        Ok(Receiving::NeedsConfirmation(warnings)) => {
            again.confirm = warnings;
            let view = fill(desk, case, again).await?;
            Ok(desk.again(&view))
        }
        Err(error) if error.kind == Kind::Invalid => {
            again.errors = beside(&desk.shell, &error.problems, str::to_owned);
            let view = fill(desk, case, again).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

async fn shown_again(desk: &Desk, case: CaseId, again: Again) -> Answer {
    let refused = !again.errors.is_empty() || !again.conflicts.is_empty();
    let view = fill(desk, case, again).await?;
    Ok(if refused {
        desk.again(&view)
    } else {
        desk.page(&view)
    })
}

/// What the form answers. An answer for which the other person's was chosen is not among them; one for which one's own
/// was chosen goes over what stands now.
fn typed(form: &Form, file: &CaseFile, said: Said) -> Vec<Typed> {
    let fields = Field::ALL
        .iter()
        .copied()
        .filter(|field| *field != Field::Confirmed);
    fields
        .filter_map(|field| {
            let value = form.find(field.name())?.to_owned();
            let base = form.find(&format!("base.{}", field.name()));
            let mark = form.text(&format!("mark.{}", field.name())).parse().ok();
            if field.is_sealed() && value.is_empty() && mark.is_none() {
                return None;
            }
            let base_seq = match form.find(&format!("keep.{}", field.name())) {
                Some("theirs") => return None,
                Some("yours") => file.seq_of(field, said.source),
                _ => base.and_then(|base| base.parse().ok()).unwrap_or(0),
            };
            Some(Typed {
                field,
                value,
                base_seq,
                said: Said { mark, ..said },
                sending: Sending::First,
            })
        })
        .collect()
}

fn again(desk: &Desk, form: &Form, typed: Vec<Typed>, outcome: SavedMany) -> Again {
    let mut conflicts = BTreeMap::new();
    let mut kept: BTreeMap<Field, (String, Option<Mark>)> = typed
        .iter()
        .map(|one| (one.field, (one.value.clone(), one.said.mark)))
        .collect();
    let mut bases: BTreeMap<Field, i64> =
        typed.iter().map(|one| (one.field, one.base_seq)).collect();
    for (field, saved) in outcome.saved {
        match saved {
            Save::Saved { .. } => {
                kept.remove(&field);
                bases.remove(&field);
            }
            Save::Conflict { current, .. } => {
                let base = typed
                    .iter()
                    .find(|one| one.field == field)
                    .map_or(0, |one| one.base_seq);
                let conflict = Conflict {
                    theirs: desk.said(field, &current),
                    by: current.by_name.clone(),
                    at: moment(current.at_ms),
                };
                conflicts.insert(field, (conflict, base));
            }
        }
    }
    Again {
        typed: kept,
        bases,
        conflicts,
        errors: beside(&desk.shell, &outcome.problems, str::to_owned),
        confirm: Vec::new(),
        place_query: form.text("place_q").to_owned(),
        asked: Asked::default(),
        said_at: form.text("said_at").to_owned(),
        paper_at: form.text("paper_at").to_owned(),
    }
}

/// The buttons beside the photos: take one away, put one first.
async fn on_photos(desk: &Desk, intent: &str, errors: &mut FormErrors) -> Result<(), Refused> {
    let Some((act, media)) = intent.split_once(':') else {
        return Ok(());
    };
    let media: MediaId = media.parse().map_err(|_| Refused::not_found())?;
    let done = match act {
        "remove" => desk.app().remove_photo(&desk.actor, media).await,
        "main" => desk.app().make_first_photo(&desk.actor, media).await,
        _ => return Err(Refused::not_found()),
    };
    match done {
        Ok(()) => Ok(()),
        Err(error) if error.kind == Kind::NotFound => Ok(()),
        Err(error) => photo_problem(desk, error, errors),
    }
}

/// A photo that was not taken, beside its field; a failure of ours stays one.
fn photo_problem(desk: &Desk, error: AppError, errors: &mut FormErrors) -> Result<(), Refused> {
    match error.kind {
        Kind::Invalid | Kind::Conflict => {
            errors.insert("photo", photo_sentence(desk, &error));
            Ok(())
        }
        _ => Err(error.into()),
    }
}

/// Why a photo was not taken.
pub fn photo_sentence(desk: &Desk, error: &AppError) -> String {
    match error.problems.first() {
        Some(problem) => sentence(&desk.shell, problem),
        None => sentence(&desk.shell, &Problem::new("photo", &error.code)),
    }
}

fn anchor(intent: &str) -> String {
    let mut parts = intent.split(':');
    match (parts.next(), parts.next()) {
        (Some("photo" | "remove" | "main"), _) => "#photos".to_owned(),
        (Some("prefer"), Some(field)) => format!("#{field}"),
        _ => String::new(),
    }
}

async fn fill(desk: &Desk, case: CaseId, again: Again) -> Result<ReportForm, Refused> {
    let app = desk.app();
    let summary = app.case_summary(&desk.actor, case).await?;
    desk.need(Act::TakeReport, &summary.district)?;
    let file = app.read_file(&desk.actor, case, "edit").await?;
    let mut values = file.values();
    let typed = again.typed.iter();
    values.extend(typed.map(|(field, (value, _))| (*field, value.clone())));
    let kept = values
        .get(&Field::LastSeenPlace)
        .and_then(|id| desk.place(id));
    let point = exact_point(&values);
    let point = point.or_else(|| {
        let (lat, lon) = kept.as_ref()?.point;
        Position::new(lat, lon).ok()
    });
    let paper = app.paper_time(&desk.actor, case).await?;
    let paper_kept = paper
        .map(|paper| desk.local(paper.received_ms))
        .unwrap_or_default();
    let places = app.places_by_question(&desk.actor, case).await?;
    let sections = ReportSection::list(again.asked.tier, |field| FieldView {
        places: places.get(&field).copied().unwrap_or_default(),
        ..field_view(desk, &file, &again, field)
    });
    let paper_at = match again.errors.find("paper_at") {
        Some(_) => again.paper_at,
        None => paper_kept.clone(),
    };
    Ok(ReportForm {
        case: case.to_string(),
        number: summary.label,
        district: desk.district(&summary.district),
        started: moment(summary.clocks.started_ms),
        ceiling_hours: app.pack().alert().ceiling_hours,
        errors: in_order_of(&sections, again.errors),
        sections,
        tier: again.asked.tier,
        tiers: tiers(&file),
        source: again.asked.source.number(),
        sources: sources(desk, &file, again.asked.source),
        said_at: again.said_at,
        holder: desk.holder(),
        session_left: (desk.who.session.who.expires_ms - desk.now.as_millisecond()) / 1_000,
        paper_at,
        paper_kept,
        photos: desk.photos(&file),
        photo_megabytes: u32::try_from(PHOTO_MEGABYTES).unwrap_or(u32::MAX),
        places: desk.places(&again.place_query, kept.as_ref()),
        place_query: again.place_query,
        chosen: kept,
        map: point.and_then(|point| desk.point_map(point)),
        confirm: again.confirm,
        open: summary.clocks.received_ms.is_some(),
        shell: desk.shell.clone(),
    })
}

/// The summary follows the page from top to bottom; what has no field here comes last.
fn in_order_of(sections: &[ReportSection], mut errors: FormErrors) -> FormErrors {
    errors.list.sort_by_key(|error| {
        let mut fields = sections.iter().flat_map(|section| &section.fields);
        let place = fields.position(|view| view.name() == error.field);
        place.unwrap_or(usize::MAX)
    });
    errors
}

/// Number and time of what stands of a source, sealed or not.
fn standing(file: &CaseFile, key: (Field, Source)) -> Option<(i64, i64)> {
    let open = file.said.get(&key).map(|answer| (answer.seq, answer.at_ms));
    let sealed = || {
        file.sealed
            .get(&key)
            .map(|answer| (answer.seq, answer.at_ms))
    };
    open.or_else(sealed)
}

fn field_view(desk: &Desk, file: &CaseFile, again: &Again, field: Field) -> FieldView {
    let key = (field, again.asked.source);
    let stands = standing(file, key);
    let conflict = again.conflicts.get(&field);
    let typed = again.typed.get(&field).cloned();
    let kept = file.said.get(&key);
    let kept = kept.map(|answer| (answer.value.clone(), answer.said.mark));
    let is_typed = typed.is_some();
    let (value, mark) = typed.or(kept).unwrap_or_default();
    FieldView {
        choices: match field.kind() {
            FieldKind::PackCode(list) => desk.choices(list, &value),
            _ => Vec::new(),
        },
        base: match conflict {
            Some((_, base)) => *base,
            None => match again.bases.get(&field) {
                Some(base) => *base,
                None => stands.map_or(0, |(seq, _)| seq),
            },
        },
        saved: match (conflict, stands) {
            (Some((conflict, _)), _) => Saved::Conflict(conflict.clone()),
            (None, Some((_, at_ms))) if !is_typed => Saved::At(moment(at_ms)),
            _ => Saved::Never,
        },
        others: desk.others(file, key),
        taken: file.source_of(field) == again.asked.source,
        places: 0,
        field,
        value,
        mark,
    }
}

/// How many bytes a form with photos may have.
pub fn most_bytes() -> usize {
    let photos = usize::try_from(MAX_PHOTOS).unwrap_or(1);
    photos * PHOTO_MEGABYTES * 1024 * 1024 + 1024 * 1024
}
