//! Drafting: a version is prefilled from the report, edited by its author, and stays sealed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tifli_domain::alert::{AlertState, VersionState};
use tifli_domain::area::AreaSpec;
use tifli_domain::case::CaseAct;
use tifli_domain::id::{AlertId, CaseId, MediaId, MessageId, PublicCode};
use tifli_domain::intake::{Field, Report, Sex};
use tifli_domain::message::PublicEvent;
use tifli_domain::permission::Act;
use tifli_domain::publication::Named;
use tifli_domain::qualify::Rung;
use tifli_domain::{Actor, text};
use tifli_pack::{Calendar, LanguageTag};
use tifli_store::alert::{self, AlertRow, VersionRow};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::{AuditedRead, Reads, Sealed, Tx, case, media};
use tifli_units::Position;

use crate::{App, AppError, AppResult, Problem};

/// What an author writes. It holds only what the public may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Where to warn; `None` until a point is known.
    pub area: Option<AreaSpec>,
    /// How long, in hours.
    pub validity_hours: u32,
    /// Age in whole years.
    pub age: i64,
    /// Girl, boy, unknown.
    pub sex: Sex,
    /// The photo.
    pub photo: Option<MediaId>,
    /// One text per language of the pack.
    pub texts: Vec<DraftText>,
    /// Whether the author says an adult is named.
    #[serde(default)]
    pub names_adult: Named,
    /// Whether the author says a plate is named.
    #[serde(default)]
    pub names_plate: Named,
    /// The kind of event, from the report; nobody writes it.
    #[serde(default)]
    pub event: PublicEvent,
}

/// The facts in one language, and the sentences where the author wrote their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftText {
    /// `ar`, `fr`, `en`.
    pub language: String,
    /// First name in this language's script.
    pub first_name: String,
    /// Where last seen, generalized.
    pub place: String,
    /// When last seen, in words.
    pub when: String,
    /// Clothes.
    pub clothes: String,
    /// Visible marks.
    pub marks: String,
    /// Headline; empty takes the template's.
    pub headline: String,
    /// Description; empty takes the template's.
    pub description: String,
    /// Instruction; empty takes the template's.
    pub instruction: String,
}

/// What an author changes; `None` leaves as it is.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct DraftChange {
    /// The area.
    pub area: Option<AreaSpec>,
    /// Validity in hours.
    pub validity_hours: Option<u32>,
    /// The photo.
    pub photo: Option<MediaId>,
    /// Whether the alert is to go without one.
    #[serde(default)]
    pub no_photo: bool,
    /// Texts by language.
    #[serde(default)]
    pub texts: Vec<DraftText>,
    /// Whether an adult is named.
    pub names_adult: Option<Named>,
    /// Whether a plate is named.
    pub names_plate: Option<Named>,
    /// [`DraftView::base`] of what its author saw; another one is a conflict. `None` changes what stands now, for a
    /// program that has shown nothing to anybody.
    pub base: Option<String>,
}

/// A draft opened for its author.
#[derive(Debug, Clone)]
pub struct DraftView {
    /// The alert.
    pub alert: AlertRow,
    /// The version's message id.
    pub message: MessageId,
    /// Version number.
    pub version: u32,
    /// Where it stands.
    pub state: VersionState,
    /// What is written.
    pub draft: Draft,
    /// Why it was returned or refused.
    pub reason: Option<String>,
    /// The rung that the approver proposed with it.
    pub proposed_rung: Option<Rung>,
    /// Stands for what is written: whoever changes it says what they saw.
    pub base: String,
    /// As it lay in the store.
    sealed: Sealed,
}

