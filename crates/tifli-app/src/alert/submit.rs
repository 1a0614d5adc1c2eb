//! Submitting: the author freezes a version and puts their hand under it.

use tifli_domain::Actor;
use tifli_domain::alert::{AlertState, VersionAct};
use tifli_domain::approval::Binding;
use tifli_domain::duty::DutyKind;
use tifli_domain::id::{CaseId, MessageId};
use tifli_domain::intake::{Field, Nature};
use tifli_domain::message::PublicEvent;
use tifli_domain::permission::Act;
use tifli_domain::publication::Stage;
use tifli_geo::Area;
use tifli_store::alert::{self, AlertRow};
use tifli_store::audit::Detail;
use tifli_store::{Reads, Sealed, Tx, case, message};

use super::draft::{Draft, audit, parse_draft};
use super::freeze::write_binding;
use crate::bus::Event;
use crate::publication::{Asked, PartAbroad};
use crate::report::Confirmation;
use crate::{App, AppError, AppResult, duty, publication};

/// What a submission froze.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitted {
    /// What both hands bind.
    pub binding: Binding,
    /// Residents inside by census.
    pub residents: u64,
    /// Nobody subscribed lives inside, and the author confirmed that this is meant.
    pub nobody_subscribed: bool,
}

impl App {
    /// Freezes a draft and hands it to the approver. Consent is checked at the approval, so that a
    /// draft can wait for it. An area that reaches nobody must be confirmed: most are a slip of the
    /// hand, some are a desert.
    pub async fn submit(
        &self,
        actor: &Actor,
        message_id: MessageId,
        confirmation: Confirmation,
    ) -> AppResult<Submitted> {
        let (row, version) = self.version_row(message_id).await?;
        self.permit(actor, Act::DraftAlert, &row.district)?;
        version.state.after(VersionAct::Submit)?;
        let read = super::draft::audited(actor, "submit", row.alert);
        let opened = self
            .db()
            .open_sealed(read, vec![version.draft.clone()])
            .await?;
        let mut draft = parse_draft(opened.bytes(0))?;
        draft.event = self.reported_event(actor, row.case).await?;
        let composed = self
            .compose(&row, message_id, &draft, version.version)
            .await?;
        let area = self.read_area(&composed.area)?;
        let figures = self.figures(&area).await?;
        if figures.subscribers == 0 && confirmation == Confirmation::None {
            return Err(AppError::field("confirmed", "nobody_subscribed"));
        }
        let ids = (row.alert, message_id, row.case);
        let channels = self.channels_of(actor, row.case).await?;
        let weighed = self
            .weigh_message(actor, row.case, (&composed, &channels))
            .await?;
        let problems = publication::problems(&weighed.warnings);
        if !problems.is_empty() {
            return Err(AppError::invalid(problems));
        }
        let count = (figures.subscribers, figures.at_seq);
        let frozen = self.freeze(ids, &composed, channels, count).await?;
        let binding = Binding {
            loudness: Some(weighed.proposed),
            ..frozen.binding
        };
        let submission = Submission {
            app: self.clone(),
            actor: actor.clone(),
            row: row.clone(),
            draft,
            abroad: self.parts_abroad(&area),
            area,
            sealed: frozen.sealed,
            binding: binding.clone(),
        };
        self.db()
            .write("submit_alert", submission, |tx, submission| {
                Box::pin(hand_over(tx, submission))
            })
            .await?;
        self.bus().ring(Event::Alert(row.alert.to_string()));
        Ok(Submitted {
            nobody_subscribed: binding.count == 0,
            residents: figures.residents,
            binding,
        })
    }
}

impl App {
    /// The kind of event by the report as it is now.
    async fn reported_event(&self, actor: &Actor, case: CaseId) -> AppResult<PublicEvent> {
        let answers = self.answers(actor, case, "submit_alert").await?;
        let nature = answers.get(&Field::Nature).map(String::as_str);
        Ok(PublicEvent::of(Nature::of_answer(nature)))
    }
}

/// What a submission carries into its transaction.
struct Submission {
    app: App,
    actor: Actor,
    row: AlertRow,
    draft: Draft,
    area: Area,
    abroad: Vec<PartAbroad>,
    sealed: Sealed,
    binding: Binding,
}

async fn hand_over(tx: &mut Tx, submission: &Submission) -> AppResult<()> {
    let Submission {
        app, actor, row, ..
    } = submission;
    let binding = &submission.binding;
    let mut version = alert::get_version(tx, binding.message, row.case).await?;
    let state = alert::get(tx, row.alert).await?.state;
    if !matches!(state, AlertState::Preparing | AlertState::Live) {
        return Err(AppError::conflict("alert_ended"));
    }
    version.state = version.state.after(VersionAct::Submit)?;
    let known = publication::known_in(tx, app, actor, row.case).await?;
    let asked = Asked {
        draft: &submission.draft,
        area: &submission.area,
        channels: &binding.channels,
    };
    publication::guard(app, &known, &asked, Stage::Submit)?;
    let json = write_binding(binding)?;
    version.frozen = Some(submission.sealed.clone());
    version.binding = Some(json.clone());
    version.submitted_ms = Some(tx.now_ms());
    alert::update_version(tx, &version).await?;
    let hand = (actor.person, &actor.works_at());
    message::insert_approval(tx, binding.message, "author", hand, &json).await?;
    let mut file = case::get(tx, row.case).await?;
    file.submitted_ms = file.submitted_ms.or(Some(tx.now_ms()));
    case::update(tx, &file).await?;
    let alert = row.alert.to_string();
    duty::open(tx, app, (row.case, DutyKind::Decide, alert.as_str())).await?;
    publication::ask_neighbors(tx, app, row.case, &submission.abroad).await?;
    let mut detail = Detail::none()
        .with("version", binding.version)
        .with("hash", &binding.message_hash)
        .with("count", binding.count);
    if binding.count == 0 {
        detail = detail.with("confirmed", "nobody_subscribed");
    }
    audit(tx, actor, "alert.submit", row.alert, detail)
}
