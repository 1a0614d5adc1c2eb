//! What only receipts can settle: who has not reported the withdrawal of an alert, and which service
//! has not acknowledged that the search has ceased.

use tifli_domain::bulletin::SearchState;
use tifli_domain::id::CaseId;
use tifli_store::{Reads, alert, bulletin};

use crate::AppResult;
use crate::ledger::holders;
use crate::partner::recall_open_in;

/// The word for the channels of the house itself.
const OWN_CHANNELS: &str = "own_channels";

/// Who has not reported the withdrawal: the house's own channels while an alert that was out is not
/// dark, and by code each partner that may still show one, be it told by people or by its system.
pub(super) async fn recall_open(reads: &mut impl Reads, case: CaseId) -> AppResult<Vec<String>> {
    let alerts = alert::list_by_case(reads, case).await?;
    let out = alerts
        .iter()
        .filter(|row| row.version > 0 && row.dark_ms.is_none());
    let out: Vec<_> = out.map(|row| row.alert).collect();
    let mut open = Vec::new();
    for alert in out {
        open.push(OWN_CHANNELS.to_owned());
        let holders = holders(reads, alert).await?;
        let silent = holders.into_iter().filter(|holder| !holder.released);
        open.extend(silent.map(|holder| holder.partner));
    }
    let partners = recall_open_in(reads, case).await?;
    open.extend(partners.into_iter().map(|open| open.partner));
    let mut seen = std::collections::HashSet::new();
    open.retain(|name| seen.insert(name.clone()));
    Ok(open)
}

/// Which services have not acknowledged the cessation. None while the child is sought: what ceases
/// the search with the file itself is awaited on the board.
pub(super) async fn cessation_open(reads: &mut impl Reads, case: CaseId) -> AppResult<Vec<String>> {
    let newest = bulletin::find_latest(reads, case).await?;
    if newest.is_none_or(|row| row.state == SearchState::Open) {
        return Ok(Vec::new());
    }
    let silent = bulletin::list_silent(reads, case).await?;
    let services = silent.into_iter().map(|place| place.service.to_string());
    Ok(services.collect())
}