impl App {
    /// Begins an alert for a received case (or the case's next one), prefilled from the report.
    pub async fn begin_alert(&self, actor: &Actor, case: CaseId) -> AppResult<MessageId> {
        let answers = self.answers(actor, case, "draft_alert").await?;
        let fresh = self.prefill(&answers)?;
        let draft = Draft {
            photo: self.first_photo(case).await?,
            area: self.within_rung(actor, case, fresh.area).await?,
            ..fresh
        };
        let now = self.now_ms();
        let alert = AlertId::new(now, self.entropy());
        let message = MessageId::new(now, self.entropy());
        let code = PublicCode::new(self.entropy());
        let sealed = self.seal_draft(case, message, &draft).await?;
        let args = (
            self.clone(),
            actor.clone(),
            case,
            alert,
            message,
            code,
            sealed,
        );
        self.db()
            .write(
                "begin_alert",
                args,
                |tx, (app, actor, case, alert, message, code, sealed)| {
                    Box::pin(async move {
                        let row = case::get(tx, *case).await?;
                        app.permit(actor, Act::DraftAlert, &row.district)?;
                        if row.state.after(CaseAct::Alert).is_err() {
                            return Err(AppError::conflict("case_not_open_for_alert"));
                        }
                        let open = alert::list_by_case(tx, *case).await?;
                        if open
                            .iter()
                            .any(|a| matches!(a.state, AlertState::Preparing | AlertState::Live))
                        {
                            return Err(AppError::conflict("alert_already_open"));
                        }
                        alert::insert(tx, *alert, (*case, &row.district), code, actor.person)
                            .await?;
                        insert_draft(tx, actor, (*alert, 1), *message, sealed).await?;
                        audit(tx, actor, "alert.begin", *alert, Detail::none())?;
                        Ok(*message)
                    })
                },
            )
            .await
    }

    /// Begins the next version of a live alert, prefilled from the report as it is now, or goes on
    /// with the one begun.
    pub async fn begin_update(&self, actor: &Actor, alert: AlertId) -> AppResult<MessageId> {
        let row = self.alert_row(alert).await?;
        self.permit(actor, Act::DraftAlert, &row.district)?;
        let answers = self.answers(actor, row.case, "draft_update").await?;
        let last = self.last_issued_draft(actor, &row).await?;
        let fresh = self.prefill(&answers)?;
        let draft = Draft {
            area: last.area.clone().or(fresh.area),
            validity_hours: last.validity_hours,
            photo: last.photo.or(fresh.photo),
            names_adult: last.names_adult,
            names_plate: last.names_plate,
            ..fresh
        };
        let message = MessageId::new(self.now_ms(), self.entropy());
        let sealed = self.seal_draft(row.case, message, &draft).await?;
        let args = (actor.clone(), row, message, sealed);
        self.db()
            .write("begin_update", args, |tx, (actor, row, message, sealed)| {
                Box::pin(async move {
                    let now = alert::get(tx, row.alert).await?;
                    if now.state != AlertState::Live {
                        return Err(AppError::conflict("alert_not_live"));
                    }
                    if let Some(open) = find_open_version(tx, row).await? {
                        return Ok(open);
                    }
                    insert_draft(tx, actor, (row.alert, now.version + 1), *message, sealed).await?;
                    audit(tx, actor, "alert.begin_update", row.alert, Detail::none())?;
                    Ok(*message)
                })
            })
            .await
    }

    /// Goes on from a returned version with a new one that holds the same texts, or with the one
    /// begun since.
    pub async fn redraft(&self, actor: &Actor, returned: MessageId) -> AppResult<MessageId> {
        let view = self.open_draft(actor, returned).await?;
        if view.state != VersionState::Returned {
            return Err(AppError::conflict("not_returned"));
        }
        let message = MessageId::new(self.now_ms(), self.entropy());
        let sealed = self
            .seal_draft(view.alert.case, message, &view.draft)
            .await?;
        let args = (actor.clone(), view.alert, message, sealed);
        self.db()
            .write("redraft", args, |tx, (actor, row, message, sealed)| {
                Box::pin(async move {
                    let now = alert::get(tx, row.alert).await?;
                    if !matches!(now.state, AlertState::Preparing | AlertState::Live) {
                        return Err(AppError::conflict("alert_ended"));
                    }
                    if let Some(open) = find_open_version(tx, row).await? {
                        return Ok(open);
                    }
                    insert_draft(tx, actor, (row.alert, now.version + 1), *message, sealed).await?;
                    audit(tx, actor, "alert.redraft", row.alert, Detail::none())?;
                    Ok(*message)
                })
            })
            .await
    }

