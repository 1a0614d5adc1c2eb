//! Submitting: the author freezes a version and puts their hand under it.

use tifli_domain::Actor;
use tifli_domain::alert::{AlertState, VersionAct};
use tifli_domain::approval::Binding;
use tifli_domain::duty::DutyKind;
use tifli_domain::id::{AlertId, CaseId, MessageId};
use tifli_domain::permission::Act;
use tifli_store::alert;
use tifli_store::audit::Detail;
use tifli_store::{Reads, Sealed, Tx, case, message};

use super::draft::{audit, parse_draft};
use super::freeze::write_binding;
use crate::bus::Event;
use crate::report::Confirmation;
use crate::{App, AppError, AppResult, duty};

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
        let draft = parse_draft(opened.bytes(0))?;
        let composed = self
            .compose(&row, message_id, &draft, version.version)
            .await?;
        let area = self.read_area(&composed.area)?;
        let figures = self.figures(&area).await?;
        if figures.subscribers == 0 && confirmation == Confirmation::None {
            return Err(AppError::field("confirmed", "nobody_subscribed"));
        }
        let ids = (row.alert, message_id, row.case);
        let frozen = self
            .freeze(ids, &composed, (figures.subscribers, figures.at_seq))
            .await?;
        let binding = frozen.binding.clone();
        let handed = Handed {
            actor: actor.clone(),
            alert: row.alert,
            case: row.case,
            message: message_id,
            sealed: frozen.sealed,
            binding: binding.clone(),
        };
        self.db()
            .write(
                "submit_alert",
                (self.clone(), handed),
                |tx, (app, handed)| Box::pin(hand_over(tx, app, handed)),
            )
            .await?;
        self.bus().ring(Event::Alert(row.alert.to_string()));
        Ok(Submitted {
            nobody_subscribed: binding.count == 0,
            residents: figures.residents,
            binding,
        })
    }
}

/// What a submission carries into its transaction.
struct Handed {
    actor: Actor,
    alert: AlertId,
    case: CaseId,
    message: MessageId,
    sealed: Sealed,
    binding: Binding,
}

async fn hand_over(tx: &mut Tx, app: &App, handed: &Handed) -> AppResult<()> {
    let (actor, binding) = (&handed.actor, &handed.binding);
    let mut version = alert::get_version(tx, handed.message, handed.case).await?;
    let row = alert::get(tx, handed.alert).await?;
    if !matches!(row.state, AlertState::Preparing | AlertState::Live) {
        return Err(AppError::conflict("alert_ended"));
    }
    let now = tx.now_ms();
    let json = write_binding(binding)?;
    version.state = version.state.after(VersionAct::Submit)?;
    version.frozen = Some(handed.sealed.clone());
    version.binding = Some(json.clone());
    version.submitted_ms = Some(now);
    alert::update_version(tx, &version).await?;
    message::insert_approval(tx, handed.message, "author", actor.person, &json).await?;
    let mut file = case::get(tx, handed.case).await?;
    file.submitted_ms = file.submitted_ms.or(Some(now));
    case::update(tx, &file).await?;
    let alert = handed.alert.to_string();
    let waits = (handed.case, DutyKind::Decide, alert.as_str());
    duty::open(tx, app, waits).await?;
    let mut detail = Detail::none()
        .with("version", binding.version)
        .with("hash", &binding.message_hash)
        .with("count", binding.count);
    if binding.count == 0 {
        detail = detail.with("confirmed", "nobody_subscribed");
    }
    audit(tx, actor, "alert.submit", handed.alert, detail)
}
