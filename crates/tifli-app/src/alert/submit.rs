//! Submitting: the author freezes a version and puts their hand under it.

use tifli_domain::Actor;
use tifli_domain::alert::{AlertState, VersionAct};
use tifli_domain::approval::Binding;
use tifli_domain::duty::DutyKind;
use tifli_domain::id::MessageId;
use tifli_domain::permission::Act;
use tifli_store::alert;
use tifli_store::audit::Detail;
use tifli_store::{case, message};

use super::draft::{audit, parse_draft};
use super::freeze::write_binding;
use crate::bus::Event;
use crate::{App, AppError, AppResult, duty};

/// What a submission froze.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitted {
    /// What both hands bind.
    pub binding: Binding,
    /// Residents inside by census.
    pub residents: u64,
    /// Nobody subscribed lives inside: worth a second look, no reason to refuse.
    pub nobody_subscribed: bool,
}

impl App {
    /// Freezes a draft and hands it to the approver. Consent is checked at the approval, so that a
    /// draft can wait for it.
    pub async fn submit(&self, actor: &Actor, message_id: MessageId) -> AppResult<Submitted> {
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
        let ids = (row.alert, message_id, row.case);
        let frozen = self
            .freeze(ids, &composed, (figures.subscribers, figures.at_seq))
            .await?;
        let binding = frozen.binding.clone();
        let args = (
            self.clone(),
            actor.clone(),
            row.clone(),
            message_id,
            frozen.sealed,
            binding.clone(),
        );
        self.db()
            .write(
                "submit_alert",
                args,
                |tx, (app, actor, row, id, sealed, binding)| {
                    Box::pin(async move {
                        let mut version = alert::get_version(tx, *id, row.case).await?;
                        let now = alert::get(tx, row.alert).await?;
                        if !matches!(now.state, AlertState::Preparing | AlertState::Live) {
                            return Err(AppError::conflict("alert_ended"));
                        }
                        version.state = version.state.after(VersionAct::Submit)?;
                        version.frozen = Some(sealed.clone());
                        version.binding = Some(write_binding(binding)?);
                        version.submitted_ms = Some(tifli_store::Reads::now_ms(tx));
                        alert::update_version(tx, &version).await?;
                        let json = write_binding(binding)?;
                        message::insert_approval(tx, *id, "author", actor.person, &json).await?;
                        let mut file = case::get(tx, row.case).await?;
                        let now = tifli_store::Reads::now_ms(tx);
                        file.submitted_ms = file.submitted_ms.or(Some(now));
                        case::update(tx, &file).await?;
                        let alert = row.alert.to_string();
                        let waits = (row.case, DutyKind::Decide, alert.as_str());
                        duty::open(tx, app, waits).await?;
                        let detail = Detail::none()
                            .with("version", binding.version)
                            .with("hash", &binding.message_hash)
                            .with("count", binding.count);
                        audit(tx, actor, "alert.submit", row.alert, detail)
                    })
                },
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