    /// Opens a draft for its author (or anyone who may draft in the district).
    pub async fn open_draft(&self, actor: &Actor, message: MessageId) -> AppResult<DraftView> {
        let (row, version) = self.version_row(message).await?;
        self.permit(actor, Act::DraftAlert, &row.district)?;
        let mut sealed = vec![version.draft.clone()];
        sealed.extend(version.reason.clone());
        let read = audited(actor, "draft", row.alert);
        let opened = self.db().open_sealed(read, sealed).await?;
        let draft = parse_draft(opened.bytes(0))?;
        let base = base_of(opened.bytes(0).unwrap_or_default());
        let reason = opened
            .bytes(1)
            .map(|b| String::from_utf8_lossy(b).into_owned());
        Ok(DraftView {
            message,
            version: version.version,
            state: version.state,
            draft,
            reason,
            proposed_rung: version.proposed_rung,
            base,
            sealed: version.draft,
            alert: row,
        })
    }

    /// Saves what the author changed; refuses bad texts beside their fields, and a change to a draft that somebody else
    /// changed since its author saw it: the caller shows both.
    pub async fn save_draft(
        &self,
        actor: &Actor,
        message: MessageId,
        change: DraftChange,
    ) -> AppResult<Draft> {
        let view = self.open_draft(actor, message).await?;
        if change.base.as_ref().is_some_and(|base| *base != view.base) {
            return Err(AppError::conflict("draft_changed"));
        }
        let draft = self.apply(view.draft, change)?;
        let sealed = self.seal_draft(view.alert.case, message, &draft).await?;
        let args = (actor.clone(), view.alert, message, (view.sealed, sealed));
        self.db()
            .write("save_draft", args, |tx, (actor, row, message, drafts)| {
                let (seen, sealed) = drafts;
                Box::pin(async move {
                    let mut version = alert::get_version(tx, *message, row.case).await?;
                    if version.state != VersionState::Drafted {
                        return Err(AppError::conflict("not_a_draft"));
                    }
                    if version.draft != *seen {
                        return Err(AppError::conflict("draft_changed"));
                    }
                    version.draft = sealed.clone();
                    alert::update_version(tx, &version).await?;
                    audit(tx, actor, "alert.draft", row.alert, Detail::none())
                })
            })
            .await?;
        Ok(draft)
    }

    pub(crate) async fn alert_row(&self, alert: AlertId) -> AppResult<AlertRow> {
        self.db()
            .read("get_alert", alert, |reads, alert| {
                Box::pin(async move { Ok(alert::get(reads, *alert).await?) })
            })
            .await
    }

    pub(crate) async fn version_row(
        &self,
        message: MessageId,
    ) -> AppResult<(AlertRow, VersionRow)> {
        self.db()
            .read("get_version", message, |reads, message| {
                Box::pin(async move { find_version(reads, *message).await })
            })
            .await
    }

    /// The photo that stands first in the file: an author starts from it.
    async fn first_photo(&self, case: CaseId) -> AppResult<Option<MediaId>> {
        self.db()
            .read("first_photo", case, |reads, case| {
                Box::pin(async move {
                    let photos = media::list_by_case(reads, *case).await?;
                    Ok::<_, AppError>(photos.first().map(|photo| photo.media))
                })
            })
            .await
    }

    async fn last_issued_draft(&self, actor: &Actor, row: &AlertRow) -> AppResult<Draft> {
        let versions = self
            .db()
            .read(
                "last_issued",
                (row.alert, row.case),
                |reads, (alert, case)| {
                    Box::pin(async move {
                        Ok::<_, AppError>(alert::list_versions(reads, *alert, *case).await?)
                    })
                },
            )
            .await?;
        let issued = versions
            .into_iter()
            .rev()
            .find(|v| v.state == VersionState::Issued);
        let sealed = issued
            .ok_or_else(|| AppError::conflict("alert_not_live"))?
            .draft;
        let opened = self
            .db()
            .open_sealed(audited(actor, "update", row.alert), vec![sealed])
            .await?;
        parse_draft(opened.bytes(0))
    }

    pub(super) async fn seal_draft(
        &self,
        case: CaseId,
        message: MessageId,
        draft: &Draft,
    ) -> AppResult<Sealed> {
        let bytes = serde_json::to_vec(draft).map_err(|_| AppError::internal("draft"))?;
        self.seal(case, &alert::draft_context(message), &bytes)
            .await
    }

    /// Seals `plain` under the key of `case` for `context`.
    pub(crate) async fn seal(
        &self,
        case: CaseId,
        context: &str,
        plain: &[u8],
    ) -> AppResult<Sealed> {
        let owner = case.to_string();
        let key = self.db().keys().get(&owner).await?;
        Ok(Sealed::new(&owner, context, key.seal(context, plain)))
    }

    /// A draft from the report: nothing of it may be anything but public.
    fn prefill(&self, answers: &BTreeMap<Field, String>) -> AppResult<Draft> {
        let now = self.now();
        let report = Report::read(answers, self.pack().zone(), now)
            .map_err(|_| AppError::conflict("report_incomplete"))?;
        let today = now.to_zoned(self.pack().zone().clone()).date();
        let center = report.point.or_else(|| self.place_position(&report));
        let texts = self
            .alert_languages()
            .map(|language| self.prefill_text(answers, &report, language));
        Ok(Draft {
            area: center.map(|center| AreaSpec::Circle {
                center: coarse(center),
                radius: self.pack().default_radius(),
            }),
            validity_hours: self.pack().alert().validity_hours,
            age: report.age_on(today).clamp(0, 17),
            sex: report.sex,
            photo: None,
            texts: texts.collect(),
            names_adult: Named::NotSaid,
            names_plate: Named::NotSaid,
            event: PublicEvent::of(report.nature),
        })
    }

    fn prefill_text(
        &self,
        answers: &BTreeMap<Field, String>,
        report: &Report,
        language: LanguageTag,
    ) -> DraftText {
        let answer = |field: Field| answers.get(&field).cloned().unwrap_or_default();
        let arabic = language == LanguageTag::AR;
        let (ar, latin) = &report.first_name;
        let own_script = if arabic { ar } else { latin };
        let first_name = if own_script.is_empty() {
            if arabic { latin } else { ar }
        } else {
            own_script
        };
        DraftText {
            language: language.as_str().to_owned(),
            first_name: first_name.clone(),
            place: self.place_label(report, language),
            when: self.when_label(report.last_seen_at, language),
            clothes: answer(if arabic {
                Field::ClothesAr
            } else {
                Field::Clothes
            }),
            marks: answer(if arabic { Field::MarksAr } else { Field::Marks }),
            ..DraftText::default()
        }
    }

    /// The languages alerts are written in, in the pack's order.
    pub(crate) fn alert_languages(&self) -> impl Iterator<Item = LanguageTag> + '_ {
        self.pack().languages().alert.iter().copied()
    }

    fn place_position(&self, report: &Report) -> Option<Position> {
        let id = report.place.as_deref()?;
        self.pack().places().find(id).map(|place| place.position)
    }

    fn place_label(&self, report: &Report, language: LanguageTag) -> String {
        let places = self.pack().places();
        let place = match (
            report.place.as_deref().and_then(|id| places.find(id)),
            report.point,
        ) {
            (Some(place), _) => Some(place),
            (None, Some(point)) => Some(places.nearest(point)),
            (None, None) => None,
        };
        place
            .map(|p| p.names.get(language).to_owned())
            .unwrap_or_default()
    }

    fn when_label(&self, at: jiff::Timestamp, language: LanguageTag) -> String {
        let zoned = at.to_zoned(self.pack().zone().clone());
        let calendar = Calendar::find(self.pack().locale(language));
        let words = calendar.map(|calendar| calendar.moment(&zoned));
        let words = words.unwrap_or_else(|| zoned.strftime("%d/%m/%Y %H:%M").to_string());
        self.pack().digits(language).apply(&words)
    }

    fn apply(&self, mut draft: Draft, change: DraftChange) -> AppResult<Draft> {
        let mut problems = Vec::new();
        if let Some(area) = change.area {
            match self.freeze_area(&area) {
                Ok(_) => draft.area = Some(area),
                Err(error) => problems.extend(error.problems),
            }
        }
        if let Some(hours) = change.validity_hours {
            let most = self.pack().alert().max_validity_hours;
            if (1..=most).contains(&hours) {
                draft.validity_hours = hours;
            } else {
                problems.push(Problem::new("validity_hours", "validity_range").with("most", most));
            }
        }
        draft.names_adult = change.names_adult.unwrap_or(draft.names_adult);
        draft.names_plate = change.names_plate.unwrap_or(draft.names_plate);
        draft.photo = change.photo.or(draft.photo.filter(|_| !change.no_photo));
        for text in change.texts {
            match check_text(&text) {
                Ok(text) => put_text(&mut draft.texts, text),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() {
            Ok(draft)
        } else {
            Err(AppError::invalid(problems))
        }
    }
}

/// A point given away to no more than about a kilometre.
fn coarse(point: Position) -> Position {
    let round = |degrees: f64| (degrees * 100.0).round() / 100.0;
    Position::new(round(point.lat()), round(point.lon())).unwrap_or(point)
}

fn put_text(texts: &mut Vec<DraftText>, text: DraftText) {
    match texts.iter_mut().find(|t| t.language == text.language) {
        Some(known) => *known = text,
        None => texts.push(text),
    }
}

fn check_text(typed: &DraftText) -> Result<DraftText, Problem> {
    let language: LanguageTag = typed
        .language
        .parse()
        .map_err(|_| Problem::new("language", "unknown_language"))?;
    let line = |name: &str, value: &str, limit: usize| {
        text::without_markup(value, limit).map_err(|error| {
            let field = format!("{name}_{}", language.as_str());
            Problem::new(field, crate::report::text_code(error)).with("limit", limit)
        })
    };
    Ok(DraftText {
        language: language.as_str().to_owned(),
        first_name: line("first_name", &typed.first_name, 60)?,
        place: line("place", &typed.place, 120)?,
        when: line("when", &typed.when, 80)?,
        clothes: line("clothes", &typed.clothes, 300)?,
        marks: line("marks", &typed.marks, 300)?,
        headline: line("headline", &typed.headline, 160)?,
        description: line("description", &typed.description, 2_000)?,
        instruction: line("instruction", &typed.instruction, 1_000)?,
    })
}

/// The sign of what is written: the same bytes, the same sign.
fn base_of(bytes: &[u8]) -> String {
    crate::hex(&crate::hash_bytes(bytes)[..16])
}

pub(crate) fn parse_draft(bytes: Option<&[u8]>) -> AppResult<Draft> {
    let bytes = bytes.ok_or_else(|| AppError::internal("draft"))?;
    serde_json::from_slice(bytes).map_err(|_| AppError::internal("draft"))
}

/// The version of an alert that is being written or decided on: there is one at most.
pub(super) async fn find_open_version(tx: &mut Tx, row: &AlertRow) -> AppResult<Option<MessageId>> {
    let versions = alert::list_versions(tx, row.alert, row.case).await?;
    let open = versions
        .into_iter()
        .find(|v| matches!(v.state, VersionState::Drafted | VersionState::Submitted));
    Ok(open.map(|v| v.message))
}

/// The version and its alert.
pub(crate) async fn find_version(
    reads: &mut impl Reads,
    message: MessageId,
) -> AppResult<(AlertRow, VersionRow)> {
    let alert = alert::alert_of_version(reads, message).await?;
    let row = alert::get(reads, alert).await?;
    let version = alert::get_version(reads, message, row.case).await?;
    Ok((row, version))
}

pub(crate) fn audited(actor: &Actor, reason: &str, alert: AlertId) -> AuditedRead {
    AuditedRead {
        actor: actor.person.to_string(),
        reason: reason.to_owned(),
        objects: vec![ObjectId::new("alert", alert)],
    }
}

pub(crate) fn audit(
    tx: &mut Tx,
    actor: &Actor,
    verb: &str,
    alert: AlertId,
    detail: Detail,
) -> AppResult<()> {
    let entry = Entry::new(actor.person, verb, ObjectId::new("alert", alert)).with_detail(detail);
    Ok(tx.audit(entry)?)
}

pub(super) async fn insert_draft(
    tx: &mut Tx,
    actor: &Actor,
    (alert, version): (AlertId, u32),
    message: MessageId,
    draft: &Sealed,
) -> AppResult<()> {
    let row = VersionRow {
        message,
        alert,
        version,
        state: VersionState::Drafted,
        author: actor.person,
        draft: draft.clone(),
        frozen: None,
        binding: None,
        created_ms: tx.now_ms(),
        submitted_ms: None,
        decided_ms: None,
        decided_by: None,
        reason: None,
        proposed_rung: None,
    };
    Ok(alert::insert_version(tx, &row).await?)
}
